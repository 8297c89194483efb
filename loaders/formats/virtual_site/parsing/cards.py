"""Divide the lines of session pages into sessions, and the lines below each heading into the cards of its slots.

A card begins with a time line, the number of its poster, an award, or several of these. On a page without any time line
it may also begin with its kind, with a title that is a heading, or simply above a byline.
"""

from dataclasses import dataclass, field

from programme.loaders.formats.virtual_site.parsing.card_parts import (
    find_bracketed_room,
    is_award,
    looks_like_room,
    poster_place,
    read_buttons,
)
from programme.loaders.formats.virtual_site.parsing.markdown import Link
from programme.loaders.formats.virtual_site.parsing.page_frame import CHAT, SESSIONS, WEEKDAYS, Page
from programme.loaders.records import PrintedTime
from programme.loaders.text.kinds import KINDS, MAX_KIND_LENGTH
from programme.loaders.text.lines import (
    MAX_TITLE_LINE_LENGTH,
    MAX_TITLE_LINES,
    Line,
    find_byline_end,
    is_separated,
)
from programme.loaders.text.times import parse_time
from programme.patterns import lazy_pattern

_UNREADABLE_TIME = lazy_pattern(r"[A-Z][a-z]+\.?,? \d+\b.{0,40}")
"""A line that begins like a time line and is as short as one."""

_CLOCK_RANGE = lazy_pattern(r"\d\d?:\d\d.{0,6}\s*[-–—]\s*\d\d?:\d\d")
MAX_TIME_LENGTH = 72
"""A longer line with a range of hours in it is text."""

MAX_HEADING_LINES = 20
"""How far below the second or a later `Session` of a page its `Moderator:` or `Abstract:` may be."""

LABELS = ("Moderator", "Session Chair", "Abstract:", "[ Abstract", "[Abstract", CHAT)
"""How the lines below title and room of a heading begin."""


@dataclass(slots=True)
class Card:
    """A slot as printed: its `lines` from the kind down; the lines of time, number, room and award are in `parts`."""

    parts: list[Line]
    lines: list[Line]
    may_link: bool = True
    time: PrintedTime | None = None
    time_line: Line | None = None
    number: str | None = None
    room: str | None = None
    award: str | None = None
    links: list[Link] = field(default_factory=list)

    @property
    def first_line(self) -> int:
        """The number of its first line."""
        return (self.parts or self.lines)[0][0]

    def add_room(self, room: str | None) -> None:
        """Add a printed room to those printed before."""
        self.room = f"{self.room}, {room}" if self.room and room else room or self.room

    @property
    def awaits_title(self) -> bool:
        """Whether its title is still to come."""
        lines = self.lines
        return not lines or (len(lines) == 1 and lines[0][1].lower() in KINDS)


@dataclass(slots=True)
class SessionBlock:
    """A session as printed: the lines of its heading, its own time, and its cards."""

    heading: list[Line]
    time: PrintedTime | None = None
    time_line: Line | None = None
    is_headed: bool = False
    """Whether its heading is complete: the line about the chat, which ends it, has been read."""
    cards: list[Card] = field(default_factory=list)
    unassigned: list[Line] = field(default_factory=list)
    """Lines below the heading of a session in which no card has begun."""
    _labels_sought: int = 2
    _has_label: bool = False

    def has_label(self) -> bool:
        """Return whether a line of the heading, below the first two, begins like those below title and room."""
        self._has_label |= any(line.startswith(LABELS) for _, line in self.heading[self._labels_sought :])
        self._labels_sought = max(2, len(self.heading))
        return self._has_label


class PageDivider:
    """Divides the lines of a page; after `divide`, `buttons` holds the numbers of the lines that are only buttons."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._lines = page.lines
        self._index = 0
        self._block = SessionBlock([])
        self._card: Card | None = None
        self._is_timed = False  # whether the cards of this session begin with time lines
        self.buttons: list[int] = []

    def divide(self) -> list[SessionBlock]:
        """Return the sessions of the page, without the lines above the first."""
        chats = [part.line_start for part in self._page.boilerplate if self._lines[part.line_start - 1].strip() == CHAT]
        blocks: list[SessionBlock] = []
        below_time: list[Line] | None = None
        for index, item in enumerate(self._page.body):
            number, line = item
            # Most lines of a page are those of abstracts: they need none of the tests below.
            if below_time is not None and (len(line) > MAX_TITLE_LINE_LENGTH or _is_running_text(line, below_time)):
                below_time.append(item)
                continue
            self._index = index
            while chats and chats[0] < number:
                chats.pop(0)
                self._block.is_headed = True
            if line in SESSIONS and (not blocks or self._is_heading(number)):
                self._block, self._card, self._is_timed = SessionBlock([item]), None, False
                blocks.append(self._block)
            elif blocks:
                self._add_line(number, line)
            below_time = self._card.lines if self._card is not None and self._is_timed else None
        for block in blocks:
            # Only now is it certain that no line of it marks the beginning of a card.
            if not block.cards:
                block.cards = _cards_above_bylines(block.unassigned)
        return blocks

    def _add_line(self, number: int, line: str) -> None:
        """Add a line below a heading to the part it belongs to."""
        if line[:3] in WEEKDAYS or ":" in line:
            printed = parse_time(line) if line[:3] in WEEKDAYS else None
            if printed or self._is_unreadable(number, line):
                self._add_time((number, line), printed)
                return
        if not self._add_part(number, line):
            self._add_text(number, line)

    def _add_time(self, item: Line, printed: PrintedTime | None) -> None:
        card, block = self._card, self._block
        # A time in the heading is that of the session, a time below it that of a slot.
        if printed and not block.cards and not block.is_headed and self._is_above_label(item[0]):
            block.time, block.time_line = printed, item
            return
        if card is None or card.time_line is not None or not card.awaits_title:
            card = self._begin_card()
        card.time, card.time_line = printed, item
        card.parts.append(item)
        self._is_timed = self._is_timed or len(block.cards) == 1

    def _add_part(self, number: int, line: str) -> bool:
        """Read a line that is a small part of a card; return False for any other line."""
        card = self._card
        awaits_title = card is not None and card.awaits_title
        if "#" in line and (place := poster_place(line)):
            room, poster_number = place
            if room is not None and not (awaits_title and looks_like_room(room)):
                return False
            card = self._card_lacking("number")
            card.number = poster_number
            card.add_room(room)
            card.parts.append((number, line))
            return True
        if line[0] == "[" or "](" in line:
            return self._add_buttons(number, line)
        if self._is_award(line, awaits_title):
            card = self._card_lacking("award")
            card.award = line
            card.parts.append((number, line))
            return True
        return False

    def _is_award(self, line: str, awaits_title: bool) -> bool:
        if not is_award(line) or line.lower() in KINDS:
            return False
        return (awaits_title or self._may_begin_card) and self._is_above_title(awaits_title)

    def _add_buttons(self, number: int, line: str) -> bool:
        """Read a room in brackets or a line of buttons; return False for any other line."""
        card = self._card
        if card is not None and (room := find_bracketed_room(line)):
            card.add_room(room)
            card.parts.append((number, line))
            return True
        found = read_buttons(line)
        if found is None or (found.rest and (card is not None or not parse_time(found.rest))):
            return False
        # "[ Visit Oral 1A ] Wed 24 Jul 4:30 p.m." in a heading prints the time of the session after its buttons.
        if found.rest:
            self._block.time, self._block.time_line = parse_time(found.rest), (number, found.rest)
        if card is not None:
            card.links += found.links
        self.buttons.append(number)
        return True

    def _add_text(self, number: int, line: str) -> None:
        """Add a line of running text to the card, or begin a card with it."""
        card = self._card
        if (card is None or not card.awaits_title) and self._begins_card(number, line) and self._may_begin_card:
            card = self._begin_card()
        if card is not None:
            card.lines.append((number, line))
        elif self._block.is_headed:
            self._block.unassigned.append((number, line))
        else:
            self._block.heading.append((number, line))

    @property
    def _may_begin_card(self) -> bool:
        """Whether cards may begin without a time line here: below a heading, as long as none has one."""
        block = self._block
        if block.cards:
            return not self._is_timed
        return block.is_headed or block.has_label()

    def _begins_card(self, number: int, line: str) -> bool:
        """Return whether a line of text begins a card: with its kind, or with a title that is a heading."""
        if line.lower() in KINDS:
            return self._is_above_title(awaits_title=False)
        if number not in self._page.headings or line.startswith(LABELS):
            return False
        # A title that wraps is several headings in a row; a heading right below a kind is the title of that card.
        above = self._card.lines if self._card else []
        if above and above[-1][0] not in self._page.headings:
            return len(above) > 1 or len(above[0][1]) > MAX_KIND_LENGTH
        return not above or above[-1][0] != number - 1

    def _begin_card(self) -> Card:
        self._card = Card([], [], self._page.has_links)
        self._block.cards.append(self._card)
        return self._card

    def _card_lacking(self, part: str) -> Card:
        """Return the current card if its title is still to come and this part is missing, else a new card."""
        card = self._card
        return card if card is not None and card.awaits_title and getattr(card, part) is None else self._begin_card()

    def _is_above_title(self, awaits_title: bool) -> bool:
        """Return whether a title can follow; inside a card, only a poster number or a title above a byline shows it."""
        following = [line for _, line in self._page.body[self._index + 1 : self._index + 3]]
        if not following or is_separated(following[0]):
            return False
        return awaits_title or poster_place(following[0]) is not None or is_separated(following[-1])

    def _is_above_label(self, number: int) -> bool:
        below = next((text.strip() for text in self._lines[number:] if text.strip()), "")
        return below.startswith(LABELS) or poster_place(below) is not None

    def _is_unreadable(self, number: int, line: str) -> bool:
        """Return whether a line must be a time line, although its time cannot be read."""
        if line[:3] in WEEKDAYS:
            return _UNREADABLE_TIME.fullmatch(line) is not None
        if len(line) > MAX_TIME_LENGTH or _CLOCK_RANGE.search(line) is None:
            return False
        # "10:00 - 11:00" may occur in an abstract too: it is the time of a slot only above a kind.
        below = next((text.strip() for text in self._lines[number:] if text.strip()), "")
        return below.lower() in KINDS

    def _is_heading(self, number: int) -> bool:
        """Return whether `Session` begins another session of the page, rather than being a line of an abstract."""
        return any(
            line.strip().startswith((CHAT, "Moderator", "Abstract:"))
            for line in self._lines[number : number + MAX_HEADING_LINES]
        )


def _is_running_text(line: str, above: list[Line]) -> bool:
    """Return whether a line of a card is neither a time line nor a small part; `above` are the lines of the card."""
    if line[:3] in WEEKDAYS or ":" in line or "#" in line or "[" in line or line in SESSIONS:
        return False
    return len(above) > 1 or line.lower() in KINDS or (bool(above) and not is_award(line))


def _cards_above_bylines(lines: list[Line]) -> list[Card]:
    """Divide lines without time, number or heading: a card begins with the short lines above a byline."""
    starts: list[int] = []
    index = 1
    while index < len(lines):
        if not is_separated(lines[index][1]):
            index += 1
            continue
        start = index - 1
        while start > 0 and index - start < MAX_TITLE_LINES and _may_continue(lines[start - 1], lines[start]):
            start -= 1
        starts.append(start)
        index = find_byline_end(lines, index) + 1
    ends = [*starts[1:], len(lines)] if starts else []
    return [Card([], lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _may_continue(above: Line, line: Line) -> bool:
    """Return whether a line can be the first of two lines of a title."""
    return above[0] == line[0] - 1 and len(above[1]) <= MAX_TITLE_LINE_LENGTH and above[1][-1] not in ".!?"
