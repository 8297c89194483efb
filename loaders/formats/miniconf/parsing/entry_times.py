"""The times of Mini-Conf entries, in every spelling that these sites use."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from programme.loaders.formats.miniconf.parsing.rows import EntryRow, SessionTime
from programme.loaders.readers import Located, text_or_none
from programme.loaders.records import Moments, PrintedTime, Problem
from programme.loaders.text.iso_times import moments
from programme.loaders.text.times import parse_time
from programme.patterns import lazy_pattern

EXPECTED_TIME = "expected a time like 2020-04-27T12:00:00+00:00"

DEFAULT_ZONE = "UTC"
"""The zone of times that state none: Mini-Conf sites convert them from UTC to the clock of the reader."""

_DATE = lazy_pattern(
    r"(?:(?P<year>\d{4})[-/](?P<month>\d\d?)[-/](?P<day>\d\d?)|(?P<month_first>\d\d?)[-/](?P<day_second>\d\d?)[-/]"
    r"(?P<year_last>\d{4}))(?:[ T_]+(?P<clock>\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)(?P<rest>.{0,16}))?"
)
_HTTP_DATE = lazy_pattern(r"[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC|[+-]\d{4})")


class EntryTime(NamedTuple):
    """A time of an entry as written and as read; `problem` says why it, or its end, could not be read.

    `name` is what the entry calls that part of it. `is_naive` says that no zone is written.
    """

    written: str | None = None
    time: Moments | PrintedTime | None = None
    problem: Problem | None = None
    name: str | None = None
    is_naive: bool = False


def times_of(found: Located[EntryRow], zone: str | None) -> list[EntryTime]:
    """Return the times of an entry, at least one, which may be empty; `zone` is that of times that state none."""
    return list(_times(found, zone)) or [EntryTime()]


def times_of_papers(found: Located[EntryRow], zone: str | None) -> list[EntryTime | None]:
    """Return the own time of each paper in an entry; None where it states none, or is a bare number or title."""
    return [_time_of_paper(found, one, zone) for one in found.value.posters or found.value.papers or ()]


def _time_of_paper(found: Located[EntryRow], paper: Any, zone: str | None) -> EntryTime | None:
    if not isinstance(paper, dict):
        return None
    start, end = (
        next((text for name in names if isinstance(text := paper.get(name), str)), None)
        for names in (("start_time", "start_at", "start"), ("end_time", "end_at", "end"))
    )
    return _time(found, start, end, zone) if text_or_none(start) else None


def _times(found: Located[EntryRow], zone: str | None) -> Iterator[EntryTime]:
    row = found.value
    for part in row.sessions if isinstance(row.sessions, list) else ():
        if isinstance(part, SessionTime):
            start, end = part.start_time or part.start_at or part.start, part.end_time or part.end_at or part.end
            yield _time(found, start, end, zone)._replace(name=text_or_none(part.name) or text_or_none(part.title))
    start = row.start or row.start_time or row.start_at or row.starttime
    if start or not row.sessions:
        if row.starttime:
            days = text_or_none(row.date) or text_or_none(row.day)
            start = " ".join(filter(None, (days, " - ".join(filter(None, (row.starttime, row.endtime))))))
            end = None
        elif row.time:
            day = row.date or row.day
            start, end = " ".join(filter(None, (text_or_none(day), text_or_none(row.time)))), None
        else:
            start, end = start or row.date, row.end or row.end_time or row.end_at
        if text_or_none(start):
            yield _time(found, start, end, zone)


def _time(found: Located[EntryRow], start: str | None, end: str | None, zone: str | None) -> EntryTime:
    if not text_or_none(start):
        return EntryTime()
    written = " - ".join(text for text in (start, end) if text)
    first, last = iso_time(start or ""), iso_time(end) if end else None
    path, line = found.path, found.line_start
    read = moments(first, last)
    is_naive = read is None and moments(first, last, DEFAULT_ZONE) is not None
    read = moments(first, last, zone or DEFAULT_ZONE) if is_naive else read
    if read is None:
        if printed := parse_time(written):
            has_day = printed.day is not None or printed.weekday is None
            text = f"{path}: prints a weekday and no date; the slot has no time"
            return EntryTime(written, printed, None if has_day else Problem(line, written, text, path))
        return EntryTime(written, None, Problem(line, written, f"{path}: {EXPECTED_TIME}; the slot has no time", path))
    problem = None
    if text_or_none(end) and read.ends_at is None:
        text = f"{path}: ends before it starts, or {EXPECTED_TIME}; the slot has no end"
        problem = Problem(line, written, text, path)
    return EntryTime(written, read, problem, is_naive=is_naive)


def iso_time(text: str) -> str:
    """Return a time of these files as ISO 8601 writes it, as far as it can be read.

    >>> iso_time("2020-07-06_5:00:00"), iso_time("2021-2-8 08:00:00-08:00"), iso_time("06-21-2021T11:45:00-04:00")
    ('2020-07-06T05:00:00', '2021-02-08T08:00:00-08:00', '2021-06-21T11:45:00-04:00')
    >>> iso_time("Tue, 19 Mar 2024 12:00:00 GMT"), iso_time("2021-11-18 09:00:00 +08:00")
    ('2024-03-19T12:00:00+00:00', '2021-11-18T09:00:00+08:00')
    """
    text = text.strip()
    if _HTTP_DATE.fullmatch(text):
        try:
            return parsedate_to_datetime(text).isoformat()
        except ValueError:
            return text
    found = _DATE.fullmatch(text)
    if found is None or found["clock"] is None:
        return text
    year = found["year"] or found["year_last"]
    month, day = found["month"] or found["month_first"], found["day"] or found["day_second"]
    if int(month) > 12:
        month, day = day, month
    clock = found["clock"] if found["clock"][1] != ":" else f"0{found['clock']}"
    return f"{year}-{month:0>2}-{day:0>2}T{clock}{found['rest'].strip()}"
