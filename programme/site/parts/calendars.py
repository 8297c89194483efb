"""Slots as calendar files, built by `programme.export.calendars`."""

import asyncio
import re
from collections.abc import Callable

from datasette.utils.asgi import BadRequest

from programme.export.calendar_history import Change, History
from programme.export.calendar_text import calendar
from programme.export.calendars import NO_HISTORY, Slot, events_of, zones_of
from programme.export.chosen import Places
from programme.export.rows import slot_values, statement
from programme.site.parts.site import File, Row, Site
from programme.site.parts.slots import Filters
from programme.site.parts.sql import sql_of

MEDIA_TYPE = "text/calendar; charset=utf-8"
MAX_SLOTS = 6_000
"""Number of slots in a calendar: enough for the largest editions, because the posters of a session share one event."""

_OF_EDITION = sql_of("calendars/of_edition")


async def edition_calendar(site: Site, edition: Row, filters: Filters) -> File:
    """Return the slots of an edition that match the filters; raises BadRequest when there are too many."""
    rows = await site.rows(
        sql_of("calendars/of_edition"), edition_id=edition["id"], most=MAX_SLOTS + 1, **filters.values()
    )
    if len(rows) > MAX_SLOTS:
        raise BadRequest(f"A calendar holds at most {MAX_SLOTS:,} slots; download it day by day.")
    chosen = [filters.values()["day"], filters.kind, filters.q, "with code" if filters.code else ""]
    name = " ".join(part for part in (edition["name"], *chosen) if part)
    return await _file(site, name, rows, await _history(site, edition["slug"]), is_whole=not any(chosen))


async def session_calendar(site: Site, key: str) -> File:
    """Return the slots of a session; raises NotFound when no session has this key."""
    first = await site.one(
        "SELECT sessions.title, editions.name AS edition, editions.slug FROM sessions "
        "LEFT JOIN editions ON editions.id = sessions.edition_id WHERE sessions.key = :key",
        key=key,
    )
    name = f"{first['edition']}: {first['title']}" if first["edition"] else first["title"]
    history = await _history(site, first["slug"]) if first["slug"] else NO_HISTORY
    rows = await site.rows(statement("slots", "sqlite"), **slot_values(session=key))
    return await _file(site, name, rows, history, key)


async def chosen_calendar(site: Site, name: str, places: Places) -> File:
    """Return chosen slots; raises BadRequest when there are too many."""
    rows = await site.rows(statement("slots", "sqlite"), **slot_values(places)) if any(places) else []
    if len(rows) > MAX_SLOTS:
        raise BadRequest(f"A calendar holds at most {MAX_SLOTS:,} slots; choose fewer.")
    editions = sorted({row["edition_slug"] for row in rows if row["edition_slug"]})
    found = [change for edition in editions for change in await _changes(site, edition)]
    history = History(sorted(found, key=lambda change: change.captured_at))
    return await _file(site, name, rows, history, wanted=places.holds)


async def _history(site: Site, edition: str) -> History:
    return History(await _changes(site, edition))


async def _changes(site: Site, edition: str) -> list[Change]:
    rows = await site.rows(statement("calendar_changes", "sqlite"), edition=edition)
    return [Change(**row) for row in rows]


async def _file(
    site: Site,
    name: str,
    rows: list[Row],
    history: History,
    session: str | None = None,
    *,
    is_whole: bool = True,
    wanted: Callable[[Slot], bool] | None = None,
) -> File:
    """Build a calendar in a thread: at about 1 ms per event it would keep other requests waiting."""
    home = site.absolute("/").rstrip("/")
    each = site.arg("_each") not in ("", "0")

    def text() -> str:
        slots = [Slot(**row) for row in rows]
        events = events_of(slots, history, session, is_whole=is_whole, site=home, wanted=wanted, each=each)
        return "".join(calendar(name, events, zones_of(slots)))

    return File(await asyncio.to_thread(text), MEDIA_TYPE, file_name(name, "ics"))


def file_name(name: str, ending: str) -> str:
    """Return a file name that is valid on every system: letters, digits and hyphens.

    >>> file_name("ICML 2022: Q&A “Graphs”", "ics"), file_name("夏", "ics")
    ('icml-2022-q-a-graphs.ics', 'programme.ics')
    """
    words = re.findall(r"[a-z0-9]+", name.lower())
    return f"{'-'.join(words)[:80] or 'programme'}.{ending}"
