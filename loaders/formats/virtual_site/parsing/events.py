"""Single events of a day page or a list: the time after their title, and the details below it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from programme.loaders.formats.virtual_site.parsing.card_parts import (
    MAX_PART_LENGTH,
    identify_links,
    poster_place,
    read_buttons,
)
from programme.loaders.formats.virtual_site.parsing.markdown import Link
from programme.loaders.records import (
    Boilerplate,
    PaperRecord,
    PrintedTime,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
)
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.kinds import KINDS, PAPER_KINDS, normalize_kind
from programme.loaders.text.lines import Line, find_byline_end, join, paragraphs
from programme.loaders.text.times import MAX_TIME_LINE_LENGTH, parse_time
from programme.patterns import lazy_pattern

MAX_TIMED_LINE_LENGTH = 400
"""A longer line is text, even if it ends with day and time."""

_WEEKDAY = lazy_pattern(r"(?<!\S)(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? (?=[A-Z\d])", re.IGNORECASE)
_SEPARATOR = lazy_pattern(r"(?:^|\s+)[-–—|·•]$")
_PREPOSITIONS = frozenset("a after at before between by for from in is on or since the till to until was".split())  # noqa: SIM905
"""A time after one of these words is part of a sentence: "We meet on Sat 3 Dec"."""

# Digits alone in brackets are a citation.
_BRACKETED = lazy_pattern(r"\[\s*(?!\d+\s*\])([^\[\]\d][^\[\]]*?|\d+[^\[\]]*[A-Za-z][^\[\]]*?)\s*\]")


class Event(NamedTuple):
    """An event as printed: its heading ends on line `heading_end`, all of it on `line_end`."""

    raw_kind: str | None
    title: str
    line_start: int
    heading_end: int
    line_end: int
    time: PrintedTime | None = None
    raw_time: str | None = None
    time_line: int | None = None
    byline: str | None = None
    room: str | None = None
    abstract: str | None = None
    poster_number: str | None = None
    links: tuple[Link, ...] = ()


class Details(NamedTuple):
    """The details below the title of an event; `labels` are the numbers of lines that hold nothing but buttons."""

    byline: str | None = None
    room: str | None = None
    abstract: str | None = None
    timed: tuple[PrintedTime, Line] | None = None
    poster_number: str | None = None
    links: Sequence[Link] = ()
    labels: Sequence[int] = ()


def split_time(line: str) -> tuple[str, PrintedTime, str] | None:
    """Split a line that ends with day and time into the text before, the time, and the time as printed.

    Return None for a line without a time at its end, or with one that is part of a sentence.

    >>> split_time("Trees Workshop Sat 3 Dec 07:30 a.m.")[::2], split_time("We meet on Sat 3 Dec 07:30 a.m.")
    (('Trees Workshop', 'Sat 3 Dec 07:30 a.m.'), None)
    """
    if len(line) > MAX_TIMED_LINE_LENGTH:
        return None
    # Only weekdays near the end can begin the time; the title may name others.
    tail = max(0, len(line) - MAX_TIME_LINE_LENGTH)
    for found in _WEEKDAY.finditer(line, tail):
        printed = parse_time(line[found.start() :])
        if printed is not None:
            before = _SEPARATOR.sub("", line[: found.start()].rstrip())
            words = before.split()
            if words and words[-1].lower().strip("(") in _PREPOSITIONS:
                return None
            return before, printed, line[found.start() :]
    return None


def text_in_brackets(line: str) -> str | None:
    """Return the room of a line in brackets; None for buttons and citations.

    Day pages and lists print every room in brackets, so the name need not look like one; cards use the stricter
    `find_bracketed_room`.

    >>> text_in_brackets("[ Room 314 - 315 ]"), text_in_brackets("[12]"), text_in_brackets("[ Poster ]")
    ('Room 314 - 315', None, None)
    """
    found = _BRACKETED.fullmatch(line) if line[:1] == "[" and len(line) <= MAX_PART_LENGTH else None
    return found[1] if found and read_buttons(line) is None else None


def read_details(lines: list[Line], *, has_people: bool = True, has_time: bool = False) -> Details:
    """Read the lines below a title: people, room, time and buttons in any order, then the abstract.

    Breaks have no people. Day pages print the time in the title, so only lists may have one below it.
    """
    links: list[Link] = []
    labels: list[int] = []
    found = Details(links=links, labels=labels)
    at = 0
    while at < len(lines):
        printed = parse_time(lines[at][1]) if has_time and found.timed is None else None
        if printed is not None:
            found, at = found._replace(timed=(printed, lines[at])), at + 1
            continue
        if (buttons := _only_buttons(lines[at][1])) is not None:
            links += buttons
            labels.append(lines[at][0])
            at += 1
            continue
        part, end = _read_part(lines, at, found, has_people)
        if part is None:
            break
        found, at = part, end
    rest = lines[at:]
    if rest and found.room is None and (room := text_in_brackets(rest[-1][1])):
        found = found._replace(room=room)
        rest = rest[:-1]
    return found._replace(abstract=paragraphs(rest)) if rest else found


def _only_buttons(line: str) -> tuple[Link, ...] | None:
    """Return the links of a line that holds nothing but buttons or a label; None for any other line."""
    if line.rstrip(":") == "Abstract":
        return ()
    buttons = read_buttons(line)
    return buttons.links if buttons and not buttons.rest and not buttons.visited else None


def _read_part(lines: list[Line], at: int, found: Details, has_people: bool) -> tuple[Details | None, int]:
    """Return the details with the part that begins at `at`, and the index after it; None when no part begins there."""
    line = lines[at][1]
    if found.room is None and (room := text_in_brackets(line)):
        return found._replace(room=room), at + 1
    if found.poster_number is None and (place := poster_place(line)) and not (found.room and place[0]):
        return found._replace(room=place[0] or found.room, poster_number=place[1]), at + 1
    end = find_byline_end(lines, at) if has_people and found.byline is None else at
    return (found._replace(byline=join(lines[at:end])), end) if end > at else (None, at)


def to_session(event: Event, edition: StatedEdition | None, *, is_paper: bool = False) -> SessionRecord:
    """Return an event as a session with one slot; the people and abstract of a paper go to the paper."""
    kind = normalize_kind(event.raw_kind, event.title)
    is_paper = is_paper or KINDS.get((event.raw_kind or "").lower()) in PAPER_KINDS
    paper = to_paper(event, edition) if is_paper else None
    slot = SlotRecord(
        event.title,
        kind,
        event.line_start,
        event.heading_end if paper is None else event.line_end,
        position=1,
        raw_kind=event.raw_kind,
        time=event.time,
        time_line=event.time_line,
        raw_time=event.raw_time,
        room=event.room,
        poster_number=event.poster_number,
        paper=paper,
    )
    return SessionRecord(
        event.title,
        event.line_start,
        event.heading_end if paper else event.line_end,
        kind,
        room=event.room,
        moderators=None if paper else event.byline,
        moderator_names=() if paper else split_byline(event.byline or ""),
        abstract=None if paper else event.abstract,
        slots=(slot,),
        edition=edition,
    )


def to_paper(event: Event, edition: StatedEdition | None) -> PaperRecord:
    """Return the paper that an event presents."""
    identifiers, links = identify_links(list(event.links))
    return PaperRecord(
        event.title,
        event.line_start,
        event.line_end,
        byline=event.byline,
        authors=split_byline(event.byline or ""),
        abstract=event.abstract,
        identifiers=identifiers,
        links=links,
        edition=edition,
        raw_kind=event.raw_kind,
    )


def deduplicate(records: Iterable[Record]) -> Iterator[Record]:
    """Yield records, and only the first of several sessions that state the same; the others are boilerplate.

    Some pages print an event twice, and so do some tools that save them.
    """
    seen = set()
    for record in records:
        if isinstance(record, SessionRecord):
            slots = tuple((slot.title, slot.time, slot.raw_time) for slot in record.slots)
            papers = tuple(slot.paper and (slot.paper.byline, slot.paper.abstract) for slot in record.slots)
            key = (record.title, record.moderators, record.abstract, record.room, slots, papers)
            if key in seen:
                yield Boilerplate(record.line_start, max(record.line_end, *(slot.line_end for slot in record.slots)))
                continue
            seen.add(key)
        yield record
