"""The page of a single event on a virtual conference site: a poster, oral, spotlight, workshop, tutorial or talk.

The kind (`Poster`, `Oral in Workshop: Deep Gardens`), then in any order the time, the place (`HALL A #2108`), title,
people, `2025 Poster`, prizes and buttons, then `Abstract` and more texts (`Lay Summary`, `Keywords`). An oral,
spotlight or poster is a paper; where a time or place is printed it is presented in the session whose name is printed,
else in one called by the kind. Any other event is a session with one slot, and a workshop's schedule has a slot for
each line with a time. What the buttons lead to becomes identifiers and links. Of the edition the pages state little:
`ICML Poster …` above and `2025 Poster` below the title. Biographies are left alone.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.card_parts import poster_place, read_buttons, stated_by
from programme.loaders.formats.virtual_site.parsing.event_page import (
    ABSTRACT,
    SCHEDULE,
    YEAR_AND_KIND,
    EventPage,
    EventReader,
)
from programme.loaders.formats.virtual_site.parsing.markdown import split_links
from programme.loaders.formats.virtual_site.parsing.page_frame import (
    BOILERPLATE,
    SESSION,
    SESSIONS,
    may_be_page,
    read_page,
)
from programme.loaders.formats.virtual_site.parsing.schedule import read_schedule
from programme.loaders.records import (
    Boilerplate,
    Hints,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
    StatedLink,
)
from programme.loaders.text.kinds import KINDS, PAPER_KINDS, printed_kind
from programme.loaders.text.lines import Line, is_separated, join, paragraphs
from programme.loaders.text.names import split_byline
from programme.loaders.text.times import parse_time

NAME = "virtual-event"
DESCRIPTION = "The page of one poster, oral, workshop or talk on a virtual conference site, as text, Markdown or HTML."
YIELDS = "one paper, in its slot where a time or place is printed, or a session with one slot"
EXAMPLE = "icml2026_poster.txt"

TOP = 40
"""Lines below the kind that are looked at to recognise the page."""

TOP_PARTS = 8
"""Lines among which time, place and people stand."""

TOP_STRAYS = 12
"""Lines that may stand above the kind, left over from menus."""

OWN_TEXTS = frozenset({ABSTRACT, SCHEDULE})
"""Texts with a field of their own; any other is kept for the links in it."""


def sniff(document: Document) -> Sniff:
    """Look for a line with the kind, and below it for an abstract, a time or buttons."""
    if not may_be_page(document):
        return Sniff(0.0, "no page of text")
    if (
        next((line.strip() for line in document.lines if line.strip() and line.strip() not in BOILERPLATE), "")
        in SESSIONS
    ):
        return Sniff(0.0, f"a line {SESSION!r}, which begins the page of a session")
    body = read_page(document).body
    start = _start(body)
    if start is None:
        return Sniff(0.0, "no line that is a kind of event, like 'Poster', at the top")
    if _count_events(body[start:]) > 1:
        return Sniff(0.2, "several events")
    below = [line for _, line in body[start : start + TOP]]
    if any(_is_abstract(line) or YEAR_AND_KIND.fullmatch(line) for line in below):
        return Sniff(0.9, f"{below[0][:40]!r} and an abstract")
    printed = printed_kind(below[0])
    if (printed and printed.time) or any(parse_time(line) or poster_place(line) for line in below[:TOP_PARTS]):
        return Sniff(0.8, f"{below[0][:40]!r} and a time or place")
    if any(is_separated(line) or (line[0] == "[" and read_buttons(line)) for line in below[:TOP_PARTS]):
        return Sniff(0.6, f"{below[0][:40]!r} and people or buttons")
    return Sniff(0.3, f"{below[0][:40]!r}, but neither abstract, time, place nor people below it")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield the paper or session of the page, its boilerplate, and a problem for each line that fits no part."""
    page = read_page(document)
    yield from page.boilerplate
    start = _start(page.body)
    printed = printed_kind(split_links(page.body[start][1])[0]) if start is not None else None
    if start is None or printed is None:
        problem = "no line that is a kind of event, like 'Poster', at the top; save the whole page and try again"
        raise MalformedDocument(document.uri, None, problem)
    event = EventReader(page.body[start:], printed).read()
    yield from (Boilerplate(number, number) for number in event.boilerplate)
    if not event.title:
        problem = f"no title below {printed.raw_kind!r}; save the whole page and try again"
        raise MalformedDocument(document.uri, event.kind_line[0], problem)
    for number, line in event.unclaimed:
        yield Problem(number, line, "neither time, place, people nor a button of the event")
    edition = page.edition
    year = event.year or (event.time.year if event.time else None)
    if edition is None and page.venue and year:
        edition = StatedEdition(page.venue, year)
    if printed.kind in PAPER_KINDS:
        yield from _of_paper(event, edition)
    else:
        yield from _of_session(event, edition)


def _start(body: list[Line]) -> int | None:
    """Index of the line that prints the kind; None on the page of a session."""
    for index, (_, line) in enumerate(body[:TOP_STRAYS]):
        if line in SESSIONS:
            return None
        if printed_kind(split_links(line)[0]) is not None:
            return index
    return None


def _is_abstract(line: str) -> bool:
    return line.rstrip(":") == "Abstract" or line.startswith("Abstract: ")


def _count_events(body: list[Line]) -> int:
    """How many events there seem to be: titles that stand between a kind and people, or abstracts."""
    kinds = sum(
        line.lower() in KINDS and any(is_separated(text) for _, text in body[index + 2 : index + 4])
        for index, (_, line) in enumerate(body)
    )
    return max(kinds, sum(_is_abstract(line) for _, line in body))


def _of_paper(event: EventPage, edition: StatedEdition | None) -> Iterator[Record]:
    """Yield the paper; in a slot where the page prints when or where it is presented."""
    raw_kind = event.printed.raw_kind
    if event.presented_as and f" {event.presented_as}".endswith(f" {raw_kind}"):
        raw_kind = event.presented_as
    kind = KINDS.get(raw_kind.lower(), event.printed.kind)
    first, last = event.kind_line[0], event.last
    title, linked = split_links(join(event.title))
    byline = join(event.byline) if event.byline else None
    identifiers, links = stated_by([*event.links, *linked])
    fields = [
        StatedLink(label, paragraphs(lines)) for label, lines in event.texts.items() if label not in OWN_TEXTS and lines
    ]
    abstract = event.texts.get(ABSTRACT)
    paper = PaperRecord(
        title,
        first,
        last,
        byline,
        split_byline(byline) if byline else (),
        paragraphs(abstract) if abstract else None,
        identifiers=identifiers,
        links=(*links, *fields),
        edition=edition,
        raw_kind=raw_kind,
    )
    for number, line in event.texts.get(SCHEDULE, ()):
        yield Problem(number, line, "a schedule on the page of a paper")
    if event.time is None and event.room is None and event.number is None and event.award is None:
        yield paper
        return
    slot = _slot(event, title, kind, last)._replace(
        line_start=event.below_kind, raw_kind=raw_kind, paper=paper._replace(line_start=event.title[0][0])
    )
    name = event.session or event.printed.raw_kind
    yield SessionRecord(name, first, first, kind, room=event.room, slots=(slot,), edition=edition)


def _of_session(event: EventPage, edition: StatedEdition | None) -> Iterator[Record]:
    """Yield the event as a session with one slot, and one more for each line of its schedule."""
    title = split_links(join(event.title))[0]
    first, last = event.kind_line[0], event.last
    people = join(event.byline) if event.byline else None
    schedule = event.texts.get(SCHEDULE, [])
    slots = [_slot(event, title, event.printed.kind, event.title[-1][0])]
    for found in read_schedule(schedule, event.time, 2):
        if isinstance(found, Problem):
            yield found
        else:
            slots.append(found)
    for label, lines in event.texts.items():
        for number, line in lines if label not in OWN_TEXTS else ():
            yield Problem(number, line, f"a text called {label!r}, for which a session has no place")
    abstract = event.texts.get(ABSTRACT)
    yield SessionRecord(
        title,
        first,
        last,
        event.printed.kind,
        room=event.room,
        moderators=people,
        moderator_names=split_byline(people) if people else (),
        abstract=paragraphs(abstract) if abstract else None,
        slots=tuple(slots),
        edition=edition,
        time=slots[0].time,
        raw_time=slots[0].raw_time,
    )


def _slot(event: EventPage, title: str, kind: str, last: int) -> SlotRecord:
    """The slot of the event itself."""
    time = event.time
    if time is not None and time.zone is None and event.zone is not None:
        time = time._replace(zone=event.zone)
    number, raw_time = event.time_line or (None, None)
    return SlotRecord(
        title,
        kind,
        event.kind_line[0],
        last,
        1,
        event.printed.raw_kind,
        time,
        number,
        raw_time,
        event.room,
        event.number,
        event.award,
    )
