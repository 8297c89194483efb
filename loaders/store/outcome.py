"""What became of each document: the answer of `ingest` and `check`."""

from dataclasses import dataclass, field

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.records import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: `loaded`, `unchanged` or `refused`; rows it states by table, and its problems."""

    uri: str
    status: str
    sha256: str | None = None
    format: str | None = None
    records: dict[str, int] = field(default_factory=dict)
    coverage: float | None = None
    problems: tuple[Problem, ...] = ()


def refused(document: Document, error: MalformedDocument) -> Outcome:
    """The outcome of a document that is not what it claims to be."""
    problem = Problem(error.line, "", error.problem)
    return Outcome(document.uri, "refused", document.sha256, problems=(problem,))
