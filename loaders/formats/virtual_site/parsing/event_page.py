"""Read the page of a single event from top to bottom, and decide what each of its lines is."""

import re
from dataclasses import dataclass, field

from programme.loaders.formats.virtual_site.parsing.card_parts import (
    begins_like_room,
    find_bracketed_room,
    is_award,
    looks_like_room,
    poster_place,
    read_buttons,
)
from programme.loaders.formats.virtual_site.parsing.markdown import Link, split_links
from programme.loaders.formats.virtual_site.parsing.page_frame import SESSIONS
from programme.loaders.records import PrintedTime
from programme.loaders.text.kinds import PrintedKind, printed_kind
from programme.loaders.text.lines import (
    MAX_TITLE_LINE_LENGTH,
    Line,
    find_byline_end,
    find_title_end,
    is_byline,
    join,
)
from programme.loaders.text.times import parse_time
from programme.loaders.text.zones import find_zone, stated_zone
from programme.patterns import lazy_pattern

ABSTRACT = "abstract"
SCHEDULE = "schedule"

IN_ONE_LINE = frozenset({"keywords", "primary area", "topic", "tl;dr", "tldr"})
"""Labels whose text ends on their own line; what follows is not part of it."""

MAX_ROOM_LENGTH = 80

MAX_LINES_ABOVE_KIND = 12
"""How many lines may be above the kind, left over from menus."""

_LABEL = lazy_pattern(
    r"(abstract|lay summary|tl;?dr|keywords|primary area|topic|schedule|bio|biography|speaker bio)\s*(?::\s*(.*))?",
    re.IGNORECASE | re.DOTALL,
)
# "2025 Poster", "ICML 2025 Spotlight Poster"
YEAR_AND_KIND = lazy_pattern(r"(?:[A-Z][A-Za-z]+ )?(20\d\d) ([A-Z][\w&/ -]{2,40})")
# "Visit Poster at Spot C0 in Virtual World"
_SPOT = lazy_pattern(r"poster at spot (\S+)(?: in .*)?", re.IGNORECASE)
# "Wed Jul 21 09:00 AM -- 11:00 AM PDT @ Hall F #12", or the same before "(Bookmark)"
_AT_ROOM = lazy_pattern(r"(.+?)(?:\s+@\s+(.+?)(?:\s#\w+)?|\s+\(?bookmark\)?)", re.IGNORECASE)
_BOILERPLATE = frozenset(
    {"show more", "show less", "video", "slideslive video", "slideslive video »", "»", ">", "🔗", "login", "register"}
)


@dataclass(slots=True)
class EventPage:
    """The parts of the page of an event, the numbers of its boilerplate lines, and the lines that fit no part."""

    kind_line: Line
    printed: PrintedKind
    title: list[Line] = field(default_factory=list)
    byline: list[Line] = field(default_factory=list)
    texts: dict[str, list[Line]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    time: PrintedTime | None = None
    time_line: Line | None = None
    zone: str | None = None
    room: str | None = None
    number: str | None = None
    award: str | None = None
    session: str | None = None
    year: int | None = None
    presented_as: str | None = None
    """The kind printed after the year, below the title: `Spotlight Poster` of `2025 Spotlight Poster`."""
    boilerplate: list[int] = field(default_factory=list)
    unclaimed: list[Line] = field(default_factory=list)
    below_kind: int = 0
    """The number of the line below the kind, with which the slot of a paper begins."""
    last: int = 0
    """The number of the last line that is a part of the event."""


class EventReader:
    """Reads the lines of an event in their order, of which the first prints its kind."""

    def __init__(self, lines: list[Line], printed: PrintedKind) -> None:
        number = lines[0][0]
        below = lines[1][0] if len(lines) > 1 else number
        self.page = EventPage(lines[0], printed, session=printed.session, below_kind=below, last=number)
        self._lines = lines
        self._bare = [(at, split_links(text)[0]) for at, text in lines]  # the same lines without the URLs of links
        self._label: str | None = None
        self._has_abstract_label = any(_split_label(text)[0] == ABSTRACT for _, text in self._bare)
        if printed.time and not self._read_time(number, printed.time):
            self.page.unclaimed.append((number, printed.time))

    def read(self) -> EventPage:
        """Assign every line to a part of the page, and return the page."""
        index = 1
        while index < len(self._lines):
            index = self._read_line(index)
        return self.page

    def _read_line(self, index: int) -> int:
        """Read the line at an index with the lines that belong to it, and return the index of the next one."""
        page = self.page
        number, text = self._bare[index]
        label, value = _split_label(text)
        if label is not None:
            self._begin_text(label, number, value)
        elif self._label == SCHEDULE and (zone := stated_zone(text)):
            page.zone = find_zone(zone)
            page.boilerplate.append(number)
        elif text.lower() in _BOILERPLATE or self._read_buttons(index):
            page.boilerplate.append(number)
        elif self._label is not None:
            self._add_text(self._label, *self._lines[index])
        elif self._read_part(index):
            page.last = number
        else:
            return self._read_text(index)
        return index + 1

    def _begin_text(self, label: str, number: int, value: str) -> None:
        """Begin the text below a label; `Keywords: …` in an abstract does not end the abstract."""
        self.page.texts.setdefault(label, [])
        if value:
            self._add_text(label, number, value)
        else:
            self.page.boilerplate.append(number)
        if not value or label not in IN_ONE_LINE:
            self._label = label

    def _add_text(self, label: str, number: int, text: str) -> None:
        self.page.texts[label].append((number, text))
        self.page.last = number

    def _read_buttons(self, index: int) -> bool:
        """Read a line of buttons; return False when it is none.

        Words without brackets or links, such as `Slides`, are buttons only between the title and the texts.
        """
        page = self.page
        number, line = self._lines[index]
        is_marked = line[0] in "[]" or "](" in line
        found = read_buttons(line) if is_marked or (page.title and self._label is None) else None
        if found is None:
            return False
        page.links += found.links
        if found.visited:
            spot = _SPOT.fullmatch(found.visited)
            page.number = spot[1] if spot else page.number
            page.session = page.session if spot else found.visited
        if found.rest and not self._read_time(number, found.rest):
            page.unclaimed.append((number, found.rest))
        return True

    def _read_part(self, index: int) -> bool:
        """Read a line above the abstract that is neither title nor byline; return False when it is no such line."""
        page = self.page
        number, text = self._bare[index]
        if self._read_time(number, text):
            return True
        if year := YEAR_AND_KIND.fullmatch(text):
            page.year, page.presented_as = int(year[1]), year[2]
            page.boilerplate.append(number)
        elif zone := stated_zone(text):
            page.zone = find_zone(zone)
            page.boilerplate.append(number)
        elif (place := poster_place(text)) and page.number is None and (place[0] is None or page.room is None):
            page.room, page.number = place[0] or page.room, place[1]
        elif page.room is None and (room := find_bracketed_room(text)):
            page.room = room
        elif page.award is None and is_award(text) and self._is_above_title(index):
            page.award = text
        elif page.room is None and self._is_room(index):
            page.room = text
        else:
            return False
        return True

    def _read_time(self, number: int, text: str) -> bool:
        """Read day and time, and the room after them; return False when there is none, or one is known."""
        page = self.page
        after = _AT_ROOM.fullmatch(text)
        raw = after[1] if after else text
        # These lines have two hyphens between the hours, where all others have one dash.
        printed = parse_time(raw.replace(" -- ", " – ")) if page.time is None else None
        if printed is None or printed.day is None:
            return False
        page.time, page.time_line = printed, (number, raw)
        if after and after[2] and after[2] != "None":
            page.room = after[2]
        return True

    def _is_room(self, index: int) -> bool:
        """Return whether a line names a room: below the title, or above it where a title still follows."""
        text = self._bare[index][1]
        if len(text) > MAX_ROOM_LENGTH or not looks_like_room(text):
            return False
        if is_byline(text) and not begins_like_room(text):  # a person may be called Ada Hall
            return False
        return bool(self.page.title) or self._is_above_title(index)

    def _is_above_title(self, index: int) -> bool:
        """Return whether the title follows: a line that is neither a label nor people."""
        if self.page.title:
            return False
        following = self._bare[index + 1][1] if index + 1 < len(self._bare) else ""
        return bool(following) and _split_label(following)[0] is None and not is_byline(following)

    def _read_text(self, index: int) -> int:
        """Read title and byline; other text below them begins the abstract, unless the page labels its abstract."""
        page = self.page
        if not page.title:
            head = self._until_part(index)
            end = find_title_end(head, index)
            after = find_byline_end(head, end)
            page.title, page.byline = self._lines[index:end], head[end:after]
            page.last = head[after - 1][0]
            return after
        number, text = self._lines[index]
        if text == join(page.title):
            page.boilerplate.append(number)
        elif not page.byline and is_byline(self._bare[index][1]):
            end = find_byline_end(self._until_part(index), index)
            page.byline = self._bare[index:end]
            page.last = self._bare[end - 1][0]
            return end
        elif not self._has_abstract_label or len(text) > MAX_TITLE_LINE_LENGTH:
            self._label = ABSTRACT
            page.texts.setdefault(ABSTRACT, [])
            self._add_text(ABSTRACT, number, text)
        else:
            page.unclaimed.append((number, text))
        return index + 1

    def _until_part(self, index: int) -> list[Line]:
        """Return the lines up to the first one below an index that is a part, a label or a line of buttons."""
        for end in range(index + 1, len(self._bare)):
            text = self._bare[end][1]
            is_part = (
                _split_label(text)[0]
                or poster_place(text)
                or find_bracketed_room(text)
                or YEAR_AND_KIND.fullmatch(text)
            )
            if (
                is_part
                or begins_like_room(text)
                or parse_time(text)
                or (len(text) <= MAX_TITLE_LINE_LENGTH and read_buttons(self._lines[end][1]))
            ):
                return self._bare[:end]
        return self._bare


def find_kind(body: list[Line]) -> int | None:
    """Return the index of the line that prints the kind of an event; None on the page of a session, or without one."""
    for index, (_, line) in enumerate(body[:MAX_LINES_ABOVE_KIND]):
        if line in SESSIONS:
            return None
        if printed_kind(split_links(line)[0]) is not None:
            return index
    return None


def is_abstract_label(line: str) -> bool:
    """Return whether a line begins the abstract."""
    return line.rstrip(":") == "Abstract" or line.startswith("Abstract: ")


def _split_label(text: str) -> tuple[str | None, str]:
    """Return the label that a line begins with, in lower case, and the text after it; None for a line without one.

    >>> _split_label("Lay Summary: Trees grow."), _split_label("Abstract"), _split_label("Abstract trees")
    (('lay summary', 'Trees grow.'), ('abstract', ''), (None, ''))
    """
    found = _LABEL.fullmatch(text)
    return (found[1].lower(), found[2] or "") if found else (None, "")
