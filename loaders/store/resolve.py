"""What documents state goes in and out here, and every row that people see is derived from what remains.

Adding, replacing, deleting and reading again are this one operation: the statements of some documents are removed,
those of others are added, and `PaperResolver`, `SessionResolver` and `ListingResolver` derive all that either touches.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from programme.loaders.store.authors import resolve_authors, resolve_repositories
from programme.loaders.store.blocks import Block, BlockWriter
from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.connection import Connection
from programme.loaders.store.corrected_links import RULE
from programme.loaders.store.corrected_sessions import SessionCorrector
from programme.loaders.store.correction_rows import CorrectionBook, corrections_of, named_repositories, touched_by
from programme.loaders.store.corrections import Correction
from programme.loaders.store.edition_rows import describe_editions
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.former import NO_FORMER_KEYS, FormerKeys
from programme.loaders.store.full_text import Search
from programme.loaders.store.key_index import INDEXES, KeyIndex, named_in
from programme.loaders.store.mentions import MentionReader
from programme.loaders.store.paper_editions import derive_all_editions, derive_editions
from programme.loaders.store.papers import PaperResolver
from programme.loaders.store.references import attach
from programme.loaders.store.rows import COLUMNS
from programme.loaders.store.sessions import SessionResolver
from programme.loaders.store.touched import Touched
from programme.loaders.store.writer import Statements, correction_rows

_UNUSED_EDITIONS = """
DELETE FROM editions
WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.edition_id = editions.id)
  AND NOT EXISTS (SELECT 1 FROM session_sources WHERE session_sources.edition_id = editions.id)
  AND NOT EXISTS (SELECT 1 FROM paper_sources WHERE paper_sources.edition_id = editions.id)
  AND NOT EXISTS (SELECT 1 FROM edition_sources WHERE edition_sources.edition_id = editions.id)
"""
_STATEMENTS = (
    *("repo_links", "paper_links", "slot_sources", "session_sources", "listing_sources", "paper_sources"),
    *("edition_sources", "document_problems"),
)
"""The tables of statements, those that refer to others first."""


class Stated(NamedTuple):
    """What a document states, or a part of it; the caller has written the row of the document."""

    document_id: int
    sha256: str
    facts: DocumentFacts


class Resolver:
    """Adds and removes what documents state, inside one write transaction. With `is_fresh`, the database was empty.

    With `has_authors` false, every author has the id 0. Papers are indexed in `search`, if anywhere.
    """

    def __init__(
        self, connection: Connection, ids: Ids, search: Search | None, *, is_fresh: bool, has_authors: bool = True
    ) -> None:
        self._connection = connection
        self._ids = ids
        self._search = search
        self._is_fresh = is_fresh
        self._index = KeyIndex(connection, ids, is_complete=is_fresh, has_authors=has_authors)
        self._sessions = SessionResolver(connection, ids, self._index.authors)
        self._stale_authors: set[int] = set()
        self._stale_papers: set[int] = set()
        self._stale_repositories: set[int] = set()
        self._has_removed = False
        self._gone_corrections: list[Correction] = []
        self._book: CorrectionBook | None = None

    def update(
        self,
        added: Sequence[Stated],
        removed: Sequence[int],
        former: FormerKeys,
        plan: WritePlan,
        *,
        all_corrections: bool = False,
    ) -> None:
        """Remove the statements of some documents, add others, derive what depends on them, and write the plan.

        `all_corrections` applies every correction anew, after a fresh load, which applies none.
        """
        touched = self._remove(removed)
        self._change_corrections(added, removed, touched, plan, all_corrections=all_corrections)
        statements = self._collect(added, former, plan)
        self._derive(statements, touched, former, plan)
        book = self._book
        if book is None:
            return
        lost = touched_by(self._connection, book.lost())
        if any(lost):
            # A correction that names its subject by title may apply to a paper that nothing else has touched.
            plan = WritePlan()
            self._derive(Statements(plan, self._ids, self._index), lost, former, plan)
        book.write_targets()

    def add_block(self, block: Block, document_ids: Sequence[int]) -> None:
        """Add what some documents state as rows, in a fresh load, and derive what others state as well."""
        plan = WritePlan()
        touched = BlockWriter(self._connection, self._ids, self._index, block).write(document_ids, self._search, plan)
        if any(touched):
            self._derive(Statements(plan, self._ids, self._index), touched, NO_FORMER_KEYS, plan)

    def _derive(self, statements: Statements, touched: Touched, former: FormerKeys, plan: WritePlan) -> None:
        """Derive all that new statements state and that others touched, and write the plan."""
        book = self._book
        reader = MentionReader(self._connection, self._index.papers, former.titles, book.linked if book else None)
        papers = PaperResolver(self._connection, self._ids, self._index, reader, book, self._search)
        resolved = papers.resolve(statements.mentions, touched.papers | former.papers(self._connection), plan)
        statements.write_mentions(resolved)
        corrector = SessionCorrector(self._connection, book, resolved.targets, statements.edition_id) if book else None
        sessions = touched.sessions | resolved.sessions
        self._note_papers(touched.papers, resolved.papers, sessions)
        self._stale_authors |= touched.authors | resolved.authors
        self._stale_authors |= self._sessions.resolve(
            statements.sessions, self._index.sessions, sessions, resolved.papers, corrector, plan
        )
        self._index.listings.resolve(
            statements.listings, touched.listings | resolved.listings, resolved.papers, corrector, plan
        )
        self._stale_repositories |= touched.repositories
        # Authors and repositories first, for other rows refer to them.
        self._index.authors.flush()
        self._index.repositories.flush()
        plan.write(self._connection)

    def _note_papers(self, touched: set[int], resolved: Mapping[int, int], sessions: set[int]) -> None:
        """Remember the papers whose editions may change: those stated, and those in the slots of these sessions."""
        if not self._is_fresh:
            slots = "SELECT DISTINCT paper_id FROM slots WHERE paper_id IS NOT NULL AND session_id IN (?)"
            self._stale_papers |= touched
            self._stale_papers.update(resolved.values())
            self._stale_papers.update(id_ for (id_,) in self._connection.query_in(slots, sessions))

    def _collect(self, added: Sequence[Stated], former: FormerKeys, plan: WritePlan) -> Statements:
        """Collect what documents state, and look up what of it is stored."""
        # A fresh load has no indexes to look numbers up in; it attaches all references at its end.
        known = None if self._is_fresh else self._connection
        facts = [attach(known, former.apply(one.facts)) for one in added]
        if not self._index.is_complete:
            self._index.look_up(named_in(facts))
        statements = Statements(plan, self._ids, self._index)
        for one, stated in zip(added, facts, strict=True):
            statements.add(one.document_id, one.sha256, stated)
        return statements

    def bound_memory(self, build_indexes: Callable[[Collection[str]], None]) -> None:
        """Look keys up from now on where a fresh load remembers too many; `build_indexes` builds those of a name."""
        if self._index.is_full():
            build_indexes(INDEXES)
            self._index.look_up_from_now_on()

    def finish(self) -> None:
        """Resolve authors, repositories and editions once, when all bylines, links and slots are final."""
        named = [*(self._book.rows if self._book else []), *self._gone_corrections]
        self._stale_repositories |= named_repositories(self._connection, named)
        resolve_authors(self._connection, self._stale_authors)
        resolve_repositories(self._connection, self._stale_repositories)
        if self._book:
            self._book.write_authors()
            self._book.write_targets()
        if self._is_fresh:
            derive_all_editions(self._connection)
        else:
            derive_editions(self._connection, self._stale_papers)
        if self._has_removed:
            self._connection.run(_UNUSED_EDITIONS)
            self._connection.run("DELETE FROM venues WHERE id NOT IN (SELECT venue_id FROM editions)")
        describe_editions(self._connection, has_removed=self._has_removed)

    def _change_corrections(
        self,
        added: Sequence[Stated],
        removed: Sequence[int],
        touched: Touched,
        plan: WritePlan,
        *,
        all_corrections: bool,
    ) -> None:
        """Replace the corrections that these documents state, and touch what those before and after are about."""
        rows = [row for one in added for row in correction_rows(one.document_id, one.facts, self._ids)]
        if self._is_fresh:
            plan["corrections"].extend(rows)
            return
        gone = corrections_of(self._connection, removed)
        self._gone_corrections += gone
        before = touched_by(self._connection, gone)
        self._connection.run_many("DELETE FROM corrections WHERE document_id = ?", [(id_,) for id_ in removed])
        self._connection.insert("corrections", COLUMNS["corrections"], rows)
        has_any = rows or self._connection.query("SELECT 1 FROM corrections LIMIT 1")
        self._book = CorrectionBook(self._connection) if has_any or gone else None
        changed = (
            self._book.rows
            if self._book and all_corrections
            else corrections_of(self._connection, [one.document_id for one in added])
        )
        for found in (before, touched_by(self._connection, changed)):
            touched.papers.update(found.papers)
            touched.sessions.update(found.sessions)
            touched.listings.update(found.listings)
            touched.authors.update(found.authors)

    def _remove(self, document_ids: Sequence[int]) -> Touched:
        """Delete the statements of these documents at once; what was derived from them follows in the plan."""
        if not document_ids:
            return Touched(set(), set(), set(), set(), set())
        self._has_removed = True

        def of(table: str, column: str) -> set[int]:
            sql = f"SELECT DISTINCT {column} FROM {table} WHERE document_id IN (?)"
            return {row[0] for row in self._connection.query_in(sql, document_ids)}

        touched = Touched(
            of("paper_sources", "paper_id"),
            of("session_sources", "session_id"),
            of("listing_sources", "listing_id"),
            set(),
            of("repo_links", "repository_id"),
        )
        undo = f"DELETE FROM repo_links WHERE rule = '{RULE}' AND paper_id = ?"
        self._connection.run_many(undo, [(id_,) for id_ in touched.papers])
        for table in _STATEMENTS:
            self._connection.run_many(f"DELETE FROM {table} WHERE document_id = ?", [(id_,) for id_ in document_ids])
        return touched
