"""Agendas in the template of Whova: a row for each session, and below it rows for its parts, marked `Sub`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from programme.loaders.formats.tables.parsing.names import plain_name
from programme.loaders.readers import Located
from programme.loaders.records import Boilerplate, Problem

TITLE = "Title"
"""The column that rows have here for what they are called; the template calls all of them sessions."""


class Agenda(NamedTuple):
    """The columns by which an agenda is known: for titles, and for what each row is."""

    title: str
    level: str


def agenda(names: Iterable[str]) -> Agenda | None:
    """Return the columns of an agenda; None for any other table.

    >>> agenda(["*Date", "*Session Title", "Session or Sub-session(Sub)"])
    Agenda(title='*Session Title', level='Session or Sub-session(Sub)')
    >>> agenda(["Session Title", "Title"]) is None
    True
    """
    plain = {plain_name(name): name for name in names}
    level = next((name for one, name in plain.items() if one.startswith("sessionorsubsession")), None)
    title = plain.get("sessiontitle")
    return Agenda(title, level) if title and level else None


def with_titles(row: Mapping[str, Any], columns: Agenda) -> dict[str, Any]:
    """Return a row of an agenda with its title, as one by itself has it."""
    return {**row, TITLE: row.get(columns.title)}


def agenda_rows(
    found: Iterable[Located[dict[str, Any]] | Boilerplate | Problem],
) -> Iterator[Located[dict[str, Any]] | Boilerplate | Problem]:
    """Yield the rows of a table; of an agenda, parts with their session, and sessions with parts without a title."""
    waiting: Located[dict[str, Any]] | None = None
    session: Any = None
    for one in found:
        columns = agenda(one.value) if isinstance(one, Located) else None
        if columns is None or not isinstance(one, Located):
            yield one
            continue
        if str(one.value.get(columns.level) or "").casefold().startswith("sub"):
            if waiting:
                yield waiting
            waiting = None
            yield _as(one, {**with_titles(one.value, columns), columns.title: session})
            continue
        if waiting:
            yield _as(waiting, with_titles(waiting.value, columns))
        waiting, session = one, one.value.get(columns.title)
    if waiting and (columns := agenda(waiting.value)):
        yield _as(waiting, with_titles(waiting.value, columns))


def _as(row: Located[dict[str, Any]], value: dict[str, Any]) -> Located[dict[str, Any]]:
    return Located(value, row.path, row.line_start, row.line_end)
