"""The schedule on a workshop's page: a line with a time, then what takes place, its kind in parentheses, and people."""

import re
from collections.abc import Iterator

from programme.loaders.formats.virtual_site.parsing.markdown import split_links
from programme.loaders.formats.virtual_site.parsing.page_frame import WEEKDAYS
from programme.loaders.records import PaperRecord, PrintedTime, Problem, SlotRecord
from programme.loaders.text.kinds import KINDS, PAPER_KINDS
from programme.loaders.text.lines import Line, find_byline_end, find_title_end, join, paragraphs
from programme.loaders.text.names import split_byline
from programme.loaders.text.times import parse_time

_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=\d)", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KIND = re.compile(r"(.*?)\s+\(\s*([^()]{3,40}?)\s*\)(?:\s*[>»])?", re.DOTALL)
_WITHOUT_TIME = frozenset({"-", "–", "—"})


def read_schedule(lines: list[Line], event_time: PrintedTime | None, first: int) -> Iterator[SlotRecord | Problem]:
    """Yield a slot for each line with a time, from position `first` on; times are on the day of the event they name."""
    starts = [index for index, (_, line) in enumerate(lines) if line in _WITHOUT_TIME or _slot_time(line, event_time)]
    for number, line in lines[: starts[0]] if starts else lines:
        yield Problem(number, line, "above the first time of the schedule")
    position = first
    for start, end in zip(starts, [*starts[1:], len(lines)][: len(starts)], strict=True):
        if end == start + 1:
            yield Problem(*lines[start], "a time without anything that takes place then")
            continue
        number, line = lines[start]
        time = _slot_time(line, event_time)
        yield from _slot(lines[start + 1 : end], position, time, (number, line))
        position += 1


def _slot_time(line: str, event_time: PrintedTime | None) -> PrintedTime | None:
    """The time of a line that prints a weekday and hours, on the day of the event if that is a day of that name."""
    if line[:3] not in WEEKDAYS and not line[:1].isdigit():
        return None
    weekday = _WEEKDAY.match(line)
    printed = parse_time(line[weekday.end() :] if weekday else line)
    if printed is None or printed.day is not None or event_time is None:
        return printed
    named = _WEEKDAYS.index(weekday[1].lower()) if weekday else event_time.weekday
    if named != event_time.weekday:
        return printed._replace(weekday=named)
    _, day, month, year, *_ = event_time
    return printed._replace(weekday=named, day=day, month=month, year=year, zone=printed.zone or event_time.zone)


def _slot(lines: list[Line], position: int, time: PrintedTime | None, above: Line) -> Iterator[SlotRecord | Problem]:
    """Yield what takes place, and a problem for each line that it has no place for."""
    texts = [(number, split_links(line)[0]) for number, line in lines]
    title_end = find_title_end(texts, 0)
    kinds = [index for index in range(len(texts)) if _KIND.fullmatch(texts[index][1]) and index <= title_end]
    title_end = kinds[0] + 1 if kinds else title_end
    found = _KIND.fullmatch(join(texts[:title_end]))
    title, raw_kind = (found[1], found[2]) if found and found[2].lower() in KINDS else (join(texts[:title_end]), None)
    kind = KINDS.get((raw_kind or title).lower(), "other")
    byline_end = find_byline_end(texts, title_end)
    byline = join(texts[title_end:byline_end]) if byline_end > title_end else None
    paper = None
    last = lines[-1][0]
    if kind in PAPER_KINDS or byline:
        abstract = paragraphs(lines[byline_end:]) if byline_end < len(lines) else None
        authors = split_byline(byline) if byline else ()
        paper = PaperRecord(title, lines[0][0], last, byline, authors, abstract, raw_kind=raw_kind)
    else:
        last = lines[title_end - 1][0]
        for number, line in lines[title_end:]:
            yield Problem(number, line, "text below a title of the schedule that is neither a paper nor a talk")
    raw_time = None if above[1] in _WITHOUT_TIME else above[1]
    yield SlotRecord(title, kind, above[0], last, position, raw_kind, time, above[0], raw_time, paper=paper)
