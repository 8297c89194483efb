"""Rows of a CSV document with their lines; a damaged row does not affect the rows around it."""

import csv
from collections.abc import Callable, Iterator, Sequence

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers.shapes import EXCERPT_CHARS, Located
from programme.loaders.records import Boilerplate, Problem
from programme.patterns import lazy_pattern

MAX_HEADER_CHARS = 4096
"""A longer first line is not taken for a header."""

_INNER_QUOTE = lazy_pattern(r'(?<!^)(?<![,"])(?<!, )"(?![,"]|$)')
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
    """Return the names of columns as the first line has them; empty when it is not a header.

    Lines above it with a single cell, such as the title of a sheet, are passed over.
    """
    head = document.head[:MAX_HEADER_CHARS].lstrip("\ufeff")
    for line in [line for line in head.splitlines()[:20] if line.strip()]:
        try:
            cells = next(csv.reader([line], delimiter=delimiter or delimiter_of(line), skipinitialspace=True), [])
        except csv.Error:
            return ()
        if not _is_single(cells):
            return tuple(cell.strip() for cell in cells) if len(cells) > 1 else ()
    return ()


def _is_single(cells: Sequence[str]) -> bool:
    """Return whether a row has several cells of which one is filled.

    >>> _is_single(["Talks of Monday", "", ""]), _is_single(["Title", "Authors"]), _is_single(["Title"])
    (True, False, False)
    """
    return len(cells) > 1 and sum(bool(cell.strip()) for cell in cells) == 1


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
    found: list[list[str]] = []
    try:
        for cells in reader:
            if found or not _is_single(cells):
                found.append(cells)
            if len(found) > count:
                break
    except csv.Error:
        return []
    return found[1:]


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
        cells, end, error = next_row(lines, at, delimiter, len(names))
        if not names and not error and _is_single(cells):
            above = lines[at].strip(" ,;\t")[:EXCERPT_CHARS]
            yield Problem(at + 1, above, "text above the header of the table", path="")
        elif not names:
            names, first = tuple(map(name_of, cells)), cells[:1]
            if error or len(names) < 2:
                raise MalformedDocument(document.uri, at + 1, error or "no header with the names of columns")
            yield Boilerplate(at + 1, end)
        elif cells[:1] == first and tuple(map(name_of, cells)) == names:
            # Tables put together from several files repeat the header.
            yield Boilerplate(at + 1, end)
        else:
            yield _row(names, cells, error, f"[{count}]", (at + 1, end, lines[at]))
            count += 1
        at = end


def _row(
    names: tuple[str, ...], cells: list[str], error: str | None, path: str, place: tuple[int, int, str]
) -> Located[dict[str, str]] | Problem:
    """Return a row, or why it does not fit the header; `place` is its first and last line and the text of the first."""
    line_start, line_end, text = place
    if error := error or _misfit(names, cells):
        problem = f"{path}: {error}. This row is left out"
        return Problem(line_start, text[:EXCERPT_CHARS], problem, path, is_lost=True)
    return Located(_cells_by_name(names, cells), path, line_start, line_end)


def next_row(lines: list[str], at: int, delimiter: str, count: int = 0) -> tuple[list[str], int, str | None]:
    """Return the cells of the row that begins at an index, the index after it, and what is wrong with its quotes.

    Quotes inside a quoted cell that should have been doubled are accepted in a row of one line, and so are cells with
    commas that should have been quoted, where the header has `count` columns and spaces tell.
    """
    cells, end, error = _quoted_row(lines, at, delimiter)
    if count and len(cells) > count and end == at + 1:
        cells = _with_inner_commas(lines[at], delimiter, count) or cells
    return cells, end, error


def _quoted_row(lines: list[str], at: int, delimiter: str) -> tuple[list[str], int, str | None]:
    """Return the cells of a row as its quotes tell them."""
    if '"' not in lines[at]:
        return [cell.lstrip(" ") for cell in lines[at].split(delimiter)], at + 1, None
    # A reader for each row: one for all rows would swallow the rows after a quote that is never closed.
    rest = (f"{lines[i]}\n" for i in range(at, len(lines)))
    reader = csv.reader(rest, delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        return next(reader), at + reader.line_num, None
    except csv.Error:
        pass
    mended = lines[at] if delimiter != "," else _INNER_QUOTE.sub('""', lines[at])
    try:
        lenient = csv.reader([mended], delimiter=delimiter, strict=delimiter == ",", skipinitialspace=True)
        return next(lenient), at + 1, None
    except csv.Error:
        return [], at + 1, "a quoted cell is not closed, or is larger than 128 KB; double the quotes inside cells"


def _with_inner_commas(line: str, delimiter: str, count: int) -> list[str] | None:
    """Return the cells of a row that does not quote texts with commas, where a space after each tells; or None.

    >>> _with_inner_commas("7,Moss, Fen, and Dune,Ada", ",", 3), _with_inner_commas("7,Moss,Fen,Ada", ",", 3)
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
