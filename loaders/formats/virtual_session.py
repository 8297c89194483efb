"""The session page of a virtual conference site, as text: ICML, NeurIPS, ICLR and MLSys share it.

A heading (`Session`, title, room, `Moderator:`, `Abstract:`), then slots: a time line, a kind, a title, a byline and an
abstract. Parts may be missing, wrapped over lines, or stand without a blank line between them.
"""

import re
from collections.abc import Iterator

from loaders.documents import Document, MalformedDocument
from loaders.formats import Sniff
from loaders.formats._lines import (
    LONGEST_TITLE_LINE,
    SEPARATORS,
    Line,
    find_byline_end,
    find_title_end,
    is_byline,
    is_separated,
    join,
    paragraphs,
    starts_byline,
)
from loaders.formats._virtual import CHAT, FURNITURE, KINDS, WEEKDAYS, WITHOUT_PAPER
from loaders.records import Furniture, Hints, PaperRecord, PrintedTime, Problem, Record, SessionRecord, SlotRecord
from loaders.text.names import looks_like_byline, split_byline
from loaders.text.times import parse_time

NAME = "virtual-session"
DESCRIPTION = "A session page of a virtual conference site (ICML, NeurIPS, ICLR, MLSys), as text."
YIELDS = "one session with its slots and papers"
EXAMPLE = "icml2021_graph_learning.txt"

HEADING = "Session"

LONGEST_KIND = 40

UNREADABLE_TIME = re.compile(r"[A-Z][a-z]+\.?,? \d+\b.{0,40}")
"""A line that begins like a time line and is as short as one."""

CLOCK_RANGE = re.compile(r"\d\d?:\d\d.{0,6}\s*[-–—]\s*\d\d?:\d\d")
LONGEST_TIME = 72
HEADING_LINES = 20
"""How far below `Session` its `Moderator:` or `Abstract:` stands at most, when it is not the first on a page."""

Timed = tuple[PrintedTime | None, list[Line]]
"""A slot's time, when it can be read, and its lines, the time line first."""


def sniff(document: Document) -> Sniff:
    """Look for the heading and a time line near the top."""
    top = [line.strip() for line in document.lines[:50]]
    if HEADING not in top:
        return Sniff(0.0 if FURNITURE.isdisjoint(top) else 0.1, f"no line {HEADING!r} near the top")
    for line in top:
        if line[:3] in WEEKDAYS and parse_time(line) is not None:
            return Sniff(0.9, f"{HEADING!r} and a time line")
    framed = "Abstract:" in top or not FURNITURE.isdisjoint(top)
    return Sniff(0.6 if framed else 0.3, "no time line like 'Tue 20 July 7:00 - 7:20 PDT' near the top")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each session with its slots, the page furniture, and a problem for each line that fits no part."""
    furniture, sessions = _divide(document.lines)
    yield from furniture
    if not sessions:
        raise MalformedDocument(document.uri, None, f"no line {HEADING!r}; save the whole page and try again")
    for heading, slots in sessions:
        if len(heading) < 2:
            problem = f"no title below {HEADING!r}; save the whole page and try again"
            raise MalformedDocument(document.uri, heading[0][0], problem)
        yield from _session(heading, slots)


def _divide(lines: list[str]) -> tuple[list[Furniture], list[tuple[list[Line], list[Timed]]]]:
    """Sort the lines into furniture, and for each session its heading and its slots; what is left over is dropped."""
    furniture: list[Furniture] = []
    sessions: list[tuple[list[Line], list[Timed]]] = []
    current: list[Line] = []
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line:
            continue
        if len(line) > LONGEST_TITLE_LINE:
            current.append((number, line))
        elif line in FURNITURE:
            furniture.append(Furniture(number, number))
            if line == CHAT and sessions and not sessions[-1][1]:
                current = []
        elif sessions and (
            (printed := parse_time(line) if line[:3] in WEEKDAYS else None) or _is_unreadable_time(lines, number, line)
        ):
            current = [(number, line)]
            sessions[-1][1].append((printed, current))
        elif line == HEADING and (not sessions or _is_heading(lines, number)):
            current = [(number, line)]
            sessions.append((current, []))
        else:
            current.append((number, line))
    return furniture, sessions


def _is_unreadable_time(lines: list[str], number: int, line: str) -> bool:
    """Whether a line can only be a time line, though none that can be read."""
    if line[:3] in WEEKDAYS:
        return UNREADABLE_TIME.fullmatch(line) is not None
    if ":" not in line or len(line) > LONGEST_TIME or CLOCK_RANGE.search(line) is None:
        return False
    below = next((text.strip() for text in lines[number:] if text.strip()), "")
    return below.lower() in KINDS


def _is_heading(lines: list[str], number: int) -> bool:
    """Whether `Session` begins another session of the page, and is not a word that stands alone in an abstract."""
    return any(
        line.strip().startswith((CHAT, "Moderator", "Abstract:")) for line in lines[number : number + HEADING_LINES]
    )


def _session(heading: list[Line], timed: list[Timed]) -> Iterator[SessionRecord | Problem]:
    """Yield one session and the problems in its slots and heading."""
    slots: list[SlotRecord] = []
    for printed, lines in timed:
        for found in _slot(printed, lines, len(slots) + 1):
            if isinstance(found, Problem):
                yield found
            else:
                slots.append(found)
    yield from _heading(heading, tuple(slots))


def _heading(lines: list[Line], slots: tuple[SlotRecord, ...]) -> Iterator[SessionRecord | Problem]:
    """Yield the session of a heading, and a problem for each of its lines that is no part of one."""
    room: str | None = None
    moderators: list[str] = []
    abstract: list[Line] = []
    part = "title"
    end = lines[1][0]
    for number, line in lines[2:]:
        label, colon, value = line.partition(":")
        if colon and label in ("Moderator", "Moderators"):
            part = "moderators"
            moderators.append(value.strip())
        elif colon and label == "Abstract":
            part = "abstract"
            if value:
                abstract.append((number, value.strip()))
        elif part == "abstract":
            abstract.append((number, line))
        elif part == "moderators" and _continues_names(moderators[-1], line):
            moderators.append(line)
        elif part == "title":
            part = "room"
            room = line
        else:
            yield Problem(number, line, "neither room, moderator nor abstract of the session")
            continue
        end = number
    stated = " ".join(filter(None, moderators)) or None
    yield SessionRecord(
        title=lines[1][1],
        line_start=lines[0][0],
        line_end=end,
        room=room,
        moderators=stated,
        moderator_names=split_byline(stated) if stated else (),
        abstract=paragraphs(abstract) if abstract else None,
        slots=slots,
    )


def _slot(printed: PrintedTime | None, lines: list[Line], position: int) -> Iterator[SlotRecord | Problem]:
    """Yield the slot below a time line, or a problem for each line that makes none."""
    time_number, raw_time = lines[0]
    raw_kind, kind, start = _kind(lines)
    if kind in WITHOUT_PAPER:
        last = min(start, len(lines) - 1)
        for number, line in lines[last + 1 :]:
            yield Problem(number, line, f"text below the title of a slot of kind {raw_kind!r}, which has no paper")
    elif start == len(lines) or (is_separated(lines[start][1]) and looks_like_byline(lines[start][1])):
        for number, line in lines:
            yield Problem(number, line, "a slot without a title; the page may be cut off here, so save it again")
        return
    else:
        last = len(lines) - 1
    if printed is None:
        yield Problem(time_number, raw_time, "this time cannot be read; write it like 'Tue 20 July 7:00 - 7:20 PDT'")
    paper = None if kind in WITHOUT_PAPER else _paper(lines, start)
    yield SlotRecord(
        paper.title if paper else lines[last][1],
        kind,
        time_number,
        lines[last][0],
        position,
        raw_kind,
        printed,
        time_number,
        raw_time,
        paper=paper,
    )


def _kind(lines: list[Line]) -> tuple[str | None, str, int]:
    """The kind as printed, the kind, and the index of the title.

    An unknown kind is told from a title by what stands directly below it: its title, and no byline.
    """
    if len(lines) < 2:
        return None, "other", 1
    line = lines[1][1]
    kind = KINDS.get(line.lower())
    if kind is not None:
        return line, kind, 2
    if len(line) <= LONGEST_KIND and len(lines) > 2 and lines[2][0] == lines[1][0] + 1:
        below = lines[2][1]
        if len(below) <= LONGEST_TITLE_LINE and not starts_byline(lines, 2):
            return line, "other", 2
    return None, "other", 1


def _paper(lines: list[Line], start: int) -> PaperRecord:
    """Read the paper whose title begins at `start`."""
    title_end = find_title_end(lines, start)
    byline_end = find_byline_end(lines, title_end)
    byline = join(lines[title_end:byline_end]) if byline_end > title_end else None
    return PaperRecord(
        join(lines[start:title_end]),
        lines[start][0],
        lines[-1][0],
        byline,
        split_byline(byline) if byline else (),
        paragraphs(lines[byline_end:]) if byline_end < len(lines) else None,
    )


def _continues_names(above: str, line: str) -> bool:
    """Whether a line below `Moderator:` goes on with names."""
    return is_separated(line) or ((not above or above[-1] in SEPARATORS) and is_byline(line))
