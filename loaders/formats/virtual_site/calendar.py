"""The calendar of a virtual conference site: days, times, and below them sessions with their entries.

A `Timezone:` line holds for all of it. A day, `THU 23 APR`, heads its times, `10:30 a.m.`; below a time stand
sessions, `Oral Session 1A [10:30-12:00]`, with groups, `Oral s 10:30-11:40`, and entries, `[10:42] Title`, up to
`(ends 12:00 PM)`. Other events are a kind, `Invited Talk:`, a title and people. Hours without a.m. and p.m. are read by
the heading above, by the end of the session and by order; where that does not resolve it, a problem says so. The range
of a session with entries only places these: their ends are not printed. Filters, tabs and bookmarks are left alone.
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

MISSED = "no day like 'THU 23 APR' above sessions like 'Oral Session 1A [10:30-12:00]' and entries like '[10:42] Title'"


def sniff(document: Document) -> Sniff:
    """Look for a day alone in a line, and for sessions, entries or ends below it."""
    head = document.head
    if is_session_page(head):
        return Sniff(0.0, f"a line {SESSION!r}, which begins the page of a session")
    if not ("[" in head or "(ends " in head or document.is_html):
        return Sniff(0.0, MISSED)
    top = top_lines(document)
    if SESSION in top:
        return Sniff(0.1, f"a line {SESSION!r}, which begins the page of a session")
    from programme.loaders.formats.virtual_site.parsing.calendar import is_time_in_brackets, printed_day

    days = sum(printed_day(line) is not None for line in top)
    if not days:
        return Sniff(0.0, MISSED)
    parts = sum(is_time_in_brackets(line) for line in top)
    if parts:
        return Sniff(
            0.95 if any(stated_zone(line) for line in top) else 0.85, f"{days} days and {parts} times in brackets"
        )
    return Sniff(0.1, MISSED)


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each session with its slots, the boilerplate, and a problem for each line or time that is not clear."""
    from programme.loaders.formats.virtual_site.parsing.calendar import records

    return records(document)
