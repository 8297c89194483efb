"""The rows of `changes`: what differs between a capture and the one it replaces.

The comparison is imported where it is needed: most documents replace nothing.
"""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.rows import CaptureRow, ChangeRow

_DELETE = "DELETE FROM changes WHERE source_id = ? AND document_id = ? AND captured_at = ?"


class PlannedChanges(NamedTuple):
    """What a capture changes, in a line, by its id; and whether any key of a session or title may be another now."""

    summaries: dict[int, str]
    has_renames: bool


def plan_changes(
    before: Mapping[int, CaptureRow],
    after: Mapping[int, CaptureRow],
    stale: Collection[int],
    facts_of: Callable[[CaptureRow], DocumentFacts],
    ids: Ids,
    plan: WritePlan,
) -> PlannedChanges:
    """Plan to delete the changes of captures that no longer follow each other, and to insert those of captures that do.

    `stale` are the documents that state something else than before; `facts_of` gives what a capture states.
    """
    old, new = _successions(before), _successions(after)
    gone = [row for pair, row in old.items() if pair not in new or _is_stale(row, before, stale)]
    plan.delete_first(_DELETE, [(row.source_id, row.document_id, row.captured_at) for row in gone])
    summaries: dict[int, str] = {}
    has_renames = bool(gone)
    for pair, row in new.items():
        if pair in old and not _is_stale(row, after, stale):
            continue
        from programme.loaders.store.change_summary import summary
        from programme.loaders.store.changes import compare

        replaced = after[pair[1]]
        facts, facts_before = facts_of(row), facts_of(replaced)
        found = compare(facts_before, facts)
        has_renames |= any(change.former_key for change in found)
        plan["changes"].extend(
            ChangeRow(
                ids.new("changes"), row.source_id, row.document_id, replaced.document_id, row.captured_at, *change
            )
            for change in found
        )
        summaries[row.id] = summary(facts_before, facts, found)
    return PlannedChanges(summaries, has_renames)


def _successions(rows: Mapping[int, CaptureRow]) -> dict[tuple[int, int], CaptureRow]:
    """Return the captures that replace one of another document, by their id and that of the one they replace."""
    return {
        (row.id, row.replaces_id): row
        for row in rows.values()
        if row.replaces_id is not None and rows[row.replaces_id].document_id != row.document_id
    }


def _is_stale(row: CaptureRow, rows: Mapping[int, CaptureRow], stale: Collection[int]) -> bool:
    return row.document_id in stale or (row.replaces_id is not None and rows[row.replaces_id].document_id in stale)
