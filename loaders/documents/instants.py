"""Instants of captures: in UTC and in whole seconds."""

from datetime import UTC, datetime


def whole_seconds(moment: datetime) -> datetime:
    """Return a moment in UTC without its fraction of a second; one without an offset is taken as UTC.

    >>> whole_seconds(datetime.fromisoformat("2026-11-25T10:14:59.9+01:00")).isoformat()
    '2026-11-25T09:14:59+00:00'
    """
    aware = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.replace(microsecond=0)


def file_time(seconds: float) -> datetime | None:
    """Return the time of a file, given in seconds since 1970; None for a time that is not set or is beyond all years.

    >>> file_time(86399.5), file_time(0), file_time(1e18)
    (datetime.datetime(1970, 1, 1, 23, 59, 59, tzinfo=datetime.timezone.utc), None, None)
    """
    try:
        return whole_seconds(datetime.fromtimestamp(seconds, UTC)) if seconds else None
    except (OSError, OverflowError, ValueError):
        return None


def parse_instant(text: str) -> datetime:
    """Return the instant of an ISO 8601 day, or day and time, in UTC where it has no offset; raises ValueError.

    >>> parse_instant("2026-11-25").isoformat(), parse_instant("2026-11-25T10:14+01:00").isoformat()
    ('2026-11-25T00:00:00+00:00', '2026-11-25T09:14:00+00:00')
    """
    try:
        return whole_seconds(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no ISO date or date and time; write 2026-11-25 or 2026-11-25T09:14Z") from None
