"""Documents read by a worker and turned into a block, the part of a first load that other processes do."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, cast

from programme.loaders.store.blocks import Block
from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.former import NO_FORMER_KEYS
from programme.loaders.store.readings import Job, Reading, concerns_document, outline, read_job, without_records
from programme.loaders.store.resolve import Resolver, Stated


class BlockReading(NamedTuple):
    """The readings of documents, None for those that were not read here, and the rows of those that were not refused.

    Without a block, the readings hold the facts.
    """

    readings: list[Reading | None]
    block: Block | None


def read_jobs(jobs: Sequence[Job | None]) -> BlockReading:
    """Read documents for a database that holds others."""
    return BlockReading([without_records(read_job(job)) if job else None for job in jobs], None)


def read_block(jobs: Sequence[Job | None]) -> BlockReading:
    """Read documents for a database that was empty before this load, which has none of them yet."""
    readings = [read_job(job) if job else None for job in jobs]
    found = [
        (job.document.sha256, reading.facts)
        for job, reading in zip(jobs, readings, strict=True)
        if job and reading and reading.facts
    ]
    try:
        block = block_of(found)
    except Exception as error:
        if not concerns_document(error):
            raise
        # The writer finds out which document it is.
        return BlockReading([without_records(one) if one else None for one in readings], None)
    return BlockReading(
        [one._replace(facts=outline(one.facts)) if one and one.facts else one for one in readings], block
    )


def block_of(documents: Sequence[tuple[str, DocumentFacts]]) -> Block:
    """Return the rows of documents, given as SHA-256 and facts."""
    database = _EmptyDatabase()
    resolver = Resolver(cast("Connection", database), Ids(None), is_fresh=True, has_authors=False)
    stated = [Stated(number, sha256, facts) for number, (sha256, facts) in enumerate(documents, 1)]
    resolver.update(stated, [], NO_FORMER_KEYS, WritePlan())
    return Block([sha256 for sha256, _ in documents], database.tables())


class _EmptyDatabase:
    """What resolving asks of a database, which holds nothing here; remembers what is inserted."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Sequence[str], list[Row]]] = {}

    def query_in(self, _sql: str, _values: Collection[object]) -> list[Row]:
        return []

    def run_many(self, sql: str, rows: Collection[Row]) -> None:
        if rows:
            raise AssertionError(f"nothing is stored that this could change: {sql}")

    def insert(self, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
        self._rows.setdefault(table, (columns, []))[1].extend(rows)

    def tables(self) -> dict[str, dict[str, list[object]]]:
        """Return the values of each table by column."""
        return {
            table: dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
            for table, (columns, rows) in self._rows.items()
        }
