"""Readings of documents, a batch at a time, to an update of the database, and what became of each."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from programme.loaders.documents import Document, MalformedDocument, ReadResult
from programme.loaders.records import Hints
from programme.loaders.store.blocks import Block
from programme.loaders.store.captures import scopes_of
from programme.loaders.store.connection import Connection
from programme.loaders.store.fresh import FreshUpdate, apply_corrections, attach_references, decide_postponed
from programme.loaders.store.outcome import Outcome, refused
from programme.loaders.store.readings import Job, LargeReading, Reading, job_of, read_job, unread
from programme.loaders.store.restate import restate
from programme.loaders.store.stored import Stored, job_again, least_uri, says_more, stored_documents, with_content
from programme.loaders.store.update import Update
from programme.loaders.store.workers import Workers

if TYPE_CHECKING:
    from programme.loaders.store.bulk import Indexes


class Item(NamedTuple):
    """A document to write, and what was read of it; None where it is read when it is written.

    `again` is the job it was read as, where it is stored already and more is said of it than before. `block` has the
    rows of all documents of its batch that workers read, whose readings are then outlines.
    """

    document: ReadResult
    reading: Reading | LargeReading | None = None
    again: Job | None = None
    block: Block | None = None


class Load:
    """One or more batches in one transaction; with `indexes` to be built at its end where the database was empty."""

    def __init__(
        self,
        connection: Connection,
        format_name: str | None,
        hints: Hints,
        pool: Workers,
        indexes: "Indexes | None",
    ) -> None:
        self.contents: dict[str, bytes] = {}
        self._connection = connection
        self._format_name = format_name
        self._hints = hints
        self._pool = pool
        self._is_fresh = indexes is not None
        self._update = FreshUpdate(connection, indexes) if indexes else Update(connection)
        self._known: dict[str, Stored] = {}
        self._again: dict[str, Stored] = {}
        self._to_restate: dict[int, tuple[str | None, Hints]] = {}

    def ingest(self, batch: list[Item]) -> list[Outcome]:
        """Write a batch of documents; return what became of each. `contents` are then the bytes of those stored."""
        self.contents = {}
        documents = [item.document for item in batch if isinstance(item.document, Document)]
        digests = {document.sha256 for document in documents}
        self._known = stored_documents(self._connection, digests)
        self._update.look_up_sources({document.uri for document in documents})
        # What is said of these now, a fresh load writes at its end.
        self._known |= {digest: self._again[digest] for digest in digests & self._again.keys()}
        outcomes: list[tuple[int | None, Outcome]] = []
        added: dict[str, int] = {}
        for item in batch:
            document = item.document
            if not isinstance(document, Document):
                outcomes.append((None, unread(document)))
                continue
            job = job_of(document, self._format_name, self._hints)
            reading = None if item.again else item.reading
            if document.sha256 in self._known:
                outcomes.append(self._ingest_again(job, self._known[document.sha256], item))
            elif document.opener:
                outcomes.append(self._ingest_large(job, reading))
            else:
                id_, outcome = self._ingest_new(job, reading if isinstance(reading, Reading) else read_job(job))
                outcomes.append((id_, outcome))
                if id_ is not None and item.block and item.reading:
                    added[document.sha256] = id_
        if batch and batch[0].block and isinstance(self._update, FreshUpdate):
            self._update.add_block(batch[0].block, added)
        self._update.apply()
        return [self._concluded(document_id, outcome) for document_id, outcome in outcomes]

    def finish(self) -> None:
        """Resolve what is resolved once, and not in every batch; nothing can be ingested after that."""
        self._update.finish()
        self._postponed = self._update.postponed
        # Half of the memory is what they remember, and building indexes takes as much.
        del self._update, self._known, self._again

    def finish_postponed(self) -> None:
        """Do what a fresh load cannot do without indexes: choose among captures, and apply corrections."""
        decide_postponed(self._connection, self._postponed)
        for id_, (format_name, hints) in sorted(self._to_restate.items()):
            later = Update(self._connection)
            restate(self._connection, later, id_, format_name, hints)
            later.apply()
            later.finish()
        attach_references(self._connection)
        apply_corrections(self._connection)

    def _ingest_new(self, job: Job, reading: Reading) -> tuple[int | None, Outcome]:
        outcome, facts, content = reading
        if facts is None:
            return None, outcome
        self.contents[job.document.sha256] = content
        id_ = self._update.add_document(*job, facts, content)
        scopes = scopes_of(facts)
        self._update.add_captures(id_, job.document, scopes)
        self._remember(job, id_, facts.parsed.format, scopes)
        return id_, outcome

    def _ingest_large(self, job: Job, reading: Reading | LargeReading | None) -> tuple[int | None, Outcome]:
        from programme.loaders.store.large import ingest_large, read_large

        if isinstance(reading, Reading):
            return None, reading.outcome
        try:
            found = reading or read_large(job, self._pool, as_blocks=self._is_fresh)
        except MalformedDocument as error:
            return None, refused(job.document, error)
        id_, outcome = ingest_large(self._connection, self._update, job, found)
        self._remember(job, id_, outcome.format or "", [""])
        return id_, outcome

    def _remember(self, job: Job, id_: int, format_name: str, scopes: list[str]) -> None:
        document = job.document
        self._known[document.sha256] = Stored(id_, format_name, job.format_name, job.hints, document.uri, scopes)

    def _ingest_again(self, job: Job, stored: Stored, item: Item) -> tuple[int | None, Outcome]:
        """Note where else, or when else, stored bytes were found; read them again where the curator says more."""
        document = job.document
        again = with_content(job_again(job, stored), item.reading)
        outcome = Outcome(document.uri, "unchanged", document.sha256, stored.format)
        if says_more(again, stored):
            reading = item.reading if item.again == again else None
            if document.opener:
                found, outcome = self._reread_large(again, stored, reading)
            else:
                found, outcome = self._reread(again, stored, reading if isinstance(reading, Reading) else None)
            if found is None:
                return None, outcome
            stored = found
        scopes = stored.scopes or self._update.stored_scopes(stored.id)
        uri = least_uri(stored.uri, document.uri)
        self._known[document.sha256] = stored._replace(hints=again.hints, uri=uri)
        if self._is_fresh:
            self._again[document.sha256] = self._known[document.sha256]
        self._update.add_captures(stored.id, document, scopes)
        return stored.id, outcome

    def _reread(self, job: Job, stored: Stored, reading: Reading | None) -> tuple[Stored | None, Outcome]:
        """Replace what a stored document states; in a fresh load, which can remove nothing yet, at its end."""
        outcome, facts, _ = reading or read_job(job)
        if facts is None:
            return None, outcome
        _, format_name, hints = job
        read_again = stored._replace(format=facts.parsed.format, given_format=format_name)
        if self._is_fresh:
            self._to_restate[stored.id] = (format_name, hints)
        elif scopes_of(facts) == (stored.scopes or self._update.stored_scopes(stored.id)):
            self._update.reread(stored.id, facts, format_name, hints)
        else:
            self._update.apply()
            id_, scopes = restate(self._connection, self._update, stored.id, format_name, hints)
            return read_again._replace(id=id_, scopes=scopes), outcome
        return read_again, outcome

    def _reread_large(
        self, job: Job, stored: Stored, reading: Reading | LargeReading | None
    ) -> tuple[Stored | None, Outcome]:
        from programme.loaders.store.large import check_large, read_large, reread_large

        if isinstance(reading, Reading):
            return None, reading.outcome
        if self._is_fresh:
            outcome = check_large(job)
            if outcome.status == "loaded":
                self._to_restate[stored.id] = (job.format_name, job.hints)
        else:
            try:
                found = reading or read_large(job, self._pool)
            except MalformedDocument as error:
                return None, refused(job.document, error)
            outcome = reread_large(self._connection, self._update, stored.id, job, found)
        if outcome.status != "loaded":
            return None, outcome
        return stored._replace(format=outcome.format or "", given_format=job.format_name), outcome

    def _concluded(self, document_id: int | None, outcome: Outcome) -> Outcome:
        """Return the outcome as the captures of the batch together make it."""
        effect = self._update.effects.get(document_id) if document_id is not None else None
        if effect is None or (outcome.status == "unchanged" and effect.status == "loaded"):
            return outcome
        return replace(outcome, status=effect.status, note=effect.note)
