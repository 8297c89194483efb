"""Reads the ISO 8601 times of structured documents as instants."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from programme.loaders.records import Moments
from programme.loaders.text.zones import zone_info
from programme.patterns import lazy_pattern

_MAX_LENGTH = 48
_STATED = lazy_pattern(
    r"(?P<moment>[\dW:.,T -]*\d[\dW:.,T-]*)(?:\s*(?P<offset>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?))?"
)
YEARS = range(1900, 2201)
"""Times of other years are placeholders, such as `9999-12-31T23:59:59Z`, and are not read."""

_CLOCK = lazy_pattern(r"\d[T ]\d\d")


def moments(start_iso: str, end_iso: str | None, zone: str | None = None) -> Moments | None:
    """Return the instants of two ISO 8601 texts, or None if the start cannot be read or states no offset.

    `zone` is the IANA name of the document's time zone, in which texts without an offset are read; without it they are
    not accepted, and an offset of whole hours gives the name of the zone: `Etc/GMT+7` for `-07:00`. An end that cannot
    be read or is before the start is None.

    >>> moments("2024-07-23T10:30:00-07:00", "2024-07-23T11:30:00-07:00").starts_at
    '2024-07-23T17:30:00Z'
    >>> moments("2020-04-26 23:00:00.000Z", None)
    Moments(starts_at='2020-04-26T23:00:00Z', ends_at=None, day=datetime.date(2020, 4, 26), zone='UTC')
    >>> moments("2024-07-23T10:30:00", None) is None
    True
    >>> moments("2024-07-23T10:30:00", "2024-07-23T11:30:00", "Europe/Vienna").ends_at
    '2024-07-23T09:30:00Z'
    """
    start = _read(start_iso, zone)
    if start is None:
        return None
    end = _read(end_iso, zone) if end_iso else None
    starts_at = _utc_text(start)
    ends_at = _utc_text(end) if end and end >= start else None
    return Moments(starts_at, ends_at, start.date(), zone or _zone_of(start))


def _zone_of(moment: datetime) -> str | None:
    """Return the name of the zone with the constant offset of `moment`; None where there is none."""
    hours = (moment.utcoffset() or timedelta(0)) / timedelta(hours=1)
    if hours == 0:
        return "UTC"
    return f"Etc/GMT{-hours:+.0f}" if hours.is_integer() and -12 <= hours <= 14 else None


@lru_cache(maxsize=8192)
def _read(text: str, zone: str | None) -> datetime | None:
    """Return an aware time; None if the text states no clock time, or no offset and no zone is given."""
    found = _STATED.fullmatch(text.strip().upper()) if len(text) <= _MAX_LENGTH else None
    if found is None or _CLOCK.search(found["moment"]) is None:
        return None
    offset = (found["offset"] or "").removeprefix("UTC").removeprefix("GMT")
    if found["offset"] and not offset:
        offset = "Z"
    try:
        moment = datetime.fromisoformat(found["moment"] + offset)
    except ValueError:
        return None
    if moment.tzinfo is None and zone:
        moment = moment.replace(tzinfo=zone_info(zone))
    return moment if moment.tzinfo and moment.year in YEARS else None


def _utc_text(moment: datetime) -> str:
    """Return an instant as `2021-07-20T14:00:00Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
