"""Rows of a CSV document with their lines: a damaged row costs itself and not the rows around it."""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.records import Boilerplate, Problem

EXCERPT_CHARS = 80
HEADER_CHARS = 4096
"""A longer header is none."""

_INNER_QUOTE = re.compile(r'(?<!^)(?<![,"])(?<!, )"(?![,"]|$)')


class Place(NamedTuple):
    """Where a row stands: the how manyth below the header, from 0, as a path, and its lines."""

    path: str
    line_start: int
    line_end: int


class Row(NamedTuple):
    """The cells of a row by the names of their columns, stripped."""

    cells: dict[str, str]
    place: Place


def column_name(text: str) -> str:
    """Return the name of a column as rows are asked for it.

    >>> column_name(" Paper Title "), column_name("UID")
    ('paper_title', 'uid')
    """
    return "_".join(text.lower().split())


def header_of(document: Document) -> tuple[str, ...]:
    """The names of the columns of a CSV document, read from its head; empty when the first line is no header."""
    first = next((line for line in document.head[:HEADER_CHARS].lstrip("\ufeff").splitlines()[:20] if line.strip()), "")
    try:
        cells = next(csv.reader([first], skipinitialspace=True), [])
    except csv.Error:
        return ()
    return tuple(column_name(cell) for cell in cells) if len(cells) > 1 else ()


def read_rows(document: Document) -> Iterator[Row | Boilerplate | Problem]:
    """Yield the header as Boilerplate and each row, or a Problem for one that does not fit the header.

    Raises MalformedDocument when there is no header.
    """
    lines = document.lines
    names: tuple[str, ...] = ()
    at = count = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        cells, end, error = _next_row(lines, at)
        found = tuple(column_name(cell) for cell in cells)
        if not names:
            if error or len(found) < 2:
                raise MalformedDocument(document.uri, at + 1, error or "no header with the names of columns")
            names = found
        if found == names:
            yield Boilerplate(at + 1, end)
        else:
            yield _fitted(names, cells, error, lines[at], Place(f"[{count}]", at + 1, end))
            count += 1
        at = end


def _next_row(lines: list[str], at: int) -> tuple[list[str], int, str | None]:
    """The cells of the row that begins at an index, the index after it, and what is wrong with its quotes.

    Quotes inside a quoted cell that should have been doubled are read as they stand in a row of one line.
    """
    reader = csv.reader((f"{lines[i]}\n" for i in range(at, len(lines))), strict=True, skipinitialspace=True)
    try:
        return next(reader), at + reader.line_num, None
    except csv.Error:
        pass
    try:
        return next(csv.reader([_INNER_QUOTE.sub('""', lines[at])], strict=True, skipinitialspace=True)), at + 1, None
    except csv.Error:
        return [], at + 1, "a quoted cell is not closed, or is larger than 128 KB; double the quotes inside cells"


def _fitted(names: tuple[str, ...], cells: list[str], error: str | None, text: str, place: Place) -> Row | Problem:
    """The row with its cells under the names of the header, or why it has more or fewer of them."""
    surplus, missing = cells[len(names) :], names[len(cells) :]
    if error is None and (any(cell.strip() for cell in surplus) or any(missing)):
        error = f"{len(cells)} cells where the header has {len(names)}; quote cells that hold commas"
    if error:
        what = f"{place.path}: {error}. This row is left out"
        return Problem(place.line_start, text[:EXCERPT_CHARS], what, place.path, is_lost=True)
    by_name: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and not by_name.get(name):
            by_name[name] = cell.strip()
    return Row(by_name, place)
