"""The page of a single event on a virtual conference site: a poster, oral, spotlight, workshop, tutorial or talk.

Reads:

- The kind, `Poster` or `Oral in Workshop: Deep Gardens`; below it, in any order, time, place (`HALL A #2108`), title,
  people, `2025 Poster`, awards and buttons; then `Abstract` and other texts (`Lay Summary`, `Keywords`).
- An oral, spotlight or poster is a paper. Where a time or place is printed, the paper is presented in the session that
  the page names, or else in one called by its kind.
- Any other event is a session with one slot; each line with a time in a workshop's schedule is one more slot.
- The links of the buttons become identifiers and links of the paper.
- The edition, of which pages state little: `ICML Poster …` above the kind, `2025 Poster` below the title.

Ignores: biographies and other texts of events that are not papers; a problem names their lines.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.card_parts import poster_place, read_buttons
from programme.loaders.formats.virtual_site.parsing.event_page import YEAR_AND_KIND, find_kind, is_abstract_label
from programme.loaders.formats.virtual_site.parsing.page_frame import (
    BOILERPLATE,
    SESSION,
    SESSIONS,
    may_be_page,
    read_page,
)
from programme.loaders.records import Hints, Record
from programme.loaders.text.kinds import KINDS, printed_kind
from programme.loaders.text.lines import Line, is_separated
from programme.loaders.text.times import parse_time

NAME = "virtual-event"
DESCRIPTION = "The page of one poster, oral, workshop or talk on a virtual conference site, as text, Markdown or HTML."
YIELDS = "one paper, in its slot where a time or place is printed, or a session with one slot"
EXAMPLE = "icml2026_poster.txt"
VERSION = 1

LINES_TO_ABSTRACT = 40
"""How many lines from the kind on are searched for the abstract."""

LINES_TO_PEOPLE = 8
"""How many lines from the kind on are searched for time, place, people and buttons."""


def sniff(document: Document) -> Sniff:
    """Look for a line that prints a kind, and below it for an abstract, a time or buttons."""
    if not may_be_page(document):
        return Sniff(0.0, "not a text page")
    stripped = (line.strip() for line in document.lines)
    if next((line for line in stripped if line and line not in BOILERPLATE), "") in SESSIONS:
        return Sniff(0.0, f"a line {SESSION!r}, which begins the page of a session")
    body = read_page(document).body
    start = find_kind(body)
    if start is None:
        return Sniff(0.0, "no line that is a kind of event, like 'Poster', at the top")
    if _count_events(body[start:]) > 1:
        return Sniff(0.2, "several events")
    below = [line for _, line in body[start : start + LINES_TO_ABSTRACT]]
    near = below[:LINES_TO_PEOPLE]
    kind = repr(below[0][:40])
    if any(is_abstract_label(line) or YEAR_AND_KIND.fullmatch(line) for line in below):
        return Sniff(0.9, f"{kind} and an abstract")
    printed = printed_kind(below[0])
    if (printed and printed.time) or any(parse_time(line) or poster_place(line) for line in near):
        return Sniff(0.8, f"{kind} and a time or place")
    if any(is_separated(line) or (line[0] == "[" and read_buttons(line)) for line in near):
        return Sniff(0.6, f"{kind} and people or buttons")
    return Sniff(0.3, f"{kind}, but no abstract, time, place or people below it")


def _count_events(body: list[Line]) -> int:
    """Estimate the number of events: titles that stand between a kind and people, or abstracts if these are more."""
    kinds = sum(
        line.lower() in KINDS and any(is_separated(text) for _, text in body[index + 2 : index + 4])
        for index, (_, line) in enumerate(body)
    )
    return max(kinds, sum(is_abstract_label(line) for _, line in body))


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield the paper or session of the page, its boilerplate, and a problem for each line that fits no part."""
    from programme.loaders.formats.virtual_site.parsing.event import read_event

    return read_event(document)
