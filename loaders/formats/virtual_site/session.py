"""The session page of a virtual conference site; ICML, NeurIPS, ICLR, MLSys and others share it.

Reads:

- A heading: `Session`, title, room, `Moderator:`, `Abstract:`.
- Slots: a line with day and time, a kind, a title, a byline and an abstract. Parts may be missing, wrap over lines, or
  follow each other without a blank line.
- On pages of poster sessions, the number of each poster (`#36`) and its awards instead of a time; where the session
  itself prints a time, its slots have that one.
- The links of the buttons (`[ OpenReview ]`, `[Project Page](…)`), where the page was saved with its links.

Pages may be saved as copied text, as Markdown or as HTML, with or without the site's menus.

Ignores: the menus and footer of the site.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.card_parts import poster_place
from programme.loaders.formats.virtual_site.parsing.page_frame import (
    BOILERPLATE,
    SESSION,
    SESSIONS,
    WEEKDAYS,
    may_be_page,
    plain_lines,
)
from programme.loaders.records import Hints, Record
from programme.loaders.text.times import parse_time

NAME = "virtual-session"
DESCRIPTION = "A session page of a virtual conference site (ICML, NeurIPS, ICLR, MLSys), as text, Markdown or HTML."
YIELDS = "one session with its slots and papers"
EXAMPLE = "icml2021_graph_learning.txt"
VERSION = 1

LINES_TO_HEADING = 400
"""How many lines are searched for the heading, which may be below menus."""

LINES_BELOW_HEADING = 50
"""How many lines from the heading on are searched for a time line or a poster number."""


def sniff(document: Document) -> Sniff:
    """Look for the heading, and below it for a time line or the number of a poster."""
    if not (document.is_html or any(word in document.head for word in SESSIONS)) or not may_be_page(document):
        return Sniff(0.0, f"no line {SESSION!r}")
    lines = plain_lines(document).lines[:LINES_TO_HEADING]
    begin = next((index for index, line in enumerate(lines) if line.strip() in SESSIONS), None)
    if begin is None:
        is_of_site = any(line.strip() in BOILERPLATE for line in lines)
        return Sniff(0.1 if is_of_site else 0.0, f"no line {SESSION!r} near the top")
    end = begin + LINES_BELOW_HEADING
    for line in map(str.strip, lines[begin:end]):
        if line[:3] in WEEKDAYS and parse_time(line) is not None:
            return Sniff(0.9, f"{SESSION!r} and a time line")
        if line[:1] == "#" and poster_place(line):
            return Sniff(0.9, f"{SESSION!r} and the number of a poster")
    is_of_site = any(line.strip() in BOILERPLATE or line.strip() == "Abstract:" for line in lines[:end])
    return Sniff(0.6 if is_of_site else 0.3, "no time line like 'Tue 20 July 7:00 - 7:20 PDT' near the top")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each session with its slots, the page boilerplate, and a problem for each line that fits no part."""
    from programme.loaders.formats.virtual_site.parsing.session import read_sessions

    return read_sessions(document)
