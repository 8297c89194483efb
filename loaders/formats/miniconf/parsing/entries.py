"""What the files of a Mini-Conf site share: tables as CSV, JSON or YAML, lists in one cell, and its times."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from programme.loaders.documents import Document
from programme.loaders.readers import (
    Located,
    YamlTree,
    check_depth,
    column_name,
    format_error,
    is_yaml,
    read_records,
    read_rows,
)
from programme.loaders.records import Boilerplate, Moments, Problem
from programme.loaders.text.iso_times import moments
from programme.loaders.text.names import split_byline

T = TypeVar("T")
Unused = Callable[[str], bool]

EXCERPT_CHARS = 80

_ONE_DIGIT_HOUR = re.compile(r"(?<=[ T_])(\d)(?=:)")
_AFFILIATED = re.compile(r"(.*\S)\s*\(([^()]*)\)")
_AFTER_AFFILIATION = re.compile(r"(?<=\))\s*[,;]\s*(?:and\s+)?|(?<=\))\s+and\s+")


def entries(document: Document, shape: type[T], unused: Unused) -> Iterator[Located[T] | Problem | Boilerplate]:
    """Yield each entry of a file as `shape`, whose fields are spelled as `column_name` does, or a Problem.

    Raises MalformedDocument for a file that is none of the three.
    """
    start = document.head.lstrip("\ufeff \t\r\n")[:1]
    if start in ("[", "{"):
        yield from read_records(document, shape, unused=unused, prepare=_with_column_names)
    elif is_yaml(document):
        yield from _yaml_entries(document, shape, unused)
    else:
        yield from _csv_entries(document, shape, unused)


def listed(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, or those between the bars of one text.

    >>> listed("Mon Session 1| Tues Session 2"), listed(["A", None, 2]), listed(None)
    (('Mon Session 1', 'Tues Session 2'), ('A', '2'), ())
    """
    parts = value if isinstance(value, list) else [] if value is None else str(value).split("|")
    texts = [str(part).strip() for part in parts if isinstance(part, str | int)]
    return tuple(text for text in texts if text)


def people(value: Any) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Return names and, beside them, the institutions that stand in brackets after names or groups of names.

    >>> people("Ada Quill|Bo Marsh"), people(["Ada Quill", "Bo Marsh, Jr."])[0]
    ((('Ada Quill', 'Bo Marsh'), ()), ('Ada Quill', 'Bo Marsh, Jr.'))
    >>> people("Ada Quill and Bo Marsh (Moss) | Cy Vane")
    (('Ada Quill', 'Bo Marsh', 'Cy Vane'), ('Moss', 'Moss', None))
    """
    if isinstance(value, dict):
        value = value.get("members")
    if isinstance(value, str) and "|" not in value:
        groups = tuple(_AFTER_AFFILIATION.split(value)) if ")" in value else split_byline(value)
    else:
        groups = listed(value)
    names: list[str] = []
    places: list[str | None] = []
    for group in groups:
        found = _AFFILIATED.fullmatch(group.strip())
        members = split_byline(found[1]) if found else (group.strip(),)
        names += members
        places += [found[2].strip() or None if found else None] * len(members)
    return tuple(names), tuple(places) if any(places) else ()


def instants(start: str | None, end: str | None) -> Moments | None:
    """Return the instants of two times, whose hours may have one digit.

    >>> instants("2021-02-04 6:45:00-08:00", None).starts_at
    '2021-02-04T14:45:00Z'
    """
    spelled = [_ONE_DIGIT_HOUR.sub(r"0\1", text.strip()).replace("_", "T") if text else None for text in (start, end)]
    return moments(spelled[0], spelled[1]) if spelled[0] else None


def _csv_entries(document: Document, shape: type[T], unused: Unused) -> Iterator[Located[T] | Problem | Boilerplate]:
    """Rows as entries; columns that are not known are format_error at the header."""
    told_columns = False
    header_line = 1
    for row in read_rows(document):
        if isinstance(row, Problem):
            yield row
        elif isinstance(row, Boilerplate):
            header_line = row.line_start
            yield row
        else:
            if not told_columns:
                told_columns = True
                yield from _surplus(row.value.keys(), shape, unused, header_line, row.path)
            try:
                value = msgspec.convert({name: cell or None for name, cell in row.value.items()}, shape)
            except msgspec.ValidationError as error:
                text = format_error(error, row.path)
                yield Problem(row.line_start, _excerpt(row.value), text, row.path, is_lost=True)
                continue
            yield Located(value, row.path, row.line_start, row.line_end)


def _yaml_entries(document: Document, shape: type[T], unused: Unused) -> Iterator[Located[T] | Problem]:
    """Items of the list, of the first list under a key, or of a mapping from names to mappings, as entries."""
    tree = YamlTree(document)
    names: dict[str, Located[Any]] = {}
    for path, raw in _yaml_items(tree.value):
        value = _with_column_names(raw)
        line_start, line_end = tree.lines(raw)
        try:
            check_depth(value, document.limits.json_depth)
            found = Located(msgspec.convert(value, shape), path, line_start, line_end)
        except (msgspec.ValidationError, ValueError, RecursionError) as error:
            yield Problem(line_start, _excerpt(raw), format_error(error, path), path, is_lost=True)
            continue
        for name in value:
            names.setdefault(name, found)
        yield found
    for name, first in names.items():
        yield from _surplus([name], shape, unused, first.line_start, first.path)


def _yaml_items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        yield from ((f"[{index}]", item) for index, item in enumerate(value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, list):
                yield from ((f"{key}[{index}]", item) for index, item in enumerate(inner))
            elif isinstance(inner, dict):
                yield key, {"name": key} | inner


def _with_column_names(value: Any) -> Any:
    return {column_name(str(key)): inner for key, inner in value.items()} if isinstance(value, dict) else value


def _surplus(names: Any, shape: type[Any], unused: Unused, line: int, path: str) -> Iterator[Problem]:
    """A Problem for each name that neither the shape nor the format knows."""
    known = {field.encode_name for field in msgspec.structs.fields(shape)}
    for name in names:
        if name and name not in known and not unused(name):
            yield Problem(line, name, f"{path}.{name}: a field this format does not know; it is not loaded", path)


def _excerpt(value: Any) -> str:
    return str(value)[:EXCERPT_CHARS]
