"""The records of a papercopilot list, as declared, and the papers they become."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers import (
    EXCERPT_CHARS,
    Located,
    edition_of_bibtex,
    edition_of_url,
    first_record,
    is_outside_edition,
    one_line,
    printed_once,
    read_records,
    split_names,
    text_or_none,
)
from programme.loaders.records import PaperRecord, Problem, Record, StatedEdition, StatedLink
from programme.loaders.text.identifiers import Identifier, arxiv, doi, identifiers_from_url
from programme.patterns import lazy_pattern

OLD_NAMES = {"url_site": "site", "url_oa": "oa", "url_pdf": "pdf", "url_github": "github", "url_project": "project"}
"""The names of fields in older lists, and those that replaced them."""

IGNORED_FIELDS = frozenset(
    """
    id tldr keywords primary_area topic supplementary_material supp award video youtube slides poster metadata review
    metareview pdf_size author_num authorids email gender homepage dblp google_scholar orcid linkedin or_profile
    position reviewers rating confidence correctness technical_novelty empirical_novelty presentation soundness
    contribution strengths weaknesses limitations suitability recommendation novelty technical_quality scope support
    significance originality quality clarity discussion_potential argument_clarity related_work
    overall_recommendation sess ssid psid pages volume issue
    """.split()  # noqa: SIM905
)
_IGNORED_PATTERN = lazy_pattern(r"(?:wc|gs|aff|corr|reply|replies|rating|N|url)_.*|.*_avg|authors#.*")
_PMLR_KEY = lazy_pattern(r"@\w+\{\s*pmlr-(v\d+)-([\w-]+)")


class ListedPaper(msgspec.Struct, kw_only=True):
    """A record of a list; every value is a text."""

    title: str
    author: str | None = None
    authors: str | None = None
    author_site: str | None = None
    aff: str | None = None
    abstract: str | None = None
    status: str | None = None
    track: str | None = None
    site: str | None = None
    oa: str | None = None
    pdf: str | None = None
    openreview: str | None = None
    arxiv: str | None = None
    doi: str | None = None
    bibtex: str | None = None
    github: str | None = None
    project: str | None = None


def papers(document: Document) -> Iterator[Record]:
    """Yield the papers of the list; raises MalformedDocument when there is no record at all."""
    misfit: Located[ListedPaper] | None = None
    count = misfit_count = 0
    for found in read_records(document, ListedPaper, ignored=_ignored(first_record(document)), prepare=_renamed):
        count += 1
        if isinstance(found, Problem):
            yield found
        elif not one_line(found.value.title):
            problem = f"{found.path}.title: expected the title of a paper, got an empty text; this record is left out"
            yield Problem(found.line_start, "", problem, found.path, is_lost=True)
        else:
            paper = _paper(found)
            if not paper.affiliations and (found.value.aff or "").strip("; "):
                misfit = misfit or found
                misfit_count += 1
            yield paper
    if not count:
        raise MalformedDocument(document.uri, None, "the list is empty; save it again")
    if misfit:
        problem = (
            f"{misfit.path}.aff: expected one affiliation for each author; none is loaded where there are more or "
            f"fewer (records: {misfit_count:,})"
        )
        yield Problem(misfit.line_start, (misfit.value.aff or "")[:EXCERPT_CHARS], problem, misfit.path)


def _renamed(value: Any) -> Any:
    """Rename the fields of older lists; a field that has a value under its new name keeps it."""
    if not isinstance(value, dict) or OLD_NAMES.keys().isdisjoint(value):
        return value
    later = {OLD_NAMES.get(name, name): text for name, text in value.items()}
    return later | {name: text for name, text in value.items() if text and name in OLD_NAMES.values()}


def _ignored(record: dict[str, Any]) -> Callable[[str], bool]:
    """Return a function that knows the ignored fields; a field with an average beside it is a review score."""
    scores = {name.removesuffix("_avg") for name in record if name.endswith("_avg")}
    return lambda name: name in IGNORED_FIELDS or name in scores or _IGNORED_PATTERN.fullmatch(name) is not None


def _paper(found: Located[ListedPaper]) -> PaperRecord:
    paper = found.value
    authors = split_names(paper.author) or split_names(paper.authors) or split_names(paper.author_site)
    links = [
        StatedLink(field, text, role)
        for field, text, role in (
            ("github", text_or_none(paper.github), "own"),
            ("project", text_or_none(paper.project), None),
        )
        if text
    ]
    return PaperRecord(
        title=one_line(paper.title),
        line_start=found.line_start,
        line_end=found.line_end,
        authors=authors,
        abstract=text_or_none(paper.abstract),
        affiliations=_affiliations(paper.aff or "", len(authors)),
        identifiers=_identifiers(paper),
        links=tuple(links),
        edition=_edition(paper),
        raw_kind=text_or_none(paper.status),
        path=found.path,
    )


def _affiliations(text: str, author_count: int) -> tuple[str | None, ...]:
    """Return the affiliation of each author; none at all when there are not as many as authors.

    >>> _affiliations("Reed College;;Kiln Labs+Reed College", 3), _affiliations("Reed College", 2)
    (('Reed College', None, 'Kiln Labs+Reed College'), ())
    """
    affiliations = tuple(text_or_none(part) for part in text.split(";"))
    if len(affiliations) == 2 * author_count:
        affiliations = printed_once(affiliations)
    return affiliations if len(affiliations) == author_count and any(affiliations) else ()


def _identifiers(paper: ListedPaper) -> tuple[Identifier, ...]:
    """Return the identifiers of a paper in the order of the fields that state them."""
    found: list[Identifier] = []
    for url in (paper.site, paper.openreview, paper.oa, paper.pdf):
        found += identifiers_from_url(url.strip()) if url else ()
    if paper.arxiv and (own := arxiv(paper.arxiv)):
        found.append(own)
    found += doi(paper.doi) if paper.doi else ()
    if paper.bibtex and (key := _PMLR_KEY.search(paper.bibtex)):
        found.append(("pmlr", f"{key[1]}/{key[2]}"))
    return tuple(dict.fromkeys(found))


def _edition(paper: ListedPaper) -> StatedEdition | None:
    """Return the main edition that the record states, unless its status says that the paper is not in it."""
    if is_outside_edition(f"{paper.status or ''} {paper.track or ''}"):
        return None
    for url in (paper.site, paper.oa, paper.pdf, paper.doi):
        if url and (edition := edition_of_url(url)):
            return edition
    return edition_of_bibtex(paper.bibtex) if paper.bibtex else None
