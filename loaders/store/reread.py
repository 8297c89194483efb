"""Documents read again by the present rules, from the bytes that the database keeps.

A few are replaced one by one, as newer captures are. Where there are many, or where the rules that all formats share
have changed, everything but the documents is deleted and loaded anew, in one transaction and as fast as a fresh load.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import UnknownFormatError, formats, read_slices
from programme.loaders.records import Hints
from programme.loaders.rules import RULES_VERSION
from programme.loaders.store import large
from programme.loaders.store.bulk import bulk_load, clear
from programme.loaders.store.captures import KEPT, scopes_of
from programme.loaders.store.connection import Connection
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.facts import read_facts
from programme.loaders.store.fresh import FreshUpdate, apply_corrections, attach_references, decide_postponed
from programme.loaders.store.ingest import BATCH_SIZE, BATCH_THRESHOLD, MAX_BATCH_BYTES
from programme.loaders.store.kept import capture_of, kept_document, unreadable
from programme.loaders.store.large import slice_of
from programme.loaders.store.outcome import Outcome, loaded, refused
from programme.loaders.store.readings import Slice
from programme.loaders.store.restate import restate
from programme.loaders.store.update import Update

_IS_KEPT = f"CASE WHEN s.scope LIKE '{KEPT}%' THEN 1 ELSE 0 END"
_SET_CAPTURES_ASIDE = f"""
CREATE TEMPORARY TABLE captures_aside AS
SELECT c.document_id, s.uri, c.captured_at, c.basis, c.etag, c.last_modified, {_IS_KEPT} AS is_kept, s.scope
FROM captures c JOIN sources s ON s.id = c.source_id
"""
_CAPTURES_ASIDE = """
SELECT DISTINCT uri, captured_at, basis, etag, last_modified, is_kept
FROM captures_aside WHERE document_id = ? ORDER BY 1, 2
"""


def stale_documents(connection: Connection) -> list[int]:
    """Return the ids of the documents that were read by older rules than the present ones."""
    versions = {one.NAME: one.VERSION for one in formats()}
    found = connection.query("SELECT DISTINCT rules_version, format, format_version FROM documents")
    stale = [kind for kind in found if kind[0] < RULES_VERSION or kind[2] < versions.get(kind[1], 0)]
    sql = "SELECT id FROM documents WHERE rules_version = ? AND format = ? AND format_version = ?"
    return sorted(id_ for kind in stale for (id_,) in connection.query(sql, kind))


class Plan(NamedTuple):
    """Which documents are to be read again, and whether everything is to be built anew for it."""

    document_ids: list[int]
    is_rebuild: bool


def planned(connection: Connection, *, everything: bool = False) -> Plan:
    """Return what has to be read again: what is stale, or `everything`."""
    stale = stale_documents(connection)
    is_old = bool(connection.query("SELECT 1 FROM documents WHERE rules_version < ? LIMIT 1", (RULES_VERSION,)))
    if everything or is_old or len(stale) > BATCH_THRESHOLD:
        return Plan([id_ for (id_,) in connection.query("SELECT id FROM documents ORDER BY id")], is_rebuild=True)
    return Plan(stale, is_rebuild=False)


def reread(connection: Connection, *, everything: bool = False) -> Iterator[Outcome]:
    """Read stale documents again, or `everything`, and yield the outcome of each; all or nothing.

    One that the present rules cannot read is `refused`: it is kept and states nothing but a problem.
    """
    plan = planned(connection, everything=everything)
    if plan.is_rebuild:
        yield from _rebuild(connection)
    elif plan.document_ids:
        yield from _reread_few(connection, plan.document_ids)


class _Reading(NamedTuple):
    """A kept document read by the present rules: its facts, and all slices of a large one."""

    document: Document
    format_name: str | None
    hints: Hints
    facts: DocumentFacts
    rest: Iterator[Slice] | None
    outcome: Outcome

    @property
    def is_refused(self) -> bool:
        return self.outcome.status == "refused"


def _read(connection: Connection, document_id: int) -> _Reading:
    document, format_name, hints = kept_document(connection, document_id)
    rest = None
    try:
        if document.opener:
            slices = (slice_of(parsed, hints) for parsed in read_slices(document, format_name, hints))
            first = next(slices)
            facts, rest = first.facts, chain([first], slices)
        else:
            facts = read_facts(document, format_name, hints)
        outcome = loaded(document, facts)
    except (MalformedDocument, UnknownFormatError) as error:
        facts = unreadable(connection, document_id, error)
        (problem,) = facts.problems
        outcome = refused(document, MalformedDocument(document.uri, problem.line, problem.problem))
    return _Reading(document, format_name, hints, facts, rest, outcome)


def _reread_few(connection: Connection, document_ids: list[int]) -> Iterator[Outcome]:
    with connection.transaction():
        update = Update(connection)
        for id_ in document_ids:
            found = _read(connection, id_)
            if found.is_refused or found.rest or scopes_of(found.facts) == update.stored_scopes(id_):
                update.reread(id_, found.facts, found.format_name, found.hints)
            else:
                restate(connection, update, id_, found.format_name, found.hints)
            if found.rest:
                yield large.state(connection, update, id_, found.document, found.rest)
            else:
                yield found.outcome
        update.apply()
        update.finish()


def _rebuild(connection: Connection) -> Iterator[Outcome]:
    with bulk_load(connection, is_rebuild=True) as indexes:
        connection.run("DROP TABLE IF EXISTS captures_aside")
        connection.run(_SET_CAPTURES_ASIDE)
        connection.run("CREATE INDEX captures_aside_document_id ON captures_aside (document_id)")
        clear(connection, kept=("documents", "document_parts"))
        update = FreshUpdate(connection, indexes)
        yield from _restore_all(connection, update)
        update.finish()
        connection.run("DROP TABLE captures_aside")
        indexes.build_all()
        decide_postponed(connection, update.postponed)
        attach_references(connection)
        apply_corrections(connection)


def _restore_all(connection: Connection, update: FreshUpdate) -> Iterator[Outcome]:
    """State what every document states, in batches of bounded number and size."""
    count = size = 0
    for (id_,) in connection.query("SELECT id FROM documents ORDER BY id"):
        found = _read(connection, id_)
        if found.rest:
            update.apply()
        update.restore(id_, found.document, found.format_name, found.hints, found.facts)
        for capture, scopes in _captures_aside(connection, id_, found):
            update.add_captures(id_, capture, scopes)
        count, size = count + 1, size + len(found.document.content)
        if found.rest:
            yield large.state(connection, update, id_, found.document, found.rest)
            count = size = 0
        else:
            yield found.outcome
        if count >= BATCH_SIZE or size >= MAX_BATCH_BYTES:
            update.apply()
            count = size = 0
    update.apply()


def _captures_aside(connection: Connection, id_: int, found: _Reading) -> Iterator[tuple[Document, list[str]]]:
    """Yield each capture of a document, and the scopes of its sources: those before, where it cannot be read."""
    scopes = scopes_of(found.facts) if not found.rest else [""]
    if found.is_refused:
        stored = connection.query("SELECT DISTINCT scope FROM captures_aside WHERE document_id = ?", (id_,))
        scopes = sorted(scope for (scope,) in stored if not scope.startswith(KEPT)) or scopes
    for row in connection.query(_CAPTURES_ASIDE, (id_,)):
        yield capture_of(found.document, *row), scopes
