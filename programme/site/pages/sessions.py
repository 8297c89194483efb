"""The page of a session: its slots with time, place and authors, and the sources of these facts."""

from __future__ import annotations

from math import ceil
from typing import Any

from programme.site.parts.calendars import session_calendar
from programme.site.parts.changes import changes_on_page, of_session
from programme.site.parts.corrected import corrections_at
from programme.site.parts.excerpts import Span, excerpts
from programme.site.parts.permalinks import redirecting
from programme.site.parts.related import moderators_of
from programme.site.parts.session_corrections import corrections_of_session
from programme.site.parts.site import File, Page, Row, Site
from programme.site.parts.slots import sessions_of, zone_of
from programme.site.parts.sql import sql_of
from programme.site.parts.taking import Chosen, taking

PAGE_SIZE = 200
"""Number of slots on a page."""
MAX_EXCERPTS = 8
"""Number of sources shown with their lines."""

_SESSION = sql_of("sessions/session")
_SLOTS = sql_of("sessions/slots")
_KEYS = sql_of("sessions/keys")
_MEANWHILE = sql_of("sessions/meanwhile")
_SOURCES = sql_of("sessions/sources")
_SLOT_SOURCES = sql_of("sessions/slot_sources")
_SLOT_STATEMENT = ("position", "line_start", "line_end", "path", "title", "raw_time", "raw_kind", "room")
BASES = {
    "stated": "stated there",
    "given": "given when the document was ingested",
    "inferred": "inferred from weekday and date",
}
"""Where the edition of a session is known from."""


async def session(site: Site) -> Page:
    """Show a session."""
    found = await site.one(_SESSION, key=site.request.url_vars["key"])
    page = site.number("page")
    rows = await site.rows(_SLOTS, id=found["id"], size=PAGE_SIZE, skipped=(page - 1) * PAGE_SIZE)
    parts = await sessions_of(site, rows, found["time_zone"])
    sources = await site.rows(_SOURCES, id=found["id"])
    slot_sources = await site.rows(_SLOT_SOURCES, id=found["id"])
    zone = zone_of(rows, found["time_zone"])
    corrections = await corrections_of_session(site, found, zone, sources, slot_sources)
    for slot in (slot for part in parts for slot in part["slots"]):
        slot["corrections"] = corrections_at(corrections, slot["position"])
    names = ("key", "title", "kind", "track", "room", "abstract", "starts_at", "ends_at", "edition", "edition_name")
    shown: dict[str, Any] = {
        **{name: found[name] for name in names},
        "is_cancelled": found["is_cancelled"],
        "city": found["city"],
        "local_day": found["local_day"],
        "time_zone": zone,
        "moderators": (await moderators_of(site, [found["id"]])).get(found["id"], []),
        "slots": found["slots"],
        "parts": parts,
        "page": page,
        "pages": ceil(found["slots"] / PAGE_SIZE),
        "meanwhile": await _meanwhile(site, found),
        "corrections": corrections,
        "changes": await changes_on_page(site, of_session(found["key"]), session=found["key"]),
        "sources": await _sources(site, sources, slot_sources),
    }
    return Page("session", shown)


async def calendar(site: Site) -> File:
    """Return a session as a calendar."""
    return await session_calendar(site, site.request.url_vars["key"])


async def _chosen(site: Site) -> Chosen:
    """Return the papers of a session in its order."""
    found = await site.one(_SESSION, key=site.request.url_vars["key"])
    keys = [row["key"] for row in await site.rows(_KEYS, id=found["id"])]
    title = f"{found['edition_name']}: {found['title']}" if found["edition_name"] else found["title"]
    return Chosen(title, f"/session/{found['key']}", keys)


async def _meanwhile(site: Site, found: Row) -> list[Row]:
    """Return other sessions of the edition that overlap with this one."""
    if found["edition_id"] is None or not found["starts_at"] or not found["ends_at"]:
        return []
    return await site.rows(_MEANWHILE, **{name: found[name] for name in ("id", "edition_id", "starts_at", "ends_at")})


async def _sources(site: Site, rows: list[Row], slot_rows: list[Row]) -> list[Row]:
    """Return every source of the session: what is printed there, its lines, and the slots in that document."""
    spans = [Span(row["document_id"], row["line_start"], row["line_end"], row["path"]) for row in rows]
    lines = await excerpts(site, spans[:MAX_EXCERPTS])
    slots: dict[int, list[Row]] = {}
    for row in slot_rows:
        slots.setdefault(row["document_id"], []).append({name: row[name] for name in _SLOT_STATEMENT})
    # A document may state a session several times; its slots go with the last statement, hence backwards.
    return [
        _source(row, lines.get(span), slots.pop(row["document_id"], []))
        for row, span in reversed(list(zip(rows, spans, strict=True)))
    ][::-1]


def _source(row: Row, excerpt: Row | None, slots: list[Row]) -> Row:
    facts = [
        ("Title", row["title"]),
        ("Time", row["raw_time"]),
        ("Room", row["room"]),
        ("Track", row["track"]),
        ("Moderators", row["moderators"]),
        ("Edition", BASES.get(row["edition_basis"])),
    ]
    return {
        "document": {name: row[name] for name in ("sha256", "uri", "format", "captured_on")},
        **{name: row[name] for name in ("line_start", "line_end", "path")},
        "statements": [{"fact": fact, "value": value} for fact, value in facts if value],
        "lines": [
            {"number": number, "pieces": [{"text": text}]} for number, text in (excerpt["lines"] if excerpt else [])
        ],
        "slots": slots,
    }


ROUTES = [
    ("/session/{key}.ics", redirecting("session", calendar, ".ics")),
    *taking("/session/{key}", _chosen, ("bib", "ris", "csv", "atom"), kind="session"),
    ("/session/{key}", redirecting("session", session)),
]
