"""Divide a list of events into its entries, and turn these into papers or sessions."""

from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.card_parts import poster_place, read_buttons
from programme.loaders.formats.virtual_site.parsing.events import (
    Details,
    Event,
    deduplicate,
    read_details,
    split_time,
    text_in_brackets,
    to_paper,
    to_session,
)
from programme.loaders.formats.virtual_site.parsing.page_frame import MENU, SESSION
from programme.loaders.formats.virtual_site.parsing.programme_page import (
    LIST_HEADINGS,
    ProgrammePage,
    is_list_heading,
    linked_kinds,
    read_programme,
    read_zone,
)
from programme.loaders.records import Boilerplate, PaperRecord, Problem, Record, SessionRecord
from programme.loaders.text.kinds import KINDS, PAPER_KINDS, normalize_kind, split_kind
from programme.loaders.text.lines import (
    MAX_TITLE_LINE_LENGTH,
    MAX_TITLE_LINES,
    Line,
    find_title_end,
    is_separated,
    join,
)
from programme.loaders.text.times import parse_time
from programme.patterns import lazy_pattern

LOST_TITLE = "an event without a title; the page was saved without its links, so save it again as HTML"

MIN_ENTRIES = 2
"""A page with fewer entries is not recognised as a list."""

MAX_ENTRIES_UNTOLD = 4
"""Of so many entries at least one has people with dots between, a kind, a room or a time."""

EntryRecord = PaperRecord | SessionRecord | Boilerplate

_SESSION_NAME = lazy_pattern(r"(?:[\w&-]+ ){0,3}(?:Oral|Poster|Spotlight|Highlight)s? Session\b(?: [\w.&-]+){0,4}")


def sniff_entries(document: Document, missed: str) -> Sniff:
    """Judge by its entries whether a page is a list; `missed` is the reason when it is not."""
    try:
        page = read_programme(document, is_list_heading)
        linked = linked_kinds(document)
        kind, entries, _ = _divide(page, linked)
    except MalformedDocument:
        return Sniff(0.0, missed)
    if any(line == SESSION for _, line in page.body):
        return Sniff(0.1, f"a line {SESSION!r}, which begins the page of a session")
    is_headed = kind is not None
    if any((timed := split_time(line)) and timed[0] for _, line in page.body) or len(entries) < MIN_ENTRIES:
        return Sniff(0.2 if is_headed else 0.0, missed)
    rooms = sum(text_in_brackets(line) is not None for _, line in page.body)
    # Any text has headings like "Papers"; what only a virtual site has is a link to an event, people, a room or a kind.
    telling = sum(any(_is_of_a_site(line) for _, line in lines) for lines in entries)
    if not linked and rooms < MIN_ENTRIES and telling * MAX_ENTRIES_UNTOLD < len(entries):
        return Sniff(0.2 if is_headed else 0.0, missed)
    if is_headed or rooms >= MIN_ENTRIES or len(linked) >= MIN_ENTRIES:
        return Sniff(0.8 if is_headed else 0.6, f"{len(entries)} events below each other")
    return Sniff(0.3, missed)


def _is_of_a_site(line: str) -> bool:
    return is_separated(line) or line.lower() in KINDS or poster_place(line) is not None or parse_time(line) is not None


def read_list(document: Document, missed: str) -> Iterator[Record]:
    """Yield a record for each entry, the page boilerplate, and a problem for each line that belongs to no entry.

    Raises MalformedDocument, with `missed` as the problem, for a page without any entry.
    """
    page = read_programme(document, is_list_heading)
    yield from page.boilerplate
    linked = linked_kinds(document)
    kind, entries, above = _divide(page, linked)
    if not entries:
        raise MalformedDocument(document.uri, None, f"{missed}; save the whole page and try again")
    zone = None
    for number, line in above:
        if found := read_zone(number, line):
            zone = found[0]
            yield found[1]
        elif is_list_heading(line):
            yield Boilerplate(number, number)
    sessions: dict[str, SessionRecord] = {}
    records = (record for lines in entries for record in _entry(lines, _kind_of(lines, kind, linked), zone, page))
    yield from deduplicate(_grouped(records, sessions))
    yield from sessions.values()


def _kind_of(lines: list[Line], kind: str | None, linked: dict[int, str]) -> str | None:
    """Return the kind of an entry: from its own line, else from the heading, else from the URL of its link."""
    number, line = lines[0]
    if line.lower() in KINDS and len(lines) > 1:
        return line
    return kind or linked.get(number) or kind


def _divide(page: ProgrammePage, linked: dict[int, str]) -> tuple[str | None, list[list[Line]], list[Line]]:
    """Return the kind that the heading of a page names, the lines of each entry, and the lines above them."""
    body = page.body
    start = 0
    kind: str | None = None
    for at, (_, line) in enumerate(body):
        if not is_list_heading(line):
            continue
        # In the menus of a site, another entry follows: Orals, Spotlights, Posters.
        is_menu = at + 1 < len(body) and body[at + 1][1].lower() in MENU
        if not is_menu:
            start, kind = at + 1, _singular(line)
            break
    starts = _starts(body, start, page.headings, linked)
    if not starts:
        return kind, [], body
    ends = [*starts[1:], len(body)]
    entries = [body[first:last] for first, last in zip(starts, ends, strict=True)]
    return kind, entries, body[: starts[0]]


def _singular(heading: str) -> str:
    """Return the kind that a heading names, as it is printed there: `Invited Talk` for `Invited Talks`."""
    return heading[: len(LIST_HEADINGS[heading.lower()])]


def _starts(body: list[Line], start: int, headings: frozenset[int], linked: dict[int, str]) -> list[int]:
    """Return the indices, from `start` on, at which entries begin, by the surest sign that occurs more than once.

    The signs are, from the surest on: a kind on a line of its own, a title that links to an event, a heading, a byline.
    """
    indices = range(start, len(body))
    kinds = [at for at in indices[:-1] if body[at][1].lower() in KINDS and body[at + 1][1].lower() not in KINDS]
    links = [at for at in indices if body[at][0] in linked]
    headed = [at for at in indices if body[at][0] in headings]
    for found in (kinds, links, headed):
        if len(found) >= MIN_ENTRIES:
            return found
    return _starts_above_people(body, start) or kinds or links


def _starts_above_people(body: list[Line], start: int) -> list[int]:
    """Return the indices of the titles above bylines, or of the bylines themselves where the title is missing."""
    starts: list[int] = []
    floor = start
    for at in range(start, len(body)):
        line = body[at][1]
        is_second_line = at > floor and is_separated(body[at - 1][1]) and body[at - 1][0] + 1 == body[at][0]
        if not is_separated(line) or is_second_line:
            continue
        starts.append(_title_start(body, at, floor))
        floor = at + 1
    return starts


def _title_start(body: list[Line], at: int, floor: int) -> int:
    """Return the index of the title above the byline at `at`; `at` itself when there is no title above it."""
    first = at
    while first > floor and at - first < MAX_TITLE_LINES and (first == at or _are_adjacent(body, first)):
        if not _may_be_title(body[first - 1][1]):
            break
        first -= 1
    if first == floor or not _are_adjacent(body, first) or text_in_brackets(body[first - 1][1]) is not None:
        return first
    return first if _are_adjacent(body, at) and not _may_be_title(body[first - 1][1]) else at


def _are_adjacent(body: list[Line], at: int) -> bool:
    """Return whether there is no blank line between a line and the one above it."""
    return body[at - 1][0] + 1 == body[at][0]


def _may_be_title(line: str) -> bool:
    is_text = len(line) > MAX_TITLE_LINE_LENGTH or line.endswith((".", ":", "…", ";", ",")) or "://" in line
    return not is_text and text_in_brackets(line) is None


def _entry(
    lines: list[Line], kind: str | None, zone: str | None, page: ProgrammePage
) -> Iterator[EntryRecord | Problem]:
    """Yield the record of an entry, or a problem for each of its lines when it has no title."""
    at = int(lines[0][1].lower() in KINDS and len(lines) > 1)
    if is_separated(lines[at][1]) or text_in_brackets(lines[at][1]):
        yield from (Problem(number, line, LOST_TITLE) for number, line in lines)
        return
    end = _title_end(lines, at)
    stated_kind, title = split_kind(join(lines[at:end]))
    if not title:
        stated_kind, title = None, join(lines[at:end])
    raw_kind = stated_kind or kind or None
    is_paper = (kind == "" and not stated_kind) or normalize_kind(raw_kind, "") in PAPER_KINDS
    session, below = _split_session(lines[end:]) if is_paper else (None, lines[end:])
    if session:
        yield Boilerplate(lines[end][0], lines[end][0])
    details = read_details(below, has_time=True)
    yield from (Boilerplate(label, label) for label in details.labels)
    event = _event(lines, end, raw_kind, title, details, zone)
    if is_paper and not (event.time or event.room or event.poster_number or session):
        yield to_paper(event, page.edition)
    else:
        found = to_session(event, page.edition, is_paper=is_paper)
        yield found._replace(title=session, line_start=lines[end][0], line_end=lines[end][0]) if session else found


def _event(
    lines: list[Line], title_end: int, raw_kind: str | None, title: str, details: Details, zone: str | None
) -> Event:
    """Return the event of an entry; `zone` is that of the page, for times that print none."""
    printed, time_line = details.timed or (None, (None, None))
    if printed is not None and printed.zone is None:
        printed = printed._replace(zone=zone)
    return Event(
        raw_kind=raw_kind,
        title=title,
        line_start=lines[0][0],
        heading_end=lines[title_end - 1][0],
        line_end=lines[-1][0],
        time=printed,
        raw_time=time_line[1],
        time_line=time_line[0],
        byline=details.byline,
        room=details.room,
        abstract=details.abstract,
        poster_number=details.poster_number,
        links=tuple(details.links),
    )


def _title_end(lines: list[Line], at: int) -> int:
    """Return the index after the title, which ends above a room, time, button or name of a session at the latest."""
    end = find_title_end(lines, at)
    for below in range(at + 1, end):
        line = lines[below][1]
        if (
            text_in_brackets(line)
            or parse_time(line)
            or read_buttons(line)
            or poster_place(line)
            or _SESSION_NAME.fullmatch(line)
        ):
            return below
    return end


def _split_session(lines: list[Line]) -> tuple[str | None, list[Line]]:
    """Split the name of a session, `Poster Session 3`, from the lines below a title."""
    if lines and _SESSION_NAME.fullmatch(lines[0][1]):
        return lines[0][1], lines[1:]
    return None, lines


def _grouped(records: Iterator[EntryRecord | Problem], sessions: dict[str, SessionRecord]) -> Iterator[Record]:
    """Yield records, and collect in `sessions` those that several entries name, with a slot for each of them."""
    for record in records:
        if not isinstance(record, SessionRecord) or record.title == record.slots[0].title:
            yield record
            continue
        first = sessions.setdefault(record.title, record)
        if first is not record:
            slot = record.slots[0]._replace(position=len(first.slots) + 1)
            sessions[record.title] = first._replace(slots=(*first.slots, slot))
