"""Separate a page of the virtual sites from the menus above it and the footer below it, and strip its markup.

Pages are saved as copied text, as Markdown or as HTML, with or without the site's menus. Every page format reads the
lines that remain here, which keep the numbers they have in the document.
"""

import re
from itertools import pairwise
from math import inf
from typing import NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.virtual_site.parsing.markdown import PlainLines, is_markdown, strip_page_markup
from programme.loaders.records import Boilerplate, StatedEdition
from programme.loaders.text.editions import venue_slug
from programme.loaders.text.kinds import printed_kind
from programme.loaders.text.lines import Line
from programme.patterns import lazy_pattern

CHAT = "Chat is not available."
"""The line that ends the heading of a session."""

BOILERPLATE = frozenset(
    {
        CHAT,
        "Skip to yearly menu bar Skip to main content",
        "Skip to yearly menu bar",
        "Skip to main content",
        "Main Navigation",
        "Toggle navigation",
        "Successful Page Load",
        "Log in and register to view live content",
        "Do not remove: This comment is monitored to verify that the site is working properly",
    }
)

WEEKDAYS = frozenset("Mon Tue Wed Thu Fri Sat Sun MON TUE WED THU FRI SAT SUN".split())  # noqa: SIM905
"""The first three letters of a line with day and time."""

SESSION = "Session"
"""The line that begins the page of a session."""

SESSIONS = frozenset({SESSION, SESSION.upper()})
"""Some tools write it in capitals, as the site's style sheet displays it."""

MAX_MENU_ENTRY_LENGTH = 60
MAX_FOOTER_LINE_LENGTH = 240
"""Longer lines are text of the page."""

MAX_MENU_LENGTH = 400
"""How many lines a menu may take."""

MENU_STARTS = frozenset({"Main Navigation", "Toggle navigation", "My Stuff"})
MENU = frozenset(
    """
    about|accepted papers|affinity events|affinity workshops|all events|awards|bookmarking/agenda
    |call for papers|careers|code of conduct|code of ethics|community|competitions|conference_logo|contact
    |create profile|datasets & benchmarks|diversity & inclusion|downloads|exhibitor information|exhibitors
    |expo|faq|future meetings|getting started|help|help/faq|helpdesk|inclusion|invited talks
    |journal to conference track|journal track posters|keynotes|login|logout|main conference|mentorship
    |my stuff|orals|organizers|papers|paper awards|position paper posters|posters|press|privacy policy
    |proceedings|recordings|reset password|schedule|search|sessions|socials|sponsor hall|sponsors
    |spotlight posters|spotlights|test of time award|town hall|tutorials|visualization|volunteers|workshops
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""Entries of the sites' menus, in lower case."""

_JSON_XML_OR_BIBTEX = lazy_pattern(r"\ufeff?\s*(?:\{|\[\s*[\[{\"\]]|<\?xml|@\w+\s*[{(])")
_WHOLE_LINES = BOILERPLATE | MENU_STARTS
# The venues whose sites share these pages.
_VENUE = r"(ICML|NeurIPS|NIPS|ICLR|MLSys|AISTATS|COLM|CVPR|ICCV|ECCV)"
# What the window title of a page may name: "ICML 2025 Poster Trees for All".
_KIND_NAMES = r"(?:Poster|Oral|Spotlight|Session|Workshop|Tutorial|Invited Talk|Keynote|Social|Talk|Expo\b)"
_PAGE_TITLE = lazy_pattern(rf"(?:Title: )?{_VENUE}(?: (20\d\d))?(?: {_KIND_NAMES}\b.*)?")
_SELECT_YEAR = lazy_pattern(r"Select Year:\s*\(?(20\d\d)\)?")
_COOKIES = lazy_pattern(rf"{_VENUE} uses cookies for essential functions only")
_FOOTER = lazy_pattern(r"\w+ uses cookies for essential functions only|The \w+ Logo above may be used on presentations")
# Lines that readers for language models and archives write above a page.
_SOURCE = lazy_pattern(
    r"(?:- )?(?:URL Source|URL|Source|Page Title|Published Time|Markdown Content|Fetched via|Captured \(UTC\))\s*:.*"
)
_PAGE_URL = lazy_pattern(r"https?://(icml|neurips|nips|iclr|mlsys)\.(?:cc|org)/virtual/(20\d\d)/")


class Page(NamedTuple):
    """A page without what surrounds it: `body` holds its lines that are not blank, `lines` all lines of the document.

    `headings` are the numbers of the lines marked as headings. `edition` is the venue and the year that the menus and
    the footer state, when they state both; `venue` is the slug alone. `has_links` says whether lines may hold links as
    `[text](URL)`.
    """

    lines: list[str]
    body: list[Line]
    headings: frozenset[int]
    boilerplate: list[Boilerplate]
    edition: StatedEdition | None
    has_links: bool
    venue: str | None


def plain_lines(document: Document) -> PlainLines:
    """Return the lines of a document as a browser copies them, whatever it was saved as; raises MalformedDocument."""
    if document.is_html or not is_markdown(document.lines):
        return PlainLines(document.lines, frozenset())
    return strip_page_markup("\n".join(document.lines))


def read_page(document: Document) -> Page:
    """Separate the lines of a page from what surrounds it; raises MalformedDocument."""
    lines, headings = plain_lines(document)
    frame = _Frame(lines)
    body: list[Line] = []
    boilerplate: list[Boilerplate] = []
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line:
            continue
        # Most lines are text of the page, as their length or a few words show, without asking the frame.
        if number > frame.clear_after and (
            len(line) > MAX_FOOTER_LINE_LENGTH or not (line in _WHOLE_LINES or " cookies " in line or " Logo " in line)
        ):
            body.append((number, line))
        elif frame.holds(number, line):
            boilerplate.append(Boilerplate(number, number))
        else:
            body.append((number, line))
    if lines is not document.lines:  # lines that were nothing but markup are boilerplate
        pairs = enumerate(zip(lines, document.lines, strict=True), 1)
        boilerplate += [
            Boilerplate(number, number) for number, (line, raw) in pairs if not line.strip() and raw.strip()
        ]
        boilerplate.sort()
    has_links = document.is_html or ("[" in document.text and "](" in document.text)
    return Page(lines, body, headings, boilerplate, frame.edition, has_links, frame.venue)


def may_be_page(document: Document) -> bool:
    """Return whether a document can be a page at all: text that can be decoded, and neither JSON, XML nor BibTeX."""
    if document.opener is not None or _JSON_XML_OR_BIBTEX.match(document.head):
        return False
    try:
        return bool(document.lines)
    except MalformedDocument:
        return False


def starts_page(line: str) -> bool:
    """Return whether the page of a session or event may begin with this line.

    >>> starts_page("Session"), starts_page("POSTER"), starts_page("Posters")
    (True, True, False)
    """
    return line in SESSIONS or printed_kind(line) is not None


class _Frame:
    """Recognises the lines that surround a page; they are given to it in their order.

    Lines after `clear_after` belong to the page unless they look like boilerplate; in menus and footers it is infinite.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.clear_after = inf
        self._menu_end = 0  # the last line of the menu read last
        self._in_footer = False
        self._is_inside = False  # whether the page itself has begun
        self._venue: str | None = None
        self._year: int | None = None

    @property
    def venue(self) -> str | None:
        return venue_slug(self._venue) if self._venue else None

    @property
    def edition(self) -> StatedEdition | None:
        return StatedEdition(self.venue, self._year) if self.venue and self._year else None

    def holds(self, number: int, line: str) -> bool:
        """Return whether a line surrounds the page; has to see each line up to `clear_after`."""
        is_held = self._holds(number, line)
        self.clear_after = self._menu_end if self._is_inside and not self._in_footer else inf
        return is_held

    def _holds(self, number: int, line: str) -> bool:
        if line in _WHOLE_LINES:
            self._in_footer = False  # a menu below a footer: another page follows in the same document
            if line in MENU_STARTS and number > self._menu_end:
                self._menu_end = self._end_of_menu(number)
            return True
        if number <= self._menu_end and len(line) <= MAX_MENU_ENTRY_LENGTH:
            self._note(_SELECT_YEAR.search(line))
            return True
        if "uses cookies" in line or "Logo above" in line:
            self._in_footer |= _FOOTER.search(line) is not None
            self._note(_COOKIES.search(line))
        if not self._is_inside:
            return self._is_preamble(line)
        return self._in_footer and len(line) <= MAX_FOOTER_LINE_LENGTH

    def _is_preamble(self, line: str) -> bool:
        """Return whether a line above the page is the window title, or what a tool wrote about the page."""
        if starts_page(line):
            self._is_inside = True
            return False
        if title := _PAGE_TITLE.fullmatch(line):
            self._note(title)
            return True
        self._note(_PAGE_URL.search(line))
        return self._in_footer or _SOURCE.fullmatch(line) is not None

    def _note(self, stated: re.Match[str] | None) -> None:
        """Keep the venue and the year that a line states; the first line to state one counts."""
        for value in stated.groups() if stated else ():
            if value and value.isdigit():
                self._year = self._year or int(value)
            elif value:
                self._venue = self._venue or value

    def _end_of_menu(self, number: int) -> int:
        """Return the last line of the menu that begins at a line: just above the page, else the last known entry."""
        end = number
        below = [
            (at, self._lines[at - 1].strip())
            for at in range(number, min(number + MAX_MENU_LENGTH, len(self._lines)) + 1)
        ]
        entries = [(at, line) for at, line in below if line]
        for (at, line), (_, following) in pairwise(entries):
            # "Tutorial" or "Workshop" may be an entry of the menu too: then another entry or a year follows.
            if starts_page(line) and following.lower() not in MENU and not following.isdigit():
                return at - 1
            if line.lower() in MENU or line in MENU_STARTS:
                end = at
        return end
