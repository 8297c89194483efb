"""The records of arXiv's metadata snapshot, as declared, the entries of its feeds, and the papers they become."""

from collections.abc import Iterator

import msgspec

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers import (
    Located,
    XmlDamage,
    XmlEvent,
    element_text,
    first_of_each_scheme,
    join_wrapped_lines,
    named_authors,
    one_line,
    read_elements,
    read_records,
    text_or_none,
)
from programme.loaders.records import PaperRecord, Problem, Record, StatedLink
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.identifiers import arxiv, doi
from programme.loaders.text.links import find_links
from programme.patterns import lazy_pattern

IGNORED_FIELDS = frozenset(
    {"submitter", "journal-ref", "report-no", "categories", "license", "versions", "update_date"}
)

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_FEED = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
_ENTRY = lazy_pattern(r"<entry\b")
_IN_PARENTHESES = lazy_pattern(r"\s*\([^()]*\)")
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
        stripped = [part.strip() if part else "" for part in parts]
        name = _natural(stripped)
        if "\n" in name or "\r" in name:
            name = _natural([one_line(part) for part in parts])
        if name:
            names.append(name)
            affiliations.append("; ".join(filter(None, map(one_line, parts[3:]))) or None)
    return tuple(names), tuple(affiliations) if any(affiliations) else ()


def _natural(parts: list[str]) -> str:
    """Return a name, given the last name, the first name and the suffix."""
    return " ".join(filter(None, (*parts[1:2], *parts[:1], *parts[2:3])))


def without_parentheses(text: str) -> str:
    """Return a byline without the texts in parentheses, nested ones too.

    >>> without_parentheses("Ada Quill (1), Bo Marsh (2) ((1) Fen (North), (2) Bog)")
    'Ada Quill, Bo Marsh'
    """
    for _ in range(_MAX_PARENTHESES_DEPTH):
        text = _IN_PARENTHESES.sub("", text)
    return text.strip()


def entries(document: Document) -> Iterator[Record]:
    """Yield the papers of an Atom feed; raises MalformedDocument when there is no entry."""
    count = 0
    for found in read_elements(document, frozenset({f"{_ATOM}entry"}), _ENTRY, lambda _: _FEED):
        if isinstance(found, XmlDamage):
            yield Problem(found.line, found.text, f"damaged XML: {found.reason}; an entry there may be missing")
        elif found.kind == "end":
            path = f"entry[{count}]"
            count += 1
            yield _entry(found, path)
    if not count:
        raise MalformedDocument(document.uri, None, "the feed has no entry; ask for something that arXiv has")


def _entry(found: XmlEvent, path: str) -> PaperRecord | Problem:
    element = found.element

    def text(tag: str) -> str | None:
        inner = element.find(tag)
        return element_text(inner, {}) if inner is not None else None

    title = one_line(text(f"{_ATOM}title"))
    if not title:
        return Problem(found.line, text(f"{_ATOM}id") or "", f"{path}: no title; it is left out", path, is_lost=True)
    people = element.findall(f"{_ATOM}author")
    names = [
        element_text(one.find(f"{_ATOM}name"), {}) if one.find(f"{_ATOM}name") is not None else "" for one in people
    ]
    places = [one.find(f"{_ARXIV}affiliation") for one in people]
    affiliations = tuple(text_or_none(element_text(one, {})) if one is not None else None for one in places)
    authors = named_authors(names)
    comment = text(f"{_ARXIV}comment")
    return PaperRecord(
        title=title,
        line_start=found.line,
        line_end=found.line,
        authors=authors,
        abstract=join_wrapped_lines(text(f"{_ATOM}summary")),
        affiliations=affiliations if any(affiliations) and len(affiliations) == len(authors) else (),
        identifiers=first_of_each_scheme([arxiv(text(f"{_ATOM}id") or ""), *doi(text(f"{_ARXIV}doi") or "")]),
        links=(StatedLink("comment", comment),) if comment and find_links(comment) else (),
        path=path,
    )
