"""Editions: all of them as cards, and each with its programme by day and session, or the papers a list names."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import groupby
from math import ceil
from typing import Any

from datasette.utils.asgi import NotFound

from programme.site.pages.home import editions_of_site
from programme.site.parts import edition_papers as papers
from programme.site.parts import slots as programme
from programme.site.parts.calendars import MAX_SLOTS, edition_calendar
from programme.site.parts.clocks import moment
from programme.site.parts.site import File, Page, Row, Site
from programme.site.parts.slots import EVERY_DAY, UNKNOWN_DAY, Asked, asked_of

WHOLE = 150
"""A programme of so many slots is shown at once, a larger one by its days."""

UNPLACED_SHOWN = 100
"""So many sessions whose edition is unknown are listed, and the rest counted."""

_EDITION = """
SELECT
    editions.id, editions.slug, editions.name, editions.year, editions.starts_on, editions.ends_on,
    editions.time_zone, editions.city, venues.url,
    (SELECT count(*) FROM sessions WHERE sessions.edition_id = editions.id) AS sessions
FROM editions
JOIN venues ON venues.id = editions.venue_id
WHERE editions.slug = :slug
"""
_UNPLACED = """
SELECT
    sessions.key, sessions.title, sessions.kind,
    (SELECT count(*) FROM slots WHERE slots.session_id = sessions.id) AS slots,
    count(*) OVER () AS of_all
FROM sessions
WHERE sessions.edition_id IS NULL
ORDER BY sessions.title, sessions.key
LIMIT :size
"""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


async def editions(site: Site) -> Page:
    """Every edition by year, and the sessions whose edition is unknown."""
    found = await editions_of_site(site)
    years = [{"year": year, "editions": list(held)} for year, held in groupby(found, lambda row: row["year"])]
    unplaced = await site.rows(_UNPLACED, size=UNPLACED_SHOWN)
    return Page(
        "editions",
        {
            "years": years,
            "unplaced": [{name: row[name] for name in ("key", "title", "kind", "slots")} for row in unplaced],
            "more_unplaced": unplaced[0]["of_all"] - len(unplaced) if unplaced else 0,
        },
    )


async def edition(site: Site) -> Page:
    """An edition: its programme, whole or of a day, as far as it was asked for; or its papers where it has none."""
    held, asked = await _held(site), asked_of(site)
    if not held["sessions"]:
        return await edition_papers(site)
    census = await programme.census(site, held["id"], asked.q)
    days = census.days(asked)
    asked = _with_day(asked, census.total(), list(days), held)
    found, pages = await programme.slots_of(site, held, asked)
    total = sum(days.values()) if asked.day in ("", EVERY_DAY) else days.get(asked.day, 0)
    shown: dict[str, Any] = {
        **await _common(site, held, asked),
        "view": "programme",
        "days": [{"day": day, "slots": slots} for day, slots in days.items()],
        "kinds": [{"kind": kind, "found": slots} for kind, slots in census.kinds(asked).items()],
        "found": total,
        "programme": found,
        "pages": pages,
        "has_calendar": bool(found) and total <= MAX_SLOTS,
    }
    return Page("edition", shown)


async def edition_papers(site: Site) -> Page:
    """Every paper of an edition, presented or named by a list, as far as asked for."""
    held, asked = await _held(site), asked_of(site)
    found = await papers.papers_of(site, held, asked)
    census = await programme.census(site, held["id"]) if held["sessions"] else programme.Census([])
    shown: dict[str, Any] = {
        **await _common(site, held, asked),
        "view": "papers",
        "days": [{"day": day, "slots": slots} for day, slots in census.days(Asked("", "", "", "", 1)).items()],
        "kinds": await papers.kinds_of(site, held),
        "found": found.total,
        "papers": found.papers,
        "pages": ceil(found.total / papers.PAGE_SIZE),
    }
    return Page("edition", shown)


async def calendar(site: Site) -> File:
    """The slots of an edition or of its day that were asked for, as a calendar."""
    held, asked = await _held(site), asked_of(site)
    _check_day(asked.day, held)
    return await edition_calendar(site, held, asked)


async def _held(site: Site) -> Row:
    return await site.one(_EDITION, slug=site.request.url_vars["slug"])


async def _common(site: Site, held: Row, asked: Asked) -> Row:
    counts = await papers.counts_of(site, held)
    known = {name: value for name, value in held.items() if name != "id"}
    return {"edition": {**known, **counts}, "asked": {**asked.fields(), "day": asked.day, "page": asked.page}}


def _with_day(asked: Asked, slots: int, days: list[str], held: Row) -> Asked:
    """The day to show: the one asked for; of a large programme today's, else the first; else every one."""
    _check_day(asked.day, held)
    if asked.day or asked.is_filter or slots <= WHOLE or len(days) < 2:
        return asked
    today = moment(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", held["time_zone"]).day
    return Asked(today if today in days else days[0], asked.kind, asked.code, asked.q, asked.page)


def _check_day(day: str, held: Row) -> None:
    if day not in ("", EVERY_DAY, UNKNOWN_DAY) and not _is_day(day):
        raise NotFound(f"{held['name']} has no day “{day}”; a day is written like {held['starts_on'] or '2022-07-21'}.")


def _is_day(text: str) -> bool:
    """Whether a text is a day as addresses write it.

    >>> _is_day("2022-07-21"), _is_day("2022-02-30"), _is_day("20220721")
    (True, False, False)
    """
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


ROUTES = [
    ("/editions", editions),
    ("/edition/{slug}/{day}.ics", calendar),
    ("/edition/{slug}.ics", calendar),
    ("/edition/{slug}/papers", edition_papers),
    ("/edition/{slug}/{day}", edition),
    ("/edition/{slug}", edition),
]
