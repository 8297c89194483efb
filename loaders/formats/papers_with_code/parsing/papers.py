"""The records of the dump of papers, as declared, and the papers they become."""

from collections.abc import Iterator

import msgspec

from programme.loaders.documents import Document
from programme.loaders.readers import (
    Located,
    edition_of_url,
    first_of_each_scheme,
    join_wrapped_lines,
    named_authors,
    one_line,
    read_records,
    stated_identifiers,
)
from programme.loaders.records import PaperRecord, Problem, Record, StatedEdition
from programme.loaders.text.identifiers import openreview
from programme.loaders.text.venues import find_edition_named

UNUSED = frozenset(
    {
        "paper_url",
        "short_abstract",
        "tasks",
        "methods",
        "date",
        "nips_id",
        "conference",
        "reproduces_paper",
    }
)


class Listed(msgspec.Struct):
    """A record of the dump."""

    title: str | None = None
    authors: list[str | None] | None = None
    abstract: str | None = None
    arxiv_id: str | None = None
    openreview_id: str | None = None
    url_abs: str | None = None
    url_pdf: str | None = None
    conference_url_abs: str | None = None
    conference_url_pdf: str | None = None
    proceeding: str | None = None


def papers(document: Document) -> Iterator[Record]:
    """Yield each paper, and a problem for each record without a title."""
    for found in read_records(document, Listed, unused=UNUSED):
        yield found if isinstance(found, Problem) else _paper(found)


def _paper(found: Located[Listed]) -> PaperRecord | Problem:
    paper = found.value
    title = one_line(paper.title)
    if not title:
        problem = f"{found.path}.title: no title; the paper is left out"
        return Problem(found.line_start, paper.url_abs or "", problem, found.path, is_lost=True)
    return PaperRecord(
        title,
        found.line_start,
        found.line_end,
        authors=named_authors([name for name in paper.authors or () if name]),
        abstract=join_wrapped_lines(paper.abstract),
        identifiers=_identifiers(paper),
        edition=_edition(paper),
        path=found.path,
    )


def _identifiers(paper: Listed) -> tuple[tuple[str, str], ...]:
    forum = openreview(f"https://openreview.net/forum?id={paper.openreview_id}") if paper.openreview_id else None
    addresses = (paper.url_abs, paper.url_pdf, paper.conference_url_abs, paper.conference_url_pdf)
    return first_of_each_scheme(([forum] if forum else []) + [*stated_identifiers(paper.arxiv_id, *addresses)])


def _edition(paper: Listed) -> StatedEdition | None:
    """The edition of the proceedings; a name in parentheses behind the venue's is that of a workshop there."""
    if paper.proceeding and paper.proceeding.strip():
        return None if "(" in paper.proceeding else find_edition_named(paper.proceeding)
    addresses = (paper.conference_url_abs, paper.conference_url_pdf, paper.url_abs, paper.url_pdf)
    editions = (edition_of_url(address) for address in addresses if address)
    return next((edition for edition in editions if edition), None)
