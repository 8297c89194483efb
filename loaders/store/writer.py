"""Facts to rows.

What no document has stated before is written as it is stated. What others have stated too is written as a statement
only, and the ids of its papers, sessions and listings are remembered: `PaperResolver`, `resolve_sessions` and
`resolve_listings` decide what is displayed of them once the batch is in the database.
"""

from datetime import UTC, datetime
from itertools import count

import zstandard

from programme.loaders.documents import MEDIA_TYPE, Document
from programme.loaders.records import Hints
from programme.loaders.store import rows
from programme.loaders.store.buffer import Ids, RowBuffer
from programme.loaders.store.facts import DocumentFacts, ListingFacts, SessionFacts, SlotFacts
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.store.paper_writer import PaperWriter
from programme.loaders.store.privacy import redact
from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.instants import local_parts

_MEDIA_TYPES = {"[": "application/json", "{": "application/json", "<": "application/xml"}
# Level 1: higher ones save a few per cent of space and take a multiple of the time.
compress = zstandard.ZstdCompressor(level=1).compress


class Writer:
    """Turns documents into buffered rows and remembers what has to be resolved once they are written."""

    def __init__(self, ids: Ids, index: KeyIndex) -> None:
        self.buffer = RowBuffer()
        self.shared_sessions: set[int] = set()
        self.shared_listings: set[int] = set()
        self._ids = ids
        self._next_slot = ids.next("slots")
        self._index = index
        self._papers = PaperWriter(self.buffer, ids, index)
        self._document_id = 0

    @property
    def shared_papers(self) -> set[int]:
        """The papers that others stated too."""
        return self._papers.shared_papers

    def add(self, document: Document, facts: DocumentFacts, hints: Hints) -> None:
        """Buffer the rows of one document."""
        parsed = facts.parsed
        content = compress(redact(document))
        self.add_document(document, parsed.format, hints, (parsed.line_count, parsed.claimed_line_count), content)
        self.add_facts(facts)

    def add_document(
        self, document: Document, format_name: str, hints: Hints, line_counts: tuple[int, int], content: bytes
    ) -> int:
        """Buffer the row of a document alone, to which the facts added next belong; return its id."""
        self._document_id = id_ = self._ids.new("documents")
        self.buffer["documents"].append(
            rows.DocumentRow(
                id=id_,
                sha256=document.sha256,
                uri=document.uri,
                format=format_name,
                media_type=_media_type(document),
                size_bytes=document.size_bytes,
                captured_on=document.captured_on.isoformat() if document.captured_on else None,
                ingested_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                given_venue=hints.venue,
                given_year=hints.year,
                given_on=hints.on.isoformat() if hints.on else None,
                line_count=line_counts[0],
                claimed_line_count=line_counts[1],
                content=content,
                given_time_zone=None,
                given_format=None,
                is_current=True,
                rules_version=1,
                format_version=1,
            )
        )
        self._add_capture(document)
        return id_

    def _add_capture(self, document: Document) -> None:
        source_id = self._index.sources.get(document.uri)
        if source_id is None:
            source_id = self._index.sources[document.uri] = self._ids.new("sources")
            self.buffer["sources"].append(rows.SourceRow(id=source_id, uri=document.uri, scope=""))
        validators = document.validators
        day = document.captured_on
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.buffer["captures"].append(
            rows.CaptureRow(
                id=self._ids.new("captures"),
                source_id=source_id,
                document_id=self._document_id,
                captured_at=f"{day.isoformat()}T00:00:00Z" if day else now,
                basis="server" if day else "file",
                etag=validators.etag if validators else None,
                last_modified=validators.last_modified if validators else None,
                is_current=True,
                replaces_id=None,
            )
        )

    def add_facts(self, facts: DocumentFacts) -> None:
        """Buffer the facts of the document added last."""
        self.buffer["document_problems"].extend(
            rows.DocumentProblemRow(
                id=self._ids.new("document_problems"),
                document_id=self._document_id,
                line=problem.line,
                path=problem.path,
                text=problem.text,
                problem=problem.problem,
            )
            for problem in facts.problems
        )
        for session in facts.sessions:
            self._add_session(session)
        for listing in facts.listings:
            self._add_listing(listing)
        for paper in facts.papers:
            self._papers.add_mention(self._document_id, paper)

    def _add_session(self, facts: SessionFacts) -> None:
        record = facts.record
        session_id = self._index.sessions.get(facts.key)
        is_shared = session_id is not None
        if session_id is None:
            session_id = self._add_new_session(facts)
        else:
            self.shared_sessions.add(session_id)
        self.buffer["session_sources"].append(
            rows.SessionSourceRow(
                session_id=session_id,
                document_id=self._document_id,
                line_start=record.line_start,
                line_end=record.line_end,
                path=record.path,
                title=record.title,
                kind=record.kind,
                track=record.track,
                room=record.room,
                raw_time=record.raw_time,
                starts_at=facts.starts_at,
                ends_at=facts.ends_at,
                moderators=facts.moderators,
                abstract=record.abstract,
                edition_basis=facts.edition_basis,
                stated_key=None,
            )
        )
        edition_zone = facts.edition.time_zone if facts.edition else None
        for slot in facts.slots:
            self._add_slot(session_id, slot, edition_zone, is_shared)

    def _add_new_session(self, facts: SessionFacts) -> int:
        """Buffer a session that no document has stated before, with its moderators; return its id."""
        record = facts.record
        id_ = self._index.sessions[facts.key] = self._ids.new("sessions")
        starts = [start for start in (facts.starts_at, *(slot.starts_at for slot in facts.slots)) if start]
        ends = [end for end in (facts.ends_at, *(slot.ends_at for slot in facts.slots)) if end]
        self.buffer["sessions"].append(
            rows.ConferenceSessionRow(
                id=id_,
                key=facts.key,
                edition_id=self._papers.edition_id(facts.edition),
                title=facts.title,
                kind=record.kind,
                track=record.track,
                room=record.room,
                abstract=clean_abstract(record.abstract or "") or None,
                starts_at=min(starts, default=None),
                ends_at=max(ends, default=None),
                is_cancelled=False,
            )
        )
        names = facts.moderator_names
        author_ids = self._index.authors.ids_of(names)
        self.buffer["session_moderators"].extend(
            rows.SessionModeratorRow(session_id=id_, position=position, author_id=author_id, raw_name=name)
            for position, author_id, name in zip(count(1), author_ids, names, strict=False)
        )
        return id_

    def _add_slot(self, session_id: int, facts: SlotFacts, edition_zone: str | None, is_shared: bool) -> None:
        record = facts.record
        id_ = self._next_slot()
        paper_id = source_id = None
        if facts.paper:
            paper_id, source_id = self._papers.add_mention(self._document_id, facts.paper)
        local_day, local_start, local_end = local_times(facts.starts_at, facts.ends_at, edition_zone or facts.zone)
        self.buffer["slots"].append(
            rows.SlotRow(
                id=id_,
                session_id=session_id,
                # (session_id, position) is unique, and the positions of a shared session are taken. The negative id
                # is free, and `resolve_sessions` renumbers the slots of the session.
                position=-id_ if is_shared else record.position,
                kind=record.kind,
                raw_kind=record.raw_kind,
                title=facts.title,
                starts_at=facts.starts_at,
                ends_at=facts.ends_at,
                time_zone=facts.zone,
                local_day=local_day,
                local_start=local_start,
                local_end=local_end,
                room=record.room,
                poster_number=record.poster_number,
                award=record.award,
                paper_id=paper_id,
                is_cancelled=False,
                document_id=self._document_id,
                line_start=record.line_start,
                line_end=record.line_end,
                path=record.path,
            )
        )
        self.buffer["slot_sources"].append(_slot_source(id_, self._document_id, facts, source_id))

    def _add_listing(self, facts: ListingFacts) -> None:
        record = facts.record
        listing_id = self._index.listings.get(facts.key)
        is_shared = listing_id is not None
        if listing_id is None:
            listing_id = self._index.listings[facts.key] = self._ids.new("listings")
            self.buffer["listings"].append(
                rows.ListingRow(
                    id=listing_id,
                    key=facts.key,
                    title=record.title,
                    source=record.source,
                    listed_on=record.listed_on.isoformat() if record.listed_on else None,
                    listed_month=record.month,
                    listed_day=record.day,
                )
            )
        else:
            self.shared_listings.add(listing_id)
        self.buffer["listing_sources"].append(
            rows.ListingSourceRow(
                listing_id=listing_id,
                document_id=self._document_id,
                line_start=record.line_start,
                line_end=record.line_end,
                path=record.path,
            )
        )
        for position, entry in enumerate(facts.entries, 1):
            paper_id, _ = self._papers.add_mention(self._document_id, entry, listing_id, position)
            if not is_shared:
                upvotes = entry.record.upvotes
                self.buffer["listing_entries"].append(
                    rows.ListingEntryRow(listing_id=listing_id, position=position, paper_id=paper_id, upvotes=upvotes)
                )


def _slot_source(slot_id: int, document_id: int, facts: SlotFacts, source_id: int | None) -> rows.SlotSourceRow:
    record = facts.record
    return rows.SlotSourceRow(
        slot_id=slot_id,
        document_id=document_id,
        line_start=record.line_start,
        line_end=record.line_end,
        path=record.path,
        position=record.position,
        raw_time=record.raw_time,
        raw_kind=record.raw_kind,
        kind=record.kind,
        title=record.title,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        time_zone=facts.zone,
        room=record.room,
        poster_number=record.poster_number,
        award=record.award,
        paper_source_id=source_id,
    )


def _media_type(document: Document) -> str:
    """Return the media type that a server stated, else the one that the first character of the document suggests."""
    if document.media_type != MEDIA_TYPE:
        return document.media_type
    if document.is_html:
        return "text/html"
    return _MEDIA_TYPES.get(document.head.lstrip("\ufeff \t\r\n")[:1], MEDIA_TYPE)


def local_times(
    starts_at: str | None, ends_at: str | None, zone: str | None
) -> tuple[str | None, str | None, str | None]:
    """Return day, start and end on the clocks of `zone`, an IANA name; None where unknown."""
    if not starts_at or not zone:
        return None, None, None
    day, start = local_parts(starts_at, zone)
    return day, start, local_parts(ends_at, zone)[1] if ends_at else None
