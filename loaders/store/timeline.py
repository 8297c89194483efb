"""The captures of some sources before and after an update: which documents state what then, and which rows change."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from programme.loaders.store.captures import Related, part, succession
from programme.loaders.store.connection import Connection, rows_by
from programme.loaders.store.rows import CaptureRow

Parts = dict[int, frozenset[str]]
"""What of a document is current, by its id: its days in a moving window, `*` for the whole; history is left out."""

_FIELDS = ", ".join(f"c.{column}" for column in CaptureRow._fields)
_OF_SOURCES = f"SELECT {_FIELDS} FROM captures c WHERE c.source_id IN (?)"
_OF_DOCUMENTS = f"SELECT {_FIELDS} FROM captures c WHERE c.document_id IN (?)"
_SOURCE_ID = CaptureRow._fields.index("source_id")


class Timeline(NamedTuple):
    """The captures of the sources concerned, by id, and what of their documents is current: before and after.

    `documents` are those of the captures after it, `scopes` those of sources by id.
    """

    documents: set[int]
    scopes: Mapping[int, str]
    before: dict[int, CaptureRow]
    after: dict[int, CaptureRow]
    parts_before: Parts
    parts_after: Parts


def timeline(
    connection: Connection,
    source_ids: Collection[int],
    new: Iterable[CaptureRow],
    scopes: Mapping[int, str],
    forgotten: Collection[int],
    stale: AbstractSet[int],
    related: Related,
) -> Timeline:
    """Decide which captures of these sources replace which: with new ones, and without those of forgotten documents.

    A new capture that is stored already, at the same instant, is left out. `scopes` are those of new sources, by id.
    What is stored of how captures follow each other still holds, except for documents that are `stale`.
    """
    before = {row.id: row for row in _stored(connection, _OF_SOURCES, source_ids)}
    pool = {_place(row): row for row in new} | {_place(row): row for row in before.values()}
    documents = {row.document_id for row in pool.values()}
    digests: dict[int, str] = dict(connection.query_in("SELECT id, sha256 FROM documents WHERE id IN (?)", documents))
    pairs = {(before[row.replaces_id].document_id, row.document_id) for row in before.values() if row.replaces_id}
    pairs = {pair for pair in pairs if stale.isdisjoint(pair)}
    kept = rows_by((row for row in pool.values() if row.document_id not in forgotten), _SOURCE_ID)
    after = {
        row.id: row
        for rows in kept.values()
        for row in succession(
            [CaptureRow(*row) for row in rows], digests, lambda *pair: pair in pairs or related(*pair)
        )
    }
    others = [row for row in _stored(connection, _OF_DOCUMENTS, documents) if row.id not in before]
    scopes = _with_stored_scopes(connection, scopes, [*before.values(), *others])
    everything, remaining = [*before.values(), *others], [row for row in others if row.document_id not in forgotten]
    return Timeline(
        documents - set(forgotten),
        scopes,
        before,
        after,
        _parts(everything, scopes),
        _parts([*after.values(), *remaining], scopes),
    )


def _stored(connection: Connection, sql: str, ids: Collection[int]) -> list[CaptureRow]:
    rows = (CaptureRow(*row) for row in connection.query_in(sql, ids))
    return [row._replace(is_current=bool(row.is_current)) for row in rows]


def _with_stored_scopes(
    connection: Connection, scopes: Mapping[int, str], rows: Iterable[CaptureRow]
) -> dict[int, str]:
    missing = {row.source_id for row in rows} - scopes.keys()
    stored = connection.query_in("SELECT id, scope FROM sources WHERE id IN (?)", missing)
    return {**dict(stored), **scopes}


def _place(row: CaptureRow) -> tuple[int, str, int]:
    return row.source_id, row.captured_at, row.document_id


def _parts(rows: Iterable[CaptureRow], scopes: Mapping[int, str]) -> Parts:
    parts: dict[int, set[str]] = {}
    for row in rows:
        if row.is_current:
            parts.setdefault(row.document_id, set()).add(part(scopes[row.source_id]))
    return {document_id: frozenset(found) for document_id, found in parts.items()}
