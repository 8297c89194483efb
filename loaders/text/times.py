"""Parses the lines that print a time or a day; `instants` works out the instants."""

import re
from datetime import time
from functools import lru_cache
from typing import NamedTuple

from programme.loaders.records import PrintedTime
from programme.loaders.text.clocks import CLOCK, Clock, clock_range, clock_time, is_inferred, read_clock
from programme.loaders.text.zones import WINTER_ALONE, find_zone, is_standard, minutes_turned_back
from programme.patterns import lazy_pattern

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STARTS = frozenset(form for day in (*_WEEKDAYS, *_MONTHS) for form in (day, day.title(), day.upper()))

MAX_TIME_LINE_LENGTH = 112

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
    day_first = rf"(?P<{side}day>\d\d?){_SUFFIX}(?:\s+|-)(?P<{side}month>{_MONTH})"
    month_first = rf"(?P<{side}month_first>{_MONTH})\s+(?P<{side}day_second>\d\d?){_SUFFIX}"
    written = (
        rf"(?:(?P<{side}weekday>{_WEEKDAY}),?\s+)?(?:{day_first}|{month_first})(?:(?:,?\s+|-)(?P<{side}year>20\d\d))?"
    )
    iso = rf"(?P<{side}iso_year>20\d\d)-(?P<{side}iso_month>\d\d)-(?P<{side}iso_day>\d\d)"
    return rf"(?:{written}|{iso})"


def _side_pattern(side: str) -> str:
    """Return the pattern of one end of a time line: a day or none, a clock time, a zone or none."""
    day = rf"(?:(?:{_date_pattern(side)}|(?P<{side}lone_weekday>{_WEEKDAY})){_BETWEEN})?"
    return rf"{day}(?P<{side}clock>{CLOCK})(?:\s*[(\[]?(?P<{side}zone>{_ZONE})[)\]]?)?"


_DAY_LINE = lazy_pattern(rf"{_date_pattern('')}:?", re.IGNORECASE)
_LINE = lazy_pattern(
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
    >>> parse_day("09-Jul"), parse_day("6-Feb-2021")
    (PrintedDay(weekday=None, day=9, month=7, year=None), PrintedDay(weekday=None, day=6, month=2, year=2021))
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
    zone = next(iter(zones), None)
    return PrintedTime(named, number, month, year, starts, ends, zone, ends_on, doubt, None in zones)


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
