"""Documents and what they state, to rows. Nothing here depends on what other documents state.

A statement refers to what is derived from it: a mention to its paper, say. So the statements of a batch are collected
first, the papers, sessions and listings derived, and then the rows of mentions and links written with their ids.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import zstandard

from programme.loaders.documents import MEDIA_TYPE, Document
from programme.loaders.records import Hints
from programme.loaders.rules import RULES_VERSION
from programme.loaders.store import rows
from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.fact_types import DocumentFacts, EditionFacts, ListingFacts, PaperFacts, SessionFacts
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.store.listings import NewListing
from programme.loaders.store.mentions import NewMention
from programme.loaders.store.papers import Resolved
from programme.loaders.store.sessions import NewSession
from programme.loaders.text.editions import EditionFact
from programme.loaders.text.kinds import normalize_kind
from programme.loaders.text.links import Link

_MEDIA_TYPES = {"[": "application/json", "{": "application/json", "<": "application/xml"}
# Level 1: higher ones save a few per cent of space and take a multiple of the time.
compress = zstandard.ZstdCompressor(level=1).compress


class Statements:
    """What the documents of a batch state: mentions, sessions by key, and listings, with the ids they will have."""

    def __init__(self, plan: WritePlan, ids: Ids, index: KeyIndex) -> None:
        self.mentions: list[NewMention] = []
        self.sessions: dict[str, list[NewSession]] = {}
        self.listings: list[NewListing] = []
        self._plan = plan
        self._ids = ids
        self._next_mention = ids.next("paper_sources")
        self._index = index
        self._editions: frozenset[str] = frozenset()

    def add(self, document_id: int, sha256: str, facts: DocumentFacts) -> None:
        """Collect what one document states."""
        self._plan["document_problems"].extend(
            rows.DocumentProblemRow(
                id=self._ids.new("document_problems"),
                document_id=document_id,
                line=problem.line,
                path=problem.path,
                text=problem.text,
                problem=problem.problem,
            )
            for problem in facts.problems
        )
        # Where a mention states no edition, the corrections that name its paper by title and edition mean these.
        self._editions = frozenset(session.edition.slug for session in facts.sessions if session.edition)
        for session in facts.sessions:
            self._add_session(document_id, sha256, session)
        for listing in facts.listings:
            self._add_listing(document_id, listing)
        for paper in facts.papers:
            self._add_mention(document_id, paper)
        for stated in facts.editions:
            self._add_edition(document_id, stated)

    def _add_edition(self, document_id: int, stated: EditionFacts) -> None:
        record = stated.record
        self._plan["edition_sources"].append(
            rows.EditionSourceRow(
                edition_id=self.edition_id(stated.edition) or 0,
                document_id=document_id,
                line_start=record.line_start,
                line_end=record.line_end,
                path=record.path,
                venue_name=record.venue_name,
                starts_on=record.starts_on.isoformat() if record.starts_on else None,
                ends_on=record.ends_on.isoformat() if record.ends_on else None,
                city=record.city,
                url=record.url,
            )
        )

    def _add_session(self, document_id: int, sha256: str, facts: SessionFacts) -> None:
        mentions = [self._add_mention(document_id, slot.paper) if slot.paper else None for slot in facts.slots]
        new = NewSession(facts, document_id, sha256, self.edition_id(facts.edition), mentions)
        self.sessions.setdefault(facts.key, []).append(new)

    def _add_listing(self, document_id: int, facts: ListingFacts) -> None:
        listing_id = self._index.listings.id_of(facts.key)
        mentions = [
            self._add_mention(document_id, entry, listing_id, position)
            for position, entry in enumerate(facts.entries, 1)
        ]
        self.listings.append(NewListing(facts, document_id, listing_id, mentions))

    def _add_mention(
        self, document_id: int, facts: PaperFacts, listing_id: int | None = None, position: int | None = None
    ) -> int:
        id_ = self._next_mention()
        edition = facts.edition
        editions = frozenset((edition.slug,)) if edition else self._editions
        self.mentions.append(
            NewMention(id_, document_id, facts, self.edition_id(edition), listing_id, position, editions)
        )
        return id_

    def edition_id(self, fact: EditionFact | None) -> int | None:
        """Return the id of an edition, whose rows are planned when it is new; None without an edition."""
        if fact is None:
            return None
        index = self._index
        id_ = index.editions.get(fact.slug)
        if id_ is None:
            venue_id = index.venues.get(fact.venue)
            if venue_id is None:
                venue_id = index.venues[fact.venue] = self._ids.new("venues")
                self._plan["venues"].append(
                    rows.VenueRow(id=venue_id, slug=fact.venue, name=fact.venue_name, url=fact.venue_url)
                )
            id_ = index.editions[fact.slug] = self._ids.new("editions")
            self._plan["editions"].append(
                rows.EditionRow(
                    id=id_,
                    venue_id=venue_id,
                    year=fact.year,
                    slug=fact.slug,
                    name=fact.name,
                    starts_on=fact.starts_on.isoformat() if fact.starts_on else None,
                    ends_on=fact.ends_on.isoformat() if fact.ends_on else None,
                    time_zone=fact.time_zone,
                    city=fact.city,
                    accepted_papers=fact.accepted[0] if fact.accepted else None,
                    accepted_source=fact.accepted[1] if fact.accepted else None,
                )
            )
        return id_

    def write_mentions(self, resolved: Resolved) -> None:
        """Plan the rows of all mentions and their links, now that their papers are known."""
        add = self._plan["paper_sources"].append
        for mention in self.mentions:
            paper_id = resolved.papers[mention.id]
            add(_paper_source(mention, paper_id, resolved.abstracts))
            for field, link in mention.facts.links:
                self._add_link(mention, paper_id, field, link)

    def _add_link(self, mention: NewMention, paper_id: int, field: str, link: Link) -> None:
        if link.kind == "repository":
            self._plan["repo_links"].append(
                rows.RepoLinkRow(
                    id=self._ids.new("repo_links"),
                    paper_id=paper_id,
                    repository_id=self._index.repositories.id_of(link.host, link.path),
                    document_id=mention.document_id,
                    paper_source_id=mention.id,
                    raw_url=link.raw,
                    path=link.path,
                    role=link.role or "other",
                    field=field,
                    char_start=link.start,
                    char_end=link.end,
                    rule=link.rule,
                    stated_role=None,
                )
            )
            return
        self._plan["paper_links"].append(
            rows.PaperLinkRow(
                id=self._ids.new("paper_links"),
                paper_id=paper_id,
                document_id=mention.document_id,
                paper_source_id=mention.id,
                kind=link.kind,
                url=link.url,
                raw_url=link.raw,
                field=field,
                char_start=link.start,
                char_end=link.end,
            )
        )


def _paper_source(mention: NewMention, paper_id: int, abstracts: Mapping[int, str | None]) -> rows.PaperSourceRow:
    facts, record = mention.facts, mention.facts.record
    return rows.PaperSourceRow(
        id=mention.id,
        paper_id=paper_id,
        document_id=mention.document_id,
        line_start=record.line_start,
        line_end=record.line_end,
        path=record.path,
        title=record.title,
        byline=facts.byline,
        authors=facts.authors,
        identifiers=" ".join(facts.identifiers) or None,
        has_abstract=bool(record.abstract),
        # Kept once: here only where it is not the abstract that the paper displays.
        abstract=None if abstracts[mention.id] == record.abstract else record.abstract,
        listing_id=mention.listing_id,
        listing_position=mention.listing_position,
        upvotes=record.upvotes,
        edition_id=mention.edition_id,
        edition_basis=facts.edition_basis,
        raw_kind=record.raw_kind,
        kind=normalize_kind(record.raw_kind, "") if record.raw_kind else None,
        has_more_authors=record.has_more_authors,
        published_in=record.published_in,
        published_year=record.published_year,
        is_journal=record.is_journal,
    )


def correction_rows(document_id: int, facts: DocumentFacts, ids: Ids) -> list[rows.CorrectionRow]:
    """Return the rows of the corrections that a document states."""
    return [
        rows.CorrectionRow(
            id=ids.new("corrections"),
            document_id=document_id,
            line_start=one.line_start,
            line_end=one.line_end,
            path=one.path,
            subject_type=one.subject_type,
            subject=one.subject,
            field=one.field,
            value=one.value,
            reason=one.reason,
            target_key=None,
        )
        for one in facts.corrections
    ]


def document_row(
    id_: int, document: Document, format_name: str | None, facts: DocumentFacts, hints: Hints, content: bytes
) -> rows.DocumentRow:
    """Return the row of a document; `format_name` is the format that the curator gave, `content` is compressed."""
    return rows.DocumentRow(
        id=id_,
        sha256=document.sha256,
        uri=document.uri,
        media_type=media_type_of(document),
        size_bytes=document.size_bytes,
        captured_on=document.captured_on.isoformat() if document.captured_on else None,
        ingested_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        is_current=True,
        content=content,
        **reread_values(format_name, facts, hints),
    )


def reread_values(format_name: str | None, facts: DocumentFacts, hints: Hints) -> dict[str, Any]:
    """Return the columns of a document that reading it again may change."""
    parsed = facts.parsed
    return {
        "format": parsed.format,
        "given_venue": hints.venue,
        "given_year": hints.year,
        "given_on": hints.on.isoformat() if hints.on else None,
        "given_time_zone": hints.time_zone,
        "given_columns": json.dumps(dict(hints.columns), ensure_ascii=False) if hints.columns else None,
        "given_format": format_name,
        "rules_version": RULES_VERSION,
        "format_version": parsed.format_version,
        "refers_to": " ".join(sorted(facts.refers_to)) or None,
        "line_count": parsed.line_count,
        "claimed_line_count": parsed.claimed_line_count,
    }


def media_type_of(document: Document) -> str:
    """Return the media type that a server stated, else the one that the first character of the document suggests."""
    if document.media_type != MEDIA_TYPE:
        return document.media_type
    if document.is_html:
        return "text/html"
    return _MEDIA_TYPES.get(document.head.lstrip("\ufeff \t\r\n")[:1], MEDIA_TYPE)
