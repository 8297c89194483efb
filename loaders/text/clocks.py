"""Clock times as printed; a missing a.m. or p.m. is inferred from the other end or from the order of the lines."""

import re
from collections.abc import Sequence
from datetime import time
from functools import lru_cache
from typing import NamedTuple

from programme.loaders.records import PrintedTime
from programme.patterns import lazy_pattern

HALF_DAY = 12 * 60
DAY = 24 * 60
MAX_INFERRED_LENGTH = 10 * 60
"""Longest slot, in minutes, whose end may be taken to be in the afternoon: `8:30 - 6:00`."""

CLOCK = r"(?:(?:12(?::00)?\s)?noon\b|midnight\b|\d\d?(?::\d\d(?::\d\d)?)?(?:\s*[ap]\.?\s?m\b\.?)?)"
"""Pattern of a clock time; to be compiled without regard to case."""

_PARTS = lazy_pattern(r"(?:12(?::00)?\s)?(noon)|(midnight)|(\d\d?)(?::(\d\d))?(?::\d\d)?\s*([ap])?", re.IGNORECASE)

_SAYS_ITS_HALF = lazy_pattern(r"\d\s?[ap]\.?\s?m\b|\b0\d:|\b(?:1[3-9]|2\d):|\d[T ]\d\d:|noon|midnight", re.IGNORECASE)
_NOON = time(12)
_NIGHT = time(8)
"""Times from here to noon would move to 20:00 or later; then the lines are more likely out of order."""


class Clock(NamedTuple):
    """A printed clock time in minutes since midnight; `hours` is 12 or 24, or None if the print leaves it open."""

    minutes: int
    hours: int | None

    @property
    def readings(self) -> tuple[int, ...]:
        """The minutes of the day that it may mean."""
        return (self.minutes, (self.minutes + HALF_DAY) % DAY) if self.hours is None else (self.minutes,)


@lru_cache(maxsize=4096)
def read_clock(text: str) -> Clock | None:
    """Return a clock time, or None if no clock shows it; a leading zero or an hour above 12 means a 24-hour clock.

    >>> read_clock("7:20 p.m."), read_clock("7:20"), read_clock("07:20"), read_clock("noon").minutes
    (Clock(minutes=1160, hours=12), Clock(minutes=440, hours=None), Clock(minutes=440, hours=24), 720)
    >>> read_clock("25:00") is None
    True
    """
    found = _PARTS.match(text)
    if found is None:
        return None
    noon, midnight, printed_hour, minute, half = found.groups()
    if noon or midnight:
        return Clock(HALF_DAY if noon else 0, 12)
    hour, minutes = int(printed_hour), int(minute or 0)
    if hour > 24 or minutes > 59 or (hour == 24 and minutes):
        return None
    if half and hour <= 12:
        return Clock((hour % 12 + (12 if half in "pP" else 0)) * 60 + minutes, 12)
    return Clock(hour % 24 * 60 + minutes, 24 if hour > 12 or printed_hour[0] == "0" else None)


@lru_cache(maxsize=4096)
def clock_range(start: Clock, end: Clock, turned_back: int = 0) -> tuple[int, int]:
    """Return the minutes of start and end since midnight; an end below the start is on the next day.

    Where one of the two says a.m. or p.m., the other takes the half that makes the slot shorter. Where neither does,
    the clock is one of 24 hours, unless the end would then be before the start and the afternoon is near enough:
    `11:30 - 1:00`. `turned_back` is by how many minutes clocks are turned back between the two; the length of a slot
    is then not the difference of its clock times: `1:01 BST - 1 a.m. GMT` lasts 59 minutes.

    >>> clock_range(Clock(660, None), Clock(780, 12)), clock_range(Clock(690, None), Clock(60, None))
    ((660, 780), (690, 780))
    >>> clock_range(Clock(630, None), Clock(15, 12)), clock_range(Clock(1380, 24), Clock(60, None))
    ((1350, 15), (1380, 60))
    >>> clock_range(Clock(61, None), Clock(60, 12)), clock_range(Clock(61, None), Clock(60, 12), 60)
    ((781, 60), (61, 60))
    """
    if 12 in (start.hours, end.hours):
        return min(
            ((first, last) for first in start.readings for last in end.readings),
            key=lambda pair: ((pair[1] - pair[0] + turned_back) % DAY, pair),
        )
    afternoon = end.minutes + HALF_DAY
    is_unsaid = start.hours is None and end.hours is None
    if is_unsaid and end.minutes < start.minutes < afternoon < min(DAY, start.minutes + MAX_INFERRED_LENGTH + 1):
        return start.minutes, afternoon
    return start.minutes, end.minutes


def is_inferred(start: Clock, end: Clock, turned_back: int = 0) -> bool:
    """Return whether a half of the day in a range is a guess: neither printed nor the same as the printed one.

    >>> is_inferred(Clock(660, None), Clock(780, 12)), is_inferred(Clock(1140, None), Clock(1200, 12))
    (True, False)
    """
    first, last = clock_range(start, end, turned_back)
    if 12 not in (start.hours, end.hours):
        return (first, last) != (start.minutes, end.minutes)
    return None in (start.hours, end.hours) and first // HALF_DAY != last // HALF_DAY


def next_reading(clock: Clock, after: int) -> int:
    """Return the first minute, from `after` on, at which a clock shows a time; above 24 hours it is on the next day.

    >>> next_reading(Clock(195, None), 15 * 60), next_reading(Clock(195, 24), 15 * 60), next_reading(Clock(9, 12), 9)
    (915, 1635, 9)
    """
    found = min(minutes + day for minutes in clock.readings for day in (0, DAY) if minutes + day >= after % DAY)
    return found + after - after % DAY


def clock_time(minutes: int, fold: int = 0) -> time:
    """Return the time of day of a number of minutes since midnight, which may pass 24 hours.

    >>> clock_time(1455)
    datetime.time(0, 15)
    """
    return time(minutes // 60 % 24, minutes % 60, fold=fold)


def infer_afternoons(times: Sequence[PrintedTime], printed: Sequence[str]) -> list[PrintedTime]:
    """Return the times of a session in printed order, those after noon moved to the afternoon: `1:00` after `11:30`.

    Nothing changes if any text of `printed` states the half of the day or a 24-hour clock, if the times are still out
    of order when moved, or if one would move to the late evening. A moved time says so in its doubt.

    >>> from programme.loaders.text.times import parse_time
    >>> lines = ["Tue 20 July 11:30 - 12:30 PDT", "Tue 20 July 12:30 - 1:00 PDT", "Tue 20 July 1:00 - 1:30 PDT"]
    >>> last = infer_afternoons([parse_time(line) for line in lines], lines)[-1]
    >>> last.starts, last.ends, last.doubt
    (datetime.time(13, 0), datetime.time(13, 30), 'prints neither a.m. nor p.m.; read as 13:00')
    """
    moved: list[PrintedTime] = []
    above: PrintedTime | None = None
    is_afternoon = False
    for found in times:
        if above is None or (above.month, above.day) != (found.month, found.day):
            is_afternoon = False
        elif found.starts < above.starts:
            is_afternoon = True
        if is_afternoon and _NIGHT <= found.starts < _NOON:
            return list(times)
        above = _in_the_afternoon(found) if is_afternoon else found
        if moved and is_afternoon and above.starts < moved[-1].starts:
            return list(times)
        moved.append(above)
    is_unsaid = any(new is not old for new, old in zip(moved, times, strict=True)) and not any(
        _SAYS_ITS_HALF.search(text) for text in printed
    )
    return moved if is_unsaid else list(times)


def _in_the_afternoon(found: PrintedTime) -> PrintedTime:
    if found.starts >= _NOON:
        return found
    starts = found.starts.replace(hour=found.starts.hour + 12)
    ends = found.ends
    if ends and ends < _NOON:
        ends = ends.replace(hour=ends.hour + 12)
    return found._replace(
        starts=starts, ends=ends, doubt=f"prints neither a.m. nor p.m.; read as {starts.hour}:{starts:%M}"
    )
