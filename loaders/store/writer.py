"""Facts to rows. What nobody stated before is written as it stands; what others stated too is left to `reconcile`."""

from datetime import UTC, datetime
from itertools import chain, count, repeat

import zstandard

from programme.loaders.documents import MEDIA_TYPE, Document
from programme.loaders.records import Hints
from programme.loaders.store.facts import DocumentFacts, ListingFacts, PaperFacts, SessionFacts, SlotFacts
from programme.loaders.store.known import Known
from programme.loaders.store.privacy import kept
from programme.loaders.store.rows import Buffers, Ids
from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.editions import EditionFact
from programme.loaders.text.times import local_parts

_TYPES = {"[": "application/json", "{": "application/json", "<": "application/xml"}
compress = zstandard.ZstdCompressor(level=1).compress


class Writer:
    """Turns documents into buffered rows and remembers what has to be reconciled once they are written."""

    def __init__(self, ids: Ids, known: Known) -> None:
        self.rows = Buffers()
        self.shared_papers: set[int] = set()
        self.shared_sessions: set[int] = set()
        self.shared_listings: set[int] = set()
        self._ids = ids
        self._next_slot = ids.next("slots")
        self._next_paper = ids.next("papers")
        self._next_mention = ids.next("paper_sources")
        self._known = known
        self._document_id = 0

    def add(self, document: Document, facts: DocumentFacts, hints: Hints) -> None:
        """Buffer the rows of one document."""
        parsed = facts.parsed
        content = compress(kept(document))
        self.add_document(document, parsed.format, hints, (parsed.line_count, parsed.claimed_line_count), content)
        self.add_facts(facts)

    def add_document(
        self, document: Document, format_name: str, hints: Hints, counts: tuple[int, int], content: bytes
    ) -> int:
        """Buffer the row of a document alone, to which the facts added next belong; returns its id."""
        self._document_id = id_ = self._ids.new("documents")
        ingested_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        captured_on = document.captured_on.isoformat() if document.captured_on else None
        on = hints.on.isoformat() if hints.on else None
        validators = document.validators
        served = (validators.etag, validators.last_modified) if validators else (None, None)
        self.rows["documents"].append(
            (id_, document.sha256, document.uri, format_name, _media_type(document), document.size_bytes, captured_on)
            + (ingested_at, hints.venue, hints.year, on, *served, *counts, content)
        )
        return id_

    def add_facts(self, facts: DocumentFacts) -> None:
        """Buffer the facts of the document added last."""
        self.rows["document_problems"].extend(
            (self._ids.new("document_problems"), self._document_id, problem.line, problem.path)
            + (problem.text, problem.problem)
            for problem in facts.problems
        )
        for session in facts.sessions:
            self._add_session(session)
        for listing in facts.listings:
            self._add_listing(listing)
        for paper in facts.papers:
            self._add_mention(paper)

    def _add_session(self, facts: SessionFacts) -> None:
        record = facts.record
        session_id = self._known.sessions.get(facts.key)
        is_shared = session_id is not None
        if session_id is None:
            session_id = self._known.sessions[facts.key] = self._ids.new("sessions")
            starts = [start for start in (facts.starts_at, *(slot.starts_at for slot in facts.slots)) if start]
            ends = [end for end in (facts.ends_at, *(slot.ends_at for slot in facts.slots)) if end]
            self.rows["sessions"].append(
                (session_id, facts.key, self._edition(facts.edition), facts.title, record.kind, record.track)
                + (
                    record.room,
                    clean_abstract(record.abstract or "") or None,
                    min(starts, default=None),
                    max(ends, default=None),
                )
            )
            names = facts.moderator_names
            self.rows["session_moderators"].extend(
                zip(repeat(session_id), count(1), self._known.authors.ids_of(names), names, strict=False)
            )
        else:
            self.shared_sessions.add(session_id)
        self.rows["session_sources"].append(
            (session_id, self._document_id, record.line_start, record.line_end, record.path, record.title)
            + (record.kind, record.track, record.room, record.raw_time, facts.starts_at, facts.ends_at)
            + (facts.moderators, record.abstract, facts.edition_basis)
        )
        place_zone = facts.edition.time_zone if facts.edition else None
        for slot in facts.slots:
            self._add_slot(session_id, slot, place_zone, is_shared)

    def _add_slot(self, session_id: int, facts: SlotFacts, place_zone: str | None, is_shared: bool) -> None:
        record = facts.record
        id_ = self._next_slot()
        paper_id = source_id = None
        if facts.paper:
            paper_id, source_id = self._add_mention(facts.paper)
        zone = facts.zone
        position = -id_ if is_shared else record.position
        self.rows["slots"].append(
            (id_, session_id, position, record.kind, record.raw_kind, facts.title, facts.starts_at, facts.ends_at)
            + (zone, *local_times(facts.starts_at, facts.ends_at, place_zone or zone), record.room)
            + (record.poster_number, record.award, paper_id, self._document_id, record.line_start, record.line_end)
            + (record.path,)
        )
        self.rows["slot_sources"].append(
            (id_, self._document_id, record.line_start, record.line_end, record.path, record.position)
            + (record.raw_time, record.raw_kind, record.kind, record.title, facts.starts_at, facts.ends_at, zone)
            + (record.room, record.poster_number, record.award, source_id)
        )

    def _add_listing(self, facts: ListingFacts) -> None:
        record = facts.record
        listing_id = self._known.listings.get(facts.key)
        is_shared = listing_id is not None
        if listing_id is None:
            listing_id = self._known.listings[facts.key] = self._ids.new("listings")
            listed_on = record.listed_on.isoformat() if record.listed_on else None
            self.rows["listings"].append(
                (listing_id, facts.key, record.title, record.source, listed_on, record.month, record.day)
            )
        else:
            self.shared_listings.add(listing_id)
        self.rows["listing_sources"].append(
            (listing_id, self._document_id, record.line_start, record.line_end, record.path)
        )
        for position, entry in enumerate(facts.entries, 1):
            paper_id, _ = self._add_mention(entry, listing_id, position)
            if not is_shared:
                self.rows["listing_entries"].append((listing_id, position, paper_id, entry.record.upvotes))

    def _add_mention(
        self, facts: PaperFacts, listing_id: int | None = None, listing_position: int | None = None
    ) -> tuple[int, int]:
        """Buffer a mention and return the ids of its paper and of itself."""
        record = facts.record
        source_id = self._next_mention()
        paper_id = self._paper_of(facts)
        unshown_abstract = record.abstract
        if paper_id is None:
            paper_id, display_abstract = self._add_paper(facts)
            unshown_abstract = None if display_abstract == record.abstract else record.abstract
        else:
            self.shared_papers.add(paper_id)
        self.rows["paper_sources"].append(
            (source_id, paper_id, self._document_id, record.line_start, record.line_end, record.path, record.title)
            + (facts.byline, facts.authors, " ".join(facts.identifiers) or None, bool(record.abstract))
            + (unshown_abstract, listing_id, listing_position, record.upvotes, self._edition(facts.edition))
            + (facts.edition_basis, record.raw_kind)
        )
        if facts.links:
            self._add_links(facts, paper_id, source_id)
        return paper_id, source_id

    def _paper_of(self, facts: PaperFacts) -> int | None:
        """A paper that goes by the title or an identifier of a mention; resolving decides whether it is this one."""
        papers = self._known.papers
        for name in (*facts.identifiers, facts.title_key):
            found = papers.of(name)
            if found is not None:
                for other in (*facts.identifiers, facts.title_key):
                    papers.note(other, found)
                return found
        return None

    def _add_paper(self, facts: PaperFacts) -> tuple[int, str | None]:
        """Buffer a paper that nobody stated before, with its byline and identifiers; returns its id and abstract."""
        record = facts.record
        id_ = self._next_paper()
        abstract = clean_abstract(record.abstract or "") or None
        self.rows["papers"].append((id_, facts.title_key, facts.title_key, facts.title, abstract))
        author_ids = self._known.authors.ids_of(record.authors)
        places = chain(record.affiliations, repeat(None))
        self.rows["authorships"].extend(zip(repeat(id_), count(1), author_ids, record.authors, places, strict=False))
        self._known.papers.note(facts.title_key, id_)
        for identifier in facts.identifiers:
            self._known.papers.note(identifier, id_)
            self.rows["paper_identifiers"].append((id_, *identifier.split(":", 1)))
        return id_, abstract

    def _add_links(self, facts: PaperFacts, paper_id: int, source_id: int) -> None:
        for field, link in facts.links:
            span = (link.start, link.end)
            if link.kind == "repository":
                repository_id = self._known.repositories.id_of(link.host, link.path)
                self.rows["repo_links"].append(
                    (self._ids.new("repo_links"), paper_id, repository_id, self._document_id, source_id, link.raw)
                    + (link.path, link.role, field, *span, link.rule)
                )
            else:
                self.rows["paper_links"].append(
                    (self._ids.new("paper_links"), paper_id, self._document_id, source_id, link.kind, link.url)
                    + (link.raw, field, *span)
                )

    def _edition(self, fact: EditionFact | None) -> int | None:
        if fact is None:
            return None
        known = self._known
        id_ = known.editions.get(fact.slug)
        if id_ is None:
            venue_id = known.venues.get(fact.venue)
            if venue_id is None:
                venue_id = known.venues[fact.venue] = self._ids.new("venues")
                self.rows["venues"].append((venue_id, fact.venue, fact.venue_name, fact.venue_url))
            id_ = known.editions[fact.slug] = self._ids.new("editions")
            days = [day.isoformat() if day else None for day in (fact.starts_on, fact.ends_on)]
            self.rows["editions"].append(
                (id_, venue_id, fact.year, fact.slug, fact.name, *days, fact.time_zone, fact.city)
            )
        return id_


def _media_type(document: Document) -> str:
    """The media type that a server stated, else the one that the first characters tell."""
    if document.media_type != MEDIA_TYPE:
        return document.media_type
    if document.is_html:
        return "text/html"
    return _TYPES.get(document.head.lstrip("\ufeff \t\r\n")[:1], MEDIA_TYPE)


def local_times(
    starts_at: str | None, ends_at: str | None, zone: str | None
) -> tuple[str | None, str | None, str | None]:
    """Day, start and end on the clocks of `zone`; None where unknown."""
    if not starts_at or not zone:
        return None, None, None
    day, start = local_parts(starts_at, zone)
    return day, start, local_parts(ends_at, zone)[1] if ends_at else None
