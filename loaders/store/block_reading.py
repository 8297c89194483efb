"""Documents read by a worker and turned into a block, the part of a first load that other processes do."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from programme.loaders.store.authors import MAX_REMEMBERED_NAMES, key_and_name
from programme.loaders.store.blocks import BYLINES, Block, Columns
from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.former import NO_FORMER_KEYS
from programme.loaders.store.readings import Job, Reading, concerns_document, outline, read_job, without_records
from programme.loaders.store.resolve import Resolver, Stated

NAMES_MET: set[str] = set()
"""The names of which this process has handed over key and form. The writer works them out where it has not got them."""
MAX_NAMES_MET = MAX_REMEMBERED_NAMES // 4
"""After so many they are handed over anew, as the writer, which remembers those of all workers, has forgotten some."""


class Jobs(NamedTuple):
    """Documents to read, None for those that are not to be read there.

    `as_block` is for a database that was empty before this load, and that has none of them yet.
    """

    jobs: Sequence[Job | None]
    as_block: bool


class JobsDone(NamedTuple):
    """The readings in order, None for documents that were not read.

    With a block, which has the rows of all documents that were not refused, readings are outlines.
    """

    readings: list[Reading | None]
    block: Block | None


def read_jobs(given: Jobs) -> JobsDone:
    """Read documents in a worker."""
    readings = [read_job(job) if job else None for job in given.jobs]
    block = block_of_jobs(given.jobs, readings, NAMES_MET) if given.as_block else None
    shorten = outline if block else without_records
    return JobsDone([shorten(one) if one else None for one in readings], block)


def block_of_jobs(jobs: Sequence[Job | None], readings: Sequence[Reading | None], names_met: set[str]) -> Block | None:
    """Return the block of what was read; None where it cannot be made, and the writer finds out for which document."""
    pairs = zip(jobs, readings, strict=True)
    found: dict[str, DocumentFacts] = {}  # what is there twice is stored once
    for job, reading in pairs:
        if job and reading and reading.facts:
            found.setdefault(job.document.sha256, reading.facts)
    return block_of_documents(found, names_met) if found else None


def block_of_documents(documents: Mapping[str, DocumentFacts], names_met: set[str]) -> Block | None:
    """Return the block of documents by SHA-256; None where it cannot be made.

    It has keys and forms of names that were not met in other blocks, and `names_met` has them then.
    """
    try:
        return block_of(documents, names_met)
    except Exception as error:
        if not concerns_document(error):
            raise
        return None


def block_of(documents: Mapping[str, DocumentFacts], names_met: set[str]) -> Block:
    """Return the rows of documents by SHA-256."""
    database = _EmptyDatabase()
    resolver = Resolver(cast("Connection", database), Ids(None), None, is_fresh=True, has_authors=False)
    stated = [Stated(number, sha256, facts) for number, (sha256, facts) in enumerate(documents.items(), 1)]
    resolver.update(stated, [], NO_FORMER_KEYS, WritePlan())
    tables = database.tables()
    names = {name for table in BYLINES if table in tables for name in tables[table]["raw_name"]} - names_met
    names_met |= names
    if len(names_met) > MAX_NAMES_MET:
        names_met.clear()
    return Block(list(documents), tables, {name: _key_and_name(name) for name in names})


# For shards, each of which explains all of its names, and for names handed over anew.
_key_and_name = lru_cache(MAX_REMEMBERED_NAMES)(key_and_name)


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

    def tables(self) -> dict[str, Columns]:
        """Return the values of each table by column."""
        return {
            table: dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
            for table, (columns, rows) in self._rows.items()
        }
