"""The lines of a page that lists events (a day, a kind or the whole calendar), without what surrounds them.

Some text browsers mark what they write: `L157:` before each line, several of which may be in one line, and `cite36†`
before each link. These marks are stripped first, and every line keeps the number it has in the document.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from programme.loaders.documents import Document
from programme.loaders.formats.virtual_site.parsing.markdown import strip_markup
from programme.loaders.formats.virtual_site.parsing.page_frame import (
    BOILERPLATE,
    MENU_STARTS,
    SESSION,
    plain_lines,
    read_page,
)
from programme.loaders.records import Boilerplate, Problem, StatedEdition
from programme.loaders.text.html import parse_html, text_of
from programme.loaders.text.lines import Line
from programme.loaders.text.zones import UNKNOWN_ZONE, find_zone, stated_zone
from programme.patterns import lazy_pattern

MAX_TOP_LINES = 1500
"""How many lines of a page are looked at to recognise it; menus and filters may take hundreds."""

MAX_SESSION_LINES = 60
"""How many lines are searched for the one that begins the page of a session."""

LIST_HEADINGS = {
    **{f"{kind}s": kind for kind in ("oral", "spotlight", "poster", "workshop", "tutorial", "keynote", "social")},
    **{f"{kind}s": kind for kind in ("invited talk", "spotlight poster", "affinity workshop", "affinity event")},
    **{f"{kind}s": kind for kind in ("competition", "demonstration", "expo talk panel", "oral presentation")},
    **{f"{kind} papers": kind for kind in ("oral", "spotlight", "poster")},
    **dict.fromkeys(("papers", "accepted papers", "all papers", "paper list"), ""),
}
"""Headings of lists of events, in lower case, and the kind of their entries; empty for papers of any kind."""

MAX_LIST_HEADING_LENGTH = max(map(len, LIST_HEADINGS))

MIN_LINE_MARKS = 3
"""Fewer lines that begin with a mark are a coincidence: a norm may be called `L2:`."""

MAX_MARK_GAP = 3
"""How far apart the numbers of two marks in one line may be; further apart, the second is part of the text."""

_EVENT_URL = lazy_pattern(r"/virtual/20\d\d/([a-z][a-z-]*)/\d+/?$")
_LINE_START = lazy_pattern(r"^L\d{1,6}:(?:[ \t]|$)", re.MULTILINE)
_LINE_MARK = lazy_pattern(r"(?:^|(?<=[ \t]))L(\d{1,6}):(?:[ \t]|$)")
_LINK_MARK = lazy_pattern(r"[\ue000-\uf8ff]*cite[\ue000-\uf8ff]*\d+†[ \t]?|(?<=\S)[ \t]*†[\w-]+(?:\.[\w-]+)+")
_BRACKETED = lazy_pattern(r"【\d+†([^】†]*)(?:†[^】]*)?】")


class ProgrammePage(NamedTuple):
    """The lines of a page that are not blank, which of them are headings, the boilerplate, and the stated edition.

    Several lines have the same number where a text browser wrote them in one line.
    """

    body: list[Line]
    headings: frozenset[int]
    boilerplate: list[Boilerplate]
    edition: StatedEdition | None


def read_programme(document: Document, begins: Callable[[str], bool]) -> ProgrammePage:
    """Read the page of a document; below the first line for which `begins` holds, only known boilerplate is left out.

    Raises MalformedDocument.
    """
    bare, numbers = _without_marks(document)
    page = read_page(bare)
    start = next((number for number, line in page.body if begins(line)), None)
    body, boilerplate = page.body, page.boilerplate
    if start is not None:
        kept, boilerplate = _split_boilerplate(boilerplate, plain_lines(bare).lines, start)
        body = sorted([*body, *kept]) if kept else body
    if not numbers:
        return ProgrammePage(body, page.headings, boilerplate, page.edition)
    placed = [(numbers[number - 1], line) for number, line in body]
    claimed = {number for number, _ in placed}
    surrounding = [Boilerplate(number, number) for number in sorted(set(numbers) - claimed)]
    return ProgrammePage(placed, frozenset(), surrounding, page.edition)


def _split_boilerplate(
    boilerplate: list[Boilerplate], lines: list[str], start: int
) -> tuple[list[Line], list[Boilerplate]]:
    """Return the lines that looked like boilerplate but belong to the programme, and the others.

    A title may read like an entry of a menu: "Main Conference". The programme ends where the footer of the site or
    another menu begins.
    """
    at = bisect_right([piece.line_start for piece in boilerplate], start)
    kept: list[Line] = []
    rest = boilerplate[:at]
    is_over = False
    for piece in boilerplate[at:]:
        line = lines[piece.line_start - 1].strip()
        is_over = is_over or line in MENU_STARTS or "uses cookies" in line or "Logo above" in line
        if is_over or not line or line in BOILERPLATE:
            rest.append(piece)
        else:
            kept.append((piece.line_start, line))
    return kept, rest


def is_session_page(head: str) -> bool:
    r"""Return whether a line near the top of a text begins the page of a session.

    It is asked of every document that is ingested, so it has to be fast.

    >>> is_session_page("Skip to main content\n\nSession\n\nTrees\n"), is_session_page("Session: Trees\n")
    (True, False)
    """
    return "Session" in head and any(
        line.strip(" \t\r#*") == SESSION for line in head.split("\n", MAX_SESSION_LINES)[:MAX_SESSION_LINES]
    )


def top_lines(document: Document) -> list[str]:
    """Return the first lines of a page, without the commonest markup at their start and end.

    For a document too large to be held in memory, return none. Raises MalformedDocument.
    """
    if document.opener is not None:
        return []
    lines = (
        document.lines[:MAX_TOP_LINES] if document.is_html else document.head.split("\n", MAX_TOP_LINES)[:MAX_TOP_LINES]
    )
    if any(line.startswith("L") and line[1:2].isdigit() for line in lines):
        lines = [piece for line in lines for piece in _strip_marks(line)]
    return [line.strip(" \t\r#*|") for line in lines]


def read_zone(number: int, line: str) -> tuple[str | None, Boilerplate | Problem] | None:
    """Return the zone that a line states for all times of a page, and the record that claims the line; else None."""
    printed = stated_zone(line)
    if printed is None:
        return None
    zone = find_zone(printed)
    return zone, Boilerplate(number, number) if zone else Problem(number, line, UNKNOWN_ZONE)


def is_list_heading(line: str) -> bool:
    """Return whether a line is the heading of a list of events.

    >>> is_list_heading("Orals"), is_list_heading("Oral")
    (True, False)
    """
    return len(line) <= MAX_LIST_HEADING_LENGTH and line.lower() in LIST_HEADINGS


def _has_line_marks(text: str) -> bool:
    r"""Return whether lines of a page begin with marks such as `L157:`.

    >>> _has_line_marks("L1: One\nL2: \nL3: Two  L4: "), _has_line_marks("L2: a norm\nL3: another\n")
    (True, False)
    """
    return "L" in text and sum(1 for _ in islice(_LINE_START.finditer(text), MIN_LINE_MARKS)) == MIN_LINE_MARKS


def _strip_marks(line: str) -> list[str]:
    """Return the lines that a text browser wrote in one line, without its marks.

    >>> _strip_marks("L157: cite36†Schedule cite48†Thu  L158: "), _strip_marks("L9: cite1†Posts †blog.example.org")
    (['Schedule Thu  ', ''], ['Posts'])
    """
    pieces: list[str] = []
    begin, above = 0, None
    for mark in _LINE_MARK.finditer(line):
        number = int(mark[1])
        if above is None or above < number <= above + MAX_MARK_GAP:
            pieces.append(line[begin : mark.start()])
            begin, above = mark.end(), number
    pieces.append(line[begin:])
    if len(pieces) > 1 and not pieces[0].strip():
        pieces = pieces[1:]
    return [_BRACKETED.sub(r"\1", _LINK_MARK.sub("", piece)) for piece in pieces]


def _without_marks(document: Document) -> tuple[Document, list[int]]:
    """Return a document without marks, and for each of its lines the number of the original line.

    A document that has no marks comes back as it is, with an empty list. Raises MalformedDocument.
    """
    if document.is_html or not _has_line_marks(document.text):
        return document, []
    lines: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(document.lines, 1):
        for piece in _strip_marks(line):
            lines.append(piece)
            numbers.append(number)
    return Document.of(document.uri, "\n".join(lines).encode()), numbers


def linked_kinds(document: Document) -> dict[int, str]:
    """Return the kind of event that each line links to, by the number of the line: `/virtual/2024/poster/12345`.

    Lines with other text beside the link are left out, since they are not titles.

    Raises MalformedDocument.
    """
    if "/virtual/20" not in document.text:
        return {}
    if document.is_html:
        return _linked_kinds_of_html(document)
    found: dict[int, str] = {}
    for number, line in enumerate(document.lines, 1):
        if "](" in line and (kind := _linked_kind(line)):
            found[number] = kind
    return found


def _linked_kind(line: str) -> str | None:
    r"""Return the kind of event that a line of Markdown links to, when the link is all of it.

    >>> _linked_kind("* [Trees for All](/virtual/2024/poster/12345)"), _linked_kind("See [it](/virtual/2024/poster/1)!")
    ('poster', None)
    """
    text, urls = strip_markup(line)
    if len(urls) != 1 or strip_markup(line[line.index("[") : line.rindex(")") + 1])[0] != text:
        return None
    found = _EVENT_URL.search(urls[0])
    return found[1] if found else None


def _linked_kinds_of_html(document: Document) -> dict[int, str]:
    """Return the same for a saved web page, whose lines have lost the URLs within the site."""
    kinds: dict[str, str] = {}
    for link in parse_html(document.text).css("a[href*='/virtual/20']"):
        found = _EVENT_URL.search(link.attributes.get("href") or "")
        if found and (text := " ".join(text_of(link).split())):
            kinds[text] = found[1]
    return {number: kinds[line.strip()] for number, line in enumerate(document.lines, 1) if line.strip() in kinds}
