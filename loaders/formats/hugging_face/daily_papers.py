"""The Daily Papers page of Hugging Face, its Trending Papers, or a search on either, as text or Markdown.

Reads: the heading, the date below it, and the papers: a title, its upvotes (above or below it) and its abstract. A
title may wrap, and its abstract may be missing. The page prints no year, so the day of the listing is known only with
`--date` or `--year`. In Markdown also the link of a title, which is that of its arXiv paper, and that to its code.

Ignores: the site's menus and subscription form, and numbers of authors. Lines that are neither title, abstract nor
upvotes are problems.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.hugging_face.parsing.listing_day import (
    SOURCE,
    PrintedDay,
    from_name,
    named_day,
    resolve_printed_day,
)
from programme.loaders.records import Boilerplate, Hints, ListingRecord, PaperRecord, Problem, Record, StatedLink
from programme.loaders.text.lines import Line
from programme.patterns import lazy_pattern

NAME = "daily-papers"
DESCRIPTION = "A Daily Papers page of huggingface.co, or a search on it, as text or Markdown."
YIELDS = "one listing with the papers it shows"
EXAMPLE = "daily_papers_representation_learning.txt"
VERSION = 2
MOVING_WINDOW = True

HEADINGS = frozenset({"Daily Papers", "Trending Papers", "Weekly Papers", "Monthly Papers"})

BOILERPLATE = frozenset(
    {
        "new",
        "Get trending papers in your email inbox!",
        "Get trending papers in your email inbox once a day!",
        "Subscribe",
        "byAK and the research community",
        "by AK and the research community",
        "byAK",
        "by",
        "AK",
        "and the research community",
        "Previous",
        "Next",
        "Daily",
        "Weekly",
        "Monthly",
    }
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DATE = lazy_pattern(r"(?:[A-Z][a-z]{2,8},? )?([A-Z][a-z]{2,8})\.? (\d{1,2})(?:, (\d{4}))?")
MAX_VOTE_DIGITS = 7
COUNT = lazy_pattern(r"[\d.,]+[kKmM]?")
MARKDOWN = lazy_pattern(r"(?:#{1,6}|[-*+])\s+(?=\S)|\*\*(?=\S)|\*\*$")
LINK = lazy_pattern(r"\[([^\[\]]{0,400})\]\((?:<([^<>\s]{1,2000})>|([^()\s]{1,2000}))\)")
CODE_LINK = lazy_pattern(r"\[(?:LINK: )?GitHub[^\[\]]{0,30}\]\((https://github\.com/[^()\s]{1,200})\)")
PAPER_LINK = lazy_pattern(r"\((?:https?://huggingface\.co)?/papers/([0-9]{4}\.[0-9]{4,5})[^()\s]{0,80}\)")
AUTHOR_COUNT = lazy_pattern(r"·?\s*\d+ authors?")

MAX_TITLE_LENGTH = 250
MAX_TITLE_SENTENCE_LENGTH = 120
"""A longer text with a full stop at its end is an abstract; a shorter one may be a title: "Train Short, Test Long."."""


def sniff(document: Document) -> Sniff:
    """Look for the heading near the top and a date below it."""
    top = [plain(line) for line in document.lines[:40]]
    if HEADINGS.isdisjoint(top):
        return Sniff(0.1 if len(BOILERPLATE.intersection(top)) > 1 else 0.0, "no heading 'Daily Papers' near the top")
    heading = next(line for line in top if line in HEADINGS)
    if any(_printed_day(line) for line in top):
        return Sniff(1.0, f"{heading!r} and a date")
    return Sniff(0.6, f"{heading!r}, but no date like 'Aug 11' near the top")


def parse(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield the listing, the page boilerplate, and a problem for each line that is not part of an entry."""
    lines: list[Line] = []
    heading: Line | None = None
    links: dict[int, str] = {}
    for number, raw in enumerate(document.lines, 1):
        line = plain(raw)
        if heading is not None and (link := CODE_LINK.fullmatch(raw.strip()) or PAPER_LINK.search(raw)):
            links[number] = link[1]
        if line in BOILERPLATE or AUTHOR_COUNT.fullmatch(line):
            yield Boilerplate(number, number)
        elif heading is not None and line:
            lines.append((number, line))
        elif line in HEADINGS:
            heading = (number, line)
    if heading is None:
        raise MalformedDocument(document.uri, None, "no heading 'Daily Papers'; save the whole page and try again")
    dated = next((index for index, (_, line) in enumerate(lines[:3]) if _printed_day(line)), -1)
    for number, line in lines[: max(dated, 0)]:
        yield Problem(number, line, "text above the date that is not the heading")
    entries = _Entries(links)
    for block in _blocks(lines[dated + 1 :]):
        yield from entries.add(block)
    yield from entries.close(is_cut=not document.text.endswith(("\n", "\r")))
    if not entries.finished:
        raise MalformedDocument(document.uri, heading[0], "no paper below the heading; save the whole page")
    yield from _listing(heading, lines[dated] if dated >= 0 else None, hints, entries.papers())


def _listing(
    heading: Line, dated: Line | None, hints: Hints, papers: tuple[PaperRecord, ...]
) -> Iterator[ListingRecord | Problem]:
    """Yield the listing, and a problem when its date contradicts the curator's."""
    day = _printed_day(dated[1]) if dated else None
    listed_on, problem = resolve_printed_day(day, hints)
    if dated and problem:
        yield Problem(dated[0], dated[1], problem)
    elif listed_on is None and (listed_on := named_day(day, hints)):
        yield from_name(listed_on)
    yield ListingRecord(
        title=heading[1],
        source=SOURCE,
        line_start=heading[0],
        line_end=dated[0] if dated else heading[0],
        month=day[0] if day else None,
        day=day[1] if day else None,
        listed_on=listed_on,
        entries=papers,
    )


@dataclass(slots=True)
class _Entry:
    """A paper under construction."""

    lines: list[Line]
    title: str
    abstract: str | None = None
    upvotes: int | None = None
    code: str | None = None


class _Entries:
    """The papers read so far.

    Each block of lines is added to the entry it fits, never by counting: one abstract too few must not shift the rest.
    """

    def __init__(self, links: dict[int, str]) -> None:
        self.finished: list[_Entry] = []
        self._links = links
        self._upvotes: Line | None = None

    def add(self, block: list[Line]) -> Iterator[Problem]:
        """Add a block as upvotes, title or abstract; yield a problem for each line that fits nowhere."""
        text = " ".join([line for _, line in block])
        entry = self.finished[-1] if self.finished else None
        link = self._links.get(block[0][0], "")
        if entry and "://" in link:
            entry.code = link
            entry.lines += block
        elif text.isdecimal() and len(text) <= MAX_VOTE_DIGITS:
            if entry and entry.abstract is None and entry.upvotes is None:
                entry.upvotes = int(text)
                entry.lines += block
            else:
                yield from self._without_title()
                self._upvotes = block[0]
        elif problem := _misplaced(text, below_abstract=bool(entry and entry.abstract)):
            for number, line in block:
                yield Problem(number, line, problem)
        elif _is_abstract(text, below_title=entry is not None and entry.abstract is None):
            yield from self._without_title()
            if entry and entry.abstract is None:
                entry.abstract = text
                entry.lines += block
            else:
                for number, line in block:
                    yield Problem(number, line, "an abstract without a title above it")
        else:
            above = [self._upvotes] if self._upvotes else []
            self.finished.append(_Entry(above + block, text, upvotes=int(above[0][1]) if above else None))
            self._upvotes = None

    def close(self, *, is_cut: bool) -> Iterator[Problem]:
        """Yield problems for upvotes without a title, and for the last title of a page that was cut off."""
        yield from self._without_title()
        is_open = len(self.finished) > 1 and self.finished[-1].abstract is None
        # On a page of titles alone, the last one is as complete as the others.
        if is_cut and is_open and any(entry.abstract for entry in self.finished):
            for number, line in self.finished.pop().lines:
                yield Problem(number, line, "the page ends here, perhaps inside a title or abstract; save it again")

    def papers(self) -> tuple[PaperRecord, ...]:
        """Return the entries as records."""
        return tuple(
            PaperRecord(
                title=entry.title,
                line_start=entry.lines[0][0],
                line_end=entry.lines[-1][0],
                abstract=entry.abstract,
                upvotes=entry.upvotes,
                identifiers=tuple(
                    ("arxiv", link)
                    for number, _ in entry.lines
                    if (link := self._links.get(number)) and "/" not in link
                ),
                links=(StatedLink("github", entry.code, "own"),) if entry.code else (),
            )
            for entry in self.finished
        )

    def _without_title(self) -> Iterator[Problem]:
        """Yield a problem for a number that no title follows."""
        if self._upvotes:
            yield Problem(*self._upvotes, "a number without a title next to it")
            self._upvotes = None


def plain(raw: str) -> str:
    """Return a line without the marks of Markdown.

    >>> plain("### [Slow Maps](https://huggingface.co/papers/2508.00001)"), plain("- 3 authors"), plain("[32](/login)")
    ('Slow Maps', '3 authors', '32')
    """
    line = raw.strip()
    if line[:1] in "#-*+[" or "](" in line:
        line = LINK.sub(r"\1", MARKDOWN.sub("", line)).strip()
    return line


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Group adjacent lines, the pieces of a wrapped text; numbers and long lines, which are not wrapped, stay alone."""
    block: list[Line] = []
    for number, line in lines:
        alone = line.isdecimal() or AUTHOR_COUNT.fullmatch(line) is not None or len(line) > MAX_TITLE_LENGTH
        if block and (alone or number > block[-1][0] + 1):
            yield block
            block = []
        block.append((number, line))
        if alone:
            yield block
            block = []
    if block:
        yield block


def _misplaced(text: str, *, below_abstract: bool) -> str | None:
    """Return why a block is neither a title nor an abstract; None when it may be either.

    >>> _misplaced("1.2k", below_abstract=True)
    'a number that is not a count of upvotes'
    """
    if COUNT.fullmatch(text):
        return "a number that is not a count of upvotes"
    if AUTHOR_COUNT.fullmatch(text):
        return "a number of authors, which is not kept"
    if _printed_day(text):
        return "a second date; save each day's page as a document of its own"
    if below_abstract and "://" in text and len(text) <= MAX_TITLE_LENGTH:
        return "a URL below an abstract; a title does not contain one"
    return None


def _is_abstract(text: str, *, below_title: bool) -> bool:
    """Return whether a text is an abstract, by length and full stop; right below a title, any sentence or URL is one.

    >>> _is_abstract("This paper was withdrawn.", below_title=True)
    True
    >>> _is_abstract("Train Short, Test Long.", below_title=False)
    False
    >>> _is_abstract("Walks are short. Code: https://github.com/mossbank/walks", below_title=True)
    True
    """
    if len(text) > MAX_TITLE_LENGTH or (below_title and "://" in text):
        return True
    return text.endswith(".") and (below_title or len(text) > MAX_TITLE_SENTENCE_LENGTH)


def _printed_day(line: str) -> PrintedDay | None:
    """Return a date like `Aug 11`, `August 11` or `Mon, Aug 11, 2025`.

    >>> _printed_day("Aug 11"), _printed_day("Feb 30"), _printed_day("Monday 3")
    ((8, 11, None), None, None)
    """
    found = DATE.fullmatch(line) if len(line) < 40 else None
    if found is None:
        return None
    name, day = found[1][:3], int(found[2])
    if name not in MONTHS or not 1 <= day <= DAYS_IN_MONTH[MONTHS.index(name)]:
        return None
    return MONTHS.index(name) + 1, day, int(found[3]) if found[3] else None
