"""Reading a document, apart from writing it: the part of a load that other processes and machines can do."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from programme.exceptions import ProgrammeError, ValueRefusedError
from programme.loaders.documents import Document, MalformedDocument, NotModified, ReadResult, Refused
from programme.loaders.formats import UnknownFormatError
from programme.loaders.records import Hints, Problem
from programme.loaders.store.blocks import Block
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.facts import read_facts
from programme.loaders.store.outcome import Outcome, loaded, refused
from programme.loaders.store.privacy import redact
from programme.loaders.store.writer import compress
from programme.loaders.text.file_names import name_hints


class Job(NamedTuple):
    """A document to read, the format that the curator gave, and the hints that hold for it."""

    document: Document
    format_name: str | None
    hints: Hints


class Reading(NamedTuple):
    """What reading a document gave: its outcome and, unless it was refused, its facts and its bytes as stored."""

    outcome: Outcome
    facts: DocumentFacts | None = None
    content: bytes = b""


class Slice(NamedTuple):
    """Some records of a large document: their facts, and the rows they give by table.

    With a block, which has all of it as rows, the facts are an outline.
    """

    facts: DocumentFacts
    counts: dict[str, int]
    block: Block | None


class LargeReading(NamedTuple):
    """A document too large to be held: its first slice, its compressed bytes in parts, the other slices.

    The parts are to be taken before the other slices.
    """

    first: Slice
    parts: Iterator[bytes]
    rest: Iterator[Slice]


def job_of(document: Document, format_name: str | None, hints: Hints) -> Job:
    """Return the job for a document: its own format and hints, as a manifest gives them, or those of the run."""
    own = (document.hints or hints)._replace(named=name_hints(document.uri))
    return Job(document, document.given_format or format_name, own)


def read_job(job: Job) -> Reading:
    """Read a document that is not large; a malformed one has only an outcome, which says why."""
    document = job.document
    try:
        facts = read_facts(*job)
        content = compress(redact(document))
    except Exception as error:
        if not concerns_document(error):
            raise
        return Reading(fault(document, error))
    if states_nothing(facts):
        return Reading(Outcome(document.uri, "refused", document.sha256, problems=(_nothing(facts), *facts.problems)))
    return Reading(loaded(document, facts), facts, content)


def concerns_document(error: Exception) -> bool:
    """Return whether an error is that of one document, from which the others of the run must not suffer."""
    if isinstance(error, MalformedDocument | ValueRefusedError):
        return True
    return not (isinstance(error, ProgrammeError | UnknownFormatError | OSError) or os.environ.get("LOADER_DEBUG"))


def fault(document: Document, error: Exception) -> Outcome:
    """Return the outcome of a document that is malformed, that the database refuses, or in which we failed."""
    if isinstance(error, MalformedDocument):
        return refused(document, error)
    reason = f"a fault of this version: {type(error).__name__}: {error}; please report it with the document"
    if isinstance(error, ValueRefusedError):
        reason = f"the database refuses a value of it: {error}"
    elif isinstance(error, MemoryError):
        reason = "there is not enough memory to read it"
    return refused(document, MalformedDocument(document.uri, None, reason))


def states_nothing(facts: DocumentFacts) -> bool:
    """Return whether nothing of a document could be read: no record, and no line that is known to state nothing."""
    stated = facts.sessions or facts.listings or facts.papers or facts.editions or facts.corrections
    return not stated and facts.parsed.claimed_line_count == 0


def _nothing(facts: DocumentFacts) -> Problem:
    name = facts.parsed.format
    return Problem(None, "", f"nothing in it could be read as {name}; `loader formats` lists what each format reads")


def unread(document: Refused | NotModified) -> Outcome:
    """Return the outcome of a source that gave no document."""
    if isinstance(document, NotModified):
        return Outcome(document.uri, "unchanged", document.sha256)
    return Outcome(document.uri, "refused", problems=(Problem(None, "", document.problem),))


def without_records(reading: Reading) -> Reading:
    """Leave out the records that facts repeat, which halves the time that another process needs to receive them."""
    facts = reading.facts
    return reading if facts is None else reading._replace(facts=lean(facts))


def lean(facts: DocumentFacts) -> DocumentFacts:
    """Return facts without the parts of their records that are facts of their own: slots, papers and entries."""
    return facts._replace(
        parsed=facts.parsed._replace(records=()),
        sessions=[
            session._replace(
                record=session.record._replace(slots=(), time=None),
                slots=[slot._replace(record=slot.record._replace(paper=None, time=None)) for slot in session.slots],
            )
            for session in facts.sessions
        ],
        listings=[listing._replace(record=listing.record._replace(entries=())) for listing in facts.listings],
    )


def outline(reading: Reading) -> Reading:
    """Leave out the facts that a block has as rows."""
    return reading if reading.facts is None else reading._replace(facts=outlined(reading.facts))


def outlined(facts: DocumentFacts) -> DocumentFacts:
    """Return what the row of a document, its captures and the outcome need of its facts."""
    listings = [one._replace(record=one.record._replace(entries=()), entries=[]) for one in facts.listings]
    parsed = facts.parsed._replace(records=(), problems=(), corrections=(), editions=())
    listed = listings if parsed.is_window else []
    return DocumentFacts(parsed, [], listed, [], [], facts.problems, facts.refers_to)


def size_of(document: ReadResult) -> int:
    """Return how many bytes of a document are in memory."""
    return len(document.content) if isinstance(document, Document) else 0
