"""Read the lines of a calendar as days, times, sessions and entries."""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.virtual_site.parsing.calendar_blocks import Entry, EventBlock, Heading, build
from programme.loaders.formats.virtual_site.parsing.calendar_clocks import heading_span
from programme.loaders.formats.virtual_site.parsing.events import deduplicate
from programme.loaders.formats.virtual_site.parsing.programme_page import read_programme, read_zone
from programme.loaders.records import Boilerplate, Problem, Record
from programme.loaders.text.clocks import CLOCK, Clock, read_clock
from programme.loaders.text.kinds import KINDS, is_kind, normalize_kind, split_kind
from programme.loaders.text.lines import Line, is_byline, is_separated
from programme.loaders.text.times import PrintedDay, parse_day
from programme.loaders.text.zones import stated_zone
from programme.patterns import lazy_pattern

MAX_FILTER_LENGTH = 60
"""Above the first day, lines below `Filter Events` of at most this length are choices of a filter."""

_RANGE = rf"(?P<start>{CLOCK})\s*[-–—]\s*(?P<end>{CLOCK})"
# "Oral Session 1A [10:30-12:00]"
_SESSION = lazy_pattern(rf"(?P<title>\S.*?)\s*\[\s*(?P<range>{_RANGE})\s*\]", re.IGNORECASE)
# "[10:42] Trees for All", or "[10:42]" with the title on the next line
_ENTRY = lazy_pattern(
    rf"\[\s*(?P<range>(?P<start>{CLOCK})(?:\s*[-–—]\s*(?P<end>{CLOCK}))?)\s*\](?:\s+(?P<title>.*))?", re.I
)
# "Oral s 10:30-11:40": the sites print a space before the plural "s"
_GROUP = lazy_pattern(rf"(?P<kind>[A-Za-z][A-Za-z&/' -]*?)(?:\s?s)?:?\s+(?P<range>{_RANGE})", re.IGNORECASE)
# "10:30 a.m.", "10:30 - 12:00 PDT:"
_HEADING = lazy_pattern(rf"(?P<clock>{CLOCK})(?:\s*[-–—]\s*{CLOCK})?(?:\s+[A-Z]{{1,5}})?:?", re.IGNORECASE)
# "(ends 12:00 PM)", alone or after the title of an event without entries
_ENDS = lazy_pattern(rf"(?:(?P<title>\S.*?)\s+)?(?P<ends>\(\s*ends\s+(?:at\s+)?(?P<clock>{CLOCK})\s*\))", re.IGNORECASE)
# "Full Schedule Thu Fri Sat"
_TABS = lazy_pattern(
    r"(?:full )?schedule|(?:(?:full )?schedule\s+)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*)+", re.I
)
_FILTERS = lazy_pattern(r"(?:filter (?:events|rooms)|(?:show|hide) (?:detail|bookmark|past)|my bookmarks)\b.*", re.I)


def read_calendar(document: Document, missed: str) -> Iterator[Record]:
    """Yield each session with its slots, the boilerplate, and a problem for each line or time that is not clear.

    Raises MalformedDocument, with `missed` as the problem, for a page without any event.
    """
    page = read_programme(document, lambda line: stated_zone(line) is not None or printed_day(line) is not None)
    yield from page.boilerplate
    calendar = _Calendar(page.body)
    yield from calendar.around
    if not any(block.is_event for block in calendar.blocks):
        raise MalformedDocument(document.uri, None, f"{missed}; save the whole page and try again")
    yield from deduplicate(record for block in calendar.blocks for record in build(block, calendar.zone, page.edition))


def printed_day(line: str) -> PrintedDay | None:
    """Return the day that a line prints, or None; a day without weekday and year may be anything."""
    day = parse_day(line) if line[-1:].isalnum() or line[-1:] in ".:" else None
    return day if day and (day.weekday is not None or day.year is not None) else None


def is_time_in_brackets(line: str) -> bool:
    """Return whether a line is a session or an entry with its time, or ends with `(ends 12:00 PM)`.

    >>> is_time_in_brackets("Oral Session 1A [10:30-12:00]"), is_time_in_brackets("Trees (a survey)")
    (True, False)
    """
    return ("[" in line or "(" in line) and any(rule.fullmatch(line) for rule in (_SESSION, _ENTRY, _ENDS))


def _clocks(found: re.Match[str]) -> tuple[Clock, Clock] | None:
    start, end = read_clock(found["start"]), read_clock(found["end"])
    return (start, end) if start and end else None


class _Calendar:
    """Reads the lines of a calendar in their order: `blocks` are the events, `around` claims the lines around them."""

    def __init__(self, lines: list[Line]) -> None:
        self.zone: str | None = None
        self.blocks: list[EventBlock] = []
        self.around: list[Boilerplate | Problem] = []
        self._day: PrintedDay | None = None
        self._heading: Heading | None = None
        self._open: EventBlock | None = None
        self._is_first = False  # whether the next event is directly below a day or time heading
        self._is_filter = False  # whether the choices of a filter are being listed, above the first day
        self._is_broken = False  # whether the line above fits nowhere, so that no line can continue it
        self._above = 0  # the number of the line above
        # One hour like "15:00" in a heading shows that all headings have 24 hours: then "9:00" is not doubtful.
        headings = [_HEADING.fullmatch(line) for _, line in lines]
        clocks = [read_clock(found["clock"]) for found in headings if found]
        self._is_24_hours = any(clock is not None and clock.hours == 24 for clock in clocks)
        # The order decides: a line is read by the first rule that fits, from the strictest to running text.
        rules = (self._read_surroundings, self._read_heading, self._read_entry, self._read_session, self._read_group)
        for number, line in lines:
            if any(rule(number, line) for rule in rules):
                self._is_broken = False
            else:
                self._is_broken = not self._read_text(number, line)
            self._above = number

    def _claim(self, number: int) -> bool:
        """Claim a line as boilerplate; return True, for the rule that read it."""
        self.around.append(Boilerplate(number, number))
        return True

    def _read_surroundings(self, number: int, line: str) -> bool:
        """Read the zone, a day, a filter or a tab."""
        if found := read_zone(number, line):
            self.zone, claimed = found
            self.around.append(claimed)
            return True
        if day := printed_day(line):
            self._day, self._heading, self._open = day, None, None
            self._is_first = True
            return self._claim(number)
        self._is_filter = self._is_filter or _FILTERS.fullmatch(line) is not None
        is_choice = self._is_filter and self._day is None and len(line) <= MAX_FILTER_LENGTH
        if is_choice or _TABS.fullmatch(line) or _FILTERS.fullmatch(line):
            return self._claim(number)
        return False

    def _read_heading(self, number: int, line: str) -> bool:
        """Read a time heading."""
        found = _HEADING.fullmatch(line)
        clock = read_clock(found["clock"]) if found and (":" in line or not line.isdigit()) else None
        if clock is None:
            return False
        span = heading_span(clock, self._heading.minutes if self._heading else None, is_24_hours=self._is_24_hours)
        if span.doubt:
            self.around.append(Problem(number, line, f"this time {span.doubt}"))
        self._heading, self._open = Heading(minutes=span.start or 0, raw=line, number=number), None
        self._is_first = True
        return span.doubt is not None or self._claim(number)

    def _read_entry(self, number: int, line: str) -> bool:
        """Read an entry of the open session with its time, and its title if that is on the same line."""
        found = _ENTRY.fullmatch(line) if self._open is not None else None
        start = read_clock(found["start"]) if found else None
        if found is None or start is None or self._open is None:
            return False
        end = read_clock(found["end"]) if found["end"] else None
        entry = Entry(start, end, raw_time=found["range"], number=number, raw_kind=self._open.group)
        if found["title"]:
            entry.title.append((number, found["title"]))
        self._open.entries.append(entry)
        return True

    def _read_session(self, number: int, line: str) -> bool:
        """Read the title of a session with its range; the title may have begun on the line above."""
        ends = _ENDS.fullmatch(line)
        found = _SESSION.fullmatch((ends["title"] or "") if ends else line)
        clocks = _clocks(found) if found else None
        if found is None or clocks is None:
            return ends is not None and self._read_end(ends, number)
        block = self._open
        if block is None or block.is_session or block.people or number != block.heading_end + 1:
            block = self._begin(number)
            block.raw_kind, title = split_kind(found["title"])
        else:
            title = found["title"]
        block.title.append((number, title or found["title"]))
        block.printed, block.raw_range = clocks, found["range"]
        if ends:
            self._end(ends)
        return True

    def _read_end(self, found: re.Match[str], number: int) -> bool:
        """Read `(ends 12:00 PM)`, alone or after a title."""
        if found["title"]:
            if self._open is not None and self._open.is_session:
                return False
            self._read_text(number, found["title"])
        elif self._open is None:
            return False
        else:
            self._claim(number)
        self._end(found)
        return True

    def _end(self, found: re.Match[str]) -> None:
        """End the open event with the time printed in `(ends …)`."""
        if self._open is not None:
            self._open.ends, self._open.raw_ends = read_clock(found["clock"]), found["ends"]
            self._open = None

    def _read_group(self, number: int, line: str) -> bool:
        """Read the heading of a group of entries, or an event, with a range that is not in brackets."""
        found = _GROUP.fullmatch(line)
        if found is None or not is_kind(found["kind"]) or _clocks(found) is None:
            return False
        # "Coffee Break 10:30-11:00" inside a session is not a group of its entries, but the next event.
        if self._open is not None and self._open.is_session and normalize_kind(found["kind"], "") != "break":
            self._open.group = found["kind"]
            return self._claim(number)
        block = self._begin(number)
        block.title.append((number, line[: found.start("range")].rstrip(" \t:")))
        block.printed, block.raw_range = _clocks(found), found["range"]
        return True

    def _begin(self, number: int) -> EventBlock:
        self._open = EventBlock(self._day, self._heading, number=number, is_first=self._is_first)
        self._is_first = False
        self.blocks.append(self._open)
        return self._open

    def _read_text(self, number: int, line: str) -> bool:
        """Read a title, the rest of one, or people; return False for a line that fits none of these."""
        if self._day is None and self._heading is None:
            return False
        kind, title = split_kind(line)
        block = self._open
        if block is not None and kind is None:
            continues = self._continue_session if block.is_session else self._continue
            if not self._is_broken and continues(block, number, line):
                return True
            if block.is_session and normalize_kind(None, line) != "break":
                return False
        block = self._begin(number)
        if kind is None and KINDS.get(line.lower(), "break") != "break":
            kind, title = line, ""
        block.raw_kind = kind
        if title:
            block.title.append((number, title))
        return True

    def _continue(self, block: EventBlock, number: int, line: str) -> bool:
        """Add a line to an event without entries; return False when it does not belong there."""
        is_adjacent = number == self._above + 1
        if not block.title:
            block.title.append((number, line))
        elif is_byline(line):
            block.people.append((number, line))
        elif is_adjacent and not block.people:
            block.title.append((number, line))
        else:
            return False
        return True

    def _continue_session(self, block: EventBlock, number: int, line: str) -> bool:
        """Add a line to a session or its last entry; return False when it does not belong there."""
        is_adjacent = number <= self._above + 1
        entry = block.entries[-1] if block.entries else None
        if entry is None:
            if not is_byline(line):
                return False
            block.people.append((number, line))
        elif not entry.title or (is_adjacent and not entry.people and not is_separated(line)):
            entry.title.append((number, line))
        elif is_byline(line):
            entry.people.append((number, line))
        else:
            return False
        return True
