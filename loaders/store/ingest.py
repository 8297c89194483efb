"""Documents into the database: a few in a transaction each, many in batches.

Into an empty database many documents are loaded in one transaction, without most indexes until its end. Modules that
only some runs need are imported where they are used, which keeps the ingest of one new document fast.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from programme.loaders.documents import Document, MalformedDocument, NotModified, ReadResult, Refused, Validators
from programme.loaders.records import NO_HINTS, Hints, Problem
from programme.loaders.store.captures import scopes_of
from programme.loaders.store.connection import Connection
from programme.loaders.store.facts import DocumentFacts, read_facts
from programme.loaders.store.fresh import FreshUpdate, apply_corrections, decide_postponed
from programme.loaders.store.kept import GIVEN, kept_hints
from programme.loaders.store.outcome import Outcome, loaded, refused
from programme.loaders.store.privacy import redact
from programme.loaders.store.restate import restate
from programme.loaders.store.update import Update
from programme.loaders.store.writer import compress
from programme.loaders.text.file_names import name_hints

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
        WHERE s.uri = ? AND (c.etag IS NOT NULL OR c.last_modified IS NOT NULL)
        ORDER BY c.captured_at DESC, c.id DESC LIMIT 1"""

    def validators(uri: str) -> Validators | None:
        rows = connection.query(sql, (uri,))
        return Validators(*rows[0]) if rows else None

    return validators


def check(
    documents: Iterable[ReadResult], format_name: str | None = None, hints: Hints = NO_HINTS
) -> Iterator[Outcome]:
    """Yield the outcome that `ingest` would give for each document, without writing anything."""
    for document in documents:
        said = _said(document, format_name, hints)
        if isinstance(document, Document) and document.opener:
            from programme.loaders.store.large import check_large

            yield check_large(document, *said)
        else:
            yield _read(document, *said)[0]


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
            with bulk_load(connection) as build_indexes:
                load = _Load(connection, format_name, hints, is_fresh=True)
                for batch in _batches(everything, batch_size):
                    yield from load.ingest(batch)
                load.finish()
                build_indexes()
                load.finish_postponed()
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


def _said(document: ReadResult, format_name: str | None, hints: Hints) -> tuple[str | None, Hints]:
    """Return the format and hints of a document: its own, as a manifest gives them, or those of the run."""
    if not isinstance(document, Document):
        return format_name, hints
    return document.given_format or format_name, (document.hints or hints)._replace(named=name_hints(document.uri))


def _read(document: ReadResult, format_name: str | None, hints: Hints) -> tuple[Outcome, DocumentFacts | None]:
    if isinstance(document, Refused):
        return Outcome(document.uri, "refused", problems=(Problem(None, "", document.problem),)), None
    if isinstance(document, NotModified):
        return Outcome(document.uri, "unchanged", document.sha256), None
    try:
        facts = read_facts(document, format_name, hints)
    except MalformedDocument as error:
        return refused(document, error), None
    return loaded(document, facts), facts


class _Stored(NamedTuple):
    """What is known of a stored document; `scopes` are looked up where they are None."""

    id: int
    format: str
    given_format: str | None
    hints: Hints
    uri: str
    scopes: list[str] | None = None


class _Load:
    """One or more batches in one transaction; `is_fresh` when the database was empty before it."""

    def __init__(self, connection: Connection, format_name: str | None, hints: Hints, *, is_fresh: bool) -> None:
        self._connection = connection
        self._format_name = format_name
        self._hints = hints
        self._is_fresh = is_fresh
        self._update = FreshUpdate(connection) if is_fresh else Update(connection)
        self._known: dict[str, _Stored] = {}
        self._to_restate: dict[int, tuple[str | None, Hints]] = {}

    def ingest(self, batch: list[ReadResult]) -> list[Outcome]:
        """Write a batch of documents; return what became of each."""
        self._look_up({document.sha256 for document in batch if isinstance(document, Document)})
        outcomes: list[tuple[int | None, Outcome]] = []
        for document in batch:
            if not isinstance(document, Document):
                outcomes.append((None, _read(document, self._format_name, self._hints)[0]))
            elif document.sha256 in self._known:
                outcomes.append(self._ingest_again(document, self._known[document.sha256]))
            elif document.opener:
                outcomes.append(self._ingest_large(document))
            else:
                outcomes.append(self._ingest_new(document))
        self._update.apply()
        return [self._concluded(document_id, outcome) for document_id, outcome in outcomes]

    def finish(self) -> None:
        """Resolve what is resolved once, and not in every batch."""
        self._update.finish()

    def finish_postponed(self) -> None:
        """Do what a fresh load cannot do without indexes: choose among captures, and apply corrections."""
        decide_postponed(self._connection, self._update.postponed)
        for id_, (format_name, hints) in sorted(self._to_restate.items()):
            later = Update(self._connection)
            restate(self._connection, later, id_, format_name, hints)
            later.apply()
            later.finish()
        apply_corrections(self._connection)

    def _look_up(self, digests: set[str]) -> None:
        """Fetch what is stored of these documents; a fresh load remembers all that it has stored."""
        if self._is_fresh:
            return
        sql = f"SELECT sha256, id, format, given_format, uri, {GIVEN} FROM documents WHERE sha256 IN (?)"
        self._known = {
            sha256: _Stored(id_, name, format_name, kept_hints(uri, *given), uri)
            for sha256, id_, name, format_name, uri, *given in self._connection.query_in(sql, digests)
        }

    def _ingest_new(self, document: Document) -> tuple[int | None, Outcome]:
        format_name, hints = _said(document, self._format_name, self._hints)
        outcome, facts = _read(document, format_name, hints)
        if facts is None:
            return None, outcome
        content = compress(redact(document))
        id_ = self._update.add_document(document, format_name, hints, facts, content)
        scopes = scopes_of(facts)
        self._update.add_captures(id_, document, scopes)
        self._known[document.sha256] = _Stored(id_, facts.parsed.format, format_name, hints, document.uri, scopes)
        return id_, outcome

    def _ingest_large(self, document: Document) -> tuple[int | None, Outcome]:
        from programme.loaders.store.large import ingest_large

        format_name, hints = _said(document, self._format_name, self._hints)
        id_, outcome = ingest_large(self._connection, self._update, document, format_name, hints)
        if id_ is not None:
            self._known[document.sha256] = _Stored(id_, outcome.format or "", format_name, hints, document.uri, [""])
        return id_, outcome

    def _ingest_again(self, document: Document, stored: _Stored) -> tuple[int | None, Outcome]:
        """Note where else, or when else, stored bytes were found; read them again where the curator says more."""
        before = stored.hints
        given_format, given = _said(document, self._format_name, self._hints)
        # The document will have this URI, whatever the order in which its copies come.
        uri = min(stored.uri, document.uri, key=lambda uri: (len(uri), uri))
        hints = Hints(*(new or old for new, old in zip(given, before, strict=True)))  # type: ignore[arg-type]
        hints = hints._replace(named=name_hints(uri))
        format_name = given_format or stored.given_format
        outcome = Outcome(document.uri, "unchanged", document.sha256, stored.format)
        if (hints, format_name) != (before, stored.given_format) and (hints != before or format_name != stored.format):
            outcome, facts = _read(document, format_name, hints)
            if facts is None:
                return None, outcome
            stored = self._reread(document, stored, facts, format_name, hints)
        scopes = stored.scopes or self._update.stored_scopes(stored.id)
        self._known[document.sha256] = stored._replace(hints=hints, uri=uri)
        self._update.add_captures(stored.id, document, scopes)
        return stored.id, outcome

    def _reread(
        self, document: Document, stored: _Stored, facts: DocumentFacts, format_name: str | None, hints: Hints
    ) -> _Stored:
        """Replace what a stored document states; in a fresh load, which can remove nothing yet, at its end."""
        read_again = stored._replace(format=facts.parsed.format, given_format=format_name)
        if self._is_fresh:
            self._to_restate[stored.id] = (format_name, hints)
        elif document.opener or scopes_of(facts) == (stored.scopes or self._update.stored_scopes(stored.id)):
            self._update.reread(stored.id, facts, format_name, hints)
        else:
            self._update.apply()
            id_, scopes = restate(self._connection, self._update, stored.id, format_name, hints)
            return read_again._replace(id=id_, scopes=scopes)
        return read_again

    def _concluded(self, document_id: int | None, outcome: Outcome) -> Outcome:
        """Return the outcome as the captures of the batch together make it."""
        effect = self._update.effects.get(document_id) if document_id is not None else None
        if effect is None or (outcome.status == "unchanged" and effect.status == "loaded"):
            return outcome
        return replace(outcome, status=effect.status, note=effect.note)
