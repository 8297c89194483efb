"""One write transaction's work: captures come and go, and everything that people see follows.

Which documents state anything is decided by `timeline`; what they state goes in and out through `resolve`. The rows of
`changes` say what differs between a capture and the one it replaces, and `former` which keys outlive a change.
"""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from itertools import chain

from programme.loaders.documents import Document
from programme.loaders.records import Hints
from programme.loaders.store import rows
from programme.loaders.store.buffer import Ids, WritePlan, update_statement
from programme.loaders.store.captures import KEPT, WHOLE, part, scopes_of, within
from programme.loaders.store.connection import Connection, rows_by
from programme.loaders.store.effects import Effect, effects
from programme.loaders.store.fact_types import ANY_EDITION, DocumentFacts
from programme.loaders.store.former import NO_FORMER_KEYS, FormerKeys, changed_keys, former_keys
from programme.loaders.store.full_text import Search, SearchInPlan
from programme.loaders.store.history import plan_changes
from programme.loaders.store.kept import FactsCache
from programme.loaders.store.readings import Slice
from programme.loaders.store.references import numbered_editions, referring_documents
from programme.loaders.store.resolve import Resolver, Stated
from programme.loaders.store.timeline import Parts, Timeline, timeline
from programme.loaders.store.writer import document_row, reread_values

_STATING_SESSIONS = (
    "SELECT document_id FROM session_sources WHERE stated_key IN (?)",
    "SELECT s.document_id FROM sessions c JOIN session_sources s ON s.session_id = c.id WHERE c.key IN (?)",
)
_ORIGINS = """
SELECT c.document_id, s.uri, CASE WHEN c.basis <> 'file' THEN c.captured_at END
FROM captures c JOIN sources s ON s.id = c.source_id
WHERE c.document_id IN (?)
"""


class Update:
    """Collects captures that come and go; `apply` writes them. `FreshUpdate` fills a database that was empty before."""

    def __init__(self, connection: Connection, search: Search | None = None, *, is_fresh: bool = False) -> None:
        self.effects: dict[int, Effect] = {}
        self.postponed: set[int] = set()
        self._connection = connection
        self._ids = Ids(connection)
        if connection.database.engine == "sqlite":
            search = search or SearchInPlan()
        self._resolver = Resolver(connection, self._ids, search, is_fresh=is_fresh)
        self._is_fresh = is_fresh
        self._former: FormerKeys = NO_FORMER_KEYS if is_fresh else former_keys(connection)
        self._start()

    def _start(self) -> None:
        """Start collecting anew."""
        self._plan = WritePlan()
        self._facts = FactsCache(self._connection)
        self._new: list[rows.CaptureRow] = []
        self._sources: set[int] = set()
        self._stale: set[int] = set()
        self._forgotten: set[int] = set()
        self._source_ids: dict[tuple[str, str], int] = {}
        self._looked_up: set[str] = set()
        self._scopes: dict[int, str] = {}
        self._digests: dict[int, str] = {}

    def add_document(
        self, document: Document, format_name: str | None, hints: Hints, facts: DocumentFacts, content: bytes
    ) -> int:
        """Add a document that is not stored yet; return its id. `facts` may be those of its first slice."""
        id_ = self._ids.new("documents")
        self._plan["documents"].append(document_row(id_, document, format_name, facts, hints, content))
        self._digests[id_] = document.sha256
        self._facts.add(id_, facts)
        return id_

    def add_slices(self, document_id: int, slices: Iterator[Slice]) -> None:
        """Take the facts of a large document from here, a slice at a time."""
        self._facts.add_slices(document_id, (one.facts for one in slices))

    def add_captures(self, document_id: int, document: Document, scopes: Iterable[str]) -> None:
        """Add a capture of each source that a document is taken from."""
        captured_at, basis = instant_of(document)
        validators = document.validators
        for scope in [f"{KEPT}{document.sha256[:12]}"] if document.is_kept else scopes:
            capture = rows.CaptureRow(
                id=self._ids.new("captures"),
                source_id=self._source_id(document.uri, scope),
                document_id=document_id,
                captured_at=captured_at,
                basis=basis,
                etag=validators.etag if validators else None,
                last_modified=validators.last_modified if validators else None,
                is_current=True,
                replaces_id=None,
            )
            self._new.append(capture)

    def look_up_sources(self, uris: AbstractSet[str]) -> None:
        """Fetch the sources at these URIs with one query."""
        found = self._connection.query_in("SELECT uri, scope, id FROM sources WHERE uri IN (?)", uris)
        self._source_ids.update(((uri, scope), id_) for uri, scope, id_ in found)
        self._looked_up |= uris

    def _source_id(self, uri: str, scope: str) -> int:
        id_ = self._source_ids.get((uri, scope))
        if id_ is None and uri not in self._looked_up:
            self.look_up_sources({uri})
            id_ = self._source_ids.get((uri, scope))
        if id_ is None:
            id_ = self._ids.new("sources")
            self._plan["sources"].append(rows.SourceRow(id_, uri, scope))
        self._source_ids[uri, scope] = id_
        self._scopes[id_] = scope
        return id_

    def forget(self, document_ids: Iterable[int]) -> None:
        """Delete documents with all their captures; the captures that they replaced are current again."""
        self._forgotten.update(document_ids)
        self._touch(self._forgotten)

    def write_documents(self) -> None:
        """Write the rows of documents and sources now, because the parts of a large document refer to them."""
        self._plan.write(self._connection)

    def stored_scopes(self, document_id: int) -> list[str]:
        """Return the scopes of the sources that a stored document is a capture of, as its format sees them."""
        sql = "SELECT DISTINCT s.scope FROM captures c JOIN sources s ON s.id = c.source_id WHERE c.document_id = ?"
        scopes = [scope for (scope,) in self._connection.query(sql, (document_id,)) if not scope.startswith(KEPT)]
        return scopes or scopes_of(self._facts.of(document_id))

    def reread(self, document_id: int, facts: DocumentFacts, format_name: str | None, hints: Hints) -> None:
        """Replace what a stored document states by these facts, read with these hints."""
        values = reread_values(format_name, facts, hints)
        self._plan.change(update_statement("documents", tuple(values)), [(*values.values(), document_id)])
        self._facts.add(document_id, facts)
        self._stale.add(document_id)
        self._touch({document_id})

    def decide_again(self, document_ids: Iterable[int]) -> None:
        """Decide again which captures are current at the sources of these documents."""
        self._touch(set(document_ids))

    def _touch(self, document_ids: set[int]) -> None:
        found = self._connection.query_in("SELECT source_id FROM captures WHERE document_id IN (?)", document_ids)
        self._sources |= {source_id for (source_id,) in found}

    def apply(self) -> None:
        """Write everything collected, and what follows from it."""
        self._apply()
        self._start()

    def apply_corrections(self) -> None:
        """Apply every correction anew, after a fresh load, which applies none."""
        self._resolver.update([], [], self._former, WritePlan(), all_corrections=True)

    def finish(self) -> None:
        """Resolve what is resolved once, at the end of all batches."""
        self._resolver.finish()

    def _apply(self) -> None:
        self._plan.write(self._connection)
        sources = self._sources | {capture.source_id for capture in self._new}
        found = timeline(
            self._connection, sources, self._new, self._scopes, self._forgotten, self._stale, self._are_related
        )
        plan = WritePlan()
        self._plan_captures(found, plan)

        def facts_of(capture: rows.CaptureRow) -> DocumentFacts:
            return within(self._facts.of(capture.document_id), frozenset((part(found.scopes[capture.source_id]),)))

        planned = plan_changes(found.before, found.after, self._stale, facts_of, self._ids, plan)
        plan.write(self._connection)
        renamed = self._follow_renames() if planned.has_renames else set()
        added, removed = self._affected(found, renamed)
        plan = WritePlan()
        flags = [(id_ in found.parts_after, id_) for id_ in found.documents]
        plan.change("UPDATE documents SET is_current = ? WHERE id = ?", flags)
        self._state(added, removed, found.parts_after, plan)
        self._choose_origins(found.documents)
        self._delete_forgotten(sources)
        self.effects = effects(found, planned.summaries)

    def _plan_captures(self, found: Timeline, plan: WritePlan) -> None:
        plan["captures"].extend(row for id_, row in found.after.items() if id_ not in found.before)
        changed = [row for id_, row in found.after.items() if id_ in found.before and found.before[id_] != row]
        columns = ("is_current", "replaces_id")
        plan.change(
            update_statement("captures", columns), [(row.is_current, row.replaces_id, row.id) for row in changed]
        )
        gone = [(id_,) for id_ in found.before if id_ not in found.after]
        plan.change("UPDATE captures SET replaces_id = NULL WHERE id = ?", gone)
        plan.delete_last("DELETE FROM captures WHERE id = ?", gone)

    def _follow_renames(self) -> set[int]:
        """Read the former keys anew; return the documents that state a session whose oldest key is another now."""
        old, self._former = self._former, former_keys(self._connection)
        titles = changed_keys(old.titles, self._former.titles)
        self._former = self._former._replace(changed=frozenset(titles))
        sessions = changed_keys(old.sessions, self._former.sessions)
        found = [row for sql in _STATING_SESSIONS for row in self._connection.query_in(sql, sessions)]
        return {document_id for (document_id,) in found}

    def _affected(self, found: Timeline, renamed: set[int]) -> tuple[set[int], set[int]]:
        """Return the documents whose statements are to be added, and those whose statements are to be removed."""
        before, after = found.parts_before, found.parts_after
        known = before.keys() | after.keys()
        changed = {id_ for id_ in known if before.get(id_) != after.get(id_)} | self._stale | (renamed & known)
        changed |= self._of_another_age(found)
        return (changed & after.keys()) | (renamed - known), (changed & before.keys()) | (renamed - known)

    def _of_another_age(self, found: Timeline) -> set[int]:
        """Return the documents of corrections whose current captures are others now: the newer correction wins."""
        before, after = (
            {(row.document_id, row.captured_at) for row in rows.values() if row.is_current}
            for rows in (found.before, found.after)
        )
        sql = "SELECT DISTINCT document_id FROM corrections WHERE document_id IN (?)"
        return {id_ for (id_,) in self._connection.query_in(sql, {document_id for document_id, _ in before ^ after})}

    def _state(self, added: set[int], removed: set[int], parts: Parts, plan: WritePlan) -> None:
        """Remove and add the statements of documents, and those of others that refer to papers of theirs by number."""
        referring = {} if self._is_fresh else referring_documents(self._connection, added)
        if not referring:
            self._restate(added, removed, parts, plan)
            return
        editions = numbered_editions(self._connection, removed)
        last = added & referring.keys()
        self._restate(added - last, removed, parts, plan)
        editions |= numbered_editions(self._connection, added - last)
        again = {id_ for id_, named in referring.items() if named & (editions | {ANY_EDITION})} - removed - added
        # Removed before any is added: a reference must not find what others have stated by reference.
        self._restate(set(), again, {}, WritePlan())
        self._restate(last | again, set(), parts, WritePlan())

    def attach_references(self) -> None:
        """State every document that refers to papers by number anew, after a fresh load, which attaches none."""
        if referring := referring_documents(self._connection).keys():
            self._restate(set(), set(referring), {}, WritePlan())
            self._restate(set(referring), set(), {}, WritePlan())

    def _restate(self, added: set[int], removed: set[int], parts: Parts, plan: WritePlan) -> None:
        """Remove and add the statements of documents; those of large ones a slice at a time."""
        stated: list[Stated] = []
        large: list[tuple[int, Iterator[DocumentFacts]]] = []
        for id_ in sorted(added):
            slices = self._facts.slices(id_)
            first, second = next(slices), next(slices, None)
            if second is None:
                stated.append(self._stated(id_, within(first, parts.get(id_, frozenset((WHOLE,))))))
            else:
                large.append((id_, chain((first, second), slices)))
        self._resolver.update(stated, sorted(removed), self._former, plan)
        for id_, slices in large:
            for facts in slices:
                self._resolver.update([self._stated(id_, facts)], [], self._former, WritePlan())

    def _stated(self, document_id: int, facts: DocumentFacts) -> Stated:
        if document_id not in self._digests:
            sql = "SELECT sha256 FROM documents WHERE id = ?"
            self._digests[document_id] = self._connection.query(sql, (document_id,))[0][0]
        return Stated(document_id, self._digests[document_id], facts)

    def _are_related(self, before: int, after: int) -> bool:
        from programme.loaders.store.changes import related

        return related(self._facts.of(before), self._facts.of(after))

    def _choose_origins(self, document_ids: Collection[int]) -> None:
        """Name each document by the shortest URI of its sources, and date it by the earliest day that is certain."""
        # By a rule on the values, so that the order in which the copies are ingested cannot matter.
        found = rows_by(self._connection.query_in(_ORIGINS, document_ids))
        changes = []
        for id_, captures in found.items():
            uri = min((uri for _, uri, _ in captures), key=lambda uri: (len(uri), uri))
            day = min((instant[:10] for _, _, instant in captures if instant), default=None)
            changes.append((uri, day, id_))
        self._connection.run_many(update_statement("documents", ("uri", "captured_on")), changes)

    def _delete_forgotten(self, source_ids: Iterable[int]) -> None:
        ids = [(id_,) for id_ in self._forgotten]
        for sql in ("DELETE FROM document_parts WHERE document_id = ?", "DELETE FROM documents WHERE id = ?"):
            self._connection.run_many(sql, ids)
        unused = "DELETE FROM sources WHERE id = ? AND NOT EXISTS (SELECT 1 FROM captures WHERE source_id = sources.id)"
        self._connection.run_many(unused, [(id_,) for id_ in source_ids] if ids else [])


def instant_of(document: Document) -> tuple[str, str]:
    """Return when a document was taken from its source, in UTC, and how that is known; now where nothing is known."""
    instant = document.captured_at or datetime.now(UTC)
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), document.basis or "file"
