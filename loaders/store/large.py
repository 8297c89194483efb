"""A document too large to be held in memory: facts are written a slice of records at a time, and bytes in parts."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read_slices
from programme.loaders.records import Hints, Problem
from programme.loaders.store.connection import Connection
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.facts import document_facts
from programme.loaders.store.outcome import Outcome
from programme.loaders.store.privacy import redact_parts
from programme.loaders.store.readings import Job, LargeReading, concerns_document, fault, lean
from programme.loaders.store.rows import COLUMNS, DocumentPartRow
from programme.loaders.store.update import Update
from programme.loaders.store.workers import Workers
from programme.loaders.store.writer import compress

PART_BYTES = 8 * 1024 * 1024
"""Before compression. Far below the 1 GB that SQLite and PostgreSQL allow a value, and small enough to hold."""

MAX_PROBLEMS = 1_000
"""At most so many problems of a large document are reported; all are stored."""


class Totals:
    """Sums over the slices of a document."""

    def __init__(self) -> None:
        self.records: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.line_count = 0
        self.claimed_line_count = 0

    def add(self, facts: DocumentFacts) -> None:
        """Add one slice."""
        self.records.update(facts.counts())
        self.problems += facts.problems[: MAX_PROBLEMS - len(self.problems)]
        self.line_count += facts.parsed.line_count
        self.claimed_line_count += facts.parsed.claimed_line_count

    def outcome(self, document: Document, format_name: str) -> Outcome:
        """Return the outcome of the whole document."""
        coverage = round(self.claimed_line_count / self.line_count, 4) if self.line_count else 1.0
        counts = dict(self.records)
        problems = tuple(self.problems)
        return Outcome(document.uri, "loaded", document.sha256, format_name, counts, coverage, problems)


def check_large(job: Job) -> Outcome:
    """Read a large document as `ingest_large` does, without writing anything."""
    totals, name = Totals(), ""
    try:
        for parsed in read_slices(*job):
            totals.add(document_facts(parsed, job.hints))
            name = parsed.format
    except Exception as error:
        if not concerns_document(error):
            raise
        return fault(job.document, error)
    return totals.outcome(job.document, name)


def read_large(job: Job, pool: Workers) -> LargeReading:
    """Begin to read a large document, whose slices workers interpret; raises MalformedDocument."""
    slices = pool.map(partial(_slice_facts, job.hints), read_slices(*job))
    first = next(slices)
    return LargeReading(first, map(compress, redact_parts(job.document, PART_BYTES)), slices)


def ingest_large(connection: Connection, update: Update, job: Job, reading: LargeReading) -> tuple[int | None, Outcome]:
    """Ingest a large document slice by slice; return its id and outcome.

    Its row is written first, because every fact refers to it, and its line counts are updated when they are known.
    """
    document_id = _store_content(connection, update, job, reading)
    update.add_captures(document_id, job.document, [""])
    return document_id, state(connection, update, document_id, job.document, chain([reading.first], reading.rest))


def _slice_facts(hints: Hints, parsed: Parsed) -> DocumentFacts:
    return lean(document_facts(parsed, hints))


def state(
    connection: Connection, update: Update, document_id: int, document: Document, slices: Iterator[DocumentFacts]
) -> Outcome:
    """Write what `update` has collected, with the facts of a large document slice by slice, and count them."""
    totals, format_name = Totals(), ""

    def counted() -> Iterator[DocumentFacts]:
        nonlocal format_name
        for facts in slices:
            totals.add(facts)
            format_name = facts.parsed.format
            yield facts

    stated = counted()
    update.add_slices(document_id, stated)
    update.apply()
    for _ in stated:  # a document that is history states nothing, but its lines are counted
        pass
    connection.run(
        "UPDATE documents SET line_count = ?, claimed_line_count = ? WHERE id = ?",
        (totals.line_count, totals.claimed_line_count, document_id),
    )
    # Slices repeat titles, so the sum of their distinct papers would be too high.
    papers = connection.query(
        "SELECT COUNT(DISTINCT paper_id) FROM paper_sources WHERE document_id = ?", (document_id,)
    )
    totals.records["papers"] = papers[0][0]
    return totals.outcome(document, format_name)


def _store_content(connection: Connection, update: Update, job: Job, reading: LargeReading) -> int:
    """Write the row of the document and all its bytes, and return its id."""
    document_id = update.add_document(*job, reading.first, next(reading.parts))
    update.write_documents()
    for position, part in enumerate(reading.parts, 2):
        row = DocumentPartRow(document_id=document_id, position=position, content=part)
        connection.insert("document_parts", COLUMNS["document_parts"], [row])
    return document_id
