"""The papers of an edition, presented in its programme or named by a list, and how many have code."""

from __future__ import annotations

import json
from typing import NamedTuple

from programme.queries.dialects import translate
from programme.site.parts.people import authors_of
from programme.site.parts.site import Row, Site
from programme.site.parts.slots import Asked

PAGE_SIZE = 50
"""Papers on a page."""

_HELD = """
WITH held (paper_id) AS (
    SELECT slots.paper_id
    FROM sessions
    JOIN slots ON slots.session_id = sessions.id
    WHERE sessions.edition_id = :edition_id AND slots.paper_id IS NOT NULL
    UNION
    SELECT paper_sources.paper_id
    FROM paper_sources
    WHERE paper_sources.edition_id = :edition_id
)
"""
_COUNTS = f"""{_HELD}
SELECT
    count(*) AS papers,
    coalesce(sum(EXISTS (
        SELECT 1 FROM repo_links WHERE repo_links.paper_id = held.paper_id AND repo_links.role = 'own'
    )), 0) AS papers_with_code
FROM held
"""
_KINDS = """
SELECT paper_sources.raw_kind AS kind, count(DISTINCT paper_sources.paper_id) AS found
FROM paper_sources
WHERE paper_sources.edition_id = :edition_id AND paper_sources.raw_kind IS NOT NULL
GROUP BY paper_sources.raw_kind
ORDER BY found DESC, kind
LIMIT 30
"""
_PAPERS = translate(
    f"""{_HELD},

found AS (
    SELECT papers.id, papers.key, papers.title
    FROM held
    JOIN papers ON papers.id = held.paper_id
    WHERE (:q = '' OR held.paper_id IN (matching(:q)))
        AND (:code = '' OR EXISTS (
            SELECT 1 FROM repo_links WHERE repo_links.paper_id = held.paper_id AND repo_links.role = 'own'
        ))
        AND (:kind = '' OR held.paper_id IN (
            SELECT paper_sources.paper_id
            FROM paper_sources
            WHERE paper_sources.edition_id = :edition_id AND paper_sources.raw_kind = :kind
        ))
),

page AS (
    SELECT found.id, found.key, found.title, count(*) OVER () AS total
    FROM found
    ORDER BY ltrim(found.title, ' "''“‘$\\') COLLATE NOCASE, found.key
    LIMIT :size OFFSET :skipped
)

SELECT
    page.id, page.key, page.title, page.total,
    (
        SELECT min(repositories.url)
        FROM repo_links
        JOIN repositories ON repositories.id = repo_links.repository_id
        WHERE repo_links.paper_id = page.id AND repo_links.role = 'own'
    ) AS code_url,
    (
        SELECT min(paper_sources.raw_kind)
        FROM paper_sources
        WHERE paper_sources.paper_id = page.id AND paper_sources.edition_id = :edition_id
    ) AS kind
FROM page
ORDER BY ltrim(page.title, ' "''“‘$\\') COLLATE NOCASE, page.key
""",
    "sqlite",
)
_PLACES = """
SELECT
    slots.paper_id, sessions.key AS session_key, sessions.title AS session, slots.kind, slots.local_day,
    slots.local_start, coalesce(slots.room, sessions.room) AS room
FROM json_each(:ids) AS wanted
JOIN slots ON slots.paper_id = wanted.value
JOIN sessions ON sessions.id = slots.session_id
WHERE sessions.edition_id = :edition_id
ORDER BY slots.starts_at NULLS LAST, sessions.key, slots.position
"""


class Found(NamedTuple):
    """A page of papers, and how many there are in all."""

    papers: list[Row]
    total: int


async def counts_of(site: Site, edition: Row) -> Row:
    """How many papers an edition has, and how many of them state a repository of their own."""
    return await site.one(_COUNTS, edition_id=edition["id"])


async def kinds_of(site: Site, edition: Row) -> list[Row]:
    """How lists say that papers were presented, in their words, with the number of papers."""
    return await site.rows(_KINDS, edition_id=edition["id"])


async def papers_of(site: Site, edition: Row, asked: Asked) -> Found:
    """The page of papers that was asked for, each with its authors, its code and its places in the programme."""
    values = {"edition_id": edition["id"], "size": PAGE_SIZE, **asked.fields()}
    rows = await site.rows(_PAPERS, skipped=(asked.page - 1) * PAGE_SIZE, **values)
    ids = [row["id"] for row in rows]
    authors = await authors_of(site, ids)
    places: dict[int, list[Row]] = {}
    for place in await site.rows(_PLACES, edition_id=edition["id"], ids=json.dumps(ids)):
        places.setdefault(place.pop("paper_id"), []).append(place)
    shown = [
        {
            "key": row["key"],
            "title": row["title"],
            "kind": row["kind"],
            "authors": authors.get(row["id"], []),
            "code_url": row["code_url"],
            "places": places.get(row["id"], []),
        }
        for row in rows
    ]
    return Found(shown, rows[0]["total"] if rows else 0)
