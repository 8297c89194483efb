"""Printed times: reading the time line of a session page, and the instants it stands for."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from loaders.records import PrintedTime

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_STARTS = frozenset(form for day in _WEEKDAYS for form in (day, day.title(), day.upper()))

ZONES = {
    "PDT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PT": "America/Los_Angeles",
    "MDT": "America/Denver",
    "MST": "America/Denver",
    "CDT": "America/Chicago",
    "CST": "America/Chicago",
    "CT": "America/Chicago",
    "EDT": "America/New_York",
    "EST": "America/New_York",
    "ET": "America/New_York",
    "AKDT": "America/Anchorage",
    "AKST": "America/Anchorage",
    "HST": "Pacific/Honolulu",
    "ADT": "America/Halifax",
    "AST": "America/Halifax",
    "BRT": "America/Sao_Paulo",
    "UTC": "UTC",
    "GMT": "UTC",
    "Z": "UTC",
    "BST": "Europe/London",
    "WEST": "Europe/Lisbon",
    "WET": "Europe/Lisbon",
    "CEST": "Europe/Paris",
    "CET": "Europe/Paris",
    "EEST": "Europe/Helsinki",
    "EET": "Europe/Helsinki",
    "MSK": "Europe/Moscow",
    "CAT": "Africa/Kigali",
    "SAST": "Africa/Johannesburg",
    "IDT": "Asia/Jerusalem",
    "GST": "Asia/Dubai",
    "IST": "Asia/Kolkata",
    "ICT": "Asia/Bangkok",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "AWST": "Australia/Perth",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
}
"""Printed abbreviation → IANA zone, in the sense conferences use it (CST is Chicago, IST is India, BST is London)."""

_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(\d\d?)(?:st|nd|rd|th)?"
_CLOCK = r"(\d\d?)(?::(\d\d))?\s*([ap]\.?m\b\.?)?"
_LINE = re.compile(
    r"(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+"
    rf"(?:{_DAY}\s+{_MONTH}|{_MONTH}\s+{_DAY}),?\s+(?:(20\d\d),?\s+)?(?:at\s+|[|·@]\s*)?)?"
    rf"{_CLOCK}(?:\s*(?:[-–—−~]|to)\s*{_CLOCK})?(?:\s*\(?([a-z]{{1,5}})\)?)?\s*",
    re.IGNORECASE,
)


def parse_time(line: str) -> PrintedTime | None:
    """Return the time that a line prints, or None when the line is not a time line.

    >>> parse_time("Tue 20 July 7:00 - 7:20 PDT").zone, parse_time("Fri 3 Dec 7:30 p.m.").starts
    ('America/Los_Angeles', datetime.time(19, 30))
    >>> parse_time("Tuesday we met at 7:00") is None
    True
    """
    if len(line) > 72:
        return None
    if line[:3] in _STARTS or line[:1].isdigit() or line[:1].isspace():
        return _parse(line.strip())
    return None


@lru_cache(maxsize=8192)
def _parse(line: str) -> PrintedTime | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    weekday, day1, month1, month2, day2, year, hour, minute, half, end_hour, end_minute, end_half, zone = found.groups()
    if (minute is None and not half and not end_half) or (zone and not zone.isupper()):
        return None
    if not weekday and not (end_hour or half or zone):
        return None
    clocks = _clocks((hour, minute, half), (end_hour, end_minute, end_half))
    if clocks is None:
        return None
    day, month = day1 or day2, month1 or month2
    return PrintedTime(
        _WEEKDAYS.index(weekday.lower()) if weekday else None,
        int(day) if day else None,
        _MONTHS.index(month.lower()) + 1 if month else None,
        int(year) if year else None,
        *clocks,
        ZONES.get(zone) if zone else None,
    )


_Clock = tuple[str, str | None, str | None]


def _clocks(start: _Clock, end: _Clock) -> tuple[time, time | None] | None:
    """Return start and end, or None when a clock cannot show them; `11:00 - 1:00 p.m.` starts in the morning."""
    hour, minute, half = start
    starts = _clock(hour, minute, half or end[2])
    if not end[0]:
        return (starts, None) if starts is not None else None
    ends = _clock(*end)
    if starts is None or ends is None:
        return None
    if end[2] and not half and starts > ends:
        starts = _clock(hour, minute, "am") or starts
    return starts, ends


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    """Return the time of day, or None when a clock cannot show it; 24:00 is midnight."""
    hours, minutes = int(hour), int(minute or 0)
    if half and hours <= 12:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    if hours == 24 and minutes == 0:
        hours = 0
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


@dataclass(frozen=True, slots=True)
class Instants:
    """The instants of a printed time as ISO 8601 UTC text; the doubtful is None and `problem` says why."""

    starts_at: str | None
    ends_at: str | None
    problem: str | None = None


@lru_cache(maxsize=8192)
def instants(printed: PrintedTime, year: int | None) -> Instants:
    """Return the instants of a printed time, the year being that of its edition unless the line prints one.

    An end before the start is the next day only for a start from 18:00 and an end until 06:00.

    >>> instants(parse_time("Tue 20 July 7:00 - 7:20 PDT"), 2021)
    Instants(starts_at='2021-07-20T14:00:00Z', ends_at='2021-07-20T14:20:00Z', problem=None)
    >>> instants(parse_time("Mon 20 July 7:00 - 7:20 PDT"), 2021).problem
    'prints Monday 20 July, but 20 July 2021 is a Tuesday'
    """
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
        return Instants(None, None, "prints no time zone that is known")
    starts_at = _instant(day, printed.starts, printed.zone)
    if printed.ends is None:
        return Instants(starts_at, None)
    if printed.ends < printed.starts:
        if printed.starts.hour < 18 or printed.ends > time(6):
            return Instants(
                starts_at, None, f"ends at {printed.ends:%H:%M}, before it starts at {printed.starts:%H:%M}"
            )
        day += timedelta(days=1)
    return Instants(starts_at, _instant(day, printed.ends, printed.zone))


def _instant(day: date, clock: time, zone: str) -> str:
    offset = _day_offset(day, zone)
    if offset is None:
        moment = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
    else:
        moment = datetime.combine(day, clock) - offset
    return moment.isoformat()[:19] + "Z"


@lru_cache(maxsize=4096)
def _day_offset(day: date, zone: str) -> timedelta | None:
    """Return the zone's offset from UTC on a day, or None when it changes within the day."""
    info = ZoneInfo(zone)
    first, last = (datetime.combine(day, clock, info).utcoffset() for clock in (time(0), time(23, 59)))
    return first if first == last else None


@lru_cache(maxsize=8192)
def local_parts(instant_text: str, zone: str) -> tuple[str, str]:
    """Return the local day and clock time of an instant, as `("2021-07-20", "07:00")`.

    >>> local_parts("2021-07-21T02:30:00Z", "America/Los_Angeles")
    ('2021-07-20', '19:30')
    """
    local = datetime.fromisoformat(instant_text).astimezone(ZoneInfo(zone)).isoformat()
    return local[:10], local[11:16]
