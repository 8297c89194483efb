"""The events of a day page, told by their headings, and the sessions they become."""

from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.virtual_site.day import MISSED
from programme.loaders.formats.virtual_site.parsing.events import (
    Event,
    deduplicate,
    read_details,
    room_of,
    session_of,
    split_time,
)
from programme.loaders.formats.virtual_site.parsing.programme_page import read_programme, read_zone
from programme.loaders.records import Boilerplate, PrintedTime, Problem, Record, StatedEdition
from programme.loaders.text.kinds import KINDS, is_kind, normalize_kind, split_kind
from programme.loaders.text.lines import Line, is_separated, join
from programme.loaders.text.zones import stated_zone

MAX_TITLE_LINES = 3

Heading = tuple[int, int, str, PrintedTime, str]
"""An event's heading: the first index of its lines and the last, the text without the time, the time, as printed."""


def records(document: Document) -> Iterator[Record]:
    """Yield a session for each event, the page boilerplate, and a problem for each line that is part of none."""
    page = read_programme(document, _begins)
    yield from page.boilerplate
    zone, lines, claimed = _take_zone(page.body)
    yield from claimed
    headings = list(_headings(lines))
    if not headings:
        raise MalformedDocument(document.uri, None, f"{MISSED}; save the whole page and try again")
    yield from deduplicate(_events(lines, headings, zone, page.edition))


def _begins(line: str) -> bool:
    return stated_zone(line) is not None or split_time(line) is not None


def _take_zone(body: list[Line]) -> tuple[str | None, list[Line], list[Boilerplate | Problem]]:
    """Part the line that states the zone from the others."""
    for at, (number, line) in enumerate(body):
        if found := read_zone(number, line):
            return found[0], body[:at] + body[at + 1 :], [found[1]]
    return None, body, []


def _headings(lines: list[Line]) -> Iterator[Heading]:
    """Find the heading of each event."""
    floor = 0
    for at, (_, line) in enumerate(lines):
        found = split_time(line)
        if found is None:
            continue
        before, printed, raw = found
        first = _first_line(lines, at, before, floor)
        if not before and first == at:
            continue
        text = join([*lines[first:at], (0, before)]).strip()
        floor = at + 1
        yield first, at, text, printed, raw


def _first_line(lines: list[Line], at: int, before: str, floor: int) -> int:
    """Index of the line with which the heading begins that ends at `at`; none of it is below `floor`."""
    if split_kind(before)[0] is not None:
        return at
    lowest = max(floor, at - MAX_TITLE_LINES + (1 if before else 0))
    for above in range(at - 1, lowest - 1, -1):
        number, line = lines[above]
        if is_separated(line) or room_of(line) or line.endswith("."):
            break
        if split_kind(line)[0] is not None or line.lower() in KINDS:
            return above
        if number + 1 != lines[above + 1][0]:
            break
    has_title_above = not before and at > floor and room_of(lines[at - 1][1]) is None
    return at - 1 if has_title_above else at


def _events(
    lines: list[Line], headings: list[Heading], zone: str | None, edition: StatedEdition | None
) -> Iterator[Record]:
    """Yield the session of each event."""
    ends = [*(heading[0] for heading in headings[1:]), len(lines)]
    for (first, last, text, printed, raw), end in zip(headings, ends, strict=True):
        kind, title = split_kind(text)
        if kind is None and is_kind(lines[first][1].rstrip(":")) and first < last:
            kind = lines[first][1].rstrip(":")
            title = text[len(lines[first][1]) :].strip()
        below = lines[last + 1 : end]
        details = read_details(below, has_people=normalize_kind(kind, title) != "break")
        yield from (Boilerplate(number, number) for number in details.labels)
        event = Event(
            kind,
            title or kind or "",
            lines[first][0],
            lines[last][0],
            lines[end - 1][0],
            printed if printed.zone else printed._replace(zone=zone),
            raw,
            lines[last][0],
            details.byline,
            details.room,
            details.abstract,
            details.poster_number,
            details.links,
        )
        yield session_of(event, edition)
