"""The registry of formats: every module of this folder is one, and so is every entry point of `programme.formats`.

A format is a module with the names of the `Format` protocol. `read` is what callers use: it recognises a document,
parses it, and accounts for every line.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from loaders.documents import Document, MalformedDocument
from loaders.records import (
    NO_HINTS,
    Furniture,
    Hints,
    ListingRecord,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
)

ENTRY_POINTS = "programme.formats"
"""Group under which an installed package offers more formats: each entry point names a module."""

SLICE = 2000
"""Records of a large document that are held at a time."""

RECOGNISED = 0.5
"""A format with less confidence than this does not read a document unless it is named."""


class Sniff(NamedTuple):
    """How sure a format is that a document is of its kind, from 0 to 1, and what it saw or missed."""

    confidence: float
    reason: str


class Format(Protocol):
    """What a module of this folder provides."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """Its name for `--format`, in kebab-case."""

    @property
    def DESCRIPTION(self) -> str:  # noqa: N802
        """What kind of document it reads, in one sentence."""

    @property
    def YIELDS(self) -> str:  # noqa: N802
        """What comes out, in one phrase."""

    @property
    def EXAMPLE(self) -> str:  # noqa: N802
        """The name of a document of this kind in `samples/`."""

    def sniff(self, document: Document) -> Sniff:
        """Judge by a quick look whether the document is of this kind."""

    def parse(self, document: Document, hints: Hints) -> Iterator[Record]:
        """Yield what the document states; raises MalformedDocument and nothing else."""


class Parsed(NamedTuple):
    """What `read` made of a document: its records, its problems, and the account of its units.

    The units of a text are its non-blank lines. Each counts once: as claimed, when it lies in the range of a record, of
    a part of one, or of page furniture; as unclaimed, when it lies in none or a problem names it. So a line that a
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


def formats() -> list[Format]:
    """List every format by name: those of this folder and those of installed packages."""
    return sorted([*_built_in(), *_installed()], key=lambda found: found.NAME)


def recognise(document: Document, name: str | None = None) -> Format:
    """Choose the format called `name`, else the one most sure of the document; of equals the first by name.

    Raises ValueError for an unknown name and MalformedDocument, which tells the closest formats, when none is sure.
    """
    if name is not None:
        known = {found.NAME: found for found in (_built_in() if name in _built_in_names() else formats())}
        if name not in known:
            raise ValueError(f"no format is called {name!r}; there are: {', '.join(known)}")
        return known[name]
    return _surest(document, _built_in()) or _surest(document, _installed()) or _not_recognised(document)


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
    records = tuple(record for record in placed if not isinstance(record, Furniture))
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


def _pieces_of(record: SessionRecord | ListingRecord | PaperRecord | Furniture) -> list[Any]:
    """The record itself and all that it is made of: everything with a line range."""
    parts: list[Any] = [record]
    if isinstance(record, SessionRecord):
        parts += record.slots
        parts += [slot.paper for slot in record.slots if slot.paper is not None]
    elif isinstance(record, ListingRecord):
        parts += record.entries
    return parts


@cache
def _built_in() -> tuple[Format, ...]:
    """Import every module of this folder whose name does not start with an underscore."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    return tuple(cast(Format, import_module(f"{__name__}.{name}")) for name in names)


def _built_in_names() -> set[str]:
    return {found.NAME for found in _built_in()}


@cache
def _installed() -> tuple[Format, ...]:
    """Import the formats of other packages, on demand, for that is slow; one that fails is named and left out."""
    import logging
    from importlib.metadata import entry_points

    found = []
    for entry in sorted(entry_points(group=ENTRY_POINTS)):
        try:
            found.append(cast(Format, entry.load()))
        except Exception as error:
            logging.getLogger(__name__).warning(
                "the installed format %s (%s) is left out, for it cannot be imported: %s: %s",
                *(entry.name, entry.value, type(error).__name__, error),
            )
    return tuple(found)


def _surest(document: Document, candidates: tuple[Format, ...]) -> Format | None:
    """The candidate most sure of the document, if any is sure enough."""
    best, confidence = None, 0.0
    for candidate in candidates:
        try:
            found = candidate.sniff(document).confidence
        except MalformedDocument:  # not a text, or too large for one, which other formats may not mind
            continue
        if found >= RECOGNISED and found > confidence:
            best, confidence = candidate, found
    return best


def _not_recognised(document: Document) -> Format:
    """Raise MalformedDocument: why it is no text, or the two formats that came closest and what each missed."""
    if document.opener is None and not document.head.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
        _ = document.lines
    sniffs: list[tuple[str, Sniff]] = []
    for candidate in formats():
        with suppress(MalformedDocument):
            sniffs.append((candidate.NAME, candidate.sniff(document)))
    sniffs.sort(key=lambda named: -named[1].confidence)
    closest = ", ".join(f"{name} ({sniff.reason})" for name, sniff in sniffs[:2])
    raise MalformedDocument(document.uri, None, f"not recognised; closest were {closest}; name one with --format")
