"""Printed times: parses the lines that state when something takes place, and works out their instants."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from programme.loaders.records import PrintedTime
from programme.loaders.text.clocks import CLOCK, Clock, clock_range, clock_time, is_inferred, read_clock
from programme.loaders.text.zones import WINTER_ALONE, find_zone, is_standard, minutes_turned_back

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_STARTS = frozenset(form for day in (*_WEEKDAYS, *_MONTHS) for form in (day, day.title(), day.upper()))

MAX_TIME_LINE_LENGTH = 112
MAX_PAST_MIDNIGHT_LENGTH = timedelta(hours=12)
"""Longest slot whose end may be on the next day without printing it."""
MAX_LENGTH = timedelta(days=31)
"""Longest time between a start and an end that prints its own day."""

# A day may be written four ways, and a line may print one at each end. So each group is named after the end (`start_`,
# `end_`) and the part that it holds; a name may stand only once in a pattern, hence `month_first` beside `month`.
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})(?:day|s|sday|nesday|r|rs|rsday|urday)?\.?"
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_SUFFIX = r"(?:st|nd|rd|th)?"
_BETWEEN = r"(?:,?\s+(?:at\s+|from\s+)?|T|\s*[|·•@,]\s*|\s+[-–—]\s+)"
# A negative offset looks like a separator and an end (`9:00 -10:00`). So after a space it needs a leading zero, and
# right after the clock time it needs seconds or the `T` of ISO 8601 before it.
_OFFSET = (
    r"(?:(?<=t\d\d:\d\d)|(?<=\d:\d\d:\d\d))[+\-]\d\d:?\d\d|(?<=[\d.m])\+\d\d:?\d\d"
    r"|(?<=[\s(\[])(?:\+\d\d(?::?\d\d)?|[\-−]0\d(?:\d\d)?)"
)
_ZONE = rf"(?:[a-z]+(?:/[a-z_+\-\d]+)+|(?:utc|gmt)\s?(?:\+\s?|[\-−])\d\d?(?::?\d\d)?|{_OFFSET}|[a-z]{{1,5}})(?![\w:])"


def _date_pattern(side: str) -> str:
    """Return the pattern of a date; the names of its groups begin with `side`."""
    day_first = rf"(?P<{side}day>\d\d?){_SUFFIX}\s+(?P<{side}month>{_MONTH})"
    month_first = rf"(?P<{side}month_first>{_MONTH})\s+(?P<{side}day_second>\d\d?){_SUFFIX}"
    written = rf"(?:(?P<{side}weekday>{_WEEKDAY}),?\s+)?(?:{day_first}|{month_first})(?:,?\s+(?P<{side}year>20\d\d))?"
    iso = rf"(?P<{side}iso_year>20\d\d)-(?P<{side}iso_month>\d\d)-(?P<{side}iso_day>\d\d)"
    return rf"(?:{written}|{iso})"


def _side_pattern(side: str) -> str:
    """Return the pattern of one end of a time line: a day or none, a clock time, a zone or none."""
    day = rf"(?:(?:{_date_pattern(side)}|(?P<{side}lone_weekday>{_WEEKDAY})){_BETWEEN})?"
    return rf"{day}(?P<{side}clock>{CLOCK})(?:\s*[(\[]?(?P<{side}zone>{_ZONE})[)\]]?)?"


_DAY_LINE = re.compile(rf"{_date_pattern('')}:?", re.IGNORECASE)
_LINE = re.compile(
    rf"{_side_pattern('start_')}(?:\s*(?:[-‐‑–—−]{{1,3}}|[~/]|to|until)\s*{_side_pattern('end_')})?\s*", re.IGNORECASE
)


class PrintedDay(NamedTuple):
    """A day as printed: Monday is 0; a part that is not printed is None."""

    weekday: int | None
    day: int
    month: int
    year: int | None


def parse_day(line: str) -> PrintedDay | None:
    """Return the day of a line that prints a day and nothing else, or None.

    >>> parse_day("THU 23 APR"), parse_day("Thursday, April 23, 2026"), parse_day("Sun and wind")
    (PrintedDay(weekday=3, day=23, month=4, year=None), PrintedDay(weekday=3, day=23, month=4, year=2026), None)
    """
    if len(line) > MAX_TIME_LINE_LENGTH or not (line[:3] in _STARTS or line[:1].isdigit()):
        return None
    found = _DAY_LINE.fullmatch(line.rstrip())
    return _day(found.groupdict(), "") if found else None


def parse_time(line: str) -> PrintedTime | None:
    """Return the time that a line prints, or None if it is not a time line.

    An end before the start is on the next day. If a missing a.m. or p.m. is not simply that of the other end, `doubt`
    says how the line was read.

    >>> parse_time("Tue 20 July 7:00 - 7:20 PDT").zone, parse_time("Fri 3 Dec 7:30 p.m.").starts
    ('America/Los_Angeles', datetime.time(19, 30))
    >>> parse_time("Wed, Jul 8, 2026 • 10:30 PM – 12:15 AM PDT").ends
    datetime.time(0, 15)
    >>> parse_time("Tuesday we met at 7:00") is None
    True
    """
    if len(line) > MAX_TIME_LINE_LENGTH:
        return None
    if line[:3] in _STARTS or line[:1].isdigit() or line[:1].isspace():
        return _parse(line.strip())
    return None


@lru_cache(maxsize=8192)
def _parse(line: str) -> PrintedTime | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    parts = found.groupdict()
    weekday, start_text, start_zone = parts["start_lone_weekday"], parts["start_clock"], parts["start_zone"]
    end_text, end_zone = parts["end_clock"], parts["end_zone"]
    day, last_day = _day(parts, "start_"), _day(parts, "end_")
    if not _states_time(start_text, end_text, start_zone or end_zone, has_day=bool(day or weekday)):
        return None
    start, end = read_clock(start_text), read_clock(end_text) if end_text else None
    if start is None or (end_text and end is None) or start_text[:2] == "24":
        return None
    if day is None and parts["start_iso_year"]:  # a thirteenth month
        return None
    turned_back = minutes_turned_back(start_zone, end_zone)
    # Beside `CDT`, `CST` is Chicago's even in October: `Sat 31 October 7 p.m. CDT - 1 a.m. CST`.
    month_of_zone = day.month if day and not turned_back else None
    zones = {find_zone(text, month_of_zone) for text in (start_zone, end_zone) if text}
    if len(zones) > 1:
        # `BST - GMT` and `MDT - MST` are one place in the night when the clocks change, though GMT and MST are zones
        # of their own elsewhere. Any other two zones are not a slot's.
        zones -= {WINTER_ALONE.get(zone or "") for zone in zones}
        if len(zones) > 1:
            return None
    folds = is_standard(start_zone or end_zone), is_standard(end_zone or start_zone)
    starts, ends, doubt = _times(start, end, folds, turned_back)
    ends_on = None
    if day and last_day and ends is not None and not _is_same_or_next(day, last_day, starts, ends):
        ends_on = (last_day.month, last_day.day)
    named, number, month, year = day or (_weekday(weekday), None, None, None)
    return PrintedTime(named, number, month, year, starts, ends, zones.pop() if zones else None, ends_on, doubt)


def _day(parts: dict[str, str | None], side: str) -> PrintedDay | None:
    """Return the day in the groups of one end of a line; None when it prints none, or a thirteenth month."""
    iso_year, iso_month, iso_day = (parts[f"{side}iso_{part}"] for part in ("year", "month", "day"))
    if iso_year and iso_month and iso_day:
        return PrintedDay(None, int(iso_day), int(iso_month), int(iso_year)) if 0 < int(iso_month) < 13 else None
    day = parts[f"{side}day"] or parts[f"{side}day_second"]
    month, year = parts[f"{side}month"] or parts[f"{side}month_first"], parts[f"{side}year"]
    if day is None or month is None:
        return None
    month_number = _MONTHS.index(month[:3].lower()) + 1
    return PrintedDay(_weekday(parts[f"{side}weekday"]), int(day), month_number, int(year) if year else None)


def _weekday(text: str | None) -> int | None:
    """Return the number of a printed weekday, Monday being 0."""
    return _WEEKDAYS.index(text[:3].lower()) if text else None


def _states_time(start: str, end: str | None, zone: str | None, *, has_day: bool) -> bool:
    """Return whether clock times, zone and day are enough for a time line, rather than numbers in a text.

    `100 - 200` and `2025 Poster` are not; zones are printed in capitals, so `7:00 and` has none.
    """
    if zone and not (zone.isupper() or "/" in zone or zone == "AoE" or zone[-1].isdigit()):
        return False
    has_half = not start[-1].isdigit() or (end is not None and not end[-1].isdigit())
    if ":" not in start and not has_half:
        return False
    return has_day or bool(end or has_half or zone)


def _times(
    start: Clock, end: Clock | None, folds: tuple[bool, bool], turned_back: int
) -> tuple[time, time | None, str | None]:
    """Return start, end and doubt; `fold` is set where standard time is printed, for the hour that clocks repeat."""
    if end is None:
        return clock_time(start.minutes, folds[0]), None, None
    first, last = clock_range(start, end, turned_back)
    starts, ends = clock_time(first, folds[0]), clock_time(last, folds[1])
    if is_inferred(start, end, turned_back):
        return starts, ends, f"leaves out a.m. or p.m.; read as {starts:%H:%M} to {ends:%H:%M}"
    return starts, ends, None


def _is_same_or_next(first: PrintedDay, last: PrintedDay, starts: time, ends: time) -> bool:
    """Return whether the printed day of an end says nothing new: it is the same day or, past midnight, the next."""
    if (first.day, first.month) == (last.day, last.month):
        return ends >= starts
    turns = last.day == 1 and first.day >= 28 and last.month == first.month % 12 + 1
    return ends < starts and (turns or (last.day, last.month) == (first.day + 1, first.month))


@dataclass(frozen=True, slots=True)
class Instants:
    """The instants of a printed time as ISO 8601 text in UTC; None where one is doubtful, and `problem` says why."""

    starts_at: str | None
    ends_at: str | None
    problem: str | None = None


def instants(printed: PrintedTime, year: int | None) -> Instants:
    """Return the instants of a printed time; `year` is that of its edition and counts if the line prints none.

    An end before the start is on the next day if the slot then lasts at most twelve hours.

    >>> instants(parse_time("Tue 20 July 7:00 - 7:20 PDT"), 2021)
    Instants(starts_at='2021-07-20T14:00:00Z', ends_at='2021-07-20T14:20:00Z', problem=None)
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
        return Instants(None, None, "prints no time zone that is known")
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
