"""Delete a document with everything that only it stated: the database is what the other documents alone would make."""

import os
import re
from pathlib import Path

from programme.exceptions import StoreError
from programme.loaders.store.authors import resolve_authors, resolve_repositories
from programme.loaders.store.buffer import Ids
from programme.loaders.store.connection import Connection
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.store.papers import PaperResolver
from programme.loaders.store.sessions import resolve_listings, resolve_sessions

_UNUSED_EDITIONS = """
DELETE FROM editions
WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.edition_id = editions.id)
  AND NOT EXISTS (SELECT 1 FROM paper_sources WHERE paper_sources.edition_id = editions.id)
"""
_DIGEST_START = re.compile("[0-9a-f]{8,64}")


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
    connection.run("DELETE FROM documents WHERE id = ?", (document_id,))
    connection.run(_UNUSED_EDITIONS)
    connection.run("DELETE FROM venues WHERE id NOT IN (SELECT venue_id FROM editions)")


def forget(connection: Connection, document: str) -> str:
    """Delete a document and return its URI.

    `document` is its SHA-256, the first 8 digits of it or more, its URI or its path. Raises StoreError where no
    document or several are meant.
    """
    with connection.transaction():
        uris = (document, *(Path(path_of(document)).as_uri() for path_of in (os.path.realpath, os.path.abspath)))
        found = connection.query_in("SELECT id, uri FROM documents WHERE uri IN (?)", set(uris))
        if not found and _DIGEST_START.fullmatch(document.lower()):
            start = f"{document.lower()}%"
            found = connection.query("SELECT id, uri FROM documents WHERE sha256 LIKE ?", (start,))
        if not found:
            raise StoreError(f"{document}: no such document; `loader documents` lists them")
        if len(found) > 1:
            raise StoreError(f"{document}: several documents are meant; give more digits of the SHA-256")
        forget_document(connection, Ids(connection), found[0][0])
        return str(found[0][1])
