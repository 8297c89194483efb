"""Instants as local times."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UNKNOWN = "time not stated"


class Moment(NamedTuple):
    """A local day and time, and the abbreviation of their time zone."""

    day: str
    clock: str
    zone: str


def moment(instant: str, zone: str | None) -> Moment:
    """Return an instant in a time zone; in UTC when the zone is unknown.

    >>> moment("2022-07-21T19:30:00Z", "America/New_York")
    Moment(day='2022-07-21', clock='15:30', zone='EDT')
    >>> moment("2022-07-21T23:30:00Z", "Etc/GMT-4"), moment("2022-07-21T23:30:00Z", None).zone
    (Moment(day='2022-07-22', clock='03:30', zone='UTC+4'), 'UTC')
    """
    local = datetime.fromisoformat(instant).astimezone(_zone(zone or "UTC"))
    return Moment(f"{local:%Y-%m-%d}", f"{local:%H:%M}", _zone_name(local))


def span(starts_at: str | None, ends_at: str | None, zone: str | None) -> str:
    """Return start and end in local time; the end has its weekday when it is on another day.

    >>> span("2022-07-21T19:30:00Z", "2022-07-21T21:00:00Z", "America/New_York")
    '15:30 – 17:00'
    >>> span("2022-07-21T22:00:00Z", "2022-07-22T14:00:00Z", "America/New_York")
    '18:00 – Fri 10:00'
    >>> span("2022-07-21T22:00:00Z", None, None), span(None, None, "America/New_York")
    ('22:00', 'time not stated')
    """
    if not starts_at:
        return UNKNOWN
    start = moment(starts_at, zone)
    if not ends_at or ends_at <= starts_at:
        return start.clock
    end = moment(ends_at, zone)
    weekday = "" if end.day == start.day else f"{datetime.fromisoformat(end.day):%a} "
    return f"{start.clock} – {weekday}{end.clock}"


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name; UTC when there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _zone_name(local: datetime) -> str:
    """Return the abbreviation of the time zone; the offset from UTC when it has none."""
    name = local.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    hours, minutes = name[1:3].lstrip("0") or "0", name[3:5]
    return f"UTC{'−' if name[0] == '-' else '+'}{hours}{f':{minutes}' if minutes not in ('', '00') else ''}"
