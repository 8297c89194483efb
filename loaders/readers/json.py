"""Records of a JSON document, read in pieces, each checked against a declared shape.

A document is a list of records, an object that holds such a list, or one record to a line. A record that does not fit
the declared shape becomes a Problem with the path of the offending value; the records around it are still read.
"""

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Any, TypeVar

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers.json_spans import SpanValues, given_up
from programme.loaders.readers.json_stream import JsonValues, RawValue
from programme.loaders.readers.shapes import Located, UnknownFields, check_depth, format_error
from programme.loaders.records import Problem

T = TypeVar("T")


def first_value(document: Document) -> Any:
    """Return the first value of a document's list, to recognise the document by; None when it is not JSON."""
    return _first(document)[0] if is_json(document) else None


def first_record(document: Document) -> dict[str, Any]:
    """Return the first record of a document, to recognise it by; empty when it is not JSON or not an object."""
    value = first_value(document)
    return value if isinstance(value, dict) else {}


def fields_before_records(document: Document) -> dict[str, Any]:
    """Return the fields above the list in the object that holds it, like `{"date": "2025-01-10"}`."""
    return _first(document)[1] if is_json(document) else {}


def is_json(document: Document) -> bool:
    """Return whether a document begins like a JSON list or object."""
    return document.head.lstrip("\ufeff \t\r\n")[:1] in ("[", "{")


# Every JSON format asks for the first record of the same document, one after the other.
@lru_cache(maxsize=4)
def _first(document: Document) -> tuple[Any, dict[str, Any]]:
    """Return the first undamaged value, and the fields above the list it is in."""
    values = JsonValues(document)
    try:
        return next((raw.value for raw in values if raw.problem is None), None), values.fields_before
    except MalformedDocument:
        return None, {}


def read_records(
    document: Document,
    shape: type[T],
    *,
    ignored: Collection[str] | Callable[[str], bool] = (),
    prepare: Callable[[Any], Any] | None = None,
    is_keyed: bool = False,
) -> Iterator[Located[T] | Problem]:
    """Yield each record as `shape`, a `msgspec.Struct`, or a Problem that says what does not fit and where.

    `ignored` are the fields that the format knows and ignores: a collection, or a function that returns whether one is.
    Any other field that `shape` does not declare is reported once per document. `prepare` turns a raw value into the
    object to check, and may raise ValueError. With `is_keyed`, the records may also be the values of one object, under
    their keys. Raises MalformedDocument when the document is not JSON.
    """
    import msgspec  # here, since recognising a document must not pay for it: 20 ms

    known = {field.encode_name for field in msgspec.structs.fields(shape)}  # type: ignore[arg-type]
    unknown = UnknownFields(known, ignored)
    values = SpanValues(document, document.span) if document.span else JsonValues(document)
    for raw, path, found in _located(values, is_keyed=is_keyed):
        if raw.problem:
            yield Problem(raw.line_start, raw.excerpt, raw.problem, path, is_lost=True)
            continue
        try:
            value = prepare(found) if prepare else found
            # The brackets bound the depth; a prepared value may be nested deeper than its text is.
            if prepare or raw.brackets > document.limits.json_depth:
                check_depth(value, document.limits.json_depth)
            record = msgspec.convert(value, shape, strict=True)
        except (msgspec.ValidationError, ValueError, RecursionError) as error:
            yield Problem(raw.line_start, raw.excerpt, format_error(error, path), path, is_lost=True)
            continue
        unknown.note(value, path, raw.line_start)
        yield Located(record, path, raw.line_start, raw.line_end)
    if unknown and document.span and document.span.end:  # each is reported once for the whole document
        raise given_up(document)
    yield from unknown.problems()


def by_key(value: Any) -> dict[str, Any]:
    """Return the records that an object holds under their keys, or in lists there; empty for any other value.

    >>> by_key({"a1": {"title": "Moss"}, "b2": {}}), by_key({"title": "Moss", "venue": {}})
    ({'a1': {'title': 'Moss'}, 'b2': {}}, {})
    >>> by_key({"W1": [{"title": "Moss"}], "W2": []})
    {'W1[0]': {'title': 'Moss'}}
    """
    if not isinstance(value, dict) or not value:
        return {}
    if all(isinstance(inner, dict) for inner in value.values()):
        return value
    if all(isinstance(inner, list) and all(isinstance(one, dict) for one in inner) for inner in value.values()):
        return {f"{key}[{number}]": one for key, inner in value.items() for number, one in enumerate(inner)}
    return {}


def _located(values: JsonValues, *, is_keyed: bool) -> Iterator[tuple[RawValue, str, Any]]:
    """Yield each value with its path."""
    for raw in values:
        keyed = by_key(raw.value) if is_keyed else {}
        if keyed:
            yield from ((raw, key, inner) for key, inner in keyed.items())
        else:
            yield raw, f"{values.key}[{raw.index}]", raw.value
