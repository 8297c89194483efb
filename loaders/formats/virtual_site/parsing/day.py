"""Find the events of a day page by their headings, and turn them into sessions."""

from collections.abc import Iterator
from typing import NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.virtual_site.parsing.events import (
    Event,
    deduplicate,
    read_details,
    split_time,
    text_in_brackets,
    to_session,
)
from programme.loaders.formats.virtual_site.parsing.programme_page import read_programme, read_zone
from programme.loaders.records import Boilerplate, PrintedTime, Problem, Record, StatedEdition
from programme.loaders.text.kinds import KINDS, is_kind, normalize_kind, split_kind
from programme.loaders.text.lines import MAX_TITLE_LINES, Line, is_separated, join
from programme.loaders.text.zones import stated_zone


class Heading(NamedTuple):
    """The heading of an event: the indices of its first and last line, its text without the time, and the time."""

    first: int
    last: int
    text: str
    time: PrintedTime
    raw_time: str


def read_day(document: Document, missed: str) -> Iterator[Record]:
    """Yield a session for each event, the page boilerplate, and a problem for each line that belongs to no event.

    Raises MalformedDocument, with `missed` as the problem, for a page without any event.
    """
    page = read_programme(document, _begins)
    yield from page.boilerplate
    zone, lines, claimed = _split_zone(page.body)
    yield from claimed
    headings = list(_headings(lines))
    if not headings:
        raise MalformedDocument(document.uri, None, f"{missed}; save the whole page and try again")
    yield from deduplicate(_events(lines, headings, zone, page.edition))


def _begins(line: str) -> bool:
    return stated_zone(line) is not None or split_time(line) is not None


def _split_zone(body: list[Line]) -> tuple[str | None, list[Line], list[Boilerplate | Problem]]:
    """Return the zone, the lines without the one that states it, and the record that claims this line."""
    for at, (number, line) in enumerate(body):
        if found := read_zone(number, line):
            return found[0], body[:at] + body[at + 1 :], [found[1]]
    return None, body, []


def _headings(lines: list[Line]) -> Iterator[Heading]:
    """Yield the heading of each event."""
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
        yield Heading(first, at, text, printed, raw)


def _first_line(lines: list[Line], at: int, before: str, floor: int) -> int:
    """Return the index of the first line, from `floor` on, of the heading that ends at `at`."""
    if split_kind(before)[0] is not None:
        return at
    lowest = max(floor, at - MAX_TITLE_LINES + (1 if before else 0))
    for above in range(at - 1, lowest - 1, -1):
        number, line = lines[above]
        if is_separated(line) or text_in_brackets(line) or line.endswith("."):
            break
        if split_kind(line)[0] is not None or line.lower() in KINDS:
            return above
        if number + 1 != lines[above + 1][0]:
            break
    has_title_above = not before and at > floor and text_in_brackets(lines[at - 1][1]) is None
    return at - 1 if has_title_above else at


def _events(
    lines: list[Line], headings: list[Heading], zone: str | None, edition: StatedEdition | None
) -> Iterator[Record]:
    """Yield the session of each event, which ends where the next heading begins."""
    ends = [*(heading.first for heading in headings[1:]), len(lines)]
    for (first, last, text, printed, raw_time), end in zip(headings, ends, strict=True):
        kind, title = split_kind(text)
        # The kind may stand on the line above the title, without a colon.
        if kind is None and is_kind(lines[first][1].rstrip(":")) and first < last:
            kind = lines[first][1].rstrip(":")
            title = text[len(lines[first][1]) :].strip()
        below = lines[last + 1 : end]
        details = read_details(below, has_people=normalize_kind(kind, title) != "break")
        yield from (Boilerplate(number, number) for number in details.labels)
        event = Event(
            raw_kind=kind,
            title=title or kind or "",
            line_start=lines[first][0],
            heading_end=lines[last][0],
            line_end=lines[end - 1][0],
            time=printed if printed.zone else printed._replace(zone=zone),
            raw_time=raw_time,
            time_line=lines[last][0],
            byline=details.byline,
            room=details.room,
            abstract=details.abstract,
            poster_number=details.poster_number,
            links=tuple(details.links),
        )
        yield to_session(event, edition)
