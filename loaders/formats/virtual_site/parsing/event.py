"""Turn the page of a single event into its paper or session, with a slot for each line of a workshop's schedule."""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.virtual_site.parsing.card_parts import identify_links
from programme.loaders.formats.virtual_site.parsing.event_page import (
    ABSTRACT,
    SCHEDULE,
    EventPage,
    EventReader,
    find_kind,
)
from programme.loaders.formats.virtual_site.parsing.markdown import split_links
from programme.loaders.formats.virtual_site.parsing.page_frame import WEEKDAYS, read_page
from programme.loaders.records import (
    Boilerplate,
    PaperRecord,
    PrintedTime,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
    StatedLink,
)
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.kinds import KINDS, PAPER_KINDS, printed_kind
from programme.loaders.text.lines import Line, find_byline_end, find_title_end, join, paragraphs
from programme.loaders.text.times import parse_time
from programme.patterns import lazy_pattern

_WEEKDAY = lazy_pattern(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=\d)", re.IGNORECASE)
_WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TITLE_AND_KIND = lazy_pattern(r"(.*?)\s+\(\s*([^()]{3,40}?)\s*\)(?:\s*[>»])?", re.DOTALL)
_NO_TIME = frozenset({"-", "–", "—"})
"""What a schedule prints instead of the time of a slot that has none."""


def read_event(document: Document) -> Iterator[Record]:
    """Yield the paper or session of the page, its boilerplate, and a problem for each line that fits no part.

    Raises MalformedDocument for a page without a kind or a title.
    """
    page = read_page(document)
    yield from page.boilerplate
    start = find_kind(page.body)
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
    yield from (_paper if printed.kind in PAPER_KINDS else _session)(event, edition)


def _paper(event: EventPage, edition: StatedEdition | None) -> Iterator[Record]:
    """Yield the paper; in a slot where the page prints when or where it is presented."""
    raw_kind = event.printed.raw_kind
    # Below the title, "2025 Spotlight Poster" is more precise than the "Poster" above it.
    if event.presented_as and f" {event.presented_as}".endswith(f" {raw_kind}"):
        raw_kind = event.presented_as
    first_line = event.kind_line[0]
    title, title_links = split_links(join(event.title))
    byline = join(event.byline) if event.byline else None
    identifiers, links = identify_links([*event.links, *title_links])
    abstract = event.texts.get(ABSTRACT)
    # Other texts have no field of their own: they are kept for the links in them.
    texts = {label: lines for label, lines in event.texts.items() if lines and label not in (ABSTRACT, SCHEDULE)}
    paper = PaperRecord(
        title,
        first_line,
        event.last,
        byline=byline,
        authors=split_byline(byline or ""),
        abstract=paragraphs(abstract) if abstract else None,
        identifiers=identifiers,
        links=(*links, *(StatedLink(label, paragraphs(lines)) for label, lines in texts.items())),
        edition=edition,
        raw_kind=raw_kind,
    )
    for number, line in event.texts.get(SCHEDULE, ()):
        yield Problem(number, line, "a schedule on the page of a paper")
    if event.time is None and event.room is None and event.number is None and event.award is None:
        yield paper
        return
    slot = _own_slot(event, title, KINDS.get(raw_kind.lower(), event.printed.kind), event.last)
    slot = slot._replace(
        line_start=event.below_kind, raw_kind=raw_kind, paper=paper._replace(line_start=event.title[0][0])
    )
    name = event.session or event.printed.raw_kind
    yield SessionRecord(name, first_line, first_line, slot.kind, room=event.room, slots=(slot,), edition=edition)


def _session(event: EventPage, edition: StatedEdition | None) -> Iterator[Record]:
    """Yield the event as a session with a slot of its own, and one more for each line of its schedule."""
    title = split_links(join(event.title))[0]
    people = join(event.byline) if event.byline else None
    schedule = event.texts.get(SCHEDULE, [])
    slots = [_own_slot(event, title, event.printed.kind, event.title[-1][0])]
    for found in _read_schedule(schedule, event.time, first=2):
        if isinstance(found, Problem):
            yield found
        else:
            slots.append(found)
    for label, lines in event.texts.items():
        for number, line in lines if label not in (ABSTRACT, SCHEDULE) else ():
            yield Problem(number, line, f"a text called {label!r}, for which a session has no field")
    abstract = event.texts.get(ABSTRACT)
    yield SessionRecord(
        title,
        event.kind_line[0],
        event.last,
        event.printed.kind,
        room=event.room,
        moderators=people,
        moderator_names=split_byline(people or ""),
        abstract=paragraphs(abstract) if abstract else None,
        slots=tuple(slots),
        edition=edition,
        time=slots[0].time,
        raw_time=slots[0].raw_time,
    )


def _own_slot(event: EventPage, title: str, kind: str, last_line: int) -> SlotRecord:
    """Return the slot of the event itself."""
    time = event.time
    if time is not None and time.zone is None and event.zone is not None:
        time = time._replace(zone=event.zone)
    time_line, raw_time = event.time_line or (None, None)
    return SlotRecord(
        title,
        kind,
        event.kind_line[0],
        last_line,
        position=1,
        raw_kind=event.printed.raw_kind,
        time=time,
        time_line=time_line,
        raw_time=raw_time,
        room=event.room,
        poster_number=event.number,
        award=event.award,
    )


def _read_schedule(lines: list[Line], event_time: PrintedTime | None, first: int) -> Iterator[SlotRecord | Problem]:
    """Yield a slot for each line of a schedule that prints a time, counted from position `first`.

    A title, its kind in parentheses, and people follow the time.
    """
    starts = [index for index, (_, line) in enumerate(lines) if line in _NO_TIME or _scheduled_time(line, event_time)]
    for number, line in lines[: starts[0]] if starts else lines:
        yield Problem(number, line, "above the first time of the schedule")
    position = first
    for start, end in zip(starts, [*starts[1:], len(lines)][: len(starts)], strict=True):
        if end == start + 1:
            yield Problem(*lines[start], "a time without anything that takes place then")
            continue
        time = _scheduled_time(lines[start][1], event_time)
        yield from _scheduled_slot(lines[start + 1 : end], position, time, lines[start])
        position += 1


def _scheduled_time(line: str, event_time: PrintedTime | None) -> PrintedTime | None:
    """Return the time a line of a schedule prints, on the day of the event unless it names another weekday."""
    if line[:3] not in WEEKDAYS and not line[:1].isdigit():
        return None
    weekday = _WEEKDAY.match(line)
    printed = parse_time(line[weekday.end() :] if weekday else line)
    if printed is None or printed.day is not None or event_time is None:
        return printed
    named = _WEEKDAY_NAMES.index(weekday[1].lower()) if weekday else event_time.weekday
    if named != event_time.weekday:
        return printed._replace(weekday=named)
    return printed._replace(
        weekday=named,
        day=event_time.day,
        month=event_time.month,
        year=event_time.year,
        zone=printed.zone or event_time.zone,
    )


def _split_title(lines: list[Line]) -> tuple[str, str | None, int]:
    """Return the title that lines begin with, the kind in parentheses at its end, and the index after it."""
    end = find_title_end(lines, 0)
    for index, (_, line) in enumerate(lines[: end + 1]):
        if _TITLE_AND_KIND.fullmatch(line):
            end = index + 1  # a kind in parentheses ends the title, even where the line below could continue it
            break
    title = join(lines[:end])
    found = _TITLE_AND_KIND.fullmatch(title)
    return (found[1], found[2], end) if found and found[2].lower() in KINDS else (title, None, end)


def _scheduled_slot(
    lines: list[Line], position: int, time: PrintedTime | None, time_line: Line
) -> Iterator[SlotRecord | Problem]:
    """Yield the slot that the lines below a time describe, and a problem for each line that does not belong to it."""
    texts = [(number, split_links(line)[0]) for number, line in lines]
    title, raw_kind, title_end = _split_title(texts)
    kind = KINDS.get((raw_kind or title).lower(), "other")
    byline_end = find_byline_end(texts, title_end)
    byline = join(texts[title_end:byline_end]) if byline_end > title_end else None
    paper = None
    last_line = lines[-1][0]
    if kind in PAPER_KINDS or byline:
        paper = PaperRecord(
            title,
            lines[0][0],
            last_line,
            byline=byline,
            authors=split_byline(byline or ""),
            abstract=paragraphs(lines[byline_end:]) if byline_end < len(lines) else None,
            raw_kind=raw_kind,
        )
    else:
        last_line = lines[title_end - 1][0]
        for number, line in lines[title_end:]:
            yield Problem(number, line, "text below a title of the schedule that is neither a paper nor a talk")
    yield SlotRecord(
        title,
        kind,
        time_line[0],
        last_line,
        position,
        raw_kind=raw_kind,
        time=time,
        time_line=time_line[0],
        raw_time=None if time_line[1] in _NO_TIME else time_line[1],
        paper=paper,
    )
