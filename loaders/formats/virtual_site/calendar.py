"""The calendar of a virtual conference site: days, and below them times, sessions and their entries.

Reads:

- A `Timezone:` line, which holds for the whole page.
- Days, `THU 23 APR`, and below them times, `10:30 a.m.`, each the heading of the events that begin then.
- Sessions, `Oral Session 1A [10:30-12:00]`, with groups, `Oral s 10:30-11:40`, and entries, `[10:42] Title`, up to
  `(ends 12:00 PM)`. The range of a session helps to read the times of its entries, which have no
  end of their own.
- Other events: a kind, `Invited Talk:`, a title and people.

An hour without a.m. or p.m. is read from the time heading above it, the end of its session and the order of the
entries. Where doubt remains, a problem reports it.

Ignores: filters, tabs and bookmarks.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.page_frame import SESSION
from programme.loaders.formats.virtual_site.parsing.programme_page import is_session_page, top_lines
from programme.loaders.records import Hints, Record
from programme.loaders.text.zones import stated_zone

NAME = "virtual-calendar"
DESCRIPTION = "The calendar of a virtual conference site (ICML, NeurIPS, ICLR, MLSys), as text, Markdown or HTML."
YIELDS = "sessions with their slots and papers, of one day or all"
EXAMPLE = "icml2022_calendar.txt"
VERSION = 1

MISSED = "no day like 'THU 23 APR' above sessions like 'Oral Session 1A [10:30-12:00]' and entries like '[10:42] Title'"
"""Why a page is not recognised as a calendar."""


def sniff(document: Document) -> Sniff:
    """Look for a line that is a day, and below it for sessions, entries or ends."""
    head = document.head
    if is_session_page(head):
        return Sniff(0.0, f"a line {SESSION!r}, which begins the page of a session")
    if not ("[" in head or "(ends " in head or document.is_html):
        return Sniff(0.0, MISSED)
    top = top_lines(document)
    if SESSION in top:
        return Sniff(0.1, f"a line {SESSION!r}, which begins the page of a session")
    from programme.loaders.formats.virtual_site.parsing.calendar import is_time_in_brackets, printed_day

    day_count = sum(printed_day(line) is not None for line in top)
    if not day_count:
        return Sniff(0.0, MISSED)
    time_count = sum(is_time_in_brackets(line) for line in top)
    if not time_count:
        return Sniff(0.1, MISSED)
    has_zone = any(stated_zone(line) for line in top)
    return Sniff(0.95 if has_zone else 0.85, f"{day_count} days and {time_count} times in brackets")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each session with its slots, the boilerplate, and a problem for each line or time that is not clear."""
    from programme.loaders.formats.virtual_site.parsing.calendar import read_calendar

    return read_calendar(document, MISSED)
