"""Works out the instants of printed times: year, zone, daylight-saving time, and ends on a later day."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from programme.loaders.records import PrintedTime

_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

MAX_PAST_MIDNIGHT_LENGTH = timedelta(hours=12)
"""Longest slot whose end may be on the next day without printing it."""
MAX_LENGTH = timedelta(days=31)
"""Longest time between a start and an end that prints its own day."""


LocalTime = tuple[str, str, str | None]
"""Day, start and end on a clock: `2024-03-18`, `14:00`, `15:30`."""

WITHOUT_ZONE = "prints no time zone that is known; give --time-zone"


class Instants(NamedTuple):
    """The instants of a printed time as ISO 8601 text in UTC; None where one is doubtful, and `problem` says why.

    `local` is day, start and end on the clock of the place, where no zone tells the instants.
    """

    starts_at: str | None
    ends_at: str | None
    problem: str | None = None
    local: LocalTime | None = None


def instants(printed: PrintedTime, year: int | None) -> Instants:
    """Return the instants of a printed time; `year` is that of its edition and counts if the line prints none.

    An end before the start is on the next day if the slot then lasts at most twelve hours.

    >>> from programme.loaders.text.times import parse_time
    >>> instants(parse_time("Tue 20 July 7:00 - 7:20 PDT"), 2021)
    Instants(starts_at='2021-07-20T14:00:00Z', ends_at='2021-07-20T14:20:00Z', problem=None, local=None)
    >>> instants(parse_time("Mon 20 July 7:00 - 7:20 PDT"), 2021).problem
    'prints Monday 20 July, but 20 July 2021 is a Tuesday'
    """
    return _instants(printed, year, printed.starts.fold, printed.ends.fold if printed.ends else 0)


@lru_cache(maxsize=8192)
def _instants(printed: PrintedTime, year: int | None, *_folds: int) -> Instants:
    """Work out the instants; `time` compares without its fold, so the folds are part of the cache's key."""
    year = printed.year or year
    if printed.day is None or printed.month is None:
        return Instants(None, None, "prints no date")
    if year is None:
        return Instants(None, None, "prints no year and the edition is unknown; give --venue and --year")
    stated = f"{printed.day} {_MONTH_NAMES[printed.month - 1]}"
    try:
        day = date(year, printed.month, printed.day)
    except ValueError:
        return Instants(None, None, f"prints {stated}, which {year} does not have")
    if printed.weekday is not None and day.weekday() != printed.weekday:
        weekday, really = _WEEKDAY_NAMES[printed.weekday], _WEEKDAY_NAMES[day.weekday()]
        return Instants(None, None, f"prints {weekday} {stated}, but {stated} {year} is a {really}")
    if printed.zone is None:
        ends = f"{printed.ends:%H:%M}" if printed.ends else None
        return Instants(None, None, WITHOUT_ZONE, (day.isoformat(), f"{printed.starts:%H:%M}", ends))
    start = _instant(day, printed.starts, printed.zone)
    if start is None:
        return Instants(None, None, f"prints {printed.starts:%H:%M}, which the clocks of {printed.zone} skip that day")
    if printed.ends is None:
        return Instants(_text(start), None)
    if printed.ends_on:
        end = _end_on(start, day.year, printed.ends_on, printed.ends, printed.zone)
        problem = printed.doubt if end else "ends before it starts, or more than a month after"
    else:
        end = _end(start, day, printed.ends, printed.zone)
        ends = f"ends at {printed.ends:%H:%M}, before it starts at {printed.starts:%H:%M}"
        problem = printed.doubt if end else ends
    return Instants(_text(start), _text(end) if end else None, problem)


def _end_on(start: datetime, year: int, ends_on: tuple[int, int], clock: time, zone: str) -> datetime | None:
    """Return an end that prints its own day; in the next year if it would be before the start (31 Dec to 2 Jan)."""
    for end_year in (year, year + 1):
        with suppress(ValueError):
            end = _instant(date(end_year, *ends_on), clock, zone)
            if end and timedelta(0) <= end - start <= MAX_LENGTH:
                return end
    return None


def _end(start: datetime, day: date, clock: time, zone: str) -> datetime | None:
    """Return the first moment, from the start on, at which clocks show the end; None if that is too late.

    It is on the same day, in the hour that clocks repeat that day (fold 1), or on the next day.
    """
    for on, fold in ((day, clock.fold), (day, 1), (day + timedelta(days=1), clock.fold)):
        end = _instant(on, clock.replace(fold=fold), zone)
        if end is not None and end >= start:
            return end if on == day or end - start <= MAX_PAST_MIDNIGHT_LENGTH else None
    return None


def _instant(day: date, clock: time, zone: str) -> datetime | None:
    """Return the moment in UTC, as a naive time; None if clocks skip that hour when daylight-saving time begins."""
    # On all other days one subtraction replaces two conversions with ZoneInfo.
    offset = _day_offset(day, zone)
    if offset is not None:
        return datetime.combine(day, clock) - offset
    moment = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
    is_shown = moment.astimezone(ZoneInfo(zone)).time() == clock
    return moment.replace(tzinfo=None) if is_shown else None


def _text(moment: datetime) -> str:
    return moment.isoformat()[:19] + "Z"


@lru_cache(maxsize=4096)
def _day_offset(day: date, zone: str) -> timedelta | None:
    """Return the offset of a zone from UTC on a day, or None if it changes during the day."""
    info = ZoneInfo(zone)
    first, last = (datetime.combine(day, clock, info).utcoffset() for clock in (time(0), time(23, 59, fold=1)))
    return first if first == last else None


@lru_cache(maxsize=8192)
def local_parts(instant_text: str, zone: str) -> tuple[str, str]:
    """Return the local day and clock time of an instant, as `("2021-07-20", "07:00")`.

    >>> local_parts("2021-07-21T02:30:00Z", "America/Los_Angeles")
    ('2021-07-20', '19:30')
    """
    local = datetime.fromisoformat(instant_text).astimezone(ZoneInfo(zone)).isoformat()
    return local[:10], local[11:16]
