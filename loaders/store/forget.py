"""Take a document out, and everything that only it stated, as if it had never come."""

import os
import re
from pathlib import Path

from programme.exceptions import StoreError
from programme.loaders.store.connection import Connection
from programme.loaders.store.known import Known
from programme.loaders.store.papers import Titles
from programme.loaders.store.people import resolve_authors, resolve_repositories
from programme.loaders.store.programme import resolve_listings, resolve_sessions
from programme.loaders.store.rows import Ids

_UNUSED_EDITIONS = """
DELETE FROM editions
WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.edition_id = editions.id)
  AND NOT EXISTS (SELECT 1 FROM paper_sources WHERE paper_sources.edition_id = editions.id)
"""
_DIGEST_START = re.compile("[0-9a-f]{8,64}")


def forget_document(connection: Connection, ids: Ids, document_id: int) -> None:
    """Remove one document inside the current transaction, which takes its ids from `ids`."""
    known = Known(connection, ids, complete=False)
    authors = known.authors
    titles = Titles(connection, ids, known, search=True)

    def column(sql: str) -> set[int]:
        return {row[0] for row in connection.query(sql, (document_id,))}

    papers = column("SELECT paper_id FROM paper_sources WHERE document_id = ?")
    sessions = column("SELECT session_id FROM session_sources WHERE document_id = ?")
    listings = column("SELECT listing_id FROM listing_sources WHERE document_id = ?")
    repositories = column("SELECT repository_id FROM repo_links WHERE document_id = ?")

    for table in ("repo_links", "paper_links", "slot_sources", "session_sources"):
        connection.run(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    touched = resolve_sessions(connection, ids, authors, sessions)
    for table in ("listing_sources", "paper_sources", "document_problems", "document_parts"):
        connection.run(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    resolve_listings(connection, listings)
    resolved = titles.resolve(papers)
    touched |= resolved.authors | resolve_sessions(connection, ids, authors, resolved.sessions)
    resolve_authors(connection, touched)
    resolve_repositories(connection, repositories)
    connection.run("DELETE FROM documents WHERE id = ?", (document_id,))
    connection.run(_UNUSED_EDITIONS)
    connection.run("DELETE FROM venues WHERE id NOT IN (SELECT venue_id FROM editions)")


def forget(connection: Connection, document: str) -> str:
    """Remove the document of this SHA-256, or start of one of at least 8 digits, or URI or path; return its URI.

    Raises StoreError when there is none, or several.
    """
    with connection.transaction():
        places = (document, *(Path(spell(document)).as_uri() for spell in (os.path.realpath, os.path.abspath)))
        found = connection.query_in("SELECT id, uri FROM documents WHERE uri IN (?)", set(places))
        if not found and _DIGEST_START.fullmatch(document.lower()):
            start = f"{document.lower()}%"
            found = connection.query("SELECT id, uri FROM documents WHERE sha256 LIKE ?", (start,))
        if len(found) != 1:
            what = "several documents start so" if found else "no such document; `loader documents` lists them"
            raise StoreError(f"{document}: {what}")
        forget_document(connection, Ids(connection), found[0][0])
        return str(found[0][1])
