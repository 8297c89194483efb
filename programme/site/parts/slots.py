"""The slots of an edition: filtered, counted, and grouped by day and session, with authors and code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from programme.exceptions import QueryError
from programme.parameters import unknown_value
from programme.schema.vocabularies import KINDS
from programme.site.parts.clocks import moment, span
from programme.site.parts.related import authors_of
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of
from programme.site.parts.stars import slot_star

UNKNOWN_DAY = "unknown"
EVERY_DAY = "all"
PAGE_SIZE = 200
"""Number of slots on a page."""
MAX_SLOTS_OF_SESSION = 20
"""Number of slots of one session on a page without filters."""

_COUNTS = sql_of("slots/counts")

_SLOTS = sql_of("slots/slots")

SLOT = (
    "position",
    "kind",
    "title",
    "starts_at",
    "ends_at",
    "local_start",
    "local_end",
    "room",
    "poster_number",
    "award",
    "paper_key",
    "code_url",
    "is_cancelled",
)
"""What is shown of a slot, besides its authors."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the page of an edition; empty means all."""

    day: str
    kind: str
    code: str
    q: str
    page: int

    @property
    def is_filter(self) -> bool:
        """Whether anything but the day is filtered."""
        return bool(self.kind or self.code or self.q)

    def values(self) -> dict[str, str]:
        """Return the parameters of the queries."""
        day = "" if self.day == EVERY_DAY else self.day
        return {"day": day, "kind": self.kind, "code": self.code, "q": self.q}

    def fields(self) -> dict[str, str]:
        """Return the arguments of the URL, except day and page."""
        return {"q": self.q, "kind": self.kind, "code": self.code}


def filters_of(site: Site) -> Filters:
    """Return the filters in the URL; raises QueryError for an argument or a kind that is none."""
    site.check_arguments((*Filters.__dataclass_fields__, *site.request.url_vars))
    if (kind := site.arg("kind")) and kind not in KINDS:
        raise QueryError(f"There is {unknown_value('kind', kind, KINDS)}")
    return Filters(
        day=site.request.url_vars.get("day") or site.arg("day"),
        kind=kind,
        code="1" if site.arg("code") not in ("", "0") else "",
        q=site.arg("q"),
        page=site.number("page"),
    )


@dataclass(frozen=True, slots=True)
class SlotCounts:
    """The number of slots of an edition that match the words, by day, kind and code."""

    rows: list[Row]

    def days(self, filters: Filters) -> dict[str, int]:
        """Return every day with the number of its slots that match kind and code, the unknown day last."""
        known = {row["day"] for row in self.rows} | ({filters.day} - {"", EVERY_DAY})
        days = Counter(dict.fromkeys(sorted(known, key=_day_order), 0))
        for row in self.rows:
            if (not filters.kind or row["kind"] == filters.kind) and (not filters.code or row["has_code"]):
                days[row["day"]] += row["slots"]
        return dict(days)

    def kinds(self, filters: Filters) -> dict[str, int]:
        """Return every kind with the number of its slots, the most frequent first."""
        kinds: Counter[str] = Counter({filters.kind: 0} if filters.kind else {})
        for row in self.rows:
            kinds[row["kind"]] += row["slots"]
        return dict(sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0])))

    def total(self) -> int:
        """Return the number of slots that match the words."""
        return sum(row["slots"] for row in self.rows)


async def slot_counts_of(site: Site, edition_id: int, words: str = "") -> SlotCounts:
    """Count the slots of an edition that match words."""
    values = {"edition_id": edition_id, "q": words, "day": "", "kind": "", "code": ""}
    return SlotCounts(await site.rows(_COUNTS, **values))


async def slots_of(site: Site, edition: Row, filters: Filters) -> tuple[list[Row], int]:
    """Return the days that match the filters with their sessions and slots, and the number of pages."""
    rows = await site.rows(
        _SLOTS,
        edition_id=edition["id"],
        most=1_000_000 if filters.is_filter else MAX_SLOTS_OF_SESSION,
        size=PAGE_SIZE,
        skipped=(filters.page - 1) * PAGE_SIZE,
        **filters.values(),
    )
    sessions = await sessions_of(site, rows, edition["time_zone"])
    days = [{"day": day, "sessions": list(found)} for day, found in groupby(sessions, lambda each: each["day"])]
    return days, ceil(rows[0]["total"] / PAGE_SIZE) if rows else 0


async def sessions_of(site: Site, rows: list[Row], time_zone: str | None) -> list[Row]:
    """Group rows of slots by day and session, keeping their order."""
    authors = await authors_of(site, (row["paper_id"] for row in rows))
    groups = groupby(rows, lambda row: (row["day"], row["session_id"]))
    return [_session(list(group), authors, time_zone) for _, group in groups]


def _session(rows: list[Row], authors: dict[int, list[Row]], time_zone: str | None) -> Row:
    first, zone = rows[0], zone_of(rows, time_zone)
    starts_at, ends_at = _times(rows, zone)
    start = moment(starts_at, zone) if starts_at else None
    slots = [_slot(row, authors) for row in rows if row["position"] is not None]
    return {
        "key": first["session_key"],
        "title": first["session"],
        "kind": first["session_kind"],
        "track": first["track"],
        "room": first["session_room"],
        "day": first["day"],
        "starts_at": starts_at,
        "ends_at": ends_at,
        "starts_on": start and start.day,
        "time": span(starts_at, ends_at, zone),
        "zone": start and start.zone,
        "time_zone": zone,
        "is_one_event": len(slots) == 1 and not first["more"] and slots[0]["title"] == first["session"],
        "slots": slots,
        "more": first["more"],
    }


def _times(rows: list[Row], zone: str | None) -> tuple[str | None, str | None]:
    """Return start and end of a session; of one on several days, those of its slots on this day."""
    starts_at, ends_at = rows[0]["session_starts_at"], rows[0]["session_ends_at"]
    timed = [row for row in rows if row["starts_at"]]
    if starts_at and ends_at and timed and moment(starts_at, zone).day != moment(ends_at, zone).day:
        ends_at = max((row["ends_at"] for row in timed if row["ends_at"]), default=None)
        return min(row["starts_at"] for row in timed), ends_at
    return starts_at, ends_at


def _slot(row: Row, authors: dict[int, list[Row]]) -> Row:
    shown = {name: row[name] for name in SLOT}
    return {**shown, "star": slot_star(row), "authors": authors.get(row["paper_id"], [])}


def zone_of(rows: Iterable[Row], time_zone: str | None) -> str | None:
    """Return the time zone of the edition, or else the one in which the times were printed."""
    return time_zone or next((row["time_zone"] for row in rows if row["time_zone"]), None)


def _day_order(day: str) -> tuple[bool, str]:
    return day == UNKNOWN_DAY, day
