"""The lines of a page that lists events, without what surrounds them, whatever it was saved as."""

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from programme.loaders.documents import Document
from programme.loaders.formats.virtual_site.parsing.page_frame import (
    BOILERPLATE,
    MENU_STARTS,
    SESSION,
    plain,
    read_page,
)
from programme.loaders.records import Boilerplate, Problem, StatedEdition
from programme.loaders.text.lines import Line
from programme.loaders.text.zones import find_zone, stated_zone

TOP_LINES = 1500
"""Lines in which a page shows what it is."""

SESSION_LINES = 60
"""Lines in which the page of a session shows that it is one."""


class ProgrammePage(NamedTuple):
    """The lines of a page that are not blank, those of them dressed as headings, what is boilerplate, and the edition.

    Several lines may have one number where a tool wrote them in one line.
    """

    body: list[Line]
    headings: frozenset[int]
    boilerplate: list[Boilerplate]
    edition: StatedEdition | None


def read_programme(document: Document, begins: Callable[[str], bool]) -> ProgrammePage:
    """Read the page of a document; below the first line that `begins` it, only known boilerplate is taken out.

    Raises MalformedDocument.
    """
    from programme.loaders.formats.virtual_site.parsing.tool_marks import without_marks

    bare, numbers = without_marks(document)
    page = read_page(bare)
    start = next((number for number, line in page.body if begins(line)), None)
    body, boilerplate = page.body, page.boilerplate
    if start is not None:
        kept, boilerplate = _parted(boilerplate, plain(bare).lines, start)
        body = sorted([*body, *kept]) if kept else body
    if not numbers:
        return ProgrammePage(body, page.headings, boilerplate, page.edition)
    placed = [(numbers[number - 1], line) for number, line in body]
    claimed = {number for number, _ in placed}
    surrounding = [Boilerplate(number, number) for number in sorted(set(numbers) - claimed)]
    return ProgrammePage(placed, frozenset(), surrounding, page.edition)


def _parted(boilerplate: list[Boilerplate], lines: list[str], start: int) -> tuple[list[Line], list[Boilerplate]]:
    """Separate lines of the programme from boilerplate: a title may read like a menu entry.

    The programme ends where the foot of the site or another menu begins.
    """
    at = bisect_right([piece.line_start for piece in boilerplate], start)
    kept: list[Line] = []
    left = boilerplate[:at]
    is_over = False
    for piece in boilerplate[at:]:
        line = lines[piece.line_start - 1].strip()
        is_over = is_over or line in MENU_STARTS or "uses cookies" in line or "Logo above" in line
        if is_over or not line or line in BOILERPLATE:
            left.append(piece)
        else:
            kept.append((piece.line_start, line))
    return kept, left


def is_session_page(head: str) -> bool:
    r"""Return whether the first lines of a text hold the one that begins the page of a session; quick.

    >>> is_session_page("Skip to main content\n\nSession\n\nTrees\n"), is_session_page("Session: Trees\n")
    (True, False)
    """
    return "Session" in head and any(
        line.strip(" \t\r#*") == SESSION for line in head.split("\n", SESSION_LINES)[:SESSION_LINES]
    )


def top_lines(document: Document) -> list[str]:
    """Return the first lines of a page, without the commonest dress of their beginnings and ends.

    What is too large to be held has none. Raises MalformedDocument.
    """
    if document.opener is not None:
        return []
    lines = document.lines[:TOP_LINES] if document.is_html else document.head.split("\n", TOP_LINES)[:TOP_LINES]
    if any(line.startswith("L") and line[1:2].isdigit() for line in lines):
        from programme.loaders.formats.virtual_site.parsing.tool_marks import unmarked

        lines = [piece for line in lines for piece in unmarked(line)]
    return [line.strip(" \t\r#*|") for line in lines]


def read_zone(number: int, line: str) -> tuple[str | None, Boilerplate | Problem] | None:
    """Return the zone that a line states for all times of a page and what claims the line; None for any other line."""
    printed = stated_zone(line)
    if printed is None:
        return None
    zone = find_zone(printed)
    problem = "no time zone of this name is known; times of this page have none"
    return zone, Boilerplate(number, number) if zone else Problem(number, line, problem)
