"""What documents state goes in and out here, and every row that people see is derived from what remains.

Adding, replacing, deleting and reading again are this one operation: the statements of some documents are removed,
those of others are added, and `PaperResolver`, `SessionResolver` and `ListingResolver` derive all that either touches.
"""

from collections.abc import Sequence
from typing import NamedTuple

from programme.loaders.store.authors import resolve_authors, resolve_repositories
from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.connection import Connection
from programme.loaders.store.facts import DocumentFacts
from programme.loaders.store.former import FormerKeys
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.store.mentions import MentionReader
from programme.loaders.store.papers import PaperResolver
from programme.loaders.store.sessions import SessionResolver
from programme.loaders.store.writer import Statements

_UNUSED_EDITIONS = """
DELETE FROM editions
WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.edition_id = editions.id)
  AND NOT EXISTS (SELECT 1 FROM session_sources WHERE session_sources.edition_id = editions.id)
  AND NOT EXISTS (SELECT 1 FROM paper_sources WHERE paper_sources.edition_id = editions.id)
"""
_STATEMENTS = (
    *("repo_links", "paper_links", "slot_sources", "session_sources", "listing_sources", "paper_sources"),
    "document_problems",
)
"""The tables of statements, those that refer to others first."""


class Stated(NamedTuple):
    """What a document states, or a part of it; the caller has written the row of the document."""

    document_id: int
    sha256: str
    facts: DocumentFacts


class _Touched(NamedTuple):
    """What removed statements were about, by id."""

    papers: set[int]
    sessions: set[int]
    listings: set[int]
    repositories: set[int]


class Resolver:
    """Adds and removes what documents state, inside one write transaction. With `is_fresh`, the database was empty."""

    def __init__(self, connection: Connection, ids: Ids, *, is_fresh: bool) -> None:
        self._connection = connection
        self._ids = ids
        self._is_fresh = is_fresh
        self._index = KeyIndex(connection, ids, is_complete=is_fresh)
        self._sessions = SessionResolver(connection, ids, self._index.authors)
        self._stale_authors: set[int] = set()
        self._stale_repositories: set[int] = set()
        self._has_removed = False

    def update(self, added: Sequence[Stated], removed: Sequence[int], former: FormerKeys, plan: WritePlan) -> None:
        """Remove the statements of some documents, add others, derive what depends on them, and write the plan."""
        touched = self._remove(removed)
        facts = [former.apply(one.facts) for one in added]
        self._index.look_up(facts)
        statements = Statements(plan, self._ids, self._index)
        for one, stated in zip(added, facts, strict=True):
            statements.add(one.document_id, one.sha256, stated)
        reader = MentionReader(self._connection, self._index.papers, former.titles)
        papers = PaperResolver(self._connection, self._ids, self._index, reader, has_search=not self._is_fresh)
        resolved = papers.resolve(statements.mentions, touched.papers | former.papers(self._connection), plan)
        statements.write_mentions(resolved)
        self._stale_authors |= resolved.authors | self._sessions.resolve(
            statements.sessions, self._index.sessions, touched.sessions | resolved.sessions, resolved.papers, plan
        )
        self._index.listings.resolve(statements.listings, touched.listings | resolved.listings, resolved.papers, plan)
        self._stale_repositories |= touched.repositories
        # Authors and repositories first, for other rows refer to them.
        self._index.authors.flush()
        self._index.repositories.flush()
        plan.write(self._connection)

    def finish(self) -> None:
        """Resolve authors and repositories once, when all bylines and links are final."""
        resolve_authors(self._connection, self._stale_authors)
        resolve_repositories(self._connection, self._stale_repositories)
        if self._has_removed:
            self._connection.run(_UNUSED_EDITIONS)
            self._connection.run("DELETE FROM venues WHERE id NOT IN (SELECT venue_id FROM editions)")

    def _remove(self, document_ids: Sequence[int]) -> _Touched:
        """Delete the statements of these documents at once; what was derived from them follows in the plan."""
        if not document_ids:
            return _Touched(set(), set(), set(), set())
        self._has_removed = True

        def of(table: str, column: str) -> set[int]:
            sql = f"SELECT DISTINCT {column} FROM {table} WHERE document_id IN (?)"
            return {row[0] for row in self._connection.query_in(sql, document_ids)}

        touched = _Touched(
            of("paper_sources", "paper_id"),
            of("session_sources", "session_id"),
            of("listing_sources", "listing_id"),
            of("repo_links", "repository_id"),
        )
        for table in _STATEMENTS:
            self._connection.run_many(f"DELETE FROM {table} WHERE document_id = ?", [(id_,) for id_ in document_ids])
        return touched
