"""The day page of a virtual conference site: every event of a day, below each other.

A `Timezone:` line holds for all times below it. An event begins with a heading that ends with day and time,
`Workshop: Trees in AI Sat 3 Dec 07:30 a.m.`, of which the kind before the colon may be missing; it may wrap, or the
time may stand in a line of its own. Below it stand people, `[ Room 314 - 315 ]` and an abstract, or none of them. The
people of an oral, spotlight or poster are its authors; those of any other event are kept as a session's moderators.
Where a page names no zone, times have none. Links to videos and chats are left alone.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.page_frame import SESSION
from programme.loaders.formats.virtual_site.parsing.programme_page import is_session_page, top_lines
from programme.loaders.records import Hints, Record
from programme.loaders.text.times import parse_time
from programme.loaders.text.zones import stated_zone

NAME = "virtual-day"
DESCRIPTION = "A day page of a virtual conference site (ICML, NeurIPS, ICLR, MLSys), as text, Markdown or HTML."
YIELDS = "one session for each event, with its time, room and people"
EXAMPLE = "neurips2023_day_12_14.txt"

MISSED = "no event that ends with day and time, like 'Workshop: Title Sat 3 Dec 07:30 a.m.'"

MAX_HINTS = 200
"""Names of weekdays that are looked at in a page to see whether a time follows."""

_WEEKDAYS = (" Mon", " Tue", " Wed", " Thu", " Fri", " Sat", " Sun")


def sniff(document: Document) -> Sniff:
    """Look for headings that end with day and time, and a line that states the zone."""
    head = document.head
    if is_session_page(head):
        return Sniff(0.0, f"a line {SESSION!r}, which begins the page of a session")
    if not (_ends_lines_with_times(head) or "imezone" in head or document.is_html):
        return Sniff(0.0, MISSED)
    top = top_lines(document)
    if SESSION in top:
        return Sniff(0.1, f"a line {SESSION!r}, which begins the page of a session")
    from programme.loaders.formats.virtual_site.parsing.events import split_time
    from programme.loaders.text.kinds import split_kind

    timed = [found for line in top if (found := split_time(line)) is not None]
    titled = [before for before, _, _ in timed if before]
    if any(stated_zone(line) for line in top) and timed:
        return Sniff(0.95 if titled else 0.6, "a time zone, and events with day and time")
    if len(titled) > 1 or any(split_kind(before)[0] for before in titled):
        return Sniff(0.85, "events that end with day and time")
    return Sniff(0.1, MISSED)


def _ends_lines_with_times(text: str) -> bool:
    """Whether some line of a text has a title and ends with day and time; quick, as it is asked of every document."""
    looked = 0
    for weekday in _WEEKDAYS:
        at = text.find(weekday)
        while at >= 0 and looked < MAX_HINTS:
            end = text.find("\n", at)
            if parse_time(text[at + 1 : end if end >= 0 else None].rstrip(" \t\r*")) is not None:
                return True
            looked += 1
            at = text.find(weekday, at + 1)
    return False


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a session for each event, the page boilerplate, and a problem for each line that is part of none."""
    from programme.loaders.formats.virtual_site.parsing.day import records

    return records(document)
