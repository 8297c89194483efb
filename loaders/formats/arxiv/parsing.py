"""The records of arXiv's metadata snapshot, as declared, and the papers they become."""

import re
from collections.abc import Iterator

import msgspec

from programme.loaders.documents import Document
from programme.loaders.readers import (
    Located,
    first_of_each_scheme,
    join_wrapped_lines,
    named_authors,
    one_line,
    read_records,
)
from programme.loaders.records import PaperRecord, Problem, Record, StatedLink
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.identifiers import arxiv, doi
from programme.loaders.text.links import find_links

IGNORED_FIELDS = frozenset(
    {"submitter", "journal-ref", "report-no", "categories", "license", "versions", "update_date"}
)

_IN_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_MAX_PARENTHESES_DEPTH = 4


class Preprint(msgspec.Struct):
    """A record of the snapshot."""

    title: str | None = None
    id: str | None = None
    authors: str | None = None
    authors_parsed: list[list[str | None]] | None = None
    abstract: str | None = None
    comments: str | None = None
    doi: str | None = None


def papers(document: Document) -> Iterator[Record]:
    """Yield each preprint, and a problem for each record without a title or with another kind of identifier."""
    for found in read_records(document, Preprint, ignored=IGNORED_FIELDS):
        if isinstance(found, Problem):
            yield found
            continue
        preprint, path = found.value, found.path
        title = one_line(preprint.title)
        if not title:
            problem = f"{path}.title: no title; the preprint is left out"
            yield Problem(found.line_start, preprint.id or "", problem, path, is_lost=True)
            continue
        if preprint.id and arxiv(preprint.id) is None:
            problem = f"{path}.id: expected an arXiv identifier like 2103.00020; it is not loaded"
            yield Problem(found.line_start, preprint.id, problem, path)
        yield _paper(title, found)


def _paper(title: str, found: Located[Preprint]) -> PaperRecord:
    preprint = found.value
    comments = one_line(preprint.comments)
    authors, affiliations = _authors(preprint)
    own = arxiv(preprint.id) if preprint.id else None
    return PaperRecord(
        title=title,
        line_start=found.line_start,
        line_end=found.line_end,
        authors=authors,
        abstract=join_wrapped_lines(preprint.abstract),
        affiliations=affiliations,
        identifiers=first_of_each_scheme([own, *doi(preprint.doi or "")]),
        # The cheap test first: most comments ("12 pages, 3 figures") contain no URL.
        links=(StatedLink("comments", comments),) if "." in comments and find_links(comments) else (),
        path=found.path,
    )


def _authors(preprint: Preprint) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Return the names in natural order and, when any author has one, the affiliation of each."""
    if not preprint.authors_parsed:
        return named_authors(split_byline(without_parentheses(preprint.authors or ""))), ()
    names: list[str] = []
    affiliations: list[str | None] = []
    for parts in preprint.authors_parsed:
        last, first, suffix, *institutions = [one_line(part) for part in (*parts, *[""] * (3 - len(parts)))]
        name = " ".join(filter(None, (first, last, suffix)))
        if name:
            names.append(name)
            affiliations.append("; ".join(filter(None, institutions)) or None)
    return tuple(names), tuple(affiliations) if any(affiliations) else ()


def without_parentheses(text: str) -> str:
    """Return a byline without the texts in parentheses, nested ones too.

    >>> without_parentheses("Ada Quill (1), Bo Marsh (2) ((1) Fen (North), (2) Bog)")
    'Ada Quill, Bo Marsh'
    """
    for _ in range(_MAX_PARENTHESES_DEPTH):
        text = _IN_PARENTHESES.sub("", text)
    return text.strip()
