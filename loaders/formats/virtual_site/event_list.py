"""A list of events of one kind on a virtual conference site: its orals, spotlights, posters, papers or workshops.

Reads:

- The heading, `Orals`, which is the kind of every entry that prints none.
- Entries: a title, people, `[ Room 314 - 315 ]`, sometimes day and time, and an abstract, or only some of these. An
  entry begins with its kind on a line of its own, with a title that is a heading or links to the page of the event, or
  else just above its people. If the titles were lost when the page was saved, a problem reports it.
- An oral, spotlight or poster with neither time nor room is a paper; everything else is a session with one slot, which
  has a time only if one is printed.

Ignores: links to videos.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.page_frame import SESSION
from programme.loaders.formats.virtual_site.parsing.programme_page import is_list_heading, is_session_page, top_lines
from programme.loaders.records import Hints, Record

NAME = "virtual-list"
DESCRIPTION = "A list of events of a virtual conference site (orals, spotlights, posters, papers, workshops)."
YIELDS = "papers, or sessions with one slot where times or rooms are printed"
EXAMPLE = "icml2022_events_oral.txt"
VERSION = 1

MISSED = "no list of events: a heading like 'Orals', then titles, people and '[ Room 314 - 315 ]'"
"""Why a page is not recognised as a list of events."""

MAX_LINES_ABOVE_HEADING = 200
"""Lines of menus, above the heading of a list."""


def sniff(document: Document) -> Sniff:
    """Look for the heading of a list, or for titles that link to events, and for entries."""
    head = document.head
    if is_session_page(head):
        return Sniff(0.0, f"a line {SESSION!r}, which begins the page of a session")
    if document.opener is not None or not _may_be_list(document):
        return Sniff(0.0, MISSED)
    from programme.loaders.formats.virtual_site.parsing.event_list import sniff_entries

    return sniff_entries(document, MISSED)


def _may_be_list(document: Document) -> bool:
    """Return whether a closer look is worth it.

    It is asked of every document that is ingested, so it has to be fast.
    """
    head = document.head
    if head.lstrip()[:1] in ("{", "<") and not document.is_html:
        return False
    if "/virtual/20" in head or "\n[ " in head:
        return True
    if document.is_html:
        return any(is_list_heading(line) for line in top_lines(document))
    lines = head.split("\n", MAX_LINES_ABOVE_HEADING)[:MAX_LINES_ABOVE_HEADING]
    return any(is_list_heading(line.strip(" \t\r#*")) for line in lines)


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a record for each entry, the page boilerplate, and a problem for each line that belongs to no entry."""
    from programme.loaders.formats.virtual_site.parsing.event_list import read_list

    return read_list(document, MISSED)
