"""Reading a document with its format: what it states, and an account of every line or record."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from programme.loaders.documents import Document
from programme.loaders.formats.registry import recognise
from programme.loaders.records import (
    NO_HINTS,
    Boilerplate,
    Hints,
    ListingRecord,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
)

SLICE = 2000
"""Records of a large document that are held at a time."""


class Parsed(NamedTuple):
    """What `read` made of a document: its records, its problems, and the account of its units.

    The units of a text are its non-blank lines. Each counts once: as claimed, when it lies in the range of a record, of
    a part of one, or of page boilerplate; as unclaimed, when it lies in none or a problem names it. So a line that a
    problem names is never claimed, even inside a record, and each unclaimed line is named by at least one problem.
    The units of a structured document, whose records have a path, are its records: claimed when they went in.
    """

    format: str
    records: tuple[SessionRecord | ListingRecord | PaperRecord, ...]
    problems: tuple[Problem, ...]
    line_count: int
    claimed_line_count: int

    @property
    def coverage(self) -> float:
        """Share of the units that are claimed; 1 for a document without any."""
        return self.claimed_line_count / self.line_count if self.line_count else 1.0


def read(document: Document, format_name: str | None = None, hints: Hints = NO_HINTS) -> Parsed:
    """Parse a document and account for each of its units; raises MalformedDocument, ValueError for the name."""
    chosen = recognise(document, format_name)
    return _parsed(chosen.NAME, document, list(chosen.parse(document, hints)))


def read_slices(document: Document, format_name: str | None = None, hints: Hints = NO_HINTS) -> Iterator[Parsed]:
    """Parse a document too large to be held, some records at a time, as `read` does; a page is one slice."""
    chosen = recognise(document, format_name)
    found = chosen.parse(document, hints)
    while batch := list(islice(found, SLICE if document.opener else None)):
        yield _parsed(chosen.NAME, document, batch)


def _parsed(name: str, document: Document, found: list[Record]) -> Parsed:
    """Part what a format yielded, and account for it."""
    problems = [record for record in found if isinstance(record, Problem)]
    placed = [record for record in found if not isinstance(record, Problem)]
    records = tuple(record for record in placed if not isinstance(record, Boilerplate))
    if any(record.path is not None for record in (*records, *problems)):
        claimed = sum(len({part.path for part in _pieces_of(record) if part.path}) for record in records)
        counts = (claimed + sum(problem.is_lost for problem in problems), claimed)
    else:
        lines = bytearray(len(document.lines) + 1)
        for part in (part for record in placed for part in _pieces_of(record)):
            lines[part.line_start : part.line_end + 1] = b"\1" * (part.line_end + 1 - part.line_start)
        counts = _account(document.lines, lines, problems)
    return Parsed(name, records, tuple(problems), *counts)


def _account(lines: list[str], claimed: bytearray, problems: list[Problem]) -> tuple[int, int]:
    """Add a problem for each line that is neither claimed nor named by one; count the non-blank and the claimed."""
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


def _pieces_of(record: SessionRecord | ListingRecord | PaperRecord | Boilerplate) -> list[Any]:
    """The record itself and all that it is made of: everything with a line range."""
    parts: list[Any] = [record]
    if isinstance(record, SessionRecord):
        parts += record.slots
        parts += [slot.paper for slot in record.slots if slot.paper is not None]
    elif isinstance(record, ListingRecord):
        parts += record.entries
    return parts
