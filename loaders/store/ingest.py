"""Documents into the database: a few in a transaction each, many in batches.

Into an empty database many documents are loaded in one transaction, without most indexes until its end. Modules that
only some runs need are imported where they are used, which keeps the ingest of one new document fast.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import chain

from programme.loaders.documents import Document, MalformedDocument, NotModified, ReadResult, Refused, Validators
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS, Hints, Problem
from programme.loaders.store.authors import resolve_authors
from programme.loaders.store.buffer import Ids, index_papers
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.facts import DocumentFacts, document_facts
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.store.outcome import Outcome, refused
from programme.loaders.store.rows import PaperRow
from programme.loaders.store.writer import Writer

__all__ = ["BATCH_THRESHOLD", "Outcome", "check", "ingest", "known_validators"]

BATCH_THRESHOLD = 32
"""Up to so many documents are ingested in a transaction each: a person waits, and an interruption costs nothing."""
BATCH_SIZE = 100
"""Documents of one transaction when there are more: each transaction waits for the disk."""
MAX_BATCH_BYTES = 64 * 1024 * 1024
"""A batch ends early when its documents are larger than this, which bounds the memory."""


def known_validators(connection: Connection) -> Callable[[str], Validators | None]:
    """Return a function that gives the validators (ETag, Last-Modified) of the document last stored from a URL."""
    sql = """
        SELECT c.etag, c.last_modified, d.sha256
        FROM sources s JOIN captures c ON c.source_id = s.id JOIN documents d ON d.id = c.document_id
        WHERE s.uri = ? AND (c.etag IS NOT NULL OR c.last_modified IS NOT NULL) ORDER BY c.id DESC LIMIT 1"""

    def validators(uri: str) -> Validators | None:
        rows = connection.query(sql, (uri,))
        return Validators(*rows[0]) if rows else None

    return validators


def check(
    documents: Iterable[ReadResult], format_name: str | None = None, hints: Hints = NO_HINTS
) -> Iterator[Outcome]:
    """Yield the outcome that `ingest` would give for each document, without writing anything."""
    for document in documents:
        if isinstance(document, Document) and document.opener:
            from programme.loaders.store.large import check_large

            yield check_large(document, format_name, hints)
        else:
            yield _read(document, format_name, hints)[0]


def ingest(
    connection: Connection,
    documents: Iterable[ReadResult],
    format_name: str | None = None,
    hints: Hints = NO_HINTS,
    *,
    batch_threshold: int = BATCH_THRESHOLD,
    batch_size: int = BATCH_SIZE,
) -> Iterator[Outcome]:
    """Ingest documents and yield the outcome of each.

    More than `batch_threshold` documents are written in batches of `batch_size`; into an empty database they go all or
    none. Otherwise every document whose outcome was yielded stays. Raises StoreError when the database cannot be
    written.
    """
    rest = iter(documents)
    first = _first(rest, batch_threshold + 1)
    is_many = len(first) > batch_threshold
    everything = chain(first, rest)
    if is_many and not connection.query("SELECT id FROM documents LIMIT 1"):
        from programme.loaders.store.bulk import NotEmptyError, bulk_load

        with suppress(NotEmptyError):
            with bulk_load(connection):
                load = _Load(connection, format_name, hints, is_fresh=True)
                for batch in _batches(everything, batch_size):
                    yield from load.ingest(batch)
                load.finish()
            return
    for batch in _batches(everything, batch_size if is_many else 1):
        with connection.transaction():
            load = _Load(connection, format_name, hints, is_fresh=False)
            outcomes = load.ingest(batch)
            load.finish()
        yield from outcomes


def _first(documents: Iterator[ReadResult], max_count: int) -> list[ReadResult]:
    """Take the first `max_count` documents, or fewer when they are large."""
    first: list[ReadResult] = []
    size = 0
    while len(first) < max_count and size < MAX_BATCH_BYTES and (document := next(documents, None)) is not None:
        first.append(document)
        size += _size(document)
    return first


def _batches(documents: Iterable[ReadResult], max_count: int) -> Iterator[list[ReadResult]]:
    """Split documents into batches of bounded number and size; one that is read in slices is a batch of its own."""
    batch: list[ReadResult] = []
    size = 0
    for document in documents:
        if isinstance(document, Document) and document.opener:
            yield from ([batch] if batch else [])
            yield [document]
            batch, size = [], 0
            continue
        batch.append(document)
        size += _size(document)
        if len(batch) == max_count or size >= MAX_BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(document: ReadResult) -> int:
    return len(document.content) if isinstance(document, Document) else 0


def _read(document: ReadResult, format_name: str | None, hints: Hints) -> tuple[Outcome, DocumentFacts | None]:
    if isinstance(document, Refused):
        return Outcome(document.uri, "refused", problems=(Problem(None, "", document.problem),)), None
    if isinstance(document, NotModified):
        return Outcome(document.uri, "unchanged", document.sha256), None
    try:
        parsed = read(document, format_name, hints)
    except MalformedDocument as error:
        return refused(document, error), None
    facts = document_facts(parsed, hints)
    coverage = round(parsed.claimed_line_count / parsed.line_count, 4) if parsed.line_count else 1.0
    problems = tuple(facts.problems)
    return Outcome(document.uri, "loaded", document.sha256, parsed.format, facts.counts(), coverage, problems), facts


class _Load:
    """One or more batches in one transaction; `is_fresh` when the database was empty before it."""

    def __init__(self, connection: Connection, format_name: str | None, hints: Hints, *, is_fresh: bool) -> None:
        self._connection = connection
        self._format_name = format_name
        self._hints = hints
        self._is_fresh = is_fresh
        self._ids = Ids(connection)
        self._index = KeyIndex(connection, self._ids, is_complete=is_fresh)
        self._seen: set[str] = set()
        self._stale_authors: set[int] = set()

    def ingest(self, batch: list[ReadResult]) -> list[Outcome]:
        """Write a batch of documents, and resolve what other documents state too."""
        stored = self._stored(batch)
        outcomes: list[Outcome] = []
        repeated: list[Document] = []
        loads: list[tuple[Document, DocumentFacts, Hints]] = []
        hints = self._hints
        for document in batch:
            if isinstance(document, Document):
                decision = self._decide(document, stored.get(document.sha256))
                if isinstance(decision, Outcome):
                    outcomes.append(decision)
                    repeated.append(document)
                    continue
                hints = decision
                if document.opener:
                    outcomes.append(self._ingest_large(document, stored, hints))
                    continue
            outcome, facts = _read(document, self._format_name, hints)
            outcomes.append(outcome)
            if facts and isinstance(document, Document):
                self._forget(document, stored)
                loads.append((document, facts, hints))
        self._write_batch(loads)
        self._choose_origin(repeated)
        return outcomes

    def _forget(self, document: Document, stored: dict[str, Row]) -> None:
        """Delete a document that is already stored, so that it can be ingested again with more hints."""
        self._seen.add(document.sha256)
        if document.sha256 in stored:
            from programme.loaders.store.forget import forget_document

            forget_document(self._connection, self._ids, stored[document.sha256][1])

    def _ingest_large(self, document: Document, stored: dict[str, Row], hints: Hints) -> Outcome:
        from programme.loaders.store.large import load_large

        self._forget(document, stored)

        def write(facts: DocumentFacts, writer: Writer) -> None:
            self._index.look_up([facts])
            writer.add_facts(facts)
            self._flush(writer)

        writer = Writer(self._ids, self._index)
        return load_large(self._connection, writer, write, document, self._format_name, hints)

    def finish(self) -> None:
        """Resolve authors once, when all bylines are final, and not in every batch."""
        resolve_authors(self._connection, self._stale_authors)

    def _stored(self, batch: list[ReadResult]) -> dict[str, Row]:
        if self._is_fresh:
            return {}
        uris = {document.uri for document in batch if isinstance(document, Document)}
        found = self._connection.query_in("SELECT uri, id FROM sources WHERE scope = '' AND uri IN (?)", uris)
        self._index.sources = dict(found)
        hashes = {document.sha256 for document in batch if isinstance(document, Document)}
        sql = "SELECT sha256, id, format, given_venue, given_year, given_on FROM documents WHERE sha256 IN (?)"
        return {row[0]: row for row in self._connection.query_in(sql, hashes)}

    def _decide(self, document: Document, stored: Row | None) -> Outcome | Hints:
        """Return the hints to read a document with, or its outcome where it is stored and no hint is new."""
        given = self._hints
        if document.sha256 in self._seen:
            return Outcome(document.uri, "unchanged", document.sha256)
        if stored is None:
            return given
        _, _, format_name, venue, year, on = stored
        before = Hints(venue, year, date.fromisoformat(on) if on else None)
        options = (
            ("--format", format_name, self._format_name),
            ("--venue", venue, given.venue),
            ("--year", year, given.year),
            ("--date", before.on, given.on),
        )
        for option, old, new in options:
            if old and new and old != new:
                problem = f"already loaded with {option} {old}, not {new}; `loader forget {document.sha256[:12]}` first"
                problems = (Problem(None, "", problem),)
                return Outcome(document.uri, "refused", document.sha256, format_name, problems=problems)
        merged = Hints(venue or given.venue, year or given.year, before.on or given.on)
        if merged == before:
            return Outcome(document.uri, "unchanged", document.sha256, format_name)
        return merged

    def _write_batch(self, loads: list[tuple[Document, DocumentFacts, Hints]]) -> None:
        self._index.look_up([facts for _, facts, _ in loads])
        writer = Writer(self._ids, self._index)
        for document, facts, hints in loads:
            writer.add(document, facts, hints)
        self._flush(writer)

    def _flush(self, writer: Writer) -> None:
        """Write the buffered rows: authors and repositories first, for the others refer to them."""
        connection = self._connection
        self._index.authors.flush()
        self._index.repositories.flush()
        new_papers = writer.buffer["papers"]
        writer.buffer.flush(connection)
        if not self._is_fresh and connection.database.engine == "sqlite":
            index_papers(connection, [PaperRow(*row) for row in new_papers])
        if writer.shared_papers or writer.shared_sessions or writer.shared_listings:
            self._resolve(writer)

    def _resolve(self, writer: Writer) -> None:
        """Resolve what the batch states and other documents stated too.

        Papers come first: a slot is identified by its paper, and a listing's entries refer to papers. Sessions whose
        slots change papers are resolved with those that the batch states.
        """
        from programme.loaders.store.papers import PaperResolver
        from programme.loaders.store.sessions import resolve_listings, resolve_sessions

        authors, connection = self._index.authors, self._connection
        papers = PaperResolver(connection, self._ids, self._index, has_search=not self._is_fresh)
        resolved = papers.resolve(writer.shared_papers)
        sessions = writer.shared_sessions | resolved.sessions
        self._stale_authors |= resolved.authors
        self._stale_authors |= resolve_sessions(connection, self._ids, authors, sessions)
        resolve_listings(connection, writer.shared_listings)
        for shared in (writer.shared_papers, writer.shared_sessions, writer.shared_listings):
            shared.clear()

    def _choose_origin(self, documents: list[Document]) -> None:
        """Keep the shortest URI of the same bytes, ties broken alphabetically, and the earliest day."""
        # By a rule on the values, so that the order in which the copies are ingested cannot matter.
        shorter = "length(uri) > length(?) OR (length(uri) = length(?) AND uri > ?)"
        self._connection.run_many(
            f"UPDATE documents SET uri = ? WHERE sha256 = ? AND ({shorter})",
            [(document.uri, document.sha256, document.uri, document.uri, document.uri) for document in documents],
        )
        days = [(d.captured_on.isoformat(), d.sha256, d.captured_on.isoformat()) for d in documents if d.captured_on]
        self._connection.run_many(
            "UPDATE documents SET captured_on = ? WHERE sha256 = ? AND (captured_on IS NULL OR captured_on > ?)", days
        )
