"""Papers of Semantic Scholar and works of OpenAlex, as declared."""

from collections.abc import Iterator
from typing import Any

import msgspec

from programme.loaders.documents import Document
from programme.loaders.formats.references.parsing.common import Reference, paper
from programme.loaders.readers import read_records
from programme.loaders.records import PaperRecord, Problem

MAX_WORDS = 20_000
"""An index of more words is no abstract."""


class Named(msgspec.Struct):
    """A person, an institution or a venue."""

    name: str | None = None
    display_name: str | None = None


class GraphPaper(msgspec.Struct, rename="camel"):
    """A paper of Semantic Scholar."""

    paper_id: str | None = None
    title: str | None = None
    abstract: str | None = None
    authors: list[Named] | None = None
    venue: str | None = None
    publication_venue: Named | None = None
    journal: Named | None = None
    year: int | None = None
    external_ids: dict[str, Any] | None = None
    open_access_pdf: dict[str, Any] | None = None


class Authorship(msgspec.Struct):
    """A person with the institutions given on the work."""

    author: Named | None = None
    raw_author_name: str | None = None
    institutions: list[Named] | None = None


class Location(msgspec.Struct):
    """Where a work is to be found."""

    landing_page_url: str | None = None
    pdf_url: str | None = None
    source: Named | None = None


class Work(msgspec.Struct):
    """A work of OpenAlex."""

    title: str | None = None
    display_name: str | None = None
    doi: str | None = None
    publication_year: int | None = None
    authorships: list[Authorship] | None = None
    abstract_inverted_index: dict[str, list[int]] | None = None
    primary_location: Location | None = None
    locations: list[Location] | None = None


def semantic_scholar(document: Document) -> Iterator[PaperRecord | Problem]:
    """Yield each paper; those of lists of citations are one level deeper."""
    for found in read_records(document, GraphPaper, ignored=lambda _: True, prepare=_cited):
        if isinstance(found, Problem):
            yield found
            continue
        value = found.value
        ids = {name: str(one) for name, one in (value.external_ids or {}).items() if one}
        acl = f"https://aclanthology.org/{ids['ACL']}" if "ACL" in ids else None
        pdf = (value.open_access_pdf or {}).get("url")
        names = (value.publication_venue, value.journal)
        yield paper(
            Reference(
                title=value.title,
                authors=[person.name or "" for person in value.authors or ()],
                abstract=value.abstract,
                venue=value.venue or next((one.name for one in names if one and one.name), None),
                year=value.year,
                arxiv=ids.get("ArXiv"),
                doi=ids.get("DOI"),
                urls=(acl, pdf if isinstance(pdf, str) else None),
            ),
            found,
        )


def openalex(document: Document) -> Iterator[PaperRecord | Problem]:
    """Yield the paper of each work."""
    for found in read_records(document, Work, ignored=lambda _: True):
        if isinstance(found, Problem):
            yield found
            continue
        work = found.value
        places = [place for place in (work.primary_location, *(work.locations or ())) if place]
        source = places[0].source if places else None
        people = work.authorships or []
        names = [(one.author.display_name if one.author else None) or one.raw_author_name or "" for one in people]
        record = paper(
            Reference(
                title=work.title or work.display_name,
                authors=names,
                abstract=_abstract(work.abstract_inverted_index or {}),
                venue=source.display_name if source else None,
                year=work.publication_year,
                doi=work.doi,
                urls=[url for place in places for url in (place.landing_page_url, place.pdf_url)],
            ),
            found,
        )
        if isinstance(record, PaperRecord) and len(record.authors) == len(people):
            affiliations = tuple(
                "; ".join(dict.fromkeys(inst.display_name for inst in one.institutions or () if inst.display_name))
                or None
                for one in people
            )
            record = record._replace(affiliations=affiliations if any(affiliations) else ())
        yield record


def _cited(value: Any) -> Any:
    inner = (value.get("citedPaper") or value.get("citingPaper")) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else value


def _abstract(index: dict[str, list[int]]) -> str | None:
    """Return the text of which an index has the places of each word.

    >>> _abstract({"walk": [1, 3], "We": [0], "and": [2]}), _abstract({})
    ('We walk and walk', None)
    """
    places = sorted((place, word) for word, found in index.items() for place in found)
    return " ".join(word for _, word in places) if 0 < len(places) <= MAX_WORDS else None
