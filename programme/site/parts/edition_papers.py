"""The papers of an edition, from its programme and from lists, and how many have code."""

from __future__ import annotations

import json
from math import ceil
from typing import NamedTuple

from programme.queries.dialects import translate
from programme.site.parts.related import authors_of
from programme.site.parts.site import Row, Site
from programme.site.parts.slots import Filters
from programme.site.parts.sql import code_url, has_code

PAGE_SIZE = 50
"""Number of papers on a page."""

_EDITION_PAPERS = """
WITH edition_papers AS (
    SELECT DISTINCT paper_editions.paper_id FROM paper_editions WHERE paper_editions.edition_id = :edition_id
)
"""
_COUNTS = f"""{_EDITION_PAPERS}
SELECT
    count(*) AS papers,
    coalesce(sum({has_code("edition_papers.paper_id")}), 0) AS papers_with_code
FROM edition_papers
"""
_SOURCES = """
SELECT documents.format AS source, count(DISTINCT stated.paper_id) AS papers
FROM (
    SELECT slot_sources.document_id, paper_sources.paper_id
    FROM sessions
    JOIN slots ON slots.session_id = sessions.id
    JOIN slot_sources ON slot_sources.slot_id = slots.id
    JOIN paper_sources ON paper_sources.id = slot_sources.paper_source_id
    WHERE sessions.edition_id = :edition_id
    UNION ALL
    SELECT paper_sources.document_id, paper_sources.paper_id
    FROM paper_sources
    WHERE paper_sources.edition_id = :edition_id
) AS stated
JOIN documents ON documents.id = stated.document_id
GROUP BY documents.format
ORDER BY documents.format
"""
_KINDS = """
SELECT paper_editions.kind, count(*) AS found
FROM paper_editions
WHERE paper_editions.edition_id = :edition_id AND paper_editions.kind <> 'other'
GROUP BY paper_editions.kind
ORDER BY found DESC, paper_editions.kind
"""
_FOUND = f"""{_EDITION_PAPERS},

found AS (
    SELECT papers.id, papers.key, papers.title
    FROM edition_papers
    JOIN papers ON papers.id = edition_papers.paper_id
    WHERE (:q = '' OR edition_papers.paper_id IN (matching(:q)))
        AND (:code = '' OR {has_code("edition_papers.paper_id")})
        AND (:kind = '' OR edition_papers.paper_id IN (
            SELECT paper_editions.paper_id
            FROM paper_editions
            WHERE paper_editions.edition_id = :edition_id AND paper_editions.kind = :kind
        ))
)
"""
_ORDER = """ltrim({0}.title, ' "''“‘$\\') COLLATE NOCASE, {0}.key"""
_KEYS = translate(f"{_FOUND} SELECT found.key FROM found ORDER BY {_ORDER.format('found')}", "sqlite")
_PAPERS = translate(
    f"""{_FOUND},

page AS (
    SELECT found.id, found.key, found.title, count(*) OVER () AS total
    FROM found
    ORDER BY {_ORDER.format("found")}
    LIMIT :size OFFSET :skipped
)

SELECT
    page.id, page.key, page.title, page.total,
    {code_url("page.id")} AS code_url,
    kinds_of(page.id, :edition_id) AS kind
FROM page
ORDER BY {_ORDER.format("page")}
""",
    "sqlite",
)
"""Titles are sorted without the quotes, spaces and TeX that they begin with."""

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
    """One page of papers, the number of all that match, and the number of pages."""

    papers: list[Row]
    total: int
    pages: int


async def counts_of(site: Site, edition: Row) -> Row:
    """Count the papers of an edition, and those that state a repository of their own."""
    return await site.one(_COUNTS, edition_id=edition["id"])


async def missing_of(site: Site, edition: Row, papers: int) -> list[Row]:
    """Return how many of the papers of an edition each source lacks, for those that lack any.

    The view `edition_coverage` has more about every edition at once, which takes longer than a page may.
    """
    found = await site.rows(_SOURCES, edition_id=edition["id"])
    return [{"source": row["source"], "papers": papers - row["papers"]} for row in found if row["papers"] < papers]


async def kinds_of(site: Site, edition: Row) -> list[Row]:
    """Return the kinds of presentation in the words of the lists, with the number of papers."""
    return await site.rows(_KINDS, edition_id=edition["id"])


async def keys_of(site: Site, edition: Row, filters: Filters) -> list[str]:
    """Return the keys of all papers that match the filters, in the order of the pages."""
    rows = await site.rows(_KEYS, edition_id=edition["id"], **filters.fields())
    return [row["key"] for row in rows]


async def papers_of(site: Site, edition: Row, filters: Filters) -> Found:
    """Return one page of the papers that match the filters, each with authors, code and slots."""
    values = {"edition_id": edition["id"], "size": PAGE_SIZE, **filters.fields()}
    rows = await site.rows(_PAPERS, skipped=(filters.page - 1) * PAGE_SIZE, **values)
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
    total = rows[0]["total"] if rows else 0
    return Found(shown, total, ceil(total / PAGE_SIZE))
