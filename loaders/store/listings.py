"""Listings and their entries: derived from the statements of every document that states them.

Documents that state the same listing state the same entries, for its key is made of them; only upvotes may differ, and
the highest count is displayed.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.connection import Connection
from programme.loaders.store.corrected_sessions import SessionCorrector
from programme.loaders.store.fact_types import ListingFacts
from programme.loaders.store.rows import ListingEntryRow, ListingRow, ListingSourceRow

_MENTIONS = """
SELECT listing_id, listing_position, id, paper_id, upvotes FROM paper_sources WHERE listing_id IN (?)
"""


class NewListing(NamedTuple):
    """A document's statement of a listing that is about to be written, with the ids of its mentions in order."""

    facts: ListingFacts
    document_id: int
    listing_id: int
    mentions: list[int]


class ListingResolver:
    """Derives listings. `known` holds the ids of listings by key; new ones get theirs from `id_of`."""

    def __init__(self, connection: Connection, ids: Ids) -> None:
        self._connection = connection
        self._next_id = ids.next("listings")
        self.known: dict[str, int] = {}
        self._new: set[int] = set()

    def id_of(self, key: str) -> int:
        """Return the id of the listing of a key, a new one where no document has stated it before."""
        id_ = self.known.get(key)
        if id_ is None:
            id_ = self.known[key] = self._next_id()
            self._new.add(id_)
        return id_

    def resolve(
        self,
        new: Sequence[NewListing],
        touched: set[int],
        papers: Mapping[int, int],
        corrector: SessionCorrector | None,
        plan: WritePlan,
    ) -> None:
        """Derive the listings stated anew and those touched; delete those that nothing states any more."""
        touched = touched | {one.listing_id for one in new if one.listing_id not in self._new}
        sources = self._connection.query_in("SELECT listing_id FROM listing_sources WHERE listing_id IN (?)", touched)
        stated = {listing_id for (listing_id,) in sources} | {one.listing_id for one in new}
        entries: dict[tuple[int, int], ListingEntryRow] = {}
        for listing_id, position, mention, paper_id, upvotes in self._connection.query_in(_MENTIONS, touched):
            _add(entries, ListingEntryRow(listing_id, position, papers.get(mention, paper_id), upvotes))
        for one in new:
            self._write(one, plan)
            for position, (mention, entry) in enumerate(zip(one.mentions, one.facts.entries, strict=True), 1):
                _add(entries, ListingEntryRow(one.listing_id, position, papers[mention], entry.record.upvotes))
        plan.delete_first("DELETE FROM listing_entries WHERE listing_id = ?", [(id_,) for id_ in touched])
        shown = list(entries.values())
        if corrector:
            sql = "SELECT id, key FROM listings WHERE id IN (?)"
            keys: dict[int, str] = dict(self._connection.query_in(sql, touched))
            corrector.see(keys.values())
            keys |= {one.listing_id: one.facts.key for one in new}
            shown = [corrector.entry(row, keys[row.listing_id]) for row in shown]
        plan["listing_entries"].extend(shown)
        plan.delete_last("DELETE FROM listings WHERE id = ?", [(id_,) for id_ in touched - stated])

    def _write(self, new: NewListing, plan: WritePlan) -> None:
        record, id_ = new.facts.record, new.listing_id
        if id_ in self._new:
            self._new.remove(id_)
            plan["listings"].append(
                ListingRow(
                    id=id_,
                    key=new.facts.key,
                    title=record.title,
                    source=record.source,
                    listed_on=record.listed_on.isoformat() if record.listed_on else None,
                    listed_month=record.month,
                    listed_day=record.day,
                )
            )
        plan["listing_sources"].append(
            ListingSourceRow(id_, new.document_id, record.line_start, record.line_end, record.path)
        )


def _add(entries: dict[tuple[int, int], ListingEntryRow], row: ListingEntryRow) -> None:
    """Add an entry, or the upvotes of another statement of it where they are more."""
    before = entries.get((row.listing_id, row.position))
    if before is not None:
        votes = [count for count in (row.upvotes, before.upvotes) if count is not None]
        row = row._replace(upvotes=max(votes, default=None))
    entries[row.listing_id, row.position] = row
