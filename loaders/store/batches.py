"""Writes batches of documents so that one that cannot be written is refused by name, and the others go in.

A batch that fails is written again a document at a time. The first batches into an empty database are one
transaction, which one document could undo: the documents are kept in a temporary file until it is committed, and
where it fails, they are written again in batches.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING

from programme.loaders.documents import Document
from programme.loaders.store.connection import Connection
from programme.loaders.store.load import Item, Load
from programme.loaders.store.outcome import Outcome
from programme.loaders.store.readings import LargeReading, concerns_document, fault

if TYPE_CHECKING:
    from programme.loaders.store.bulk import Indexes

FIRST_BATCHES = 2_000
"""Batches of a first load in one transaction, 200,000 documents; the others follow in one each.

An interruption then costs no more than these. Without indexes, they take half the time of later ones.
"""

Batch = list[Item]
MakeLoad = Callable[["Indexes | None"], Load]
"""Makes a load; into a database that was empty before, with the indexes that are to be built at its end."""
Read = Callable[[Batch], Batch]
"""Reads what is not read yet of a batch."""


def write(
    connection: Connection, items: Iterator[Iterable[Item]], read: Read, make_load: MakeLoad, *, is_fresh: bool
) -> Iterator[Outcome]:
    """Write batches and yield the outcomes: the first in one transaction where the database `is_fresh`, else each.

    A batch is read before its transaction; in a first load, documents that no worker has read are read in it.
    """

    def write_batch(batch: Batch) -> list[Outcome]:
        return _write_batch(connection, read(batch), make_load)

    batches = _Batches(items)
    if is_fresh:
        yield from _write_all(connection, batches, write_batch, make_load)
    for batch in batches:
        yield from write_batch(batch)


class _Batches:
    """Batches as lists; a large document, whose parts are taken as they come, is a batch of its own.

    `error` is what ended them before their end, for which no document can be blamed.
    """

    def __init__(self, batches: Iterator[Iterable[Item]]) -> None:
        self.error: Exception | None = None
        self._batches = batches
        self._items: Iterator[Item] = iter(())

    def __iter__(self) -> Iterator[Batch]:
        return self

    def __next__(self) -> Batch:
        try:
            self._items = iter(next(self._batches))  # held while the batch is written: a shard is closed with it
            first = list(islice(self._items, 1))
            return first if first and isinstance(first[0].reading, LargeReading) else [*first, *self._items]
        except StopIteration:
            raise
        except Exception as error:
            self.error = error
            raise


def _write_all(
    connection: Connection, batches: _Batches, write_batch: Callable[[Batch], list[Outcome]], make_load: MakeLoad
) -> Iterator[Outcome]:
    """Write `FIRST_BATCHES` in one transaction and yield the outcomes; begin anew where a document breaks it.

    Then only outcomes that were not yielded yet follow, and those of documents that are refused after all.
    """
    from programme.loaders.store.bulk import NotEmptyError, bulk_load
    from programme.loaders.store.taken import Taken

    told: list[bool] = []
    with Taken() as taken:
        try:
            # Another process may have filled it meanwhile.
            with suppress(NotEmptyError), bulk_load(connection) as indexes:
                load = make_load(indexes)
                for batch in islice(batches, FIRST_BATCHES):
                    taken.last = batch
                    outcomes = load.ingest(batch)
                    taken.keep(load.contents)
                    for outcome in outcomes:
                        told.append(outcome.status == "refused")
                        yield outcome
                load.finish()
                indexes.build_all()
                load.finish_postponed()
            return
        except Exception as error:
            if error is batches.error or not (concerns_document(error) and taken.is_whole):
                raise
        again = chain.from_iterable(map(write_batch, taken.batches()))
        for number, outcome in enumerate(again):
            if number >= len(told) or told[number] != (outcome.status == "refused"):
                yield outcome


def _write_batch(connection: Connection, batch: Batch, make_load: MakeLoad) -> list[Outcome]:
    """Write a batch in a transaction, or each of its documents in one of its own where it fails."""
    try:
        with connection.transaction():
            load = make_load(None)
            outcomes = load.ingest(batch)
            load.finish()
    except Exception as error:
        if not concerns_document(error):
            raise
        if len(batch) == 1 and isinstance(batch[0].document, Document):
            return [fault(batch[0].document, error)]
        return [outcome for item in batch for outcome in _write_batch(connection, [item], make_load)]
    return outcomes
