"""Delete a document with everything that only it stated: the database is what the other documents alone would make."""

import os
import re
from pathlib import Path

from programme.exceptions import StoreError
from programme.loaders.store.authors import resolve_authors, resolve_repositories
from programme.loaders.store.buffer import Ids
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.store.papers import PaperResolver
from programme.loaders.store.sessions import resolve_listings, resolve_sessions

_UNUSED_EDITIONS = """
DELETE FROM editions
WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.edition_id = editions.id)
  AND NOT EXISTS (SELECT 1 FROM paper_sources WHERE paper_sources.edition_id = editions.id)
"""
MIN_DIGEST_LENGTH = 8
"""Shorter starts of a SHA-256 are refused: a slip of the keyboard must not delete another document."""
_DIGEST_START = re.compile(f"[0-9a-f]{{{MIN_DIGEST_LENGTH},64}}")
_SHORT_DIGEST = re.compile(f"[0-9a-f]{{1,{MIN_DIGEST_LENGTH - 1}}}")


def forget_document(connection: Connection, ids: Ids, document_id: int) -> None:
    """Delete one document inside the current transaction, which takes new ids from `ids`.

    The order follows the references between tables. Links and the statements of slots and sessions go first; resolving
    the sessions then deletes the slots that nothing states any more, which refer to papers. Only then can the mentions
    go, and the papers be resolved without them. Papers that split or merge move slots, so their sessions are resolved
    again. Authors and repositories come last, when every byline and link is in its final place.
    """
    index = KeyIndex(connection, ids, is_complete=False)
    authors = index.authors
    papers = PaperResolver(connection, ids, index, has_search=True)

    def stated(sql: str) -> set[int]:
        return {row[0] for row in connection.query(sql, (document_id,))}

    paper_ids = stated("SELECT paper_id FROM paper_sources WHERE document_id = ?")
    session_ids = stated("SELECT session_id FROM session_sources WHERE document_id = ?")
    listing_ids = stated("SELECT listing_id FROM listing_sources WHERE document_id = ?")
    repository_ids = stated("SELECT repository_id FROM repo_links WHERE document_id = ?")

    for table in ("repo_links", "paper_links", "slot_sources", "session_sources"):
        connection.run(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    author_ids = resolve_sessions(connection, ids, authors, session_ids)
    for table in ("listing_sources", "paper_sources", "document_problems", "document_parts"):
        connection.run(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    resolve_listings(connection, listing_ids)
    resolved = papers.resolve(paper_ids)
    author_ids |= resolved.authors | resolve_sessions(connection, ids, authors, resolved.sessions)
    resolve_authors(connection, author_ids)
    resolve_repositories(connection, repository_ids)
    connection.run("DELETE FROM captures WHERE document_id = ?", (document_id,))
    connection.run("DELETE FROM sources WHERE id NOT IN (SELECT source_id FROM captures)")
    connection.run("DELETE FROM documents WHERE id = ?", (document_id,))
    connection.run(_UNUSED_EDITIONS)
    connection.run("DELETE FROM venues WHERE id NOT IN (SELECT venue_id FROM editions)")


def forget(connection: Connection, document: str) -> str:
    """Delete a document and return its URI.

    `document` is its SHA-256, the first 8 digits of it or more, its URI or its path. Raises StoreError where no
    document or several are meant.
    """
    with connection.transaction():
        found = _matching(connection, document)
        if not found:
            raise StoreError(_no_such(document))
        if len(found) > 1:
            raise StoreError(_ambiguous(document, found))
        forget_document(connection, Ids(connection), found[0][0])
        return str(found[0][1])


def _matching(connection: Connection, document: str) -> list[Row]:
    columns = "id, uri, sha256, captured_on, ingested_at"
    uris = (document, *(Path(path_of(document)).as_uri() for path_of in (os.path.realpath, os.path.abspath)))
    found = connection.query_in(f"SELECT {columns} FROM documents WHERE uri IN (?)", set(uris))
    if not found and _DIGEST_START.fullmatch(document.lower()):
        start = f"{document.lower()}%"
        found = connection.query(f"SELECT {columns} FROM documents WHERE sha256 LIKE ?", (start,))
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
        for _, uri, sha256, captured_on, ingested_at in newest_first
    )
    return "\n".join([f"{document}: several documents match; name one by the start of its SHA-256:", *lines])
