"""The day page of a virtual conference site: every event of one day.

Reads:

- A `Timezone:` line, which holds for all times below it; without one, times have no zone.
- Events, each of which begins with a heading that ends with day and time, `Workshop: Trees in AI Sat 3 Dec 07:30 a.m.`.
  The heading may wrap, its kind may be missing, and the time may be on a line of its own.
- Below a heading: people, `[ Room 314 - 315 ]` and an abstract, or only some of these. The people of an oral, spotlight
  or poster are its authors; those of any other event are the moderators of the session.

Ignores: links to videos and chats.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.page_frame import SESSION
from programme.loaders.formats.virtual_site.parsing.programme_page import is_session_page, top_lines
from programme.loaders.records import Hints, Record
from programme.loaders.text.kinds import split_kind
from programme.loaders.text.times import parse_time
from programme.loaders.text.zones import stated_zone

NAME = "virtual-day"
DESCRIPTION = "A day page of a virtual conference site (ICML, NeurIPS, ICLR, MLSys), as text, Markdown or HTML."
YIELDS = "one session for each event, with its time, room and people"
EXAMPLE = "neurips2023_day_12_14.txt"
VERSION = 1

MISSED = "no event that ends with day and time, like 'Workshop: Title Sat 3 Dec 07:30 a.m.'"
"""Why a page is not recognised as a day page."""

MAX_WEEKDAYS_CHECKED = 200
"""How many weekday names are checked for a time after them, so that a long text takes no longer than a page."""

_WEEKDAYS = (" Mon", " Tue", " Wed", " Thu", " Fri", " Sat", " Sun")


def sniff(document: Document) -> Sniff:
    """Look for headings that end with day and time, and for a line that states the zone."""
    head = document.head
    if is_session_page(head):
        return Sniff(0.0, f"a line {SESSION!r}, which begins the page of a session")
    if not (_has_timed_heading(head) or "imezone" in head or document.is_html):
        return Sniff(0.0, MISSED)
    top = top_lines(document)
    if SESSION in top:
        return Sniff(0.1, f"a line {SESSION!r}, which begins the page of a session")
    from programme.loaders.formats.virtual_site.parsing.events import split_time

    # `Date: Wed, Dec 10 at 5:00 PM` is a line of a mail, and no event called `Date:`.
    timed = [found for line in top if (found := split_time(line)) and not found[0].strip("* ").endswith(":")]
    titles = [title for title, _, _ in timed if title]
    if any(stated_zone(line) for line in top) and timed:
        return Sniff(0.95 if titles else 0.6, "a time zone, and events with day and time")
    if len(titles) > 1 or any(split_kind(title)[0] for title in titles):
        return Sniff(0.85, "events that end with day and time")
    return Sniff(0.1, MISSED)


def _has_timed_heading(text: str) -> bool:
    """Return whether some line has a title and ends with day and time.

    It is asked of every document that is ingested: searching for a few words is faster than splitting into lines.
    """
    checked = 0
    for weekday in _WEEKDAYS:
        at = text.find(weekday)
        while at >= 0 and checked < MAX_WEEKDAYS_CHECKED:
            end = text.find("\n", at)
            if parse_time(text[at + 1 : end if end >= 0 else None].rstrip(" \t\r*")) is not None:
                return True
            checked += 1
            at = text.find(weekday, at + 1)
    return False


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a session for each event, the page boilerplate, and a problem for each line that belongs to no event."""
    from programme.loaders.formats.virtual_site.parsing.day import read_day

    return read_day(document, MISSED)
