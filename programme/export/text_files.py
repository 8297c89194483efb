"""BibTeX, RIS, CSL-JSON, iCalendar and Atom files, or the same on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from programme.exceptions import StoreError
from programme.export.files import atomic_path
from programme.export.rows import EVERY, as_list, batched, citation, entry, slot_values, statement
from programme.export.sources import edition_id
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.database import open_database

if TYPE_CHECKING:
    from programme.export.calendar_history import History
    from programme.export.chosen import Places

T = TypeVar("T")

BATCH_SIZE = 500
"""Rows read at a time."""

MAX_FEED_ENTRIES = 1_000

STANDARD_OUTPUT = "-"


def write_references(
    database: str,
    file: str | Path,
    form: str,
    edition: str | None = None,
    keys: Sequence[str] | None = None,
    *,
    replace: bool = False,
) -> int:
    """Write papers as `bibtex`, `ris` or `csl-json`; return their number.

    They are those with these keys, in this order; without keys those of an edition or all, in the order of their keys.
    """
    from programme.export.bibtex import bibliography
    from programme.export.references import csl, ris

    written = {"bibtex": bibliography, "ris": ris, "csl-json": csl}[form]
    with _reading(database, edition) as connection:
        if keys is None:
            found = _rows(connection, "citations", {"edition": edition or "", "keys": EVERY})
        else:
            found = _of_keys(connection, "citations", keys, {"edition": ""})
        rows = Counted(found)
        _write(file, written(map(citation, rows)), replace=replace)
        return rows.count


def write_calendar(
    database: str,
    file: str | Path,
    edition: str | None = None,
    *,
    site: str | None = None,
    each: bool = False,
    replace: bool = False,
) -> int:
    """Write the programme as an iCalendar file; return the number of slots, a session without any counting as one.

    Those without a time have no place in a calendar and do not count.
    """
    from programme.export.calendar_text import calendar
    from programme.export.calendars import Slot, events_of

    with _reading(database, edition) as connection:
        slots = (Slot(*row) for row in _rows(connection, "slots", slot_values(edition=edition or "")))
        timed = Counted(slot for slot in slots if slot.starts_at or slot.session_starts_at)
        events = events_of(timed, _history(connection, edition), site=site, each=each)
        name = _edition_name(connection, edition) or "Programme"
        _write(file, calendar(name, events, _zones(connection, edition)), replace=replace)
        return timed.count


def write_chosen_calendar(
    database: str,
    file: str | Path,
    name: str,
    places: Places,
    *,
    site: str | None = None,
    each: bool = False,
    replace: bool = False,
) -> int:
    """Write chosen slots as an iCalendar file of this name; return their number."""
    from programme.export.calendar_text import calendar
    from programme.export.calendars import Slot, events_of, zones_of

    with _reading(database, None) as connection:
        slots = [Slot(*row) for row in _rows(connection, "slots", slot_values(places))] if any(places) else []
        events = events_of(slots, _history(connection, None), site=site, wanted=places.holds, each=each)
        _write(file, calendar(name, events, zones_of(slots)), replace=replace)
        return sum(map(places.holds, slots))


def write_feed(
    database: str,
    file: str | Path,
    edition: str | None = None,
    listing: str | None = None,
    *,
    site: str | None = None,
    replace: bool = False,
) -> int:
    """Write an Atom feed of the newest papers with code, or of a listing by its key; return the number of entries."""
    from programme.export.feeds import feed

    with _reading(database, edition) as connection:
        if listing:
            rows = list(_rows(connection, "listing_papers", {"listing": listing}))
            if not rows:
                raise StoreError(
                    f"no listing with papers has the key {listing!r}; `loader query listing_papers` shows the keys"
                )
            title, name = rows[0][-1], f"listing/{listing}"
        else:
            rows = list(_rows(connection, "new_papers", {"edition": edition or "", "most": str(MAX_FEED_ENTRIES)}))
            title = f"{_edition_name(connection, edition) or 'Papers'} with code"
            name = f"papers-with-code/{edition}" if edition else "papers-with-code"
        _write(file, [feed(title, name, (entry(row, site) for row in rows), home=site)], replace=replace)
        return len(rows)


def write_chosen_feed(
    database: str,
    file: str | Path,
    title: str,
    name: str,
    keys: Sequence[str],
    *,
    site: str | None = None,
    replace: bool = False,
) -> int:
    """Write an Atom feed of the papers with these keys, in this order; its id is made from `name`."""
    from programme.export.feeds import feed

    with _reading(database, None) as connection:
        rows = Counted(_of_keys(connection, "chosen_papers", keys, {}))
        _write(file, [feed(title, name, (entry(row, site) for row in rows), home=site)], replace=replace)
        return rows.count


class Counted(Generic[T]):
    """Rows that are counted as they are read."""

    def __init__(self, rows: Iterable[T]) -> None:
        self.count = 0
        self._rows = rows

    def __iter__(self) -> Iterator[T]:
        for row in self._rows:
            self.count += 1
            yield row


@contextmanager
def _reading(database: str, edition: str | None) -> Iterator[Connection]:
    """Open a database as of one moment, after checking that it has the edition."""
    with closing(open_database(database)) as connection, connection.snapshot():
        edition_id(connection, edition)
        yield connection


def _rows(connection: Connection, name: str, values: Mapping[str, str]) -> Iterator[Row]:
    for rows in connection.stream(statement(name, connection.database.engine), BATCH_SIZE, values):
        yield from rows


def _of_keys(connection: Connection, name: str, keys: Sequence[str], values: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of papers in the order of their keys here, a batch at a time."""
    for batch in batched(keys):
        found = {row[0]: row for row in _rows(connection, name, {**values, "keys": as_list(batch)})}
        yield from (found[key] for key in batch if key in found)


def _history(connection: Connection, edition: str | None) -> History:
    from programme.export.calendar_history import Change, History

    return History(Change(*row) for row in _rows(connection, "calendar_changes", {"edition": edition or ""}))


def _edition_name(connection: Connection, edition: str | None) -> str | None:
    rows = connection.query("SELECT name FROM editions WHERE slug = ?", (edition,)) if edition else []
    return str(rows[0][0]) if rows else None


def _zones(connection: Connection, edition: str | None) -> list[str]:
    """Return every time zone in which a slot may be written."""
    known = _rows(connection, "time_zones", {"edition": edition or ""})
    return sorted(zone for (zone,) in known if zone)


def _write(file: str | Path, pieces: Iterable[str], *, replace: bool) -> None:
    """Write pieces of text; line ends are kept as they are on every system."""
    if str(file) == STANDARD_OUTPUT:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        sys.stdout.writelines(pieces)
        return
    with atomic_path(file, replace=replace) as partial, partial.open("w", encoding="utf-8", newline="") as out:
        out.writelines(pieces)
