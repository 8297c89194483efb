"""Captures of a source or of a document, and the texts of two documents side by side."""

from __future__ import annotations

import asyncio

from programme.site.parts.differences import differences
from programme.site.parts.excerpts import texts_of
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

BASES = {
    "given": "given when it was ingested",
    "web archive": "recorded in the web archive",
    "server": "stated by the server",
    "file": "when the file was last modified",
}
"""How the instant of a capture is known."""

_OF_SOURCE = sql_of("captures/of_source")
_OF_DOCUMENT = sql_of("captures/of_document")


async def captures_of_source(site: Site, source_id: int, most: int, after: int) -> list[Row]:
    """Return captures of a source, the latest first, each with what it replaces and what replaces it."""
    return [_known(row) for row in await site.rows(_OF_SOURCE, id=source_id, most=most, after=after)]


async def captures_of_document(site: Site, document_id: int, most: int) -> list[Row]:
    """Return the captures that a document is, the current ones first."""
    return [_known(row) for row in await site.rows(_OF_DOCUMENT, id=document_id, most=most)]


async def side_by_side(site: Site, before_id: int, after_id: int, most: int) -> Row:
    """Compare the texts of two documents: at most so many rows, and remarks on what is not shown."""
    (before, after), remark = await texts_of(site, (before_id, after_id))
    found = await asyncio.to_thread(differences, before, after)
    return {
        "rows": found.rows[:most],
        "more": max(0, len(found.rows) - most),
        "removed": found.removed,
        "added": found.added,
        "remark": remark,
        # Lines of a value that was indented here are not lines of the document.
        "has_lines": remark is None or "indented" not in remark,
        "is_cut": found.is_cut,
    }


def without_ids(row: Row) -> Row:
    """Return a capture as `.json` shows it: local ids mean nothing to readers."""
    return {name: value for name, value in row.items() if name not in ("document_id", "earlier_id")}


def _known(row: Row) -> Row:
    return {**row, "is_current": bool(row["is_current"]), "basis_text": BASES.get(row["basis"], row["basis"])}
