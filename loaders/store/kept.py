"""Documents read again from the bytes that the database keeps."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

import zstandard

from programme.loaders.documents import Document, MalformedDocument, Validators
from programme.loaders.documents.document import HEAD_BYTES
from programme.loaders.formats import Parsed, UnknownFormatError, formats, read_slices
from programme.loaders.records import Hints, Problem
from programme.loaders.store.captures import KEPT
from programme.loaders.store.connection import Connection
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.facts import document_facts, read_facts
from programme.loaders.text.file_names import name_hints

GIVEN = "given_venue, given_year, given_on, given_time_zone, given_columns"
"""The columns of a document that `kept_hints` takes after its URI."""

_COLUMNS = f"uri, sha256, media_type, size_bytes, content, given_format, {GIVEN}"
_CAPTURES = f"""
SELECT DISTINCT s.uri, c.captured_at, c.basis, c.etag, c.last_modified,
  CASE WHEN s.scope LIKE '{KEPT}%' THEN 1 ELSE 0 END
FROM captures c JOIN sources s ON s.id = c.source_id
WHERE c.document_id = ? ORDER BY 1, 2
"""
_NEXT_PART = "SELECT content FROM document_parts WHERE document_id = ? AND position = ?"


class _Parts(io.RawIOBase):
    """The bytes of a large document, read from the database part by part."""

    def __init__(self, connection: Connection, document_id: int, first: bytes) -> None:
        self._connection = connection
        self._document_id = document_id
        self._buffer = first
        self._position = 1

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        """Fill `target` from the current part; the next one is read when it is used up."""
        if not self._buffer:
            self._position += 1
            rows = self._connection.query(_NEXT_PART, (self._document_id, self._position))
            self._buffer = zstandard.decompress(rows[0][0]) if rows else b""
        count = min(len(target), len(self._buffer))
        target[:count] = self._buffer[:count]
        self._buffer = self._buffer[count:]
        return count


def kept_document(connection: Connection, document_id: int) -> tuple[Document, str | None, Hints]:
    """Return a document as it was ingested, the format that the curator gave and the hints.

    Contact data is missing from its bytes, which no rule needs, so its digest is that of the bytes as they were.
    """
    (row,) = connection.query(f"SELECT {_COLUMNS} FROM documents WHERE id = ?", (document_id,))
    uri, sha256, media_type, size_bytes, content, given_format, *given = row
    first = zstandard.decompress(content)
    document = Document(uri, first, sha256, media_type, size_bytes=size_bytes)
    if connection.query(_NEXT_PART, (document_id, 2)):
        opener = lambda: io.BufferedReader(_Parts(connection, document_id, first))  # noqa: E731
        document = replace(document, content=first[:HEAD_BYTES], opener=opener)
    return document, given_format, kept_hints(uri, *given)


def kept_hints(
    uri: str, venue: str | None, year: int | None, on: str | None, time_zone: str | None, columns: str | None
) -> Hints:
    """Return the hints of a stored document: what the curator gave, and what the name of its file says."""
    given = tuple(json.loads(columns).items()) if columns else None
    return Hints(venue, year, date.fromisoformat(on) if on else None, time_zone, name_hints(uri), given)


def kept_facts(connection: Connection, document_id: int) -> Iterator[DocumentFacts]:
    """Yield what a document states, read again by the present rules; a large one in slices."""
    document, format_name, hints = kept_document(connection, document_id)
    try:
        if document.opener is None:
            yield read_facts(document, format_name, hints)
        else:
            for parsed in read_slices(document, format_name, hints):
                yield document_facts(parsed, hints)
    except (MalformedDocument, UnknownFormatError) as error:
        yield unreadable(connection, document_id, error)


def unreadable(
    connection: Connection, document_id: int, error: MalformedDocument | UnknownFormatError
) -> DocumentFacts:
    """Return the facts of a document that the present rules cannot read: none, and a problem that says so."""
    sql = "SELECT format, line_count FROM documents WHERE id = ?"
    ((format_name, line_count),) = connection.query(sql, (document_id,))
    line, reason = (error.line, error.problem) if isinstance(error, MalformedDocument) else (None, str(error))
    problem = Problem(line, "", f"this version cannot read it any more: {reason}")
    # No version of a format that is not installed, so that the document is read again once it is.
    version = next((one.VERSION for one in formats() if format_name == one.NAME), 0)
    return DocumentFacts(Parsed(format_name, (), (problem,), line_count, 0, version), [], [], [], [], [problem])


def kept_captures(connection: Connection, document_id: int, document: Document) -> list[Document]:
    """Return a stored document once for each place and instant of a capture of it."""
    return [capture_of(document, *row) for row in connection.query(_CAPTURES, (document_id,))]


def capture_of(
    document: Document,
    uri: str,
    captured_at: str,
    basis: str,
    etag: str | None,
    last_modified: str | None,
    is_kept: int,
) -> Document:
    """Return a stored document as it was captured there and then."""
    return replace(
        document,
        uri=uri,
        captured_at=datetime.fromisoformat(captured_at),
        basis=basis,
        validators=Validators(etag, last_modified, document.sha256) if etag or last_modified else None,
        is_kept=bool(is_kept),
    )


def joined(slices: Iterator[DocumentFacts]) -> DocumentFacts:
    """Return the facts of all slices of a document as one."""
    first = next(slices)
    rest = list(slices)
    if not rest:
        return first
    every = [first, *rest]
    return DocumentFacts(
        first.parsed,
        list(chain.from_iterable(facts.sessions for facts in every)),
        list(chain.from_iterable(facts.listings for facts in every)),
        list(chain.from_iterable(facts.papers for facts in every)),
        list(chain.from_iterable(facts.corrections for facts in every)),
        list(chain.from_iterable(facts.problems for facts in every)),
        editions=tuple(chain.from_iterable(facts.editions for facts in every)),
    )


class FactsCache:
    """What documents state, by id: as read just now, or from the kept bytes."""

    def __init__(self, connection: Connection) -> None:
        self.added: set[int] = set()
        self._connection = connection
        self._facts: dict[int, DocumentFacts] = {}
        self._slices: dict[int, Iterator[DocumentFacts]] = {}

    def add(self, document_id: int, facts: DocumentFacts) -> None:
        """Add the facts of a document that was read just now."""
        self.added.add(document_id)
        self._facts[document_id] = facts

    def drop(self, document_ids: Iterable[int]) -> None:
        """Read what these documents state from their kept bytes if it is needed."""
        for document_id in document_ids:
            self._facts.pop(document_id, None)

    def add_slices(self, document_id: int, slices: Iterator[DocumentFacts]) -> None:
        """Take the facts of a large document from here, a slice at a time."""
        del self._facts[document_id]
        self._slices[document_id] = slices

    def slices(self, document_id: int) -> Iterator[DocumentFacts]:
        """Yield the facts of a document, those of a large one a slice at a time."""
        if document_id in self._slices:
            return self._slices[document_id]
        if document_id in self._facts:
            return iter((self._facts[document_id],))
        return kept_facts(self._connection, document_id)

    def of(self, document_id: int) -> DocumentFacts:
        """Return all that a document states, from its kept bytes unless it was read just now."""
        if document_id not in self._facts:
            self._facts[document_id] = joined(kept_facts(self._connection, document_id))
        return self._facts[document_id]
