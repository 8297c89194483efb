"""Tables as CSV, JSON or YAML, row by row, and the lists, names and times in their cells."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from programme.loaders.documents import Document
from programme.loaders.readers import (
    EXCERPT_CHARS,
    Located,
    UnknownFields,
    YamlTree,
    check_depth,
    column_name,
    format_error,
    is_yaml,
    read_records,
    read_rows,
)
from programme.loaders.records import Boilerplate, Problem

T = TypeVar("T")
Ignored = Callable[[str], bool]


def read_table(document: Document, shape: type[T], ignored: Ignored) -> Iterator[Located[T] | Problem | Boilerplate]:
    """Yield each row of a file as `shape`, whose fields are written as `column_name` returns them, or a Problem.

    Raises MalformedDocument for a file that is neither CSV, JSON nor YAML.
    """
    start = document.head.lstrip("\ufeff \t\r\n")[:1]
    if start in ("[", "{"):
        yield from read_records(document, shape, ignored=ignored, prepare=_with_column_names, is_keyed=True)
    elif is_yaml(document):
        yield from _yaml_rows(document, shape, ignored)
    else:
        yield from _csv_rows(document, shape, ignored)


def _csv_rows(document: Document, shape: type[T], ignored: Ignored) -> Iterator[Located[T] | Problem | Boilerplate]:
    """Yield the rows of a CSV file; unknown columns are reported at the header."""
    unknown = UnknownFields(_fields_of(shape), ignored)
    header_line = 1
    for row in read_rows(document):
        if isinstance(row, Problem):
            yield row
        elif isinstance(row, Boilerplate):
            header_line = row.line_start
            yield row
        else:
            unknown.note(row.value, row.path, header_line)
            try:
                value = msgspec.convert({name: cell or None for name, cell in row.value.items()}, shape)
            except msgspec.ValidationError as error:
                text = format_error(error, row.path)
                yield Problem(row.line_start, _excerpt(row.value), text, row.path, is_lost=True)
                continue
            yield Located(value, row.path, row.line_start, row.line_end)
    yield from unknown.problems()


def _yaml_rows(document: Document, shape: type[T], ignored: Ignored) -> Iterator[Located[T] | Problem]:
    """Yield the items of a list, of lists under keys, or of a mapping from names to mappings."""
    tree = YamlTree(document)
    unknown = UnknownFields(_fields_of(shape), ignored)
    for path, raw in _yaml_items(tree.value):
        value = _with_column_names(raw)
        line_start, line_end = tree.lines(raw)
        try:
            check_depth(value, document.limits.json_depth)
            found = Located(msgspec.convert(value, shape), path, line_start, line_end)
        except (msgspec.ValidationError, ValueError, RecursionError) as error:
            yield Problem(line_start, _excerpt(raw), format_error(error, path), path, is_lost=True)
            continue
        unknown.note(value, path, line_start)
        yield found
    yield from unknown.problems()


def _yaml_items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        yield from ((f"[{index}]", item) for index, item in enumerate(value))
    elif isinstance(value, dict) and {"title", "papers"} <= value.keys():
        yield "", value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, list):
                yield from ((f"{key}[{index}]", item) for index, item in enumerate(inner))
            elif isinstance(inner, dict):
                yield key, {"name": key} | inner


def _with_column_names(value: Any) -> Any:
    return {column_name(str(key)): inner for key, inner in value.items()} if isinstance(value, dict) else value


def _fields_of(shape: type[Any]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(shape)}


def _excerpt(value: Any) -> str:
    return str(value)[:EXCERPT_CHARS]
