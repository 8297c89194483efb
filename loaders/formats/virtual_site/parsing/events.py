"""Single events of a programme: the kind before their title, the time after it, and what stands below it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from programme.loaders.formats.virtual_site.parsing.card_parts import poster_place, read_buttons, stated_by
from programme.loaders.formats.virtual_site.parsing.markdown import Address
from programme.loaders.records import (
    Boilerplate,
    PaperRecord,
    PrintedTime,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
)
from programme.loaders.text.kinds import KINDS, PAPER_KINDS, normalize_kind
from programme.loaders.text.lines import Line, find_byline_end, join, paragraphs
from programme.loaders.text.names import split_byline
from programme.loaders.text.times import MAX_TIME_LINE_LENGTH, parse_time

MAX_HEADING_LENGTH = 400
MAX_ROOM_LENGTH = 120

_WEEKDAY = re.compile(r"(?<!\S)(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? (?=[A-Z\d])", re.IGNORECASE)
_SEPARATOR = re.compile(r"(?:^|\s+)[-–—|·•]$")
_DANGLING = frozenset("a after at before between by for from in is on or since the till to until was".split())  # noqa: SIM905
_ROOM = re.compile(r"\[\s*(?!\d+\s*\])([^\[\]\d][^\[\]]*?|\d+[^\[\]]*[A-Za-z][^\[\]]*?)\s*\]")


class Event(NamedTuple):
    """An event as printed: its heading stands in lines `line_start` to `heading_end`, all of it up to `line_end`."""

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
    links: tuple[Address, ...] = ()


class Details(NamedTuple):
    """What stands below the title of an event; `labels` are the numbers of lines that state nothing but links."""

    byline: str | None = None
    room: str | None = None
    abstract: str | None = None
    timed: tuple[PrintedTime, Line] | None = None
    poster_number: str | None = None
    links: tuple[Address, ...] = ()
    labels: tuple[int, ...] = ()


def split_time(line: str) -> tuple[str, PrintedTime, str] | None:
    """Return what stands before the day and time a line ends with, the time, and the time as printed.

    None when it ends with none, or in the middle of a sentence.

    >>> split_time("Trees Workshop Sat 3 Dec 07:30 a.m.")[::2], split_time("We meet on Sat 3 Dec 07:30 a.m.")
    (('Trees Workshop', 'Sat 3 Dec 07:30 a.m.'), None)
    """
    if len(line) > MAX_HEADING_LENGTH:
        return None
    tail = max(0, len(line) - MAX_TIME_LINE_LENGTH)
    for found in _WEEKDAY.finditer(line, tail):
        printed = parse_time(line[found.start() :])
        if printed is not None:
            before = _SEPARATOR.sub("", line[: found.start()].rstrip())
            words = before.split()
            if words and words[-1].lower().strip("(") in _DANGLING:
                return None
            return before, printed, line[found.start() :]
    return None


def room_of(line: str) -> str | None:
    """Return the room that a line between brackets names, or None.

    >>> room_of("[ Room 314 - 315 ]"), room_of("[12]"), room_of("[ Poster ]")
    ('Room 314 - 315', None, None)
    """
    found = _ROOM.fullmatch(line) if line[:1] == "[" and len(line) <= MAX_ROOM_LENGTH else None
    return found[1] if found and read_buttons(line) is None else None


def read_details(lines: list[Line], *, has_people: bool = True, has_time: bool = False) -> Details:
    """Read the lines below a title: people, room, time and buttons in any order, then the abstract."""
    found = Details()
    at = 0
    while at < len(lines):
        printed = parse_time(lines[at][1]) if has_time and found.timed is None else None
        if printed is not None:
            found, at = found._replace(timed=(printed, lines[at])), at + 1
            continue
        part, end = _read_part(lines, at, found, has_people)
        if part is None:
            break
        found, at = part, end
    rest = lines[at:]
    if rest and found.room is None and (room := room_of(rest[-1][1])):
        found = found._replace(room=room)
        rest = rest[:-1]
    return found._replace(abstract=paragraphs(rest)) if rest else found


def _read_part(lines: list[Line], at: int, found: Details, has_people: bool) -> tuple[Details | None, int]:
    """Return what is found with the part that begins at `at`, and the index after it; None where none does."""
    number, line = lines[at]
    if line.rstrip(":") == "Abstract":
        return found._replace(labels=(*found.labels, number)), at + 1
    if (buttons := read_buttons(line)) and not buttons.rest and not buttons.visited:
        return found._replace(links=found.links + buttons.links, labels=(*found.labels, number)), at + 1
    if found.room is None and (room := room_of(line)):
        return found._replace(room=room), at + 1
    if found.poster_number is None and (place := poster_place(line)) and not (found.room and place[0]):
        return found._replace(room=place[0] or found.room, poster_number=place[1]), at + 1
    end = find_byline_end(lines, at) if has_people and found.byline is None else at
    return (found._replace(byline=join(lines[at:end])), end) if end > at else (None, at)


def session_of(event: Event, edition: StatedEdition | None, *, is_paper: bool = False) -> SessionRecord:
    """Return an event as a session with one slot; people and abstract of an oral or poster are its paper's."""
    kind = normalize_kind(event.raw_kind, event.title)
    is_paper = is_paper or KINDS.get((event.raw_kind or "").lower()) in PAPER_KINDS
    paper = paper_of(event, edition) if is_paper else None
    slot = SlotRecord(
        event.title,
        kind,
        event.line_start,
        event.heading_end if paper is None else event.line_end,
        1,
        event.raw_kind,
        event.time,
        event.time_line,
        event.raw_time,
        event.room,
        event.poster_number,
        paper=paper,
    )
    return SessionRecord(
        event.title,
        event.line_start,
        event.heading_end if paper else event.line_end,
        kind,
        room=event.room,
        moderators=None if paper else event.byline,
        moderator_names=split_byline(event.byline) if event.byline and not paper else (),
        abstract=None if paper else event.abstract,
        slots=(slot,),
        edition=edition,
    )


def paper_of(event: Event, edition: StatedEdition | None) -> PaperRecord:
    """Return the paper that an event presents."""
    identifiers, links = stated_by(list(event.links))
    return PaperRecord(
        event.title,
        event.line_start,
        event.line_end,
        event.byline,
        split_byline(event.byline) if event.byline else (),
        event.abstract,
        identifiers=identifiers,
        links=links,
        edition=edition,
        raw_kind=event.raw_kind,
    )


def deduplicate(records: Iterable[Record]) -> Iterator[Record]:
    """Yield records, and of sessions that say the same in several places only the first."""
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
