"""Documents read before the transaction that writes them begins, so that no other writer waits for one to be read."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice

from programme.loaders.documents import Document, ReadResult
from programme.loaders.records import Hints
from programme.loaders.store.connection import Connection
from programme.loaders.store.load import Item
from programme.loaders.store.readings import (
    Job,
    LargeReading,
    Reading,
    concerns_document,
    fault,
    job_of,
    read_job,
)
from programme.loaders.store.stored import job_again, says_more, stored_documents, with_content
from programme.loaders.store.workers import Workers

BATCHES_HERE = 3
"""So many batches are read here, and without workers where there are no more: to start them takes as long."""


def read_ahead(
    batches: Iterator[list[ReadResult]],
    format_name: str | None,
    hints: Hints,
    pool: Workers,
    stored: Callable[[Collection[str]], Collection[str]],
    block_count: int = 0,
) -> Iterator[list[Item]]:
    """Yield batches with what workers have read of their documents; `block_count` batches as blocks.

    They do not read what is being read already, what is large, or what `stored` says that the database has.
    """
    here = list(islice(batches, BATCHES_HERE)) if pool.count > 1 else []
    if pool.count < 2 or len(here) < BATCHES_HERE:
        yield from ([Item(document) for document in batch] for batch in chain(here, batches))
        return
    from programme.loaders.store.block_reading import Jobs, read_jobs

    # Of those that are being read only: all before them are stored or refused, and a set of all would grow.
    first = _digests(here)
    waiting: deque[list[ReadResult]] = deque()

    def jobs() -> "Iterator[Jobs]":
        for number, batch in enumerate(batches):
            small = {one.sha256 for one in batch if isinstance(one, Document) and not one.opener}
            new = small.difference(first, _digests(waiting), stored(small))
            waiting.append(batch)
            every = [job_of(one, format_name, hints) if one else None for one in _first_of(new, batch)]
            yield Jobs(every, as_block=number < block_count)

    # Workers start now, if at all, and read while this process does.
    found = pool.map(read_jobs, jobs())
    while here:  # so that they need not be held longer
        yield [Item(document) for document in here.pop(0)]
    for readings, block in found:
        yield [Item(*pair, block=block) for pair in zip(waiting.popleft(), readings, strict=True)]


def _digests(batches: Iterable[list[ReadResult]]) -> set[str]:
    return {one.sha256 for batch in batches for one in batch if isinstance(one, Document)}


def _first_of(new: Collection[str], batch: list[ReadResult]) -> list[Document | None]:
    """Return the first document of each digest, and None in the places of all others."""
    first = {one.sha256: one for one in reversed(batch) if isinstance(one, Document) and one.sha256 in new}
    return [one if isinstance(one, Document) and first.get(one.sha256) is one else None for one in batch]


def read_batch(
    connection: Connection, format_name: str | None, hints: Hints, pool: Workers, batch: list[Item]
) -> list[Item]:
    """Return a batch with everything read that no worker has read, and what is stored where more is said of it now."""
    known = stored_documents(connection, {one.document.sha256 for one in batch if isinstance(one.document, Document)})
    seen: set[str] = set()

    def read_item(item: Item) -> Item:
        document = item.document
        if not isinstance(document, Document) or item.again or document.sha256 in seen:
            return item
        seen.add(document.sha256)
        job = job_of(document, format_name, hints)
        if item.block:  # its rows and outlines serve an empty database alone
            job = with_content(job, item.reading)
            item = Item(job.document)
        stored = known.get(document.sha256)
        if stored is None:
            return item if item.reading else item._replace(reading=_read(job, pool))
        again = with_content(job_again(job, stored), item.reading)
        return Item(document, _read(again, pool), again) if says_more(again, stored) else item

    return list(map(read_item, batch))


def _read(job: Job, pool: Workers) -> Reading | LargeReading:
    if not job.document.opener:
        return read_job(job)
    from programme.loaders.store.large import read_whole

    try:
        return read_whole(job, pool)
    except Exception as error:
        if not concerns_document(error):
            raise
        return Reading(fault(job.document, error))
