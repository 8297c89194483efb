"""Reading a document with its format: what it states, and which of its lines or records were understood."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Format
from programme.loaders.formats.field_limits import cut_long_fields
from programme.loaders.formats.registry import column_roles, recognise
from programme.loaders.records import (
    NO_HINTS,
    Boilerplate,
    CorrectionRecord,
    EditionRecord,
    Hints,
    ListingRecord,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
)
from programme.loaders.text.kinds import KINDS

SLICE_RECORDS = 2000
"""Records of a large document that are in memory at a time."""

_CLOSED_KINDS = frozenset(KINDS.values())


class Parsed(NamedTuple):
    """The records, corrections, editions and problems of a document, and how much of it they account for.

    In a text, `line_count` counts the lines that are not blank. Such a line is claimed when it is in the range of a
    record, a part of one, or boilerplate, and no problem names it; each line that is not claimed has a problem.
    In a structured document, whose records have a path, both numbers count records instead: those that were loaded are
    claimed, those that were lost are not. `is_window` says that the format shows a moving window of days.
    """

    format: str
    records: tuple[SessionRecord | ListingRecord | PaperRecord, ...]
    problems: tuple[Problem, ...]
    line_count: int
    claimed_line_count: int
    format_version: int
    is_window: bool = False
    corrections: tuple[CorrectionRecord, ...] = ()
    editions: tuple[EditionRecord, ...] = ()

    @property
    def coverage(self) -> float:
        """The share of lines or records that are claimed, from 0 to 1; 1 for an empty document."""
        return self.claimed_line_count / self.line_count if self.line_count else 1.0


def _chosen(document: Document, name: str | None, hints: Hints) -> Format:
    """Return the format that reads a document; where columns are given, it is one that is told what they hold."""
    if name is None and hints.columns:
        roles = {role for role, _ in hints.columns}
        name = next((taker for taker, known in column_roles().items() if roles.issubset(known)), None)
    return recognise(document, name)


def read(document: Document, format_name: str | None = None, hints: Hints = NO_HINTS) -> Parsed:
    """Parse a document with the named format or the surest one, and account for all of it.

    Raises MalformedDocument when the document cannot be read, and UnknownFormatError when no format has that name.
    """
    chosen = _chosen(document, format_name, hints)
    return _parsed(chosen, document, list(chosen.parse(document, hints)))


def read_slices(document: Document, format_name: str | None = None, hints: Hints = NO_HINTS) -> Iterator[Parsed]:
    """Parse a document as `read` does, but yield a large one in slices, so that it never has to fit in memory.

    A span is one slice.
    """
    chosen = _chosen(document, format_name, hints)
    found = chosen.parse(document, hints)
    while batch := list(islice(found, SLICE_RECORDS if document.opener else None)):
        yield _parsed(chosen, document, batch)


def by_record(document: Document, format_name: str | None = None, hints: Hints = NO_HINTS) -> str | None:
    """Return the name of the format that reads a document, if it is one that can read spans of it."""
    chosen = _chosen(document, format_name, hints)
    return chosen.NAME if getattr(chosen, "BY_RECORD", False) else None


def _parsed(chosen: Format, document: Document, found: list[Record]) -> Parsed:
    """Separate records from problems, and count what they account for."""
    found = list(cut_long_fields(found))
    problems = [record for record in found if isinstance(record, Problem)]
    claims = [record for record in found if not isinstance(record, Problem)]
    corrections = tuple(record for record in claims if isinstance(record, CorrectionRecord))
    editions = tuple(record for record in claims if isinstance(record, EditionRecord))
    apart = Boilerplate | CorrectionRecord | EditionRecord
    records = tuple(record for record in claims if not isinstance(record, apart))
    _check_kinds(chosen.NAME, document, records)
    if any(record.path is not None for record in (*records, *corrections, *editions, *problems)):
        claimed = sum(len({part.path for part in _parts_of(record) if part.path}) for record in records)
        claimed += len(corrections) + len(editions)
        counts = (claimed + sum(problem.is_lost for problem in problems), claimed)
    else:
        # One byte per line rather than a set of numbers: pages have up to a hundred thousand lines.
        lines = bytearray(len(document.lines) + 1)
        for part in (part for record in claims for part in _parts_of(record)):
            lines[part.line_start : part.line_end + 1] = b"\1" * (part.line_end + 1 - part.line_start)
        counts = _count_lines(document.lines, lines, problems)
    is_window = getattr(chosen, "MOVING_WINDOW", False)
    return Parsed(chosen.NAME, records, tuple(problems), *counts, chosen.VERSION, is_window, corrections, editions)


def _check_kinds(name: str, document: Document, records: tuple[Any, ...]) -> None:
    """Raise MalformedDocument for a kind outside the closed vocabulary, as a format of another package may yield.

    The tables have CHECK constraints, and one such row would end the ingest of a whole batch.
    """
    for session in (record for record in records if isinstance(record, SessionRecord)):
        parts: list[SessionRecord | SlotRecord] = [session, *session.slots]
        for part in parts:
            if part.kind not in _CLOSED_KINDS:
                allowed = ", ".join(sorted(_CLOSED_KINDS))
                problem = f"the format {name} yields the kind {part.kind!r}, which is none of {allowed}"
                raise MalformedDocument(document.uri, part.line_start, problem)


def _count_lines(lines: list[str], claimed: bytearray, problems: list[Problem]) -> tuple[int, int]:
    """Return the numbers of non-blank and of claimed lines; add a problem for each line nothing accounts for."""
    named = {problem.line for problem in problems}
    line_count = claimed_line_count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        line_count += 1
        if number in named:
            continue
        if claimed[number]:
            claimed_line_count += 1
        else:
            problems.append(Problem(number, line, "no rule claimed this line"))
    if named:
        problems.sort(key=lambda problem: problem.line or 0)
    return line_count, claimed_line_count


def _parts_of(record: Record) -> list[Any]:
    """Return a record and its parts: everything in it that has a range of lines."""
    parts: list[Any] = [record]
    if isinstance(record, SessionRecord):
        parts += record.slots
        parts += [slot.paper for slot in record.slots if slot.paper is not None]
    elif isinstance(record, ListingRecord):
        parts += record.entries
    return parts
