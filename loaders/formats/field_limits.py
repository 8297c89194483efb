"""Cuts off fields that are longer than any real one, so that no document makes slow or large what comes after."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from operator import is_
from typing import Any

from programme.loaders.records import Problem, Record

MAX_CHARS = {
    "title": 1_000,
    "authors": 500,
    "moderator_names": 500,
    "abstract": 50_000,
    "text": 50_000,
    "byline": 200_000,
    "moderators": 200_000,
}
"""Fields of records → how many characters of each are loaded; `authors` of each name, `text` is a field with links."""

MAX_OTHER_CHARS = 2_000
"""How many characters are loaded of any other field, such as a room or an affiliation."""

_NAMES = {"authors": "name of an author", "moderator_names": "name of a moderator", "text": "field with links"}
_UNLIMITED = frozenset({"path", "value"})
_WITHOUT_TEXT = (int, bool, int | None, date | None, datetime | None)


def cut_long_fields(records: Iterable[Record]) -> Iterator[Record]:
    """Yield records with the fields that are too long cut off, and a problem after a record for each of its own."""
    for record in records:
        if isinstance(record, Problem):
            yield record
            continue
        if _fits(record):
            yield record
            continue
        too_long: dict[str, tuple[str, int]] = {}
        yield _cut(record, too_long)
        for field, (text, limit) in too_long.items():
            name = _NAMES.get(field, field.replace("_", " "))
            problem = f"the {name} has {len(text):,} characters; the first {limit:,} are loaded"
            yield Problem(record.line_start, text[:100], problem, getattr(record, "path", None))


def _fits(record: tuple[Any, ...]) -> bool:
    """Return whether no field is too long: a look at the lengths alone, as nearly every record fits."""
    for place, limit in _limits(record.__class__):
        value = record[place]
        if value.__class__ is str:
            if len(value) > limit:
                return False
        elif value and not _parts_fit(value, limit):
            return False
    return True


def _parts_fit(value: Any, limit: int) -> bool:
    """Return whether no part of a field is too long: of a record, or of a tuple of texts, records or tuples."""
    if not isinstance(value, tuple):
        return True
    if value.__class__ is not tuple:
        return _fits(value)
    if value[0].__class__ is str and None not in value:
        return len("".join(value)) <= limit or max(map(len, value)) <= limit
    for part in value:
        if part.__class__ is str:
            if len(part) > limit:
                return False
        elif part and not _parts_fit(part, limit):
            return False
    return True


@cache
def _limits(kind: type[Any]) -> tuple[tuple[int, int], ...]:
    """Return the places of the fields of a kind of record that may hold text, and how many characters of it."""
    return tuple(
        (place, MAX_CHARS.get(name, MAX_OTHER_CHARS))
        for place, name in enumerate(kind._fields)
        if name not in _UNLIMITED and kind.__annotations__[name] not in _WITHOUT_TEXT
    )


def _cut(record: Any, too_long: dict[str, tuple[str, int]]) -> Any:
    """Return a record without the excess of its fields, which are noted with their limits."""
    cut: dict[str, Any] = {}
    for field, value in zip(record._fields, record, strict=True):
        if value.__class__ is not str and not isinstance(value, tuple):
            continue
        shorter = _shorter(field, value, too_long)
        if shorter is not value:
            cut[field] = shorter
    return record._replace(**cut) if cut else record


def _shorter(field: str, value: Any, too_long: dict[str, tuple[str, int]]) -> Any:
    """Return a value without its excess, or the same object."""
    if isinstance(value, str):
        limit = MAX_CHARS.get(field, MAX_OTHER_CHARS)
        if len(value) <= limit or field in _UNLIMITED:
            return value
        too_long.setdefault(field, (value, limit))
        return value[:limit]
    if hasattr(value, "_fields"):
        return _cut(value, too_long)
    if isinstance(value, tuple):
        parts = tuple(_shorter(field, part, too_long) for part in value)
        return value if all(map(is_, value, parts)) else parts
    return value
