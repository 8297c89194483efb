"""A document too large to be held in memory: facts are written a slice of records at a time, and bytes in parts.

It is read into frames in a temporary file, from which the transaction takes it; a first load, which no other writer
needs to get ahead of, reads it while it is written. Shards hold the same frames.
"""

import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import chain
from typing import Any, BinaryIO, TypeVar

import zstandard

from programme.exceptions import StoreError
from programme.loaders.documents import Document, MalformedDocument, Position, Span
from programme.loaders.formats import Parsed, by_record, read_slices
from programme.loaders.readers.json_spans import rest_of, spans_of
from programme.loaders.records import Hints, Problem
from programme.loaders.store import frames
from programme.loaders.store.block_reading import NAMES_MET, block_of_documents
from programme.loaders.store.connection import Connection
from programme.loaders.store.facts import document_facts
from programme.loaders.store.outcome import Outcome
from programme.loaders.store.privacy import parts_of, redact_part
from programme.loaders.store.readings import Job, LargeReading, Slice, concerns_document, fault, lean, outlined
from programme.loaders.store.rows import COLUMNS, DocumentPartRow
from programme.loaders.store.update import Update
from programme.loaders.store.workers import Workers
from programme.loaders.store.writer import compress

PART_BYTES = 2 * 1024 * 1024
"""Before compression. Far below the 1 GB that SQLite and PostgreSQL allow a value, and small enough to hold several."""

MAX_PROBLEMS = 1_000
"""At most so many problems of a large document are reported; all are stored."""

R = TypeVar("R")


class Totals:
    """Sums over the slices of a document."""

    def __init__(self) -> None:
        self.records: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.line_count = 0
        self.claimed_line_count = 0
        self.format_name = ""

    def add(self, one: Slice) -> None:
        """Add one slice."""
        facts = one.facts
        self.records.update(one.counts)
        self.problems += facts.problems[: MAX_PROBLEMS - len(self.problems)]
        self.line_count += facts.parsed.line_count
        self.claimed_line_count += facts.parsed.claimed_line_count
        self.format_name = facts.parsed.format

    def outcome(self, document: Document) -> Outcome:
        """Return the outcome of the whole document."""
        coverage = round(self.claimed_line_count / self.line_count, 4) if self.line_count else 1.0
        counts = dict(self.records)
        problems = tuple(self.problems)
        return Outcome(document.uri, "loaded", document.sha256, self.format_name, counts, coverage, problems)


def check_large(job: Job) -> Outcome:
    """Read a large document as `ingest_large` does, without writing anything."""
    totals = Totals()
    try:
        for parsed in parsed_slices(job):
            totals.add(slice_of(parsed, job.hints))
    except Exception as error:
        if not concerns_document(error):
            raise
        return fault(job.document, error)
    return totals.outcome(job.document)


def read_large(job: Job, pool: Workers, *, as_blocks: bool = False) -> LargeReading:
    """Begin to read a large document, whose slices workers interpret, as blocks if asked; raises MalformedDocument."""
    read = partial(_slice, job.hints, job.document.sha256 if as_blocks and pool.count > 1 else None)
    slices = read_slices_by(pool, read, job)
    first = next(slices)
    return LargeReading(first, pool.map(_stored_part, parts_of(job.document, PART_BYTES)), slices)


def read_whole(job: Job, pool: Workers) -> LargeReading:
    """Read a large document to its end, into a temporary file; raises MalformedDocument, and StoreError for no room."""
    damage = f"{tempfile.gettempdir()}: what was read of {job.document.uri} is no longer there as it was written"
    with ExitStack() as stack:
        # Workers pack what they read, so that this process only moves bytes.
        packed = packed_large(job, pool, read_slices_by(pool, partial(_packed_slice, job.hints), job))
        file = stack.enter_context(tempfile.TemporaryFile(prefix="loader-"))
        for frame in packed:
            with _room_for(job.document):
                frames.write(file, frame)
        with _room_for(job.document):
            frames.write_end(file)
            file.seek(0)
        stack.pop_all()
    return large_reading(_unpacked(file, damage))


def packed_large(job: Job, pool: Workers, slices: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the frames of a large document, given its packed slices, as `large_reading` takes them."""
    yield next(slices)
    yield from pool.map(_packed_part, parts_of(job.document, PART_BYTES))
    yield frames.pack(None)
    yield from slices


def large_reading(values: Iterator[Any]) -> LargeReading:
    """Return the reading of a large document from what its frames hold."""
    first = next(values)
    parts: Iterator[bytes] = iter(partial(next, values), None)

    def rest() -> Iterator[Slice]:
        for _ in parts:  # of a document that is stored already
            pass
        yield from values

    return LargeReading(first, parts, rest())


def ingest_large(connection: Connection, update: Update, job: Job, reading: LargeReading) -> tuple[int, Outcome]:
    """Ingest a large document slice by slice; return its id and outcome.

    Its row is written first, because every fact refers to it, and its line counts are updated when they are known.
    """
    document_id = _store_content(connection, update, job, reading)
    update.add_captures(document_id, job.document, [""])
    return document_id, state(connection, update, document_id, job.document, chain([reading.first], reading.rest))


def reread_large(connection: Connection, update: Update, document_id: int, job: Job, reading: LargeReading) -> Outcome:
    """Replace what a stored large document states by what it states as this job, and return the outcome."""
    update.reread(document_id, reading.first.facts, job.format_name, job.hints)
    return state(connection, update, document_id, job.document, chain([reading.first], reading.rest))


def parsed_slices(job: Job) -> Iterator[Parsed]:
    """Yield a large document in slices; raises MalformedDocument also where there are none."""
    slices = read_slices(*job)
    first = next(slices, None)
    if first is None:
        reason = "nothing in it could be read; `loader formats` lists what each format reads"
        raise MalformedDocument(job.document.uri, None, reason)
    yield from chain([first], slices)


def read_slices_by(pool: Workers, interpret: Callable[[Parsed], R], job: Job) -> Iterator[R]:
    """Yield what workers make of each slice of a document; where its spans can be read apart, they parse it too."""
    position = Position()
    if name := by_record(*job):
        job = job._replace(format_name=name)  # by the first records, which the others are without
        spans = (job._replace(document=span) for span in spans_of(job.document))
        with suppress(MalformedDocument):  # reading in order raises it too, or shows what is there
            for slices, span in pool.map(partial(_read_span, interpret), spans):
                yield from slices
                if span is None or span.is_last:
                    return
                position = span.end or position
    rest = job._replace(document=rest_of(job.document, position))
    yield from pool.map(interpret, read_slices(*rest) if position.offset else parsed_slices(rest))


def _read_span(interpret: Callable[[Parsed], R], job: Job) -> tuple[list[R], Span | None]:
    return list(map(interpret, read_slices(*job))), job.document.span


def slice_of(parsed: Parsed, hints: Hints) -> Slice:
    """Return a slice with its facts."""
    facts = document_facts(parsed, hints)
    return Slice(lean(facts), facts.counts(), None)


def _slice(hints: Hints, sha256: str | None, parsed: Parsed) -> Slice:
    """Interpret a slice; with the digest of its document, for a database that was empty, as a block."""
    facts = document_facts(parsed, hints)
    block = block_of_documents({sha256: facts}, NAMES_MET) if sha256 else None
    return Slice(outlined(facts) if block else lean(facts), facts.counts(), block)


def _stored_part(part: tuple[bytes, str]) -> bytes:
    return compress(redact_part(part))


def _packed_part(part: tuple[bytes, str]) -> bytes:
    return frames.pack(_stored_part(part))


def _packed_slice(hints: Hints, parsed: Parsed) -> bytes:
    return frames.pack(slice_of(parsed, hints))


def _unpacked(file: BinaryIO, damage: str) -> Iterator[Any]:
    """Yield what the frames of our own file hold, and close it."""
    with file:
        for packed in frames.read(file, damage):
            yield pickle.loads(zstandard.decompress(packed))  # noqa: S301 - written above


@contextmanager
def _room_for(document: Document) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        folder = tempfile.gettempdir()
        reason = f"no room for what is read of {document.uri}: {error}; point TMPDIR at a larger disk"
        raise StoreError(f"{folder}: {reason}") from error


def state(
    connection: Connection, update: Update, document_id: int, document: Document, slices: Iterator[Slice]
) -> Outcome:
    """Write what `update` has collected, with the facts of a large document slice by slice, and count them."""
    totals = Totals()

    def counted() -> Iterator[Slice]:
        for one in slices:
            totals.add(one)
            yield one

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
    return totals.outcome(document)


def _store_content(connection: Connection, update: Update, job: Job, reading: LargeReading) -> int:
    """Write the row of the document and all its bytes, and return its id."""
    document_id = update.add_document(*job, reading.first.facts, next(reading.parts))
    update.write_documents()
    for position, part in enumerate(reading.parts, 2):
        row = DocumentPartRow(document_id=document_id, position=position, content=part)
        connection.insert("document_parts", COLUMNS["document_parts"], [row])
    return document_id
