"""Slots as calendar files, built by `programme.export.calendars`."""

import asyncio
import re

from datasette.utils.asgi import BadRequest

from programme.export.calendars import Slot, calendar, events_of, zones_of
from programme.site.parts.site import File, Row, Site
from programme.site.parts.slots import HELD, Asked

MEDIA_TYPE = "text/calendar; charset=utf-8"
MAX_SLOTS = 6_000
"""So many slots fit into a calendar: those of the largest editions, whose posters share the event of their session."""

_COLUMNS = """
    sessions.key AS session_key,
    sessions.title AS session,
    sessions.kind AS session_kind,
    sessions.starts_at AS session_starts_at,
    sessions.ends_at AS session_ends_at,
    editions.name AS edition,
    coalesce(editions.time_zone, slots.time_zone) AS time_zone,
    coalesce(slots.room, sessions.room) AS room,
    documents.captured_on,
    slots.position,
    slots.kind,
    slots.title,
    slots.starts_at,
    slots.ends_at,
    (
        SELECT group_concat(byline.name, ', ')
        FROM (
            SELECT authors.name
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = slots.paper_id
            ORDER BY authorships.position
        ) AS byline
    ) AS authors,
    slots.poster_number,
    slots.award,
    papers.key AS paper_key,
    (
        SELECT min(repositories.url)
        FROM repo_links
        JOIN repositories ON repositories.id = repo_links.repository_id
        WHERE repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
    ) AS code
"""
_FROM = """
LEFT JOIN editions ON editions.id = sessions.edition_id
LEFT JOIN documents ON documents.id = slots.document_id
LEFT JOIN papers ON papers.id = slots.paper_id
"""
_OF_EDITION = f"""{HELD}
SELECT {_COLUMNS}
FROM wanted
JOIN sessions ON sessions.id = wanted.session_id
LEFT JOIN slots ON slots.id = wanted.slot_id
{_FROM}
ORDER BY sessions.starts_at NULLS LAST, sessions.title, sessions.key, slots.position
LIMIT :most
"""
_OF_SESSION = f"""
SELECT {_COLUMNS}
FROM sessions
LEFT JOIN slots ON slots.session_id = sessions.id
{_FROM}
WHERE sessions.key = :key
ORDER BY slots.position
"""


async def edition_calendar(site: Site, edition: Row, asked: Asked) -> File:
    """The slots of an edition that were asked for."""
    rows = await site.rows(_OF_EDITION, edition_id=edition["id"], most=MAX_SLOTS + 1, **asked.values())
    if len(rows) > MAX_SLOTS:
        raise BadRequest(f"More than {MAX_SLOTS:,} slots are too many for one calendar; take them day by day.")
    parts = [edition["name"], asked.values()["day"], asked.kind, asked.q, "with code" if asked.code else ""]
    return await _file(" ".join(part for part in parts if part), rows)


async def session_calendar(site: Site, key: str) -> File:
    """The slots of a session; raises NotFound where there is none with this key."""
    first = await site.one(
        "SELECT sessions.title, editions.name AS edition FROM sessions "
        "LEFT JOIN editions ON editions.id = sessions.edition_id WHERE sessions.key = :key",
        key=key,
    )
    name = f"{first['edition']}: {first['title']}" if first["edition"] else first["title"]
    return await _file(name, await site.rows(_OF_SESSION, key=key))


async def _file(name: str, rows: list[Row]) -> File:
    """Build a calendar, which takes about a millisecond an event, beside the loop that answers other readers."""
    text = await asyncio.to_thread(_text, name, [Slot(**row) for row in rows])
    return File(text, MEDIA_TYPE, file_name(name, "ics"))


def _text(name: str, slots: list[Slot]) -> str:
    return "".join(calendar(name, events_of(slots), zones_of(slots)))


def file_name(name: str, ending: str) -> str:
    """A name of letters and digits that every system takes.

    >>> file_name("ICML 2022: Q&A “Graphs”", "ics"), file_name("夏", "ics")
    ('icml-2022-q-a-graphs.ics', 'programme.ics')
    """
    words = re.findall(r"[a-z0-9]+", name.lower())
    return f"{'-'.join(words)[:80] or 'programme'}.{ending}"
