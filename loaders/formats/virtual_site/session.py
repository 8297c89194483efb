"""The session page of a virtual conference site: ICML, NeurIPS, ICLR, MLSys and others share it.

A heading (`Session`, title, room, `Moderator:`, `Abstract:`), then slots: a time line, a kind, a title, a byline and an
abstract. Parts may be missing, wrapped over lines, or stand without a blank line between them. Pages of poster sessions
give no time to each slot but the number of its poster (`#36`) and the prizes it won; where the session itself prints a
time, its slots have that one. Saved as copied text, as Markdown or as HTML, with or without the site's menus. What the
buttons (`[ OpenReview ]`, `[Project Page](…)`) lead to is read where the addresses are kept.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.virtual_site.parsing.card_parts import bracketed_room, poster_place, stated_by
from programme.loaders.formats.virtual_site.parsing.cards import MAX_KIND_LENGTH, Block, Card, Divider
from programme.loaders.formats.virtual_site.parsing.markdown import Address, split_links
from programme.loaders.formats.virtual_site.parsing.page_frame import (
    BOILERPLATE,
    SESSION,
    SESSIONS,
    WEEKDAYS,
    may_be_page,
    plain,
    read_page,
)
from programme.loaders.records import (
    Boilerplate,
    Hints,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
)
from programme.loaders.text.kinds import KINDS, KINDS_WITHOUT_PAPER
from programme.loaders.text.lines import (
    MAX_TITLE_LINE_LENGTH,
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
from programme.loaders.text.names import looks_like_byline, split_byline
from programme.loaders.text.times import parse_time

NAME = "virtual-session"
DESCRIPTION = "A session page of a virtual conference site (ICML, NeurIPS, ICLR, MLSys), as text, Markdown or HTML."
YIELDS = "one session with its slots and papers"
EXAMPLE = "icml2021_graph_learning.txt"

TOP = 400
"""Lines among which the heading of the page stands, below the menus."""

BELOW = 50
"""Lines below the heading that are looked at to recognise the page."""

MODERATORS = ("Moderator", "Moderators", "Session Chair", "Session Chairs", "Chair", "Chairs")


def sniff(document: Document) -> Sniff:
    """Look for the heading and a time line or the number of a poster below it."""
    if not (document.is_html or any(word in document.head for word in SESSIONS)) or not may_be_page(document):
        return Sniff(0.0, f"no line {SESSION!r}")
    lines = plain(document).lines[:TOP]
    begin = next((index for index, line in enumerate(lines) if line.strip() in SESSIONS), None)
    if begin is None:
        framed = any(line.strip() in BOILERPLATE for line in lines)
        return Sniff(0.1 if framed else 0.0, f"no line {SESSION!r} near the top")
    below = lines[begin : begin + BELOW]
    for line in map(str.strip, below):
        if line[:3] in WEEKDAYS and parse_time(line) is not None:
            return Sniff(0.9, f"{SESSION!r} and a time line")
        if line[:1] == "#" and poster_place(line):
            return Sniff(0.85, f"{SESSION!r} and the number of a poster")
    framed = any(line.strip() in BOILERPLATE or line.strip() == "Abstract:" for line in lines[: begin + BELOW])
    return Sniff(0.6 if framed else 0.3, "no time line like 'Tue 20 July 7:00 - 7:20 PDT' near the top")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each session with its slots, the page boilerplate, and a problem for each line that fits no part."""
    page = read_page(document)
    divider = Divider(page)
    blocks = divider.divide()
    yield from page.boilerplate
    yield from (Boilerplate(number, number) for number in divider.buttons)
    if not blocks:
        raise MalformedDocument(document.uri, None, f"no line {SESSION!r}; save the whole page and try again")
    for block in blocks:
        if len(block.heading) < 2:
            problem = f"no title below {SESSION!r}; save the whole page and try again"
            raise MalformedDocument(document.uri, block.heading[0][0], problem)
        yield from _session(block, page.edition)


def _session(block: Block, edition: StatedEdition | None) -> Iterator[SessionRecord | Problem]:
    """Yield one session and the problems in its slots and heading."""
    slots: list[SlotRecord] = []
    for card in block.cards:
        if card.time_line is None and block.time is not None:
            card.time, card.time_line = block.time, block.time_line
        for found in _slot(card, len(slots) + 1):
            if isinstance(found, Problem):
                yield found
            else:
                slots.append(found)
    for record in _heading(block, tuple(slots)):
        yield record if isinstance(record, Problem) or edition is None else record._replace(edition=edition)


def _heading(block: Block, slots: tuple[SlotRecord, ...]) -> Iterator[SessionRecord | Problem]:
    """Yield the session of a heading, and a problem for each of its lines that is no part of one."""
    lines = block.heading
    room: str | None = None
    moderators: list[str] = []
    abstract: list[Line] = []
    part = "title"
    end = block.time_line[0] if block.time_line else 0
    for number, line in lines[2:]:
        label, colon, value = line.partition(":")
        if colon and label in MODERATORS:
            part = "moderators"
            moderators.append(value.strip())
        elif line == "Abstract" or (colon and label == "Abstract"):
            part = "abstract"
            if value:
                abstract.append((number, value.strip()))
        elif part == "abstract":
            abstract.append((number, line))
        elif part == "moderators" and _continues_names(moderators[-1], line):
            moderators.append(line)
        elif part == "title":
            part = "room"
            room = bracketed_room(line) or line
        else:
            yield Problem(number, line, "neither room, moderator nor abstract of the session")
            continue
        end = max(end, number)
    stated = " ".join(filter(None, moderators)) or None
    record = SessionRecord(split_links(lines[1][1])[0], lines[0][0], max(end, lines[1][0]), room=room, slots=slots)
    yield record._replace(
        moderators=stated,
        moderator_names=split_byline(stated) if stated else (),
        abstract=paragraphs(abstract) if abstract else None,
        time=block.time,
        raw_time=block.time_line[1] if block.time_line else None,
    )


def _slot(card: Card, position: int) -> Iterator[SlotRecord | Problem]:
    """Yield the slot of a card, or a problem for each line that makes none."""
    lines = card.lines
    raw_kind, kind, start = _kind(lines)
    if kind in KINDS_WITHOUT_PAPER:
        last = min(start, len(lines) - 1)
        for number, line in lines[last + 1 :]:
            yield Problem(number, line, f"text below the title of a slot of kind {raw_kind!r}, which has no paper")
    elif start == len(lines) or (is_separated(lines[start][1]) and looks_like_byline(lines[start][1])):
        for number, line in sorted(card.parts + lines):
            yield Problem(number, line, "a slot without a title; the page may be cut off here, so save it again")
        return
    else:
        last = len(lines) - 1
    time_number, raw_time = card.time_line or (None, None)
    if time_number is not None and raw_time is not None and card.time is None:
        yield Problem(time_number, raw_time, "this time cannot be read; write it like 'Tue 20 July 7:00 - 7:20 PDT'")
    paper = None if kind in KINDS_WITHOUT_PAPER else _paper(card, start)
    yield SlotRecord(
        paper.title if paper else lines[last][1],
        "poster" if card.number and raw_kind is None else kind,
        card.first_line,
        max(lines[last][0], card.parts[-1][0]) if card.parts else lines[last][0],
        position,
        raw_kind,
        card.time,
        time_number,
        raw_time,
        card.room,
        card.number,
        card.award,
        paper,
    )


def _kind(lines: list[Line]) -> tuple[str | None, str, int]:
    """The kind as printed, the kind, and the index of the title.

    An unknown kind is told from a title by what stands below it: directly its title, or a title and a byline.
    """
    if not lines:
        return None, "other", 0
    line = lines[0][1]
    kind = KINDS.get(line.lower())
    if kind is not None:
        return line, kind, 1
    if len(line) <= MAX_KIND_LENGTH and len(lines) > 1 and not starts_byline(lines, 1):
        is_above = lines[1][0] == lines[0][0] + 1 or (len(lines) > 2 and is_separated(lines[2][1]))
        if is_above and len(lines[1][1]) <= MAX_TITLE_LINE_LENGTH:
            return line, "other", 1
    return None, "other", 0


def _paper(card: Card, start: int) -> PaperRecord:
    """Read the paper whose title begins at `start`; of links only those that its own lines do not name are kept."""
    lines = card.lines
    texts = [(number, split_links(line)[0]) for number, line in lines] if card.may_link else lines
    title_end = find_title_end(texts, start)
    byline_end = find_byline_end(texts, title_end)
    byline = join(texts[title_end:byline_end]) if byline_end > title_end else None
    title = join(lines[start:title_end])
    linked: tuple[Address, ...] = ()
    if card.may_link:
        title, linked = split_links(title)
    identifiers, links = stated_by([*card.links, *linked]) if card.links or linked else ((), ())
    return PaperRecord(
        title,
        lines[start][0],
        lines[-1][0],
        byline,
        split_byline(byline) if byline else (),
        paragraphs(lines[byline_end:]) if byline_end < len(lines) else None,
        identifiers=identifiers,
        links=links,
    )


def _continues_names(above: str, line: str) -> bool:
    """Whether a line below `Moderator:` goes on with names."""
    return is_separated(line) or ((not above or above[-1] in SEPARATORS) and is_byline(line))
