"""Delete a document with everything that only it stated: the database is what the other documents alone would make."""

import os
from pathlib import Path
from typing import NamedTuple

from programme.exceptions import StoreError
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.update import Update
from programme.patterns import lazy_pattern

MIN_DIGEST_LENGTH = 8
"""Shorter starts of a SHA-256 are refused: a slip of the keyboard must not delete another document."""
_DIGEST_START = lazy_pattern(f"[0-9a-f]{{{MIN_DIGEST_LENGTH},64}}")
_SHORT_DIGEST = lazy_pattern(f"[0-9a-f]{{1,{MIN_DIGEST_LENGTH - 1}}}")

SHOWN_DIGITS = 12
"""Digits by which reports name a document."""
_REPLACED = """
SELECT DISTINCT d.id, d.sha256, r.captured_at
FROM captures c JOIN captures r ON r.id = c.replaces_id JOIN documents d ON d.id = r.document_id
WHERE c.document_id = ? AND c.is_current AND NOT d.is_current
ORDER BY r.captured_at, d.sha256
"""
_CURRENT = "SELECT id FROM documents WHERE is_current AND id IN (?)"


class Forgotten(NamedTuple):
    """The URI of a deleted document, and the captures that are current again: start of the SHA-256, and instant."""

    uri: str
    restored: list[tuple[str, str]]


def forget(connection: Connection, document: str) -> Forgotten:
    """Delete a document; a capture that it replaced is current again.

    `document` is its SHA-256, the first 8 digits of it or more, its URI or its path. Raises StoreError where no
    document or several are meant.
    """
    with connection.transaction():
        found = _matching(connection, document)
        if not found:
            raise StoreError(_no_such(document))
        if len(found) > 1:
            raise StoreError(_ambiguous(document, found))
        replaced = connection.query(_REPLACED, (found[0][0],))
        update = Update(connection)
        update.forget([found[0][0]])
        update.apply()
        update.finish()
        current = {id_ for (id_,) in connection.query_in(_CURRENT, [id_ for id_, *_ in replaced])}
        restored = [(sha256[:SHOWN_DIGITS], instant) for id_, sha256, instant in replaced if id_ in current]
        return Forgotten(str(found[0][1]), restored)


def _matching(connection: Connection, document: str) -> list[Row]:
    columns = "d.id, d.uri, d.sha256, d.captured_on, d.ingested_at, d.is_current"
    uris = (document, *(Path(path_of(document)).as_uri() for path_of in (os.path.realpath, os.path.abspath)))
    of_sources = "documents d JOIN captures c ON c.document_id = d.id JOIN sources s ON s.id = c.source_id"
    found = connection.query_in(f"SELECT DISTINCT {columns} FROM {of_sources} WHERE s.uri IN (?)", set(uris))
    # Of the captures of one source, the current one is meant; forgetting it brings back the one before.
    found = [row for row in found if row[5]] or found
    if not found and _DIGEST_START.fullmatch(document.lower()):
        start = f"{document.lower()}%"
        found = connection.query(f"SELECT {columns} FROM documents d WHERE d.sha256 LIKE ?", (start,))
    return found


def _no_such(document: str) -> str:
    if _SHORT_DIGEST.fullmatch(document.lower()):
        return f"{document}: no such document; give at least {MIN_DIGEST_LENGTH} digits of a SHA-256"
    return f"{document}: no such document; `loader documents` lists them"


def _ambiguous(document: str, found: list[Row]) -> str:
    """List the documents that are meant, one a line, the newest first."""
    newest_first = sorted(found, key=lambda row: (row[3] or row[4], row[4]), reverse=True)
    lines = (
        f"  {sha256[:12]}  {f'captured {captured_on}' if captured_on else f'ingested {ingested_at}'}  {uri}"
        for _, uri, sha256, captured_on, ingested_at, _ in newest_first
    )
    return "\n".join([f"{document}: several documents match; name one by the start of its SHA-256:", *lines])
