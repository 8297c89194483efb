"""A stored document with other hints: it is deleted and stored anew, with the same bytes and all its captures.

Only so do captures follow the day of a listing, which is part of what they are a capture of.
"""

from programme.loaders.records import Hints
from programme.loaders.store.captures import scopes_of
from programme.loaders.store.connection import Connection
from programme.loaders.store.facts import read_facts
from programme.loaders.store.kept import kept_captures, kept_document
from programme.loaders.store.readings import Job
from programme.loaders.store.update import Update
from programme.loaders.store.workers import Workers
from programme.loaders.store.writer import compress


def restate(
    connection: Connection, update: Update, document_id: int, format_name: str | None, hints: Hints
) -> tuple[int, list[str]]:
    """Read a stored document with these hints; return its new id and the scopes of its sources.

    What `update` has collected is written first. Raises MalformedDocument.
    """
    document, _, _ = kept_document(connection, document_id)
    if document.opener:  # its captures follow no day, and its bytes need not move
        from programme.loaders.store.large import read_large, reread_large

        job = Job(document, format_name, hints)
        reread_large(connection, update, document_id, job, read_large(job, Workers(1)))
        return document_id, [""]
    facts = read_facts(document, format_name, hints)
    captures = kept_captures(connection, document_id, document)
    update.forget([document_id])
    update.apply()
    new_id = update.add_document(document, format_name, hints, facts, compress(document.content))
    scopes = scopes_of(facts)
    for capture in captures:
        update.add_captures(new_id, capture, scopes)
    return new_id, scopes
