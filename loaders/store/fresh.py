"""Captures into a database that holds no statements: nothing can be removed yet, for want of indexes.

So captures of a source that has one already wait until the indexes are built, and corrections are applied last.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from programme.loaders.documents import Document
from programme.loaders.records import Hints
from programme.loaders.store.blocks import Block
from programme.loaders.store.buffer import WritePlan, update_statement
from programme.loaders.store.connection import Connection, Row, rows_by
from programme.loaders.store.effects import Effect
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.readings import Slice
from programme.loaders.store.rows import CaptureRow
from programme.loaders.store.update import Update
from programme.loaders.store.writer import reread_values

if TYPE_CHECKING:
    from programme.loaders.store.bulk import Indexes

DECIDED_AT_ONCE = 100
"""Documents whose captures are decided in one update: what they state is held in memory."""

_DOCUMENT_ID, _SOURCE_ID = (CaptureRow._fields.index(name) for name in ("document_id", "source_id"))


class FreshUpdate(Update):
    """An update of a database without statements; the documents of captures that wait are in `postponed`."""

    def __init__(self, connection: Connection, indexes: "Indexes") -> None:
        super().__init__(connection, indexes.search, is_fresh=True)
        self._indexes = indexes
        self._blocks: list[tuple[Block, list[int]]] = []
        self._slices: list[tuple[int, Iterator[Slice]]] = []

    def add_block(self, block: Block, added: Mapping[str, int]) -> None:
        """Take what these documents state, SHA-256 → id, from a block; they were just added with outlines."""
        self._facts.drop(added.values())
        self._blocks.append((block, [added.get(sha256, 0) for sha256 in block.documents]))

    def add_slices(self, document_id: int, slices: Iterator[Slice]) -> None:
        """Take what a large document states from here, a slice at a time."""
        self._facts.drop([document_id])
        self._slices.append((document_id, slices))

    def restore(
        self, document_id: int, document: Document, format_name: str | None, hints: Hints, facts: DocumentFacts
    ) -> None:
        """Take a document whose row is stored already; `facts` may be those of its first slice."""
        values = {**reread_values(format_name, facts, hints), "is_current": True}
        self._plan.change(update_statement("documents", tuple(values)), [(*values.values(), document_id)])
        self._digests[document_id] = document.sha256
        self._facts.add(document_id, facts)

    def _apply(self) -> None:
        """Load the documents whose sources have no other capture; the others wait, as do documents captured again."""
        current: set[int] = set()
        self._before = _captures_before(self._connection, self._new)
        for document_id, captures in rows_by(self._new, _DOCUMENT_ID).items():
            if self._add(document_id, captures):
                current.add(document_id)
        waiting = self._facts.added - current
        self._plan.change("UPDATE documents SET is_current = ? WHERE id = ?", [(False, id_) for id_ in waiting])
        self.effects = {id_: Effect("loaded") for id_ in current}
        # Before anything is stated, as what a block cannot be used for is read from the kept bytes.
        self._plan.write(self._connection)
        whole = [(block, ids) for block, ids in self._blocks if current.issuperset(ids)]
        apart = {id_ for _, ids in whole for id_ in ids} | {id_ for id_, _ in self._slices}
        self._state((current & self._facts.added) - apart, set(), {}, self._plan)
        for block, ids in whole:
            self._resolver.add_block(block, ids)
        for id_, slices in self._slices:
            for one in slices if id_ in current else ():
                self._add_slice(id_, one)
        self._blocks, self._slices = [], []
        self._resolver.bound_memory(self._indexes.build)

    def _add_slice(self, document_id: int, one: Slice) -> None:
        if one.block:
            self._resolver.add_block(one.block, [document_id])
        else:
            self._resolver.update([self._stated(document_id, one.facts)], [], self._former, WritePlan())
        self._resolver.bound_memory(self._indexes.build)

    def _add(self, document_id: int, captures: Collection[Row]) -> bool:
        """Add the captures of a document; return whether any is the first of its source, and thus current for now."""
        before = self._before
        # A document that shows several days states all of them or, until the others are known, nothing.
        is_new = document_id in self._facts.added
        must_wait = is_new and any(capture[_SOURCE_ID] in before.taken for capture in captures)
        can_be_first = not must_wait and before.documents.get(document_id, True)
        has_first = False
        for capture in map(CaptureRow._make, captures):
            place = (capture.source_id, capture.captured_at, document_id)
            if place in before.places:
                continue
            before.places.add(place)
            is_first = can_be_first and capture.source_id not in before.taken
            before.taken.add(capture.source_id)
            if not is_first or document_id in before.documents:
                self.postponed.add(document_id)
            before.documents.setdefault(document_id, True)
            has_first |= is_first
            self._plan["captures"].append(capture._replace(is_current=is_first))
        return has_first


class _CapturesBefore(NamedTuple):
    """What this load has captured before of the sources and documents of new captures.

    `taken` are the sources, `places` the captures by source, instant and document; `documents` says of each document
    whether it states anything yet.
    """

    taken: set[int]
    places: set[tuple[int, str, int]]
    documents: dict[int, bool]


def _captures_before(connection: Connection, new: Collection[CaptureRow]) -> _CapturesBefore:
    # Looked up, as what is remembered of 100,000 documents takes more memory than all else.
    of_sources = "SELECT source_id, captured_at, document_id FROM captures WHERE source_id IN (?)"
    of_documents = """
    SELECT d.id, d.is_current FROM documents d
    WHERE d.id IN (?) AND EXISTS (SELECT 1 FROM captures c WHERE c.document_id = d.id)"""
    places = set(connection.query_in(of_sources, {capture.source_id for capture in new}))
    documents: dict[int, bool] = dict(connection.query_in(of_documents, {capture.document_id for capture in new}))
    return _CapturesBefore({source_id for source_id, *_ in places}, places, documents)


def decide_postponed(connection: Connection, document_ids: Collection[int]) -> None:
    """Decide which captures of these documents are current, and derive what follows; the indexes must be there."""
    pending = sorted(document_ids)
    for start in range(0, len(pending), DECIDED_AT_ONCE):
        update = Update(connection)
        update.decide_again(pending[start : start + DECIDED_AT_ONCE])
        update.apply()
        update.finish()


def attach_references(connection: Connection) -> None:
    """Attach what documents state of papers by number alone, of which `FreshUpdate` attaches nothing."""
    update = Update(connection)
    update.attach_references()
    update.finish()


def apply_corrections(connection: Connection) -> None:
    """Apply every correction, of which `FreshUpdate` applies none."""
    if connection.query("SELECT 1 FROM corrections LIMIT 1"):
        update = Update(connection)
        update.apply_corrections()
        update.finish()
