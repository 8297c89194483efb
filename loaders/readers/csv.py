"""Rows of a CSV document with their lines; a damaged row does not affect the rows around it."""

import csv
import re
from collections.abc import Callable, Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers.shapes import EXCERPT_CHARS, Located
from programme.loaders.records import Boilerplate, Problem

MAX_HEADER_CHARS = 4096
"""A longer first line is not taken for a header."""

_INNER_QUOTE = re.compile(r'(?<!^)(?<![,"])(?<!, )"(?![,"]|$)')
"""A quotation mark inside a quoted cell that should have been doubled: no comma and no other one is next to it."""


def column_name(text: str) -> str:
    """Return the name of a column in lower case, with underscores for spaces.

    >>> column_name(" Paper Title "), column_name("UID")
    ('paper_title', 'uid')
    """
    return "_".join(text.lower().split())


def csv_header(document: Document) -> tuple[str, ...]:
    """Return the column names of a CSV document, read from its head; empty when the first line is not a header."""
    return tuple(column_name(cell) for cell in header_cells(document, ","))


def header_cells(document: Document, delimiter: str | None = None) -> tuple[str, ...]:
    """Return the names of columns as the first line has them; empty when it is not a header."""
    head = document.head[:MAX_HEADER_CHARS].lstrip("\ufeff")
    first = next((line for line in head.splitlines()[:20] if line.strip()), "")
    try:
        cells = next(csv.reader([first], delimiter=delimiter or delimiter_of(first), skipinitialspace=True), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in cells) if len(cells) > 1 else ()


def delimiter_of(header: str) -> str:
    r"""Return what separates the cells of a header: a tab if it has one, else the more frequent of comma and semicolon.

    >>> delimiter_of("Title\tAuthors, all"), delimiter_of("Title;Authors"), delimiter_of("Title,Authors")
    ('\t', ';', ',')
    """
    return "\t" if "\t" in header else max(",;", key=header.count)


def first_rows(document: Document, count: int) -> list[list[str]]:
    """Return the cells of the first rows below the header, as far as they are in the head and not damaged."""
    lines = [line for line in document.head.lstrip("\ufeff").splitlines(keepends=True) if line.strip()]
    if not lines:
        return []
    reader = csv.reader(lines, delimiter=delimiter_of(lines[0]), skipinitialspace=True)
    try:
        return [cells for cells, _ in zip(reader, range(count + 1), strict=False)][1:]
    except csv.Error:
        return []


def read_rows(
    document: Document, delimiter: str | None = ",", name_of: Callable[[str], str] = column_name
) -> Iterator[Located[dict[str, str]] | Boilerplate | Problem]:
    """Yield the header as Boilerplate, then each row, or a Problem for one that does not fit the header.

    A row is a dictionary from column names, as `name_of` writes them, to stripped cells; its path counts the rows below
    the header: `[0]`. Without a delimiter, the header tells it. Raises MalformedDocument when there is no header.
    """
    lines = document.lines
    names: tuple[str, ...] = ()
    first: list[str] = []
    at = count = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        delimiter = delimiter or delimiter_of(lines[at])
        cells, end, error = _next_row(lines, at, delimiter)
        if names and len(cells) > len(names) and end == at + 1:
            cells = with_inner_commas(lines[at], delimiter, len(names)) or cells
        row_names = tuple(name_of(cell) for cell in cells) if not names or cells[:1] == first else ()
        if not names:
            if error or len(row_names) < 2:
                raise MalformedDocument(document.uri, at + 1, error or "no header with the names of columns")
            names, first = row_names, cells[:1]
        # Tables put together from several files repeat the header.
        if row_names == names:
            yield Boilerplate(at + 1, end)
        elif error := error or _misfit(names, cells):
            path = f"[{count}]"
            problem = f"{path}: {error}. This row is left out"
            yield Problem(at + 1, lines[at][:EXCERPT_CHARS], problem, path, is_lost=True)
            count += 1
        else:
            yield Located(_cells_by_name(names, cells), f"[{count}]", at + 1, end)
            count += 1
        at = end


def _next_row(lines: list[str], at: int, delimiter: str) -> tuple[list[str], int, str | None]:
    """Return the cells of the row that begins at an index, the index after it, and what is wrong with its quotes.

    Quotes inside a quoted cell that should have been doubled are accepted in a row of one line.
    """
    if '"' not in lines[at]:
        return lines[at].split(delimiter), at + 1, None
    # A reader for each row: one for all rows would swallow the rows after a quote that is never closed.
    rest = (f"{lines[i]}\n" for i in range(at, len(lines)))
    reader = csv.reader(rest, delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        return next(reader), at + reader.line_num, None
    except csv.Error:
        pass
    mended = [lines[at] if delimiter != "," else _INNER_QUOTE.sub('""', lines[at])]
    try:
        return (
            next(csv.reader(mended, delimiter=delimiter, strict=delimiter == ",", skipinitialspace=True)),
            at + 1,
            None,
        )
    except csv.Error:
        return [], at + 1, "a quoted cell is not closed, or is larger than 128 KB; double the quotes inside cells"


def with_inner_commas(line: str, delimiter: str, count: int) -> list[str] | None:
    """Return the cells of a row that does not quote texts with commas, where a space after each tells; or None.

    >>> with_inner_commas("7,Moss, Fen, and Dune,Ada", ",", 3), with_inner_commas("7,Moss,Fen,Ada", ",", 3)
    (['7', 'Moss, Fen, and Dune', 'Ada'], None)
    """
    if f"{delimiter} " not in line:
        return None
    hidden = line.replace(f"{delimiter} ", "\0 ")
    for written in (hidden, _INNER_QUOTE.sub('""', hidden)):
        try:
            cells = next(csv.reader([written], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        if len(cells) == count:
            return [cell.replace("\0", delimiter) for cell in cells]
    return None


def _misfit(names: tuple[str, ...], cells: list[str]) -> str | None:
    """Return why a row does not fit the header; surplus cells may be empty, missing ones have no name."""
    surplus, missing = cells[len(names) :], names[len(cells) :]
    if any(cell.strip() for cell in surplus) or any(missing):
        return f"{len(cells)} cells where the header has {len(names)}; quote cells that hold commas"
    return None


def _cells_by_name(names: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    """Return the cells under the names of the header; of two columns with one name, the first that is not empty."""
    by_name: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and not by_name.get(name):
            by_name[name] = cell.strip()
    return by_name
