"""What became of the documents of a batch, in the words of the report."""

from collections.abc import Mapping
from typing import NamedTuple

from programme.loaders.store.rows import CaptureRow
from programme.loaders.store.timeline import Timeline


class Effect(NamedTuple):
    """What became of a document: `loaded`, `replaced` or `history`, and a note that says more."""

    status: str
    note: str | None = None


def effects(found: Timeline, summaries: Mapping[int, str]) -> dict[int, Effect]:
    """Return what became of each document of which there is a new capture; `summaries` say what captures change."""
    result: dict[int, Effect] = {}
    for capture in (row for id_, row in found.after.items() if id_ not in found.before):
        effect = _effect(capture, found, summaries.get(capture.id))
        before = result.get(capture.document_id)
        if before is None or before.status == "loaded" or effect.status == "replaced":
            result[capture.document_id] = effect
    return result


def _effect(capture: CaptureRow, found: Timeline, summary: str | None) -> Effect:
    heads = [row for row in found.after.values() if row.source_id == capture.source_id and row.is_current]
    if capture.document_id not in found.parts_after:
        current = max(row.captured_at for row in heads)
        return Effect("history", f"older than the capture of {_minute(current)}, which stays current")
    if summary is not None and capture.replaces_id is not None:
        replaced = found.after[capture.replaces_id]
        return Effect("replaced", f"replaces the capture of {_minute(replaced.captured_at)}: {summary}")
    if any(row.document_id != capture.document_id for row in heads):
        return Effect("loaded", "shares no session, paper or listing with what was here before, so both stay")
    return Effect("loaded")


def _minute(instant: str) -> str:
    """Return an instant as reports print it.

    >>> _minute("2026-11-25T09:14:00Z")
    '2026-11-25 09:14'
    """
    return instant[:16].replace("T", " ")
