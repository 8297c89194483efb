"""Documents into the database: a few in a transaction each, many in batches.

`ahead` turns documents into readings, here or in workers, and `batches` writes them in order, so that the number of
workers changes nothing. Into an empty database up to 200,000 documents are loaded in one transaction, without most
indexes until its end. Modules that only some runs need are imported where they are used, which keeps the ingest of one
new document fast.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, groupby
from pathlib import Path

from programme.loaders.documents import Document, ReadResult, Validators
from programme.loaders.formats import describe
from programme.loaders.records import NO_HINTS, Hints
from programme.loaders.store.ahead import BATCHES_HERE, read_ahead, read_batch
from programme.loaders.store.batches import FIRST_BATCHES, write
from programme.loaders.store.connection import Connection
from programme.loaders.store.load import Load
from programme.loaders.store.outcome import Outcome
from programme.loaders.store.readings import Job, job_of, read_job, size_of, unread
from programme.loaders.store.stored import stored_documents
from programme.loaders.store.workers import Workers

__all__ = ["BATCH_THRESHOLD", "Outcome", "check", "ingest", "known_validators", "merge", "parse"]

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
        if not isinstance(document, Document):
            yield unread(document)
            continue
        job = job_of(document, format_name, hints)
        if document.opener:
            from programme.loaders.store.large import check_large

            yield check_large(job)
        else:
            outcome = read_job(job).outcome
            yield replace(outcome, note=describe(document, outcome.format, job.hints)) if outcome.format else outcome


def ingest(
    connection: Connection,
    documents: Iterable[ReadResult],
    format_name: str | None = None,
    hints: Hints = NO_HINTS,
    *,
    workers: int = 1,
    batch_threshold: int = BATCH_THRESHOLD,
    batch_size: int = BATCH_SIZE,
) -> Iterator[Outcome]:
    """Ingest documents and yield the outcome of each; many are read by `workers` processes while this one writes.

    More than `batch_threshold` documents are written in batches of `batch_size`; into an empty database the first
    `FIRST_BATCHES` of them go all or none. Otherwise every document whose outcome was yielded stays. A document that
    cannot be read or written is refused and the others go in; where this shows only at the end of a first load, a
    second outcome of the document says so.
    Raises StoreError when the database cannot be written.
    """
    rest = iter(documents)
    first = _first(rest, batch_threshold + 1)
    is_many = len(first) > batch_threshold
    is_bulk = is_many or any(isinstance(document, Document) and document.opener for document in first)
    is_fresh = is_bulk and _is_empty(connection)
    batches = _batches(chain(first, rest), batch_size if is_many else 1)
    stored = partial(stored_documents, connection)
    with Workers(workers) as pool:
        items = read_ahead(batches, format_name, hints, pool, stored, FIRST_BATCHES - BATCHES_HERE if is_fresh else 0)
        read = partial(read_batch, connection, format_name, hints, pool)
        make_load = partial(Load, connection, format_name, hints, pool)
        yield from write(connection, items, read, make_load, is_fresh=is_fresh)


def parse(
    documents: Iterable[ReadResult],
    folder: Path,
    format_name: str | None = None,
    hints: Hints = NO_HINTS,
    *,
    workers: int = 1,
    batch_size: int = BATCH_SIZE,
) -> Iterator[Outcome]:
    """Read documents into shards of `batch_size` in a folder, for `merge`, and yield the outcome of each.

    Raises StoreError when a shard cannot be written.
    """
    from programme.loaders.store.shards import write_large_shard, write_shard

    unreadable: list[Outcome] = []

    def jobs() -> Iterator[list[Job]]:
        for batch in _batches(documents, batch_size):
            unreadable.extend(unread(one) for one in batch if not isinstance(one, Document))
            yield [job_of(one, format_name, hints) for one in batch if isinstance(one, Document)]

    with Workers(workers) as pool:
        # A large document cannot be sent to a worker, which could not open it; but its spans can.
        for is_large, group in groupby(jobs(), lambda batch: any(job.document.opener for job in batch)):
            if is_large:
                yield from (write_large_shard(folder, pool, job) for batch in group for job in batch)
            else:
                yield from chain.from_iterable(pool.map(partial(write_shard, folder), group))
    yield from unreadable


def merge(connection: Connection, shards: Iterable[Path]) -> Iterator[Outcome]:
    """Ingest the documents of shards, which `shards_in` has checked, and yield the outcome of each."""
    from programme.loaders.store.shards import read_shard

    is_fresh = _is_empty(connection)
    with Workers(1) as pool:
        items = (read_shard(path, as_block=is_fresh and number < FIRST_BATCHES) for number, path in enumerate(shards))
        read = partial(read_batch, connection, None, NO_HINTS, pool)
        make_load = partial(Load, connection, None, NO_HINTS, pool)
        yield from write(connection, items, read, make_load, is_fresh=is_fresh)


def _is_empty(connection: Connection) -> bool:
    return not connection.query("SELECT id FROM documents LIMIT 1")


def _first(documents: Iterator[ReadResult], max_count: int) -> list[ReadResult]:
    """Take the first `max_count` documents, or fewer when they are large."""
    first: list[ReadResult] = []
    size = 0
    while len(first) < max_count and size < MAX_BATCH_BYTES and (document := next(documents, None)) is not None:
        first.append(document)
        size += size_of(document)
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
        size += size_of(document)
        if len(batch) == max_count or size >= MAX_BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
