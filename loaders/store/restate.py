"""A stored document with other hints: it is deleted and stored anew, with the same bytes and all its captures.

Only so do captures follow the day of a listing, which is part of what they are a capture of.
"""

from dataclasses import replace
from datetime import datetime

from programme.loaders.documents import Validators
from programme.loaders.formats import read
from programme.loaders.records import Hints
from programme.loaders.store.captures import KEPT, scopes_of
from programme.loaders.store.connection import Connection
from programme.loaders.store.facts import document_facts
from programme.loaders.store.kept import kept_document
from programme.loaders.store.update import Update
from programme.loaders.store.writer import compress

_CAPTURES = """
SELECT DISTINCT s.uri, c.captured_at, c.basis, c.etag, c.last_modified, CASE WHEN s.scope LIKE ? THEN 1 ELSE 0 END
FROM captures c JOIN sources s ON s.id = c.source_id WHERE c.document_id = ? ORDER BY 1, 2
"""


def restate(
    connection: Connection, update: Update, document_id: int, format_name: str | None, hints: Hints
) -> tuple[int, list[str]]:
    """Read a stored document with these hints; return its new id and the scopes of its sources.

    What `update` has collected is written first. Raises MalformedDocument.
    """
    document, _, _ = kept_document(connection, document_id)
    facts = document_facts(read(document, format_name, hints), hints)
    captures = connection.query(_CAPTURES, (f"{KEPT}%", document_id))
    update.forget([document_id])
    update.apply()
    new_id = update.add_document(document, format_name, hints, facts, compress(document.content))
    scopes = scopes_of(facts)
    for uri, captured_at, basis, etag, last_modified, is_kept in captures:
        validators = Validators(etag, last_modified, document.sha256) if etag or last_modified else None
        capture = replace(
            document,
            uri=uri,
            captured_at=datetime.fromisoformat(captured_at),
            basis=basis,
            validators=validators,
            is_kept=bool(is_kept),
        )
        update.add_captures(new_id, capture, scopes)
    return new_id, scopes
