"""A list of events of one kind on a virtual conference site: its orals, spotlights, posters, papers or workshops.

An entry is a title, people, `[ Room 314 - 315 ]`, at times a day and time, and an abstract, or only some of them. It
begins with its kind in a line of its own, with a title that links to the event's page or is dressed as a heading, or
just above its people. The heading of the list, `Orals`, names the kind of entries that name none. An oral, spotlight or
poster with neither time nor room is a paper; anything else is a session with one slot, without a time where none is
printed. Where the titles were lost when the page was saved, a problem says so. Links to videos are left alone.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.page_frame import SESSION
from programme.loaders.formats.virtual_site.parsing.programme_page import is_session_page, top_lines
from programme.loaders.records import Hints, Record

NAME = "virtual-list"
DESCRIPTION = "A list of events of a virtual conference site (orals, spotlights, posters, papers, workshops)."
YIELDS = "papers, or sessions with one slot where times or rooms are printed"
EXAMPLE = "icml2022_events_oral.txt"

MISSED = "no list of events: a heading like 'Orals', then titles, people and '[ Room 314 - 315 ]'"

HEADINGS = {
    **{f"{kind}s": kind for kind in ("oral", "spotlight", "poster", "workshop", "tutorial", "keynote", "social")},
    **{f"{kind}s": kind for kind in ("invited talk", "spotlight poster", "affinity workshop", "affinity event")},
    **{f"{kind}s": kind for kind in ("competition", "demonstration", "expo talk panel", "oral presentation")},
    **{f"{kind} papers": kind for kind in ("oral", "spotlight", "poster")},
    **dict.fromkeys(("papers", "accepted papers", "all papers", "paper list"), ""),
}
"""Headings of lists, in lower case, and the kind of their entries in the singular; empty for papers of any kind."""

TOP_LINES = 200
"""Lines in which the heading of a list stands, below menus."""

MAX_HEADING_LENGTH = max(map(len, HEADINGS))


def sniff(document: Document) -> Sniff:
    """Look for the heading of a list, or for titles that link to events, and for entries."""
    head = document.head
    if is_session_page(head):
        return Sniff(0.0, f"a line {SESSION!r}, which begins the page of a session")
    if document.opener is not None or not _may_be_list(document):
        return Sniff(0.0, MISSED)
    from programme.loaders.formats.virtual_site.parsing.event_list import looked_at

    return looked_at(document)


def _may_be_list(document: Document) -> bool:
    """Whether a closer look is worth it; quick, as it is asked of every document."""
    head = document.head
    if head.lstrip()[:1] in ("{", "<") and not document.is_html:
        return False
    if "/virtual/20" in head or "\n[ " in head:
        return True
    if document.is_html:
        return any(is_heading(line) for line in top_lines(document))
    return any(is_heading(line.strip(" \t\r#*")) for line in head.split("\n", TOP_LINES)[:TOP_LINES])


def is_heading(line: str) -> bool:
    """Return whether a line is the heading of a list.

    >>> is_heading("Orals"), is_heading("Oral")
    (True, False)
    """
    return len(line) <= MAX_HEADING_LENGTH and line.lower() in HEADINGS


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a record for each entry, the page boilerplate, and a problem for each line that is part of none."""
    from programme.loaders.formats.virtual_site.parsing.event_list import records

    return records(document)
