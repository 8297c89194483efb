"""The editions that each paper belongs to: by its slots and by lists alike, worked out here and nowhere else."""

from collections.abc import Collection

from programme.loaders.store.connection import Connection

# The kind `other` says nothing, so it stays only where no slot and no list of the edition says more.
_DERIVE = """
INSERT INTO paper_editions (paper_id, edition_id, kind)
SELECT ranked.paper_id, ranked.edition_id, ranked.kind
FROM (
    SELECT stated.paper_id, stated.edition_id, stated.kind,
        max(CASE WHEN stated.kind = 'other' THEN 0 ELSE 1 END)
            OVER (PARTITION BY stated.paper_id, stated.edition_id) AS says_more
    FROM (
        SELECT slots.paper_id, sessions.edition_id, slots.kind
        FROM slots JOIN sessions ON sessions.id = slots.session_id
        WHERE sessions.edition_id IS NOT NULL AND {slots}
        UNION
        SELECT paper_sources.paper_id, paper_sources.edition_id, coalesce(paper_sources.kind, 'other')
        FROM paper_sources
        WHERE paper_sources.edition_id IS NOT NULL AND {mentions}
    ) AS stated
) AS ranked
WHERE ranked.kind <> 'other' OR ranked.says_more = 0
ORDER BY ranked.paper_id, ranked.edition_id, ranked.kind
"""
_OF_ALL = _DERIVE.format(slots="slots.paper_id IS NOT NULL", mentions="true")
_OF_ONE = _DERIVE.format(slots="slots.paper_id = ?", mentions="paper_sources.paper_id = ?")


def derive_all_editions(connection: Connection) -> None:
    """Derive the editions of every paper, in a database that has none."""
    connection.run(_OF_ALL)


def derive_editions(connection: Connection, paper_ids: Collection[int]) -> None:
    """Derive the editions of some papers anew; those that are gone have none."""
    ids = sorted(paper_ids)
    connection.run_many("DELETE FROM paper_editions WHERE paper_id = ?", [(id_,) for id_ in ids])
    connection.run_many(_OF_ONE, [(id_, id_) for id_ in ids])
