"""A document too large to be held: its facts go in some records at a time, and its bytes in parts."""

from collections import Counter
from collections.abc import Callable
from itertools import chain

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import read_slices
from programme.loaders.records import Hints, Problem
from programme.loaders.store.connection import Connection
from programme.loaders.store.facts import DocumentFacts, document_facts
from programme.loaders.store.outcome import Outcome, refused
from programme.loaders.store.privacy import kept_parts
from programme.loaders.store.rows import COLUMNS
from programme.loaders.store.writer import Writer, compress

PART_BYTES = 8 * 1024 * 1024
"""Of the bytes as they came; both databases keep a compressed part of this size with ease."""

MAX_PROBLEMS = 1_000
"""As many problems of a large document are told; all are stored."""


class Account:
    """What the slices of a document came to, added up."""

    def __init__(self) -> None:
        self.records: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.line_count = 0
        self.claimed_line_count = 0

    def add(self, facts: DocumentFacts) -> None:
        """Count one slice."""
        self.records.update(facts.counts())
        self.problems += facts.problems[: MAX_PROBLEMS - len(self.problems)]
        self.line_count += facts.parsed.line_count
        self.claimed_line_count += facts.parsed.claimed_line_count

    def outcome(self, document: Document, format_name: str) -> Outcome:
        """What became of the document."""
        coverage = round(self.claimed_line_count / self.line_count, 4) if self.line_count else 1.0
        counts = dict(self.records)
        problems = tuple(self.problems)
        return Outcome(document.uri, "loaded", document.sha256, format_name, counts, coverage, problems)


def check_large(document: Document, format_name: str | None, hints: Hints) -> Outcome:
    """Read a large document as `load_large` does, and write nothing."""
    account, name = Account(), ""
    try:
        for parsed in read_slices(document, format_name, hints):
            account.add(document_facts(parsed, hints))
            name = parsed.format
    except MalformedDocument as error:
        return refused(document, error)
    return account.outcome(document, name)


def load_large(
    connection: Connection,
    writer: Writer,
    write: Callable[[DocumentFacts, Writer], None],
    document: Document,
    format_name: str | None,
    hints: Hints,
) -> Outcome:
    """Take a large document in, slice by slice, each through `write`; one that is malformed leaves nothing."""
    slices = read_slices(document, format_name, hints)
    try:
        first = next(slices)
    except MalformedDocument as error:
        return refused(document, error)
    document_id = _store_content(connection, writer, document, first.format, hints)
    account = Account()
    for parsed in chain([first], slices):
        facts = document_facts(parsed, hints)
        account.add(facts)
        write(facts, writer)
    connection.run(
        "UPDATE documents SET line_count = ?, claimed_line_count = ? WHERE id = ?",
        (account.line_count, account.claimed_line_count, document_id),
    )
    papers = connection.query(
        "SELECT COUNT(DISTINCT paper_id) FROM paper_sources WHERE document_id = ?", (document_id,)
    )
    account.records["papers"] = papers[0][0]
    return account.outcome(document, first.format)


def _store_content(connection: Connection, writer: Writer, document: Document, format_name: str, hints: Hints) -> int:
    """Write the document's row and all its bytes; returns its id."""
    parts = kept_parts(document, PART_BYTES)
    document_id = writer.add_document(document, format_name, hints, (0, 0), compress(next(parts)))
    writer.rows.flush(connection)
    for position, part in enumerate(parts, 2):
        connection.insert("document_parts", COLUMNS["document_parts"], [(document_id, position, compress(part))])
    return document_id
