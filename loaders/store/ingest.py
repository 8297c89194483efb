"""Documents into the database: each in a transaction of its own when few, in batches when many.

An empty database takes many documents in one transaction, without most of its indexes until the end.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import chain

from programme.loaders.documents import Document, MalformedDocument, NotModified, ReadResult, Refused, Validators
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS, Hints, Problem
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.facts import DocumentFacts, document_facts
from programme.loaders.store.known import Known
from programme.loaders.store.outcome import Outcome, refused
from programme.loaders.store.people import resolve_authors
from programme.loaders.store.rows import Ids, index_papers
from programme.loaders.store.writer import Writer

__all__ = ["FEW", "Outcome", "check", "ingest", "known_validators"]

FEW = 32
BATCH = 100
BATCH_BYTES = 64 * 1024 * 1024
"""Documents of more than this are not held at once."""


def known_validators(connection: Connection) -> Callable[[str], Validators | None]:
    """A function that tells what a server said of the document stored from an address, to ask only for a newer one."""
    sql = """
        SELECT etag, last_modified, sha256 FROM documents
        WHERE uri = ? AND (etag IS NOT NULL OR last_modified IS NOT NULL) ORDER BY id DESC LIMIT 1"""

    def validators(uri: str) -> Validators | None:
        rows = connection.query(sql, (uri,))
        return Validators(*rows[0]) if rows else None

    return validators


def check(
    documents: Iterable[ReadResult], format_name: str | None = None, hints: Hints = NO_HINTS
) -> Iterator[Outcome]:
    """Read documents as `ingest` would, and write nothing."""
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
) -> Iterator[Outcome]:
    """Take documents in, and say what becomes of each.

    Into an empty database many documents go all or none; otherwise what was reported stays. Raises StoreError when the
    database cannot be written.
    """
    rest = iter(documents)
    first = _first(rest)
    is_many = len(first) > FEW
    everything = chain(first, rest)
    if is_many and not connection.query("SELECT id FROM documents LIMIT 1"):
        from programme.loaders.store.bulk import NotEmptyError, bulk_load

        with suppress(NotEmptyError):
            with bulk_load(connection):
                load = _Load(connection, format_name, hints, is_fresh=True)
                for batch in _batches(everything, BATCH):
                    yield from load.take(batch)
                load.finish()
            return
    for batch in _batches(everything, BATCH if is_many else 1):
        with connection.transaction():
            load = _Load(connection, format_name, hints, is_fresh=False)
            outcomes = load.take(batch)
            load.finish()
        yield from outcomes


def _first(documents: Iterator[ReadResult]) -> list[ReadResult]:
    """The first documents: one more than FEW, unless they are so large that fewer are held."""
    first: list[ReadResult] = []
    size = 0
    while len(first) <= FEW and size < BATCH_BYTES and (document := next(documents, None)) is not None:
        first.append(document)
        size += _held(document)
    return first


def _batches(documents: Iterable[ReadResult], most: int) -> Iterator[list[ReadResult]]:
    """Part documents into batches of bounded number and size; one that is read in pieces is a batch of its own."""
    batch: list[ReadResult] = []
    size = 0
    for document in documents:
        if isinstance(document, Document) and document.opener:
            yield from ([batch] if batch else [])
            yield [document]
            batch, size = [], 0
            continue
        batch.append(document)
        size += _held(document)
        if len(batch) == most or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _held(document: ReadResult) -> int:
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
    """Documents on their way in, inside one transaction; `is_fresh` when the database was empty before it."""

    def __init__(self, connection: Connection, format_name: str | None, hints: Hints, *, is_fresh: bool) -> None:
        self._connection = connection
        self._format_name = format_name
        self._hints = hints
        self._is_fresh = is_fresh
        self._ids = Ids(connection)
        self._known = Known(connection, self._ids, complete=is_fresh)
        self._seen: set[str] = set()
        self._stale_authors: set[int] = set()

    def take(self, batch: list[ReadResult]) -> list[Outcome]:
        """Write a batch of documents and resolve what they share with others."""
        stored = self._stored(batch)
        outcomes: list[Outcome] = []
        elsewhere: list[Document] = []
        loads: list[tuple[Document, DocumentFacts, Hints]] = []
        hints = self._hints
        for document in batch:
            if isinstance(document, Document):
                again = self._again(document, stored.get(document.sha256))
                if isinstance(again, Outcome):
                    outcomes.append(again)
                    elsewhere.append(document)
                    continue
                hints = again
                if document.opener:
                    outcomes.append(self._take_large(document, stored, hints))
                    continue
            outcome, facts = _read(document, self._format_name, hints)
            outcomes.append(outcome)
            if facts and isinstance(document, Document):
                self._forget(document, stored)
                loads.append((document, facts, hints))
        self._write_batch(loads)
        self._choose_origin(elsewhere)
        return outcomes

    def _forget(self, document: Document, stored: dict[str, Row]) -> None:
        """Take out a document that is stored already, to read it anew with more hints."""
        self._seen.add(document.sha256)
        if document.sha256 in stored:
            from programme.loaders.store.forget import forget_document

            forget_document(self._connection, self._ids, stored[document.sha256][1])

    def _take_large(self, document: Document, stored: dict[str, Row], hints: Hints) -> Outcome:
        from programme.loaders.store.large import load_large

        self._forget(document, stored)

        def write(facts: DocumentFacts, writer: Writer) -> None:
            self._known.look_up([facts])
            writer.add_facts(facts)
            self._flush(writer)

        writer = Writer(self._ids, self._known)
        return load_large(self._connection, writer, write, document, self._format_name, hints)

    def finish(self) -> None:
        """Resolve what could not be resolved before everything was written."""
        resolve_authors(self._connection, self._stale_authors)

    def _stored(self, batch: list[ReadResult]) -> dict[str, Row]:
        if self._is_fresh:
            return {}
        hashes = {document.sha256 for document in batch if isinstance(document, Document)}
        sql = "SELECT sha256, id, format, given_venue, given_year, given_on FROM documents WHERE sha256 IN (?)"
        return {row[0]: row for row in self._connection.query_in(sql, hashes)}

    def _again(self, document: Document, stored: Row | None) -> Outcome | Hints:
        """Hints to read a document with; or what to say of one that is in already, and of which nothing new is said."""
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
                what = f"already loaded with {option} {old}, not {new}; `loader forget {document.sha256[:12]}` first"
                problems = (Problem(None, "", what),)
                return Outcome(document.uri, "refused", document.sha256, format_name, problems=problems)
        merged = Hints(venue or given.venue, year or given.year, before.on or given.on)
        if merged == before:
            return Outcome(document.uri, "unchanged", document.sha256, format_name)
        return merged

    def _write_batch(self, loads: list[tuple[Document, DocumentFacts, Hints]]) -> None:
        self._known.look_up([facts for _, facts, _ in loads])
        writer = Writer(self._ids, self._known)
        for document, facts, hints in loads:
            writer.add(document, facts, hints)
        self._flush(writer)

    def _flush(self, writer: Writer) -> None:
        """Write what is buffered, and resolve what others stated too."""
        known, connection = self._known, self._connection
        known.authors.flush()
        known.repositories.flush()
        new_papers = writer.rows["papers"]
        writer.rows.flush(connection)
        if not self._is_fresh and connection.database.engine == "sqlite":
            index_papers(connection, new_papers)
        if writer.shared_papers or writer.shared_sessions or writer.shared_listings:
            self._resolve(writer)

    def _resolve(self, writer: Writer) -> None:
        """Resolve what the batch states and others stated too."""
        from programme.loaders.store.papers import Titles
        from programme.loaders.store.programme import resolve_listings, resolve_sessions

        known, connection = self._known, self._connection
        titles = Titles(connection, self._ids, known, search=not self._is_fresh)
        resolved = titles.resolve(writer.shared_papers)
        sessions = writer.shared_sessions | resolved.sessions
        self._stale_authors |= resolved.authors
        self._stale_authors |= resolve_sessions(connection, self._ids, known.authors, sessions)
        resolve_listings(connection, writer.shared_listings)
        for shared in (writer.shared_papers, writer.shared_sessions, writer.shared_listings):
            shared.clear()

    def _choose_origin(self, documents: list[Document]) -> None:
        """Of the places where the same bytes lie, name the shortest, then the first by spelling; keep the first day."""
        shorter = "length(uri) > length(?) OR (length(uri) = length(?) AND uri > ?)"
        self._connection.run_many(
            f"UPDATE documents SET uri = ? WHERE sha256 = ? AND ({shorter})",
            [(document.uri, document.sha256, document.uri, document.uri, document.uri) for document in documents],
        )
        days = [(d.captured_on.isoformat(), d.sha256, d.captured_on.isoformat()) for d in documents if d.captured_on]
        self._connection.run_many(
            "UPDATE documents SET captured_on = ? WHERE sha256 = ? AND (captured_on IS NULL OR captured_on > ?)", days
        )
