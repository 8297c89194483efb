"""What one document states, as facts: the canonical value beside the stated one, and natural keys."""

from collections.abc import Iterator
from typing import NamedTuple

from programme.loaders.formats import Parsed
from programme.loaders.records import (
    CorrectionRecord,
    EditionRecord,
    ListingRecord,
    PaperRecord,
    Problem,
    SessionRecord,
    SlotRecord,
)
from programme.loaders.store.identity import signature
from programme.loaders.text.editions import EditionFact
from programme.loaders.text.instants import LocalTime
from programme.loaders.text.links import Link

ANY_EDITION = "*"
"""In `DocumentFacts.refers_to`: any edition of which papers have numbers."""


class PaperFacts(NamedTuple):
    """A mention of a paper, the key of its title and the links in its fields as (field, link).

    `byline` and `authors` are as `paper_sources` stores them, `identifiers` are written `scheme:value`. `abstract` is
    cleaned for display.
    """

    record: PaperRecord
    title: str
    title_key: str
    links: list[tuple[str, Link]]
    byline: str | None
    authors: str | None
    identifiers: tuple[str, ...]
    edition: EditionFact | None
    edition_basis: str | None
    abstract: str | None

    @property
    def is_reference(self) -> bool:
        """Whether the document names the paper by its number on the site alone."""
        return not self.title


class SlotFacts(NamedTuple):
    """A slot with its instants as ISO 8601 text in UTC; None where unknown or contradictory.

    `local` is its day and clock time as printed, where no zone tells the instants.
    """

    record: SlotRecord
    title: str
    starts_at: str | None
    ends_at: str | None
    zone: str | None
    paper: PaperFacts | None
    local: LocalTime | None = None


class SessionFacts(NamedTuple):
    """A session with its edition and how that is known: `stated`, `given`, `inferred` or None.

    `stated_key` is the key that this document gives the session, where it keeps that of an earlier capture.
    `starts_at` and `ends_at` are those printed for the session itself. `moderators` is a text that `split_byline`
    splits into `moderator_names`.
    """

    record: SessionRecord
    key: str
    title: str
    starts_at: str | None
    ends_at: str | None
    moderators: str | None
    moderator_names: tuple[str, ...]
    edition: EditionFact | None
    edition_basis: str | None
    slots: list[SlotFacts]
    stated_key: str | None = None


class ListingFacts(NamedTuple):
    """A listing and its entries in the printed order."""

    record: ListingRecord
    key: str
    entries: list[PaperFacts]


class EditionFacts(NamedTuple):
    """An edition that a list states, beside what the shipped table has of it."""

    record: EditionRecord
    edition: EditionFact


class DocumentFacts(NamedTuple):
    """Everything one document states; `problems` come from reading it and from interpreting its records.

    `refers_to` are the slugs of the editions of which it names papers by their numbers alone: several where it does
    not say which, and `ANY_EDITION` where nothing tells.
    """

    parsed: Parsed
    sessions: list[SessionFacts]
    listings: list[ListingFacts]
    papers: list[PaperFacts]
    corrections: list[CorrectionRecord]
    problems: list[Problem]
    refers_to: frozenset[str] = frozenset()
    editions: tuple[EditionFacts, ...] = ()

    def mentions(self) -> Iterator[PaperFacts]:
        """Yield every mention of a paper, in the order of the records."""
        for session in self.sessions:
            yield from (slot.paper for slot in session.slots if slot.paper)
        for listing in self.listings:
            yield from listing.entries
        yield from self.papers

    def counts(self) -> dict[str, int]:
        """Count the rows of each table that the document states; `papers` are mentions with other titles or authors.

        `papers_by_number`, which is no table, counts those that it names by their numbers on a site alone, if any.
        """
        slots = [slot for session in self.sessions for slot in session.slots]
        mentions = [one for one in self.mentions() if not one.is_reference]
        links = [link.kind == "repository" for mention in mentions for _, link in mention.links]
        numbered = {mention.identifiers or mention.title_key for mention in self.mentions() if mention.is_reference}
        counts = {
            "sessions": len(self.sessions),
            "slots": len(slots),
            "papers": _papers(mentions),
            "authorships": sum(len(mention.record.authors) for mention in mentions),
            "repo_links": sum(links),
            "paper_links": len(links) - sum(links),
            "listings": len(self.listings),
            "listing_entries": sum(len(listing.entries) for listing in self.listings),
            "editions": len(self.editions),
            "corrections": len(self.corrections),
        }
        return counts | {"papers_by_number": len(numbered)} if numbered else counts


def _papers(mentions: list[PaperFacts]) -> int:
    """Count mentions by title, and by authors as well where a title recurs."""
    bylines: dict[str, set[tuple[str, ...]]] = {}
    for mention in mentions:
        bylines.setdefault(mention.title_key, set()).add(mention.record.authors)
    return sum(1 if len(found) == 1 else len(set(map(signature, found))) for found in bylines.values())
