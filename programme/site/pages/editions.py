"""Editions: all of them as cards, and each with its programme by day and session, or its papers from lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import NotFound

from programme.patterns import lazy_pattern
from programme.site.pages.home import editions_of_site
from programme.site.parts.calendars import MAX_SLOTS, edition_calendar
from programme.site.parts.changes import changes_on_page, of_edition
from programme.site.parts.clocks import moment
from programme.site.parts.edition_papers import counts_of, keys_of, kinds_of, missing_of, papers_of
from programme.site.parts.site import File, Page, Row, Site
from programme.site.parts.slots import EVERY_DAY, UNKNOWN_DAY, Filters, SlotCounts, filters_of, slot_counts_of, slots_of
from programme.site.parts.sql import sql_of
from programme.site.parts.taking import Chosen, taking

MAX_UNDIVIDED = 150
"""A programme with more slots than this is shown one day at a time."""

MAX_UNPLACED = 100
"""Number of sessions of unknown editions that are listed; the rest are counted."""

_EDITION = sql_of("editions/edition")
_UNPLACED = sql_of("editions/unplaced")
_DAY = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


async def editions(site: Site) -> Page:
    """List every edition by year, and the sessions of unknown editions."""
    found = await editions_of_site(site)
    years = [{"year": year, "editions": list(group)} for year, group in groupby(found, lambda row: row["year"])]
    unplaced = await site.rows(_UNPLACED, size=MAX_UNPLACED)
    return Page(
        "editions",
        {
            "years": years,
            "unplaced": [{name: row[name] for name in ("key", "title", "kind", "slots")} for row in unplaced],
            "more_unplaced": unplaced[0]["of_all"] - len(unplaced) if unplaced else 0,
        },
    )


async def edition(site: Site) -> Page:
    """Show the slots of an edition that match the filters; its papers when it has no sessions."""
    found, filters = await _edition(site), filters_of(site)
    if not found["sessions"]:
        return await edition_papers(site)
    counts = await slot_counts_of(site, found["id"], filters.q)
    days = counts.days(filters)
    filters = _with_day(filters, counts.total(), list(days), found)
    on_page, pages = await slots_of(site, found, filters)
    total = sum(days.values()) if filters.day in ("", EVERY_DAY) else days.get(filters.day, 0)
    shown: dict[str, Any] = {
        **await _common(site, found, filters),
        "view": "programme",
        "days": [{"day": day, "slots": slots} for day, slots in days.items()],
        "kinds": [{"kind": kind, "found": slots} for kind, slots in counts.kinds(filters).items()],
        "found": total,
        "programme": on_page,
        "pages": pages,
        "has_calendar": bool(on_page) and total <= MAX_SLOTS,
    }
    return Page("edition", shown)


async def edition_papers(site: Site) -> Page:
    """Show the papers of an edition that match the filters, whether a programme or a list states them."""
    found, filters = await _edition(site), filters_of(site)
    on_page = await papers_of(site, found, filters)
    counts = await slot_counts_of(site, found["id"]) if found["sessions"] else SlotCounts([])
    shown: dict[str, Any] = {
        **await _common(site, found, filters),
        "view": "papers",
        "days": [{"day": day, "slots": slots} for day, slots in counts.days(Filters("", "", "", "", 1)).items()],
        "kinds": await kinds_of(site, found),
        "found": on_page.total,
        "papers": on_page.papers,
        "pages": on_page.pages,
    }
    return Page("edition", shown)


async def calendar(site: Site) -> File:
    """Return the slots of an edition, or of a day of it, that match the filters, as a calendar."""
    found, filters = await _edition(site), filters_of(site)
    _check_day(filters.day, found)
    return await edition_calendar(site, found, filters)


async def _chosen(site: Site) -> Chosen:
    """Return the papers of an edition that match the filters."""
    found, filters = await _edition(site), filters_of(site)
    words = [found["name"], filters.kind, filters.q, "with code" if filters.code else ""]
    given = urlencode({name: value for name, value in filters.fields().items() if value})
    path = f"/edition/{found['slug']}/papers?{given}".rstrip("?")
    return Chosen(" ".join(filter(None, words)), path, await keys_of(site, found, filters))


async def _edition(site: Site) -> Row:
    """Return the edition of the URL; raises NotFound."""
    return await site.edition(_EDITION, site.request.url_vars["slug"])


async def _common(site: Site, found: Row, filters: Filters) -> Row:
    """Return what both views of an edition show."""
    counts = await counts_of(site, found)
    missing = await missing_of(site, found, counts["papers"])
    known = {name: value for name, value in found.items() if name != "id"}
    changes = await changes_on_page(site, of_edition(found["slug"]), edition=found["slug"])
    return {
        "edition": {**known, **counts, "missing": missing},
        "changes": changes,
        "asked": {**filters.fields(), "day": filters.day, "page": filters.page},
    }


def _with_day(filters: Filters, slots: int, days: list[str], found: Row) -> Filters:
    """Add the day to show when none was requested: today, or else for a large programme its first day."""
    _check_day(filters.day, found)
    if filters.day or filters.is_filter or len(days) < 2:
        return filters
    today = moment(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", found["time_zone"]).day
    if today not in days and slots <= MAX_UNDIVIDED:
        return filters
    return Filters(today if today in days else days[0], filters.kind, filters.code, filters.q, filters.page)


def _check_day(day: str, found: Row) -> None:
    """Raise NotFound unless a day is a date or one of the words for all days and for unknown ones."""
    if day not in ("", EVERY_DAY, UNKNOWN_DAY) and not _is_day(day):
        raise NotFound(
            f"{found['name']} has no day “{day}”; days are written like {found['starts_on'] or '2022-07-21'}."
        )


def _is_day(text: str) -> bool:
    """Return whether a text is a day as URLs write it.

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
    *taking("/edition/{slug}", _chosen, ("bib", "ris", "csv", "atom")),
    ("/edition/{slug}/papers", edition_papers),
    ("/edition/{slug}/{day}", edition),
    ("/edition/{slug}", edition),
]
