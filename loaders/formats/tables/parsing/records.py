"""A table as records: its papers, or the sessions of a schedule, and what was made of its columns."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.tables.parsing.columns import MAX_SAMPLES, Columns, assign
from programme.loaders.formats.tables.parsing.names import IGNORED, NO_PAPERS, plain_name
from programme.loaders.formats.tables.parsing.pages import has_tables, page_heading
from programme.loaders.formats.tables.parsing.papers import Notes, Table, count_papers, paper_of
from programme.loaders.formats.tables.parsing.rows import Row, table_rows
from programme.loaders.formats.tables.parsing.schedule import sessions
from programme.loaders.readers import Located
from programme.loaders.records import Boilerplate, Hints, PaperRecord, Problem, Record

Given = tuple[tuple[str, str], ...] | None
Found = Row | Boilerplate | Problem

MAX_COLUMNS = 12
"""Columns that the message about a table without titles names."""

MAX_ABOVE = 20
"""Lines above a header that are looked at."""


def records(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield papers, then sessions with their slots; a problem for each row not loaded, and for columns not read.

    Raises MalformedDocument for a table without titles.
    """
    columns, first, rest = read_columns(document, hints.columns)
    rows = [one for one in first if isinstance(one, Located)]
    # A column such as `#` numbers the rows.
    if unread := [name for name in columns.unread if (plain := plain_name(name)) and not IGNORED.fullmatch(plain)]:
        problem = f"columns that are not read: {', '.join(unread)}; read are {columns.described()}"
        yield Problem(1, "", problem, "")
    yield from (one for one in first if not isinstance(one, Located))
    above = " ".join(one.text for one in first[:MAX_ABOVE] if isinstance(one, Problem) and not one.is_lost)
    above = page_heading(document) if has_tables(document) else above
    table = Table(columns, count_papers(columns, rows), Notes(), above)
    if columns.is_schedule and document.opener is None:
        yield from sessions(table, rows)
    else:
        yield from _papers(table, chain(rows, rest))
    yield from table.notes.problems()


def read_columns(document: Document, given: Given = None) -> tuple[Columns, list[Found], Iterator[Found]]:
    """Return what each column is, the first rows, and the rest; raises MalformedDocument where none is a title.

    What is too large to be held is judged by its first rows, and no schedule is so large.
    """
    found = table_rows(document)
    first = list(found if document.opener is None else islice(found, MAX_SAMPLES))
    rows = [one.value for one in first if isinstance(one, Located)]
    names = tuple(dict.fromkeys(chain.from_iterable(rows)))
    columns = assign(names, rows[:MAX_SAMPLES], _given(document, names, given))
    if columns.first("title") is None:
        raise MalformedDocument(document.uri, None, without_title(names))
    return columns, first, found


def _given(document: Document, names: Sequence[str], given: Given) -> dict[str, str]:
    """Return the roles of columns that the curator gave, with the names that the table has for them."""
    by_name = {plain_name(name): name for name in reversed(names)}
    found = {role: by_name.get(plain_name(name)) for role, name in given or ()}
    for role, name in given or ():
        if found[role] is None:
            known = f"the columns are {', '.join(names[:MAX_COLUMNS])}"
            raise MalformedDocument(document.uri, None, f"--column {role}={name}: no column has this name; {known}")
    return {role: name for role, name in found.items() if name}


def without_title(names: Sequence[str]) -> str:
    """Return why a table is none of papers.

    >>> without_title(["Day", "Slot"])
    'a table with the columns Day, Slot, none of which is known to be a title; --column title=NAME names it'
    """
    if not names:
        return "a table without rows"
    shown = ", ".join(names[:MAX_COLUMNS]) + (f" and {len(names) - MAX_COLUMNS} more" * (len(names) > MAX_COLUMNS))
    return f"a table with the columns {shown}, none of which is known to be a title; --column title=NAME names it"


def _papers(table: Table, rows: Iterable[Row | Boilerplate | Problem]) -> Iterator[PaperRecord | Boilerplate | Problem]:
    for row in rows:
        if not isinstance(row, Located):
            yield row
        elif plain_name(str(row.value.get("Item Type", ""))) in NO_PAPERS:
            continue
        elif any(value not in (None, "", []) for value in row.value.values()):
            yield paper_of(table, row)
