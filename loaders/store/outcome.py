"""What became of each document: the result of `ingest` and `check`."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.records import Problem

if TYPE_CHECKING:
    from programme.loaders.store.fact_types import DocumentFacts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document.

    `status` is `loaded`; `replaced`, where it replaces an earlier capture of its source; `history`, where a later one
    is current; `unchanged` or `refused`. `note` says what it changes. `records` counts the rows it states, by table;
    `coverage` is the share of its lines that were understood, from 0 to 1, None where it was not read.
    """

    uri: str
    status: str
    sha256: str | None = None
    format: str | None = None
    records: dict[str, int] = field(default_factory=dict)
    coverage: float | None = None
    problems: tuple[Problem, ...] = ()
    note: str | None = None


def refused(document: Document, error: MalformedDocument) -> Outcome:
    """Return the outcome of a malformed document."""
    problem = Problem(error.line, "", error.problem)
    return Outcome(document.uri, "refused", document.sha256, problems=(problem,))


def loaded(document: Document, facts: "DocumentFacts") -> Outcome:
    """Return the outcome of a document that was read as a whole."""
    parsed = facts.parsed
    coverage, problems = round(parsed.coverage, 4), tuple(facts.problems)
    return Outcome(document.uri, "loaded", document.sha256, parsed.format, facts.counts(), coverage, problems)
