"""The times of rows: a column for the day, the start and the end each, or one for two of them or all."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from programme.loaders.formats.tables.parsing.names import plain_name
from programme.loaders.records import Moments, PrintedTime
from programme.loaders.text.iso_times import moments
from programme.loaders.text.times import parse_day, parse_time
from programme.patterns import lazy_pattern

MAX_DAYS = 31
"""Longest edition: days further apart are not those of one."""

_NUMERIC = lazy_pattern(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?:[ T]+00:00(?::00(?:\.0+)?)?)?")
_WEEKDAY = lazy_pattern(r"\s*[A-Za-z]{2,10}[.,]{0,2}\s+(?=\d{1,4}([-/.])\d{1,2}\1\d)")
_DAY_AND_CLOCK = lazy_pattern(
    r"(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|.*\d{4},?|.*[A-Za-z]\s+\d{1,2},?)[ T_]+(\d{1,2}[:.h]\d\d.*)"
)
_CLOCK = lazy_pattern(r"(\d{1,2})[.h](\d\d)\b(?!\.\d)")
_MILITARY = lazy_pattern(r"(?<![\d:/-])([01]\d|2[0-3])([0-5]\d)(?![\d:/-])")
_SECONDS = lazy_pattern(r"(?<=\d:\d\d):\d\d(?:\.\d+)?")
_ZONE_IN_BRACKETS = lazy_pattern(r"[(\[]\s*((?:UTC|GMT)\s*[+-]?\s*\d*(?::\d\d)?)\s*[)\]]", re.IGNORECASE)
_OFFSET = lazy_pattern(r"\d{4}-\d\d-\d\d[T ]\d\d?:\d\d\S*(?:Z|\s?(?:UTC|GMT)|\s?[+-]\d\d:?\d\d)$", re.IGNORECASE)

_ZONED = lazy_pattern(
    r"(?P<name>.*[^\W_])[\s_-]*(?:[(\[](?P<inside>[^()\[\]]{1,40})[)\]]|(?<=[\s_-])(?P<after>[A-Za-z]{2,5})"
    r"|(?<=[a-z])(?P<joined>UTC|GMT))\s*"
)
_LOCAL = frozenset({"local", "localtime"})


_ISO = lazy_pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?")
_DURATION = lazy_pattern(
    r"(?:(\d{1,3}):)?(\d{1,3})(?::00)?(?:\s?min\w*\.?)?|PT(?:(\d{1,3})H)?(?:(\d{1,3})M)?", re.IGNORECASE
)
MAX_DURATION = timedelta(days=1)


class RowTime(NamedTuple):
    """The time of a row as read and as written; `problem` says why it could not be read."""

    time: PrintedTime | Moments | None = None
    raw: str | None = None
    day: str = ""
    problem: str | None = None


@lru_cache(maxsize=1024)
def without_zone(column: str) -> tuple[str, str]:
    """Return the name of a column of days or times without the zone in it, and that zone as `parse_time` reads it.

    >>> without_zone("Start (UTC)"), without_zone("start_time_utc"), without_zone("Time [GMT +2]")
    (('Start', 'UTC'), ('start_time', 'UTC'), ('Time', 'GMT+2'))
    >>> without_zone("Start (local time)"), without_zone("startUTC"), without_zone("Start (planned)")
    (('Start', ''), ('start', 'UTC'), ('Start (planned)', ''))
    """
    found = _ZONED.fullmatch(column)
    printed = (found["inside"] or found["after"] or found["joined"]).strip() if found else ""
    if found is None or plain_name(printed) in _LOCAL:
        return found["name"] if found else column, ""
    zone = printed if "/" in printed else re.sub(r"\s", "", printed).upper().replace("–", "-")
    zone = f"UTC{zone}" if zone[:1] in ("+", "-") else zone
    read = parse_time(f"9:00 {zone}")
    return (found["name"], zone) if read and read.zone else (column, "")


class Days:
    """Reads the days of one table, where `03/04/2024` must be day or month first in all rows alike."""

    def __init__(self, written: Iterable[str]) -> None:
        """Look at all days of the table."""
        found = filter(None, (_NUMERIC.match(_WEEKDAY.sub("", one)) for one in written))
        # `22.7.2024` is day first anyway, and `9.30` a clock time.
        numbers = {one.groups() for one in found if len(one[1]) < 3 and one[2] != "."}
        self._is_day_first = _is_day_first(numbers)

    def iso(self, written: str) -> str | None:
        """Return a day as `parse_time` reads it; None where it may be two.

        >>> Days(["18/03/2024", "4/3/2024"]).iso("4/3/2024"), Days(["3/4/2024"]).iso("3/4/2024")
        ('2024-03-04', None)
        >>> Days([]).iso("Mon 18 March"), Days([]).iso("2024/3/8"), Days([]).iso("Mo., 18.3.2024")
        ('Mon 18 March', '2024-03-08', '2024-03-18')
        >>> mixed = Days(["18/3/2024", "3/19/2024"])
        >>> mixed.iso("18/3/2024"), mixed.iso("3/19/2024"), mixed.iso("3/4/2024")
        ('2024-03-18', '2024-03-19', None)
        """
        found = _NUMERIC.fullmatch(_WEEKDAY.sub("", written))
        if found is None:
            return written
        first, separator, second, third = found.groups()
        if len(first) == 4:
            return f"{first}-{second:0>2}-{third:0>2}"
        is_day_first = True if separator == "." or int(first) > 12 else self._is_day_first
        is_day_first = False if int(second) > 12 else is_day_first
        if is_day_first is None:
            return None
        day, month = (first, second) if is_day_first else (second, first)
        return f"{third if len(third) == 4 else f'20{third:0>2}'}-{month:0>2}-{day:0>2}"


def _is_day_first(numbers: set[tuple[str, ...]]) -> bool | None:
    """Return whether days come before months; None where nothing tells.

    A number above 12 tells, or else that an edition does not last a year.
    """
    has_days = any(int(first) > 12 for first, *_ in numbers), any(int(second) > 12 for _, _, second, _ in numbers)
    if any(has_days):
        return None if all(has_days) else has_days[0]
    spans = [_span((third, first, second) for first, _, second, third in numbers)]
    spans.append(_span((third, second, first) for first, _, second, third in numbers))
    if min(spans) <= MAX_DAYS < max(spans):
        return spans[1] < spans[0]
    return None


def _span(days: Iterable[tuple[str, str, str]]) -> int:
    """Return the number of days between the first and the last; many where one is none."""
    try:
        read = [date(2000 + int(year) % 100, int(month), int(day)).toordinal() for year, month, day in days]
    except ValueError:
        return 10**6
    return max(read) - min(read) if len(set(read)) > 1 else 0


def row_time(days: Days, on: str, start: str, end: str, zone: str) -> RowTime:
    """Return the time of a row from its cells; any of them may be empty, and `start` may hold the end or the day too.

    >>> row_time(Days([]), "2024-03-18", "14:00", "15:30:00", "").time.ends
    datetime.time(15, 30)
    >>> row_time(Days([]), "", "2024-03-18T14:00:00Z", "2024-03-18T15:30:00Z", "").time.ends_at
    '2024-03-18T15:30:00Z'
    >>> row_time(Days([]), "18.3.2024", "9.00-10.30", "", "JST (UTC +9)").time.zone
    'Etc/GMT-9'
    """
    raw = " ".join(filter(None, (on, " - ".join(filter(None, (start, end))), zone)))
    if _OFFSET.search(on) or (not start and (_DAY_AND_CLOCK.fullmatch(on) or _ISO.fullmatch(on))):
        on, start = "", on  # the column for the day has the time too
    if not start:
        return RowTime(raw=raw or None, day=on)
    if _OFFSET.search(start) and (instants := moments(start, end or None)):
        return RowTime(instants, raw, instants.day.isoformat())
    if whole := _DAY_AND_CLOCK.fullmatch(start):
        on, start = whole[1], whole[2]
    if whole := _DAY_AND_CLOCK.fullmatch(end):
        end = whole[2]
    day = days.iso(on.strip(" ,")) if on else ""
    if day is None:
        return RowTime(None, raw, on, "it is not certain which number is the day; write it like 2024-03-18")
    clocks = " - ".join(_plain(one) for one in (start, end) if one)
    short = _ZONE_IN_BRACKETS.search(zone)
    zone = short[1].replace(" ", "") if short else zone
    line = " ".join(filter(None, (day, clocks, zone)))
    read = parse_time(line) or (parse_time(f"{day} {clocks}".strip()) if zone else None)
    if read is None:
        return RowTime(None, raw, on, "expected a day and a time, like 2024-03-18 and 14:00")
    return RowTime(read, raw, day or on)


def lasting(when: RowTime, duration: str) -> RowTime:
    """Return a time with the end that a duration gives, in hours and minutes or in minutes, where it has none.

    >>> found = row_time(Days([]), "2024-03-18", "14:00", "", "")
    >>> [lasting(found, text).time.ends.isoformat("minutes") for text in ("00:30", "90", "20 min", "PT1H30M")]
    ['14:30', '15:30', '14:20', '15:30']
    """
    found = _DURATION.fullmatch(duration.strip())
    hours, minutes = (found[1] or found[3] or 0, found[2] or found[4] or 0) if found else (0, 0)
    length = timedelta(hours=int(hours), minutes=int(minutes))
    time = when.time
    if not timedelta() < length <= MAX_DURATION:
        return when
    if isinstance(time, Moments) and time.ends_at is None:
        ends = datetime.fromisoformat(time.starts_at) + length
        return when._replace(time=time._replace(ends_at=ends.isoformat().replace("+00:00", "Z")))
    if isinstance(time, PrintedTime) and time.ends is None:
        ends = datetime.combine(date.min, time.starts) + length
        return when._replace(time=time._replace(ends=ends.time()))
    return when


def span_of(when: RowTime) -> tuple[datetime, datetime] | None:
    """Return when a row starts and ends, on the clock of its table; None without a time or a year.

    >>> span_of(row_time(Days([]), "2024-03-18", "23:50", "0:10", ""))
    (datetime.datetime(2024, 3, 18, 23, 50), datetime.datetime(2024, 3, 19, 0, 10))
    """
    time = when.time
    if isinstance(time, Moments):
        first, last = (datetime.fromisoformat(one or time.starts_at) for one in (time.starts_at, time.ends_at))
        return first.replace(tzinfo=None), last.replace(tzinfo=None)
    if time is None or not (time.year and time.month and time.day):
        return None
    try:
        first, last = (
            datetime(time.year, time.month, time.day, one.hour, one.minute)  # noqa: DTZ001 - compared with its like
            for one in (time.starts, time.ends or time.starts)
        )
    except ValueError:
        return None
    return first, last + timedelta(days=last < first)


def day_of(days: Days, written: str) -> str:
    """Return a day as ISO 8601 where it is written in numbers or words with a year, else as written."""
    iso = days.iso(written)
    found = parse_day(iso) if iso else None
    return f"{found.year}-{found.month:02}-{found.day:02}" if found and found.year else written


def _plain(clock: str) -> str:
    """Return a clock time or two as `parse_time` reads them, without seconds.

    >>> _plain("9.00-10h30"), _plain("0900 - 1030"), _plain("14:00:00")
    ('9:00-10:30', '09:00 - 10:30', '14:00')
    """
    return _SECONDS.sub("", _MILITARY.sub(r"\1:\2", _CLOCK.sub(r"\1:\2", clock)))
