"""The events of a calendar, collected line by line, and the sessions and slots made of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from programme.loaders.formats.virtual_site.parsing.calendar_clocks import Span, entry_span, session_span
from programme.loaders.records import (
    PaperRecord,
    PrintedTime,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
)
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.clocks import DAY, Clock, clock_time
from programme.loaders.text.kinds import KINDS, PAPER_KINDS, normalize_kind, split_kind
from programme.loaders.text.lines import Line, join
from programme.loaders.text.times import PrintedDay

COMPARE_TIMES = "compare it with the page"
COMMON_YEAR = 2023
"""The year in which days are counted where none is printed.

In a leap year, the day after 28 February is then one day off; the printed weekday contradicts it, which is reported.
"""


@dataclass(slots=True)
class Heading:
    """A time heading, `10:30 a.m.`: minutes since midnight as resolved, the text, and the number of its line."""

    minutes: int
    raw: str
    number: int


@dataclass(slots=True)
class Entry:
    """An entry of a session, `[10:42] Title`: its times, the kind of its group, and its lines."""

    start: Clock
    end: Clock | None
    raw_time: str
    number: int
    raw_kind: str | None
    title: list[Line] = field(default_factory=list)
    people: list[Line] = field(default_factory=list)

    @property
    def title_end(self) -> int:
        """The number of the last line of its title."""
        return max(number for number, _ in self.title)


@dataclass(slots=True)
class EventBlock:
    """An event: the day and time heading above it, its title, and everything up to the next event."""

    day: PrintedDay | None
    heading: Heading | None
    number: int
    """The number of its first line."""
    is_first: bool
    """Whether it is directly below a day or a time heading."""
    raw_kind: str | None = None
    title: list[Line] = field(default_factory=list)
    people: list[Line] = field(default_factory=list)
    printed: tuple[Clock, Clock] | None = None
    """The range beside its title, `[10:30-12:00]`; `raw_range` is the same as printed."""
    raw_range: str | None = None
    ends: Clock | None = None
    """The end printed below its entries, `(ends 12:00 PM)`; `raw_ends` is the same as printed."""
    raw_ends: str | None = None
    group: str | None = None
    """The kind of the group that the next entry belongs to, `Oral s 10:30-11:40`."""
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_session(self) -> bool:
        """Whether it prints its time beside its title, or has entries."""
        return self.printed is not None or bool(self.entries)

    @property
    def is_event(self) -> bool:
        """Whether something shows that it is an event: a time, an end or a kind, or a heading directly above it."""
        has_kind = self.raw_kind is not None or normalize_kind(None, self.name) != "other"
        return self.is_first or self.is_session or self.ends is not None or has_kind

    @property
    def name(self) -> str:
        """Its title as printed, or its kind if it has no title."""
        return join(self.title) if self.title else self.raw_kind or ""

    @property
    def last_line(self) -> int:
        """The number of the last line of its heading and people."""
        return max([self.number, *(number for number, _ in (*self.title, *self.people))])

    @property
    def heading_end(self) -> int:
        """The number of the last line of its title."""
        return max([self.number, *(number for number, _ in self.title)])


def build(block: EventBlock, zone: str | None, edition: StatedEdition | None) -> Iterator[Record]:
    """Yield the session of a block, and a problem for each doubtful time; only problems if it is no event."""
    if not block.is_event:
        for number, line in (*block.title, *block.people):
            yield Problem(number, line, "text that is part of no event")
        return
    span = session_span(block.printed, block.ends, block.heading.minutes if block.heading else None)
    if span.doubt:
        yield Problem(block.heading_end, _raw_time(block) or "", f"this time {span.doubt}; {COMPARE_TIMES}")
    kind = normalize_kind(block.raw_kind, block.name)
    slots: list[SlotRecord] = []
    yield from _entries(block, span, kind, zone, slots)
    if not slots:
        slots.append(_own_slot(block, span, kind, zone, edition))
    people = join(block.people) if block.people and not slots[0].paper else None
    yield SessionRecord(
        block.name,
        block.number,
        block.heading_end if slots[0].paper else block.last_line,
        kind=kind,
        moderators=people,
        moderator_names=split_byline(people or ""),
        slots=tuple(slots),
        edition=edition,
        time=_printed_time(block.day, span, zone) if block.is_session else None,
        raw_time=_raw_time(block) if block.is_session else None,
    )


def _raw_time(block: EventBlock) -> str | None:
    """Return the time of a block as printed: beside its title or else above it, with its end."""
    parts = [block.raw_range or (block.heading.raw if block.heading else None), block.raw_ends]
    return " ".join(part for part in parts if part) or None


def _own_slot(block: EventBlock, span: Span, kind: str, zone: str | None, edition: StatedEdition | None) -> SlotRecord:
    """Return the slot of an event without entries, which is the event itself."""
    # Only a printed "Oral" is a paper; "Poster Session 2" says the kind of its entries, not that it is one.
    is_paper = KINDS.get((block.raw_kind or "").lower()) in PAPER_KINDS
    last = block.last_line if is_paper else block.heading_end
    byline = join(block.people) if block.people else None
    paper = PaperRecord(
        block.name,
        block.number,
        last,
        byline=byline,
        authors=split_byline(byline or ""),
        edition=edition,
        raw_kind=block.raw_kind,
    )
    above = None if block.raw_range or block.heading is None else block.heading.number
    return SlotRecord(
        block.name,
        kind,
        block.number,
        last,
        position=1,
        raw_kind=block.raw_kind,
        time=_printed_time(block.day, span, zone),
        time_line=above or block.heading_end,
        raw_time=_raw_time(block),
        paper=paper if is_paper else None,
    )


def _entries(
    block: EventBlock, session: Span, session_kind: str, zone: str | None, slots: list[SlotRecord]
) -> Iterator[Problem]:
    """Add the slots of a session to `slots`; yield a problem for each entry without a title or with a doubtful time."""
    above: int | None = None
    for entry in block.entries:
        if not entry.title:
            yield Problem(entry.number, f"[{entry.raw_time}]", "an entry without a title; save the page again")
            continue
        span = entry_span(entry.start, entry.end, session, above)
        above = span.start
        if span.doubt:
            yield Problem(entry.number, f"[{entry.raw_time}]", f"this time {span.doubt}; {COMPARE_TIMES}")
        slots.append(_entry_slot(entry, span, block, session_kind, zone, len(slots) + 1))


def _entry_slot(
    entry: Entry, span: Span, block: EventBlock, session_kind: str, zone: str | None, position: int
) -> SlotRecord:
    """Return the slot of an entry; what prints no kind has that of its group, or of its session."""
    printed_kind, title = split_kind(join(entry.title))
    if printed_kind is None or printed_kind.lower() not in KINDS or not title:
        printed_kind, title = entry.raw_kind, join(entry.title)
    # The entries of "Oral Session 1A" are orals; those of a workshop need not be workshops.
    inherited_kind = session_kind if session_kind in PAPER_KINDS else "other"
    kind = normalize_kind(printed_kind, "") if printed_kind else inherited_kind
    kind = KINDS.get(title.lower(), kind)  # "[11:00] Coffee Break" among the orals of a session
    is_paper = kind in PAPER_KINDS
    last = entry.people[-1][0] if is_paper and entry.people else entry.title_end
    byline = join(entry.people) if entry.people else None
    paper = PaperRecord(
        title,
        entry.number,
        last,
        byline=byline,
        authors=split_byline(byline or ""),
        raw_kind=printed_kind,
    )
    return SlotRecord(
        title,
        kind,
        entry.number,
        last,
        position,
        raw_kind=printed_kind,
        time=_printed_time(block.day, span, zone),
        time_line=entry.number,
        raw_time=entry.raw_time,
        paper=paper if is_paper else None,
    )


def _printed_time(day: PrintedDay | None, span: Span, zone: str | None) -> PrintedTime | None:
    """Return the time of a span on its day; a span that begins after midnight is on the next day."""
    if span.start is None:
        return None
    if day is not None and span.start >= DAY:
        day = _next_day(day)
    weekday, number, month, year = day or (None, None, None, None)
    ends = None if span.end is None else clock_time(span.end)
    return PrintedTime(
        weekday=weekday,
        day=number,
        month=month,
        year=year,
        starts=clock_time(span.start),
        ends=ends,
        zone=zone,
    )


def _next_day(day: PrintedDay) -> PrintedDay | None:
    try:
        following = date(day.year or COMMON_YEAR, day.month, day.day) + timedelta(days=1)
    except ValueError:
        return None
    weekday = None if day.weekday is None else (day.weekday + 1) % 7
    return PrintedDay(weekday, following.day, following.month, day.year)
