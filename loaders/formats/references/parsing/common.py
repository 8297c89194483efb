"""A reference as a paper: the title, people and addresses that every export has in fields of its own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from programme.loaders.readers import (
    Located,
    edition_of_url,
    first_of_each_scheme,
    is_outside_edition,
    join_wrapped_lines,
    named_authors,
    one_line,
    stated_identifiers,
)
from programme.loaders.records import PaperRecord, Problem, StatedLink
from programme.loaders.text.identifiers import arxiv, doi
from programme.loaders.text.links import find_links
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

_IN_NOTE = lazy_pattern(r"\barxiv:\s?(\S+)", re.IGNORECASE)
_OTHERS = frozenset({"others", "et al"})
"""What stands in the place of the authors that a list leaves out."""


class Reference(NamedTuple):
    """What a reference states; names are as stated, and `notes` are texts that may hold the address of code."""

    title: str | None
    authors: Sequence[str] = ()
    abstract: str | None = None
    venue: str | None = None
    year: str | int | None = None
    arxiv: str | None = None
    doi: str | None = None
    urls: Sequence[str | None] = ()
    notes: Sequence[str | None] = ()
    kind: str | None = None
    is_journal: bool = False


def paper(reference: Reference, found: Located[Any]) -> PaperRecord | Problem:
    """Return the paper of a reference, and a problem for one without a title."""
    title = one_line(reference.title)
    if not title:
        problem = f"{found.path}: no title; this reference is left out"
        return Problem(found.line_start, "; ".join(reference.authors)[:80], problem, found.path, is_lost=True)
    urls = [url for url in reference.urls if url]
    notes = [note for note in reference.notes if note]
    year = str(reference.year or "")[:4]
    edition = find_edition_named(reference.venue, int(year) if year.isdecimal() else None) if reference.venue else None
    if edition is None and not is_outside_edition(reference.venue or ""):
        edition = next(filter(None, map(edition_of_url, urls)), None)
    # A byline that says no more than that there are others says nothing.
    has_more = len(reference.authors) > 1 and reference.authors[-1].strip("{} .").casefold() in _OTHERS
    return PaperRecord(
        title=title,
        line_start=found.line_start,
        line_end=found.line_end,
        authors=named_authors(reference.authors[:-1] if has_more else reference.authors),
        has_more_authors=has_more,
        abstract=join_wrapped_lines(reference.abstract),
        identifiers=first_of_each_scheme(
            [
                *stated_identifiers(reference.arxiv, *urls),
                *(doi(reference.doi) if reference.doi else ()),
                *(arxiv(found) for note in notes for found in _IN_NOTE.findall(note)),
            ]
        ),
        links=tuple(_code([*urls, *notes])),
        edition=edition,
        raw_kind=reference.kind,
        path=found.path,
        published_in=one_line(reference.venue) or None,
        published_year=int(year) if year.isdecimal() and len(year) == 4 else None,
        is_journal=reference.is_journal and bool(reference.venue),
    )


def inverted(family: str | None, given: str | None) -> str:
    """Return a name whose parts are stated apart, family name first, as exports write it.

    >>> inverted("van Roe", "Cy"), inverted("Moss Collective", None)
    ('van Roe, Cy', 'Moss Collective')
    """
    return ", ".join(part.strip() for part in (family, given) if part and part.strip())


def _code(texts: Iterable[str]) -> Iterator[StatedLink]:
    """Yield the texts that hold the address of a repository."""
    for text in texts:
        if any(link.kind == "repository" for link in find_links(text)):
            yield StatedLink("url", text)
