"""The records of a papercopilot list, as declared, and the papers they become."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers import (
    Located,
    edition_of_bibtex,
    edition_of_url,
    first_record,
    is_outside_edition,
    one_line,
    read_records,
    split_names,
    text_or_none,
)
from programme.loaders.records import PaperRecord, Problem, Record, StatedEdition, StatedLink
from programme.loaders.text.identifiers import Identifier, arxiv, doi, from_address

OLD_NAMES = {"url_site": "site", "url_oa": "oa", "url_pdf": "pdf", "url_github": "github", "url_project": "project"}
"""What older lists call a field, and what it is called since."""

UNUSED = frozenset(
    """
    id tldr keywords primary_area topic supplementary_material supp award video youtube slides poster metadata review
    metareview pdf_size author_num authorids email gender homepage dblp google_scholar orcid linkedin or_profile
    position reviewers rating confidence correctness technical_novelty empirical_novelty presentation soundness
    contribution strengths weaknesses limitations suitability recommendation novelty technical_quality scope support
    significance originality quality clarity discussion_potential argument_clarity related_work
    overall_recommendation sess ssid psid pages volume issue
    """.split()  # noqa: SIM905
)
_UNUSED_KIND = re.compile(r"(?:wc|gs|aff|corr|reply|replies|rating|N|url)_.*|.*_avg|authors#.*")
_PMLR_KEY = re.compile(r"@\w+\{\s*pmlr-(v\d+)-([\w-]+)")


class Listed(msgspec.Struct, kw_only=True):
    """A record of a list; every field is a text."""

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
    unplaced: Located[Listed] | None = None
    count = unplaced_count = 0
    for found in read_records(document, Listed, unused=_unused(first_record(document)), prepare=_renamed):
        count += 1
        if isinstance(found, Problem):
            yield found
        elif not one_line(found.value.title):
            problem = f"{found.path}.title: expected the title of a paper, got an empty text; this record is left out"
            yield Problem(found.line_start, "", problem, found.path, is_lost=True)
        else:
            paper = _paper(found)
            if not paper.affiliations and (found.value.aff or "").strip("; "):
                unplaced = unplaced or found
                unplaced_count += 1
            yield paper
    if not count:
        raise MalformedDocument(document.uri, None, "a list without a record; save it again")
    if unplaced:
        problem = (
            f"{unplaced.path}.aff: expected one affiliation for each author; none is loaded where there are more or "
            f"fewer (records: {unplaced_count:,})"
        )
        yield Problem(unplaced.line_start, (unplaced.value.aff or "")[:80], problem, unplaced.path)


def _renamed(value: Any) -> Any:
    """Give the fields of older lists their later names."""
    if not isinstance(value, dict) or OLD_NAMES.keys().isdisjoint(value):
        return value
    later = {OLD_NAMES.get(name, name): text for name, text in value.items()}
    return later | {name: text for name, text in value.items() if text and name in OLD_NAMES.values()}


def _unused(record: dict[str, Any]) -> Callable[[str], bool]:
    """Tell the fields that are left alone; what has an average beside it in the first record is a score of reviews."""
    scores = {name.removesuffix("_avg") for name in record if name.endswith("_avg")}
    return lambda name: name in UNUSED or name in scores or _UNUSED_KIND.fullmatch(name) is not None


def _paper(found: Located[Listed]) -> PaperRecord:
    listed = found.value
    authors = split_names(listed.author) or split_names(listed.authors) or split_names(listed.author_site)
    links = [
        StatedLink(field, text, role)
        for field, text, role in (
            ("github", text_or_none(listed.github), "own"),
            ("project", text_or_none(listed.project), None),
        )
        if text
    ]
    return PaperRecord(
        title=one_line(listed.title),
        line_start=found.line_start,
        line_end=found.line_end,
        authors=authors,
        abstract=text_or_none(listed.abstract),
        affiliations=_affiliations(listed.aff or "", len(authors)),
        identifiers=_identifiers(listed),
        links=tuple(links),
        edition=_edition(listed),
        raw_kind=text_or_none(listed.status),
        path=found.path,
    )


def _affiliations(text: str, author_count: int) -> tuple[str | None, ...]:
    """The affiliation of each author; none at all when there are more or fewer than authors.

    >>> _affiliations("Reed College;;Kiln Labs+Reed College", 3), _affiliations("Reed College", 2)
    (('Reed College', None, 'Kiln Labs+Reed College'), ())
    """
    places = tuple(text_or_none(part) for part in text.split(";"))
    return places if len(places) == author_count and any(places) else ()


def _identifiers(listed: Listed) -> tuple[Identifier, ...]:
    """The identifiers of a paper, in the order of the fields that state them."""
    found: list[Identifier] = []
    for address in (listed.site, listed.openreview, listed.oa, listed.pdf):
        found += from_address(address.strip()) if address else ()
    if listed.arxiv and (own := arxiv(listed.arxiv)):
        found.append(own)
    found += doi(listed.doi) if listed.doi else ()
    if listed.bibtex and (key := _PMLR_KEY.search(listed.bibtex)):
        found.append(("pmlr", f"{key[1]}/{key[2]}"))
    return tuple(dict.fromkeys(found))


def _edition(listed: Listed) -> StatedEdition | None:
    """The main edition that the record states, unless its status says that it is elsewhere."""
    if is_outside_edition(f"{listed.status or ''} {listed.track or ''}"):
        return None
    for address in (listed.site, listed.oa, listed.pdf, listed.doi):
        if address and (edition := edition_of_url(address)):
            return edition
    return edition_of_bibtex(listed.bibtex) if listed.bibtex else None
