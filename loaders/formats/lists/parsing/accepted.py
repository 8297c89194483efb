"""Lists of accepted papers without links or marks: a title on a line, its authors on the next, as pages print them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from programme.loaders.documents import Document
from programme.loaders.formats.lists.parsing.labels import is_label
from programme.loaders.formats.lists.parsing.plain_titles import is_byline
from programme.loaders.readers import PageLine, names_and_affiliations, page_lines
from programme.loaders.records import Boilerplate, ListingRecord, PaperRecord, StatedEdition, StatedLink
from programme.loaders.text.identifiers import identifiers_from_url
from programme.loaders.text.kinds import is_kind
from programme.loaders.text.links import find_links
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

MIN_PAPERS = 3
MIN_SHARE = 0.6
"""How many of the lines from the first title to the last authors are one of them; in other texts, names are rare."""

MAX_TOP_LINES = 60
MAX_LINES = 100_000
MAX_CHARS = 1_500

_SAYS_SO = lazy_pattern(
    r"\b(?:accepted|list of|full|main|regular|long|short|oral|poster|spotlight|conference|workshop|research)\b.{0,40}"
    r"\b(?:papers|contributions|posters|publications|submissions|abstracts)\b|^(?:papers|proceedings|posters|orals)$",
    re.IGNORECASE,
)
_SECTION = lazy_pattern(r"(?:\w+\s){0,4}(?:papers|orals|posters|spotlights|presentations|talks)\W*", re.IGNORECASE)
_TITLE_TAG = lazy_pattern(r"<title[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_NUMBER = lazy_pattern(r"(?:[-*•]\s+|(?:#|No\.?\s?|Paper\s)?\d{1,4}\s?[.):-]\s+|\[\d{1,4}\]\s+)")
_AUTHORS = lazy_pattern(r"(?:authors?|by)\s*[:：]\s*", re.IGNORECASE)
_PLACES = lazy_pattern(r"\s*\([^()]*\)[*†‡\d]*")


class Pair(NamedTuple):
    """A title with its authors, and the lines behind them that hold links to its files."""

    title: PageLine
    byline: PageLine
    rest: tuple[PageLine, ...]


def accepted(document: Document) -> Iterator[ListingRecord | Boilerplate]:
    """Yield a listing for each section, and as boilerplate what is above the first and below the last; or nothing."""
    # Most pages say nothing of the kind, and cost no more than a look at their first lines.
    if not any(_SAYS_SO.search(line.strip()) for line in document.lines[: 4 * MAX_TOP_LINES]):
        return
    lines = [line for line in page_lines(document, "") if len(line.text) <= MAX_CHARS][:MAX_LINES]
    top = next((at for at, line in enumerate(lines[:MAX_TOP_LINES]) if _SAYS_SO.search(line.text)), None)
    if top is None:
        return
    parts = list(_parts(lines[top + 1 :]))
    pairs = [part for part in parts if isinstance(part, Pair)]
    first = next((at for at, part in enumerate(parts) if isinstance(part, Pair)), 0)
    last = max((at for at, part in enumerate(parts) if isinstance(part, Pair)), default=0)
    if len(pairs) < MIN_PAPERS or len(pairs) < MIN_SHARE * (last - first + 1):
        return
    title = _TITLE_TAG.search(document.text) if document.is_html else None
    named = [title[1] if title else "", *(line.text for line in lines[: top + 1])]
    edition = next(filter(None, (find_edition_named(one[:200]) for one in named)), None)
    yield from _listings(lines[top], parts, edition)
    begins, ends = lines[top].number, pairs[-1].rest[-1].number if pairs[-1].rest else pairs[-1].byline.number
    yield from (Boilerplate(line.number, line.number) for line in lines if not begins < line.number <= ends)


def _listings(
    heading: PageLine, parts: Sequence[Pair | PageLine], edition: StatedEdition | None
) -> Iterator[ListingRecord]:
    source, section, kind = heading.text, heading, None
    entries: list[PaperRecord] = []
    for part in parts:
        if isinstance(part, Pair):
            entries.append(_paper(part, edition, kind))
        elif _begins_section(part):
            if entries:
                yield ListingRecord(section.text, source, section.number, section.number, entries=tuple(entries))
            section, entries = part, []
            kind = part.text if is_kind(part.text) else part.text.split()[0]
    if entries:
        yield ListingRecord(section.text, source, section.number, section.number, entries=tuple(entries))


def _parts(lines: Sequence[PageLine]) -> Iterator[Pair | PageLine]:
    """Yield titles with their authors, and the other lines; one name alone is an author only where a paper is due."""
    at = 0
    is_due = False
    while at < len(lines):
        title = lines[at]
        byline = lines[at + 1] if at + 1 < len(lines) else None
        if byline is None or not _may_be_title(title.text) or not _has_authors(byline.text, may_be_one=is_due):
            yield title
            is_due = is_due and _begins_section(title)
            at += 1
            continue
        end = at + 2
        while end < len(lines) and _is_of_links(lines[end]):
            end += 1
        yield Pair(title, byline, tuple(lines[at + 2 : end]))
        is_due, at = True, end


def _begins_section(line: PageLine) -> bool:
    return _SECTION.fullmatch(line.text) is not None or is_kind(line.text)


def _may_be_title(text: str) -> bool:
    plain = _NUMBER.sub("", text, count=1)
    return 8 <= len(plain) <= 300 and len(plain.split()) > 1 and not is_label(plain) and not _SAYS_SO.fullmatch(plain)


def _has_authors(text: str, *, may_be_one: bool) -> bool:
    """Return whether a line is a byline.

    >>> several, one = "Ada Quill (Fen College), Bo Marsh (Dune)", "Slow Maps"
    >>> _has_authors(several, may_be_one=False), _has_authors(one, may_be_one=False), _has_authors(one, may_be_one=True)
    (True, False, True)
    """
    names = _PLACES.sub("", _AUTHORS.sub("", text, count=1))
    is_several = any(mark in names for mark in (",", ";", "·", " and ", " & "))
    return (is_several or may_be_one) and is_byline(names.replace(";", ","))


def _is_of_links(line: PageLine) -> bool:
    """Return whether a line holds links to the files of a paper, and no more."""
    if _begins_section(line):
        return False
    rest = line.text
    for text, _ in line.links:
        rest = rest.replace(text, "", 1)
    is_all = bool(line.links) and not any(map(str.isalnum, rest))
    return (is_all and all(is_label(text) for text, _ in line.links)) or is_label(line.text)


def _paper(pair: Pair, edition: StatedEdition | None, kind: str | None) -> PaperRecord:
    byline = _AUTHORS.sub("", pair.byline.text, count=1)
    names, affiliations = names_and_affiliations(byline)
    links = [link for line in (pair.title, pair.byline, *pair.rest) for link in line.links]
    return PaperRecord(
        title=_NUMBER.sub("", pair.title.text, count=1),
        line_start=pair.title.number,
        line_end=(pair.rest[-1] if pair.rest else pair.byline).number,
        byline=byline,
        authors=names,
        affiliations=affiliations,
        identifiers=tuple(
            {scheme: (scheme, value) for _, url in links for scheme, value in identifiers_from_url(url)}.values()
        ),
        links=tuple(
            StatedLink(text or "link", url, "own")
            for text, url in links
            if any(found.kind == "repository" for found in find_links(url))
        ),
        edition=edition,
        raw_kind=kind,
    )
