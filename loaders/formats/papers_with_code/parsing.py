"""The records of the two dumps of Papers with Code, as declared, and the papers they become."""

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
    text_or_none,
)
from programme.loaders.records import PaperRecord, Problem, Record, StatedEdition, StatedLink
from programme.loaders.text.identifiers import Identifier, openreview
from programme.loaders.text.venues import find_edition_named

IGNORED_IN_LINKS = frozenset({"paper_url", "mentioned_in_paper", "mentioned_in_github", "framework"})
IGNORED_IN_PAPERS = frozenset(
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


_ROLES = {"true": "own", "1": "own", "false": "other", "0": "other"}


class CodeLink(msgspec.Struct):
    """A record of `links-between-papers-and-code.json`."""

    paper_title: str | None = None
    paper_arxiv_id: str | None = None
    paper_url_abs: str | None = None
    paper_url_pdf: str | None = None
    repo_url: str | None = None
    is_official: bool | str | None = None


class Paper(msgspec.Struct):
    """A record of `papers-with-abstracts.json`."""

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


def linked_papers(document: Document) -> Iterator[Record]:
    """Yield a paper with one link for each record, and a problem for each record without a title."""
    for found in read_records(document, CodeLink, ignored=IGNORED_IN_LINKS):
        yield found if isinstance(found, Problem) else _linked_paper(found)


def papers(document: Document) -> Iterator[Record]:
    """Yield each paper, and a problem for each record without a title."""
    for found in read_records(document, Paper, ignored=IGNORED_IN_PAPERS):
        yield found if isinstance(found, Problem) else _paper(found)


def _linked_paper(found: Located[CodeLink]) -> PaperRecord | Problem:
    link = found.value
    title, repository = one_line(link.paper_title), text_or_none(link.repo_url)
    if not title:
        problem = f"{found.path}.paper_title: no title to find the paper by; the link is left out"
        return Problem(found.line_start, repository or "", problem, found.path, is_lost=True)
    # Exports by way of a table have truth as text.
    role = _ROLES.get(str(link.is_official).lower())
    return PaperRecord(
        title=title,
        line_start=found.line_start,
        line_end=found.line_end,
        identifiers=stated_identifiers(link.paper_arxiv_id, link.paper_url_abs, link.paper_url_pdf),
        links=(StatedLink("repo_url", repository, role),) if repository else (),
        path=found.path,
    )


def _paper(found: Located[Paper]) -> PaperRecord | Problem:
    paper = found.value
    title = one_line(paper.title)
    if not title:
        problem = f"{found.path}.title: no title; the paper is left out"
        return Problem(found.line_start, paper.url_abs or "", problem, found.path, is_lost=True)
    return PaperRecord(
        title=title,
        line_start=found.line_start,
        line_end=found.line_end,
        authors=named_authors(name for name in paper.authors or () if name),
        abstract=join_wrapped_lines(paper.abstract),
        identifiers=_identifiers(paper),
        edition=_edition(paper),
        path=found.path,
    )


def _identifiers(paper: Paper) -> tuple[Identifier, ...]:
    forum = openreview(f"https://openreview.net/forum?id={paper.openreview_id}") if paper.openreview_id else None
    urls = (paper.url_abs, paper.url_pdf, paper.conference_url_abs, paper.conference_url_pdf)
    return first_of_each_scheme([forum, *stated_identifiers(paper.arxiv_id, *urls)])


def _edition(paper: Paper) -> StatedEdition | None:
    """Return the edition that the proceedings or else the first telling URL names."""
    if paper.proceeding and paper.proceeding.strip():
        # A name in parentheses, "EMNLP (BlackboxNLP) 2021 11", is that of a workshop there.
        return None if "(" in paper.proceeding else find_edition_named(paper.proceeding)
    urls = (paper.conference_url_abs, paper.conference_url_pdf, paper.url_abs, paper.url_pdf)
    editions = (edition_of_url(url) for url in urls if url)
    return next((edition for edition in editions if edition), None)
