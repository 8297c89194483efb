"""Records of a JSON document, one after the other: read in pieces, checked against a declared shape, and never half.

A document is a list of records, an object that holds such a list, or one record to a line. What does not fit its
declared shape becomes a Problem with the path of the value; the records around it are read all the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from programme.loaders.documents import Document
from programme.loaders.readers.json_stream import Values
from programme.loaders.records import Problem

T = TypeVar("T")

MAX_SURPLUS = 100
"""So many unknown fields are told by name."""

_WORDS = {"str": "text", "int": "a number", "float": "a number", "bool": "true or false", "array": "a list"}
_WORDS |= {"object": "an object", "null": "nothing"}
_MISFIT = re.compile(r"Expected `([^`]+)`, got `([^`]+)`(?: - at `\$?(.*)`)?")
_MISSING = re.compile(r"Object missing required field `([^`]+)`(?: - at `\$?(.*)`)?")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A record of the declared shape, and where it stands: its path, and the lines it begins and ends on."""

    value: T
    path: str
    line_start: int
    line_end: int


def read_records(
    document: Document,
    shape: type[T],
    *,
    unused: frozenset[str] | Callable[[str], bool] = frozenset(),
    prepare: Callable[[Any], Any] | None = None,
) -> Iterator[Found[T] | Problem]:
    """Yield each record as `shape`, a msgspec.Struct, or a Problem that names what does not fit.

    `unused` are the fields the format knows and leaves alone; any other field that `shape` does not declare is told
    once per document. `prepare` turns a raw value into the object to check. Raises MalformedDocument when there are no
    records at all.
    """
    known = {spelling.encode_name for spelling in msgspec.structs.fields(shape)}  # type: ignore[arg-type]
    surplus = _Surplus(known, unused)
    reader = Values(document)
    for raw in reader:
        path = f"{reader.key}[{raw.index}]"
        if raw.problem:
            yield Problem(raw.line_start, raw.excerpt, raw.problem, path, is_lost=True)
            continue
        try:
            value = prepare(raw.value) if prepare else raw.value
            if prepare or raw.brackets > document.limits.json_depth:
                check_depth(value, document.limits.json_depth)
            record = msgspec.convert(value, shape, strict=True)
        except (msgspec.ValidationError, ValueError, RecursionError) as error:
            yield Problem(raw.line_start, raw.excerpt, told(error, path), path, is_lost=True)
            continue
        surplus.note(value, path, raw.line_start)
        yield Found(record, path, raw.line_start, raw.line_end)
    yield from surplus.problems()


def told(error: Exception, path: str) -> str:
    """Say what does not fit and where: `results[17].authors[0].fullname: expected text, got a number`."""
    text = str(error)
    if misfit := _MISFIT.match(text):
        wanted = " or ".join(_WORDS.get(word.strip(), word.strip()) for word in misfit[1].split("|"))
        return f"{path}{misfit[3] or ''}: expected {wanted}, got {_WORDS.get(misfit[2], misfit[2])}"
    if missing := _MISSING.match(text):
        return f"{path}{missing[2] or ''}: has no {missing[1]!r}"
    return f"{path}: {text or type(error).__name__}"


def check_depth(value: Any, most: int) -> None:
    """Raise ValueError for lists and objects nested deeper than `most`."""
    level = [value]
    for _ in range(most):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer if type(outer) is list else ())
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return
    raise ValueError(f"nested deeper than {most} levels; see --max-json-depth")


class _Surplus:
    """Fields that neither the shape nor the format knows: told once each, with how many records have them."""

    def __init__(self, known: set[str], unused: frozenset[str] | Callable[[str], bool]) -> None:
        self._is_unused = unused if callable(unused) else unused.__contains__
        self._quiet = known if callable(unused) else known | unused
        self._seen: dict[str, list[Any]] = {}
        self._is_more = False

    def note(self, value: Any, path: str, line: int) -> None:
        if value.keys() <= self._quiet:
            return
        for name in value.keys() - self._quiet:
            seen = self._seen.get(name)
            if seen:
                seen[0] += 1
            elif self._is_unused(name):
                continue
            elif len(self._seen) < MAX_SURPLUS:
                self._seen[name] = [1, path, line]
            else:
                self._is_more = True

    def problems(self) -> Iterator[Problem]:
        for name, (count, path, line) in self._seen.items():
            where = f"in {count:,} records" if count > 1 else "in 1 record"
            what = f"{path}.{name}: a field this format does not know, {where}; it is not loaded"
            yield Problem(line, name, what, path)
        if self._is_more:
            yield Problem(
                1, "", f"more than {MAX_SURPLUS} fields this format does not know; the others are not named", ""
            )
