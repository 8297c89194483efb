"""The web page of a venue on OpenReview, as text or HTML: a tab with its papers, such as "Accept (oral)".

Reads: each paper with title, authors, the abstract where its details are shown, and the forum where the links were
saved. The line with dates and readers names the venue, which gives the edition and the kind (`ICLR 2024 oral`). A paper
that was rejected or withdrawn, or is under review, belongs to no edition.

Ignores: dates, readers, keywords and other details, the tabs and the description of the venue.
"""

from collections.abc import Iterator
from typing import NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import PageLine, first_of_each_scheme, is_outside_edition, page_lines, text_or_none
from programme.loaders.records import Boilerplate, Hints, PaperRecord, Record
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.identifiers import openreview
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

NAME = "openreview-group"
DESCRIPTION = "The web page of a venue on OpenReview with its papers, as text or HTML."
YIELDS = "papers with their edition and kind"
EXAMPLE = "openreview_group.txt"
VERSION = 1

DAY = r"\d{1,2} [A-Z][a-z]{2,8} \d{4}"
DATES = lazy_pattern(
    rf"(?:(?:Published|Submitted|Last Modified):? )?{DAY}(?:,? ?\(?(?:[Ll]ast [Mm]odified|modified):? {DAY}\)?)?"
    r"(?P<venue>.*)"
)
READERS = lazy_pattern(r"(?P<venue>.*?)\s*\bReaders:.*")
DETAIL = lazy_pattern(r"(?P<name>[A-Z][\w;./ -]{1,40}):\s*(?P<text>.*)")
TOGGLE = lazy_pattern(r"(?:Show|Hide) details.*|\d+ Repl(?:y|ies).*|Add:.*|Venue.*Comment.*")
KIND = lazy_pattern(r".*?\b20\d\d\s+(?:Conference\s+)?(?P<kind>\S.*)")


class Entry(NamedTuple):
    """The lines of a paper: title, authors, those with dates, venue and readers, and the details below them."""

    title: PageLine
    people: list[PageLine]
    meta: list[PageLine]
    details: list[PageLine]


def sniff(document: Document) -> Sniff:
    """Look for lines with dates, venue and readers."""
    head = document.head
    is_page = document.opener is None and head.lstrip("\ufeff \t\r\n")[:1] not in ("{", "[", "@")
    is_site = is_page and "openreview" in head.lower()
    if not is_site and not (is_page and "Readers:" in head and "Show details" in head):
        return Sniff(0.0, "no page of OpenReview")
    if document.is_html and "note-meta-info" not in document.text and "Readers:" not in document.text:
        return Sniff(0.0, "a page of OpenReview without papers")
    count = sum(READERS.fullmatch(line.text) is not None for line in page_lines(document, ""))
    return Sniff(0.9 if count else 0.0, f"{count} lines with 'Readers:'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each paper, and a problem for each line that fits no part; raises MalformedDocument when there is none."""
    entries, around = _entries(list(page_lines(document, "https://openreview.net")))
    if not entries:
        raise MalformedDocument(
            document.uri, None, "no paper with a line 'Readers:'; open a tab with papers and save it"
        )
    yield from (Boilerplate(line.number, line.number) for line in around)
    for entry in entries:
        yield from _paper(entry)


def _entries(lines: list[PageLine]) -> tuple[list[Entry], list[PageLine]]:
    """Return the papers of a page, and the lines around them: the heading, and the buttons below the last."""
    entries: list[Entry] = []
    around: list[PageLine] = []
    block: list[PageLine] = []
    for line in lines:
        block.append(line)
        if not READERS.fullmatch(line.text):
            continue
        dated = next((index for index, one in enumerate(block) if DATES.match(one.text)), len(block) - 1)
        # Without authors, as under double-blind review, the title is just above the dates.
        title = max(dated - (2 if dated >= 2 and not _ends_entry(block[dated - 2]) else 1), 0)
        is_paper = title < dated
        (entries[-1].details if entries else around).extend(block[:title] if is_paper else block)
        if is_paper:
            entries.append(Entry(block[title], block[title + 1 : dated], block[dated:], []))
        block = []
    (entries[-1].details if entries else around).extend(block)
    return entries, around


def _ends_entry(line: PageLine) -> bool:
    """Return whether a line is one of the buttons or details below a paper, so that no title."""
    return TOGGLE.fullmatch(line.text) is not None


def _paper(entry: Entry) -> Iterator[Record]:
    """Yield the paper, and as boilerplate the lines about its state and the details that are not kept."""
    abstract: list[PageLine] = []
    name = ""
    for line in entry.details:
        field = DETAIL.fullmatch(line.text)
        name = "" if TOGGLE.fullmatch(line.text) else field["name"] if field else name
        if name == "Abstract":
            abstract.append(line._replace(text=field["text"]) if field else line)
        if field or name != "Abstract" or line.links:
            yield Boilerplate(line.number, line.number)
    people = [line for line in entry.people if line.text]
    yield from (Boilerplate(line.number, line.number) for line in entry.meta)
    yield from (Boilerplate(line.number, line.number) for line in (entry.title, *people) if line.links)
    found = DATES.match(" ".join(line.text for line in entry.meta))
    readers = READERS.fullmatch((found["venue"] if found else entry.meta[-1].text).strip())
    venue = readers["venue"].strip() if readers else ""
    kind = KIND.fullmatch(venue)
    byline = " ".join(line.text for line in people)
    yield PaperRecord(
        title=entry.title.text,
        line_start=entry.title.number,
        line_end=max([entry.meta[-1].number, *(line.number for line in abstract)]),
        byline=byline or None,
        authors=split_byline(byline),
        abstract=" ".join(line.text for line in abstract).strip() or None,
        identifiers=first_of_each_scheme(openreview(url) for _, url in entry.title.links),
        edition=None if is_outside_edition(venue) else find_edition_named(venue),
        raw_kind=text_or_none(venue) if is_outside_edition(venue) else kind["kind"] if kind else None,
    )
