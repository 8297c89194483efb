"""Turn the blocks and cards of a session page into sessions and their slots."""

from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.virtual_site.parsing.card_parts import find_bracketed_room, identify_links
from programme.loaders.formats.virtual_site.parsing.cards import Card, PageDivider, SessionBlock
from programme.loaders.formats.virtual_site.parsing.markdown import Link, split_links
from programme.loaders.formats.virtual_site.parsing.page_frame import SESSION, read_page
from programme.loaders.records import (
    Boilerplate,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
)
from programme.loaders.text.bylines import looks_like_byline, split_byline
from programme.loaders.text.kinds import KINDS, KINDS_WITHOUT_PAPER, MAX_KIND_LENGTH
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

MODERATORS = ("Moderator", "Moderators", "Session Chair", "Session Chairs", "Chair", "Chairs")
"""Labels, in the heading of a session, of those who lead it."""


def read_sessions(document: Document) -> Iterator[Record]:
    """Yield each session with its slots, the page boilerplate, and a problem for each line that fits no part.

    Raises MalformedDocument for a page without the line `Session`, or without a title below it.
    """
    page = read_page(document)
    divider = PageDivider(page)
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


def _session(block: SessionBlock, edition: StatedEdition | None) -> Iterator[SessionRecord | Problem]:
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


def _heading(block: SessionBlock, slots: tuple[SlotRecord, ...]) -> Iterator[SessionRecord | Problem]:
    """Yield the session of a heading, and a problem for each line of the heading that does not belong to it."""
    lines = block.heading
    part, room = "title", ""
    moderators: list[str] = []
    abstract: list[Line] = []
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
            room = find_bracketed_room(line) or line
        else:
            yield Problem(number, line, "neither room, moderator nor abstract of the session")
            continue
        end = max(end, number)
    stated = " ".join(filter(None, moderators)) or None
    yield SessionRecord(
        split_links(lines[1][1])[0],
        lines[0][0],
        max(end, lines[1][0]),
        room=room or None,
        moderators=stated,
        moderator_names=split_byline(stated or ""),
        abstract=paragraphs(abstract) if abstract else None,
        slots=slots,
        time=block.time,
        raw_time=block.time_line[1] if block.time_line else None,
    )


def _slot(card: Card, position: int) -> Iterator[SlotRecord | Problem]:
    """Yield the slot of a card, and a problem for each line that does not belong to it."""
    lines = card.lines
    raw_kind, kind, start = _find_kind(lines)
    if kind in KINDS_WITHOUT_PAPER:
        last = min(start, len(lines) - 1)  # a break may print its kind alone, which is its title then
        for number, line in lines[last + 1 :]:
            yield Problem(number, line, f"text below the title of a slot of kind {raw_kind!r}, which has no paper")
    elif start == len(lines) or (is_separated(lines[start][1]) and looks_like_byline(lines[start][1])):
        for number, line in sorted(card.parts + lines):
            yield Problem(number, line, "a slot without a title; the page may be cut off here, so save it again")
        return
    else:
        last = len(lines) - 1
    time_line, raw_time = card.time_line or (None, None)
    if time_line is not None and raw_time is not None and card.time is None:
        yield Problem(time_line, raw_time, "this time cannot be read; write it like 'Tue 20 July 7:00 - 7:20 PDT'")
    paper = None if kind in KINDS_WITHOUT_PAPER else _paper(card, start)
    yield SlotRecord(
        paper.title if paper else lines[last][1],
        "poster" if card.number and raw_kind is None else kind,
        card.first_line,
        max(lines[last][0], card.parts[-1][0]) if card.parts else lines[last][0],
        position,
        raw_kind=raw_kind,
        time=card.time,
        time_line=time_line,
        raw_time=raw_time,
        room=card.room,
        poster_number=card.number,
        award=card.award,
        paper=paper,
    )


def _find_kind(lines: list[Line]) -> tuple[str | None, str, int]:
    """Return the kind as printed, its word in the closed vocabulary, and the index of the title.

    A short line is a kind too, though an unknown one, if a title follows: a line directly below it, or
    one above a byline ("Lightning Talk", "Trees", "Ada Quill · Bo Marsh").
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
    """Return the paper whose title begins at `start`."""
    lines = card.lines
    # The abstract keeps its links as written, so that they are found there with their place.
    texts = [(number, split_links(line)[0]) for number, line in lines] if card.may_link else lines
    title_end = find_title_end(texts, start)
    byline_end = find_byline_end(texts, title_end)
    byline = join(texts[title_end:byline_end]) if byline_end > title_end else None
    title = join(lines[start:title_end])
    title_links: tuple[Link, ...] = ()
    if card.may_link:
        title, title_links = split_links(title)
    identifiers, links = identify_links([*card.links, *title_links]) if card.links or title_links else ((), ())
    return PaperRecord(
        title,
        lines[start][0],
        lines[-1][0],
        byline=byline,
        authors=split_byline(byline or ""),
        abstract=paragraphs(lines[byline_end:]) if byline_end < len(lines) else None,
        identifiers=identifiers,
        links=links,
    )


def _continues_names(above: str, line: str) -> bool:
    """Return whether a line below `Moderator:` continues the names."""
    return is_separated(line) or ((not above or above[-1] in SEPARATORS) and is_byline(line))
