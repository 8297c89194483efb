"""Search: the papers that match, their counts by venue, year, kind and code, and what is shown of each."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from programme.queries import catalogue, render
from programme.schema.vocabularies import KINDS
from programme.site.parts.highlights import MARK_END, MARK_START, marked_pieces
from programme.site.parts.related import authors_of
from programme.site.parts.search_words import match_of
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import code_url, has_code

MAX_HITS = 2_000
"""Number of papers that a search counts and pages through."""

MAX_RANKED = 30_000
"""When more papers match, those loaded last are shown, not the best: ranking reads every match, which takes seconds,
and words so common say little about which paper is best."""

FEW_HITS = 20
"""When fewer papers have the words, those are added that the words may mean otherwise."""

_ADDRESS = re.compile(r"\S*[/\d]\S*")
_EDITIONS = "(SELECT value FROM json_each(:editions))"


def _is_presented(paper_id: str) -> str:
    """Return a condition: the paper is of one of the editions, and of the kind, that were asked for."""
    return f"""(EXISTS (
        SELECT 1 FROM paper_editions
        WHERE paper_editions.paper_id = {paper_id} AND (:any_edition OR paper_editions.edition_id IN {_EDITIONS})
            AND (:kind = '' OR paper_editions.kind = :kind)
    ) OR (:any_edition AND EXISTS (
        SELECT 1 FROM slots JOIN sessions ON sessions.id = slots.session_id
        WHERE slots.paper_id = {paper_id} AND slots.kind = :kind AND sessions.edition_id IS NULL
    )))"""


_ALL = "SELECT count(*) AS papers FROM papers"
_ALL_WITH_CODE = "SELECT count(DISTINCT paper_id) AS papers FROM repo_links WHERE role = 'own'"
_COUNT = "SELECT count(*) AS papers FROM papers_fts WHERE papers_fts MATCH :match"
_MATCHING = "SELECT rowid AS id FROM papers_fts WHERE papers_fts MATCH :match {where} ORDER BY {order} LIMIT :most"
_NEWEST = f"""
WITH ordered AS MATERIALIZED (
    SELECT id, coalesce(starts_on, year || '-01-01') AS on_day
    FROM editions
    WHERE :any_edition OR id IN {_EDITIONS}
    ORDER BY on_day DESC
),
newest_listings AS MATERIALIZED (
    SELECT id, listed_on FROM listings WHERE listed_on IS NOT NULL ORDER BY listed_on DESC
),
presented AS (
    SELECT DISTINCT paper_editions.paper_id AS id, ordered.on_day
    FROM ordered
    CROSS JOIN paper_editions ON paper_editions.edition_id = ordered.id
    WHERE (:kind = '' OR paper_editions.kind = :kind) AND (NOT :code OR {has_code("paper_editions.paper_id")})
    LIMIT :most
),
listed AS (
    SELECT DISTINCT listing_entries.paper_id AS id, newest_listings.listed_on AS on_day
    FROM newest_listings
    CROSS JOIN listing_entries ON listing_entries.listing_id = newest_listings.id
    WHERE :any_edition AND (NOT :code OR {has_code("listing_entries.paper_id")})
        AND (:kind = '' OR {_is_presented("listing_entries.paper_id")})
    LIMIT :most
),
undated AS (
    SELECT papers.id, '' AS on_day
    FROM papers
    WHERE :any_edition AND (NOT :code OR {has_code("papers.id")})
        AND (:kind = '' OR {_is_presented("papers.id")})
    ORDER BY papers.id DESC
    LIMIT :most
)
SELECT id
FROM (
    SELECT * FROM presented
    UNION ALL
    SELECT * FROM listed
    UNION ALL
    SELECT * FROM undated
)
GROUP BY id
ORDER BY max(on_day) DESC, id DESC
LIMIT :most
"""
"""CROSS JOIN makes SQLite start from the newest editions and listings, so that each LIMIT stops early."""

_FACETS = f"""
WITH hits AS MATERIALIZED (
    SELECT value AS id FROM json_each(:ids)
),
belongs AS MATERIALIZED (
    SELECT hits.id, paper_editions.edition_id, paper_editions.kind
    FROM hits
    CROSS JOIN paper_editions ON paper_editions.paper_id = hits.id
    WHERE (:any_edition OR paper_editions.edition_id IN {_EDITIONS}) AND (:kind = '' OR paper_editions.kind = :kind)
    UNION ALL
    SELECT DISTINCT hits.id, sessions.edition_id, slots.kind
    FROM hits
    CROSS JOIN slots ON slots.paper_id = hits.id
    JOIN sessions ON sessions.id = slots.session_id
    WHERE sessions.edition_id IS NULL AND :any_edition AND (:kind = '' OR slots.kind = :kind)
)
SELECT 'venue' AS facet, venues.slug AS value, venues.name AS label, count(DISTINCT belongs.id) AS papers
FROM belongs
JOIN editions ON editions.id = belongs.edition_id
JOIN venues ON venues.id = editions.venue_id
GROUP BY venues.id
UNION ALL
SELECT 'year', CAST(editions.year AS text), CAST(editions.year AS text), count(DISTINCT belongs.id)
FROM belongs
JOIN editions ON editions.id = belongs.edition_id
GROUP BY editions.year
UNION ALL
SELECT 'kind', belongs.kind, belongs.kind, count(DISTINCT belongs.id)
FROM belongs
WHERE belongs.kind IN (SELECT value FROM json_each(:kinds))
GROUP BY belongs.kind
UNION ALL
SELECT 'code', '1', 'with code', count(*)
FROM hits
WHERE {has_code("hits.id")}
ORDER BY 1, 4 DESC, 2
"""
_HIGHLIGHTS = f"""
SELECT
    papers_fts.rowid AS id,
    highlight(papers_fts, 0, '{MARK_START}', '{MARK_END}') AS title,
    snippet(papers_fts, 1, '{MARK_START}', '{MARK_END}', '…', 48) AS snippet
FROM papers_fts
WHERE papers_fts MATCH :match AND papers_fts.rowid IN (SELECT value FROM json_each(:ids))
"""
_PAPERS = f"""
SELECT
    papers.id, papers.key, papers.title,
    substr(papers.abstract, 1, 320) AS snippet, length(papers.abstract) > 320 AS is_cut,
    {code_url("papers.id")} AS code_url
FROM json_each(:ids) AS wanted
JOIN papers ON papers.id = wanted.value
"""
_OF_KEYS = f"""
SELECT papers.id, papers.key
FROM json_each(:keys) AS wanted
JOIN papers ON papers.key = wanted.value
WHERE (NOT :code OR {has_code("papers.id")})
    AND ((:any_edition AND :kind = '') OR {_is_presented("papers.id")})
"""
_PLACES = """
SELECT paper_editions.paper_id AS id, editions.slug, editions.name, paper_editions.kind
FROM json_each(:ids) AS wanted
CROSS JOIN paper_editions ON paper_editions.paper_id = wanted.value
JOIN editions ON editions.id = paper_editions.edition_id
ORDER BY editions.year DESC, editions.slug, paper_editions.kind
"""


class SearchQuery(NamedTuple):
    """What a search asks for; empty means any. `editions` are those of the venue and year, None for all."""

    words: str
    kind: str
    code: bool
    editions: tuple[int, ...] | None

    @property
    def match(self) -> str:
        """The words as an FTS5 query; empty when there are none."""
        return match_of(self.words)

    @property
    def values(self) -> dict[str, object]:
        """The parameters of the queries of this module."""
        editions = {"any_edition": self.editions is None, "editions": json.dumps(self.editions or [])}
        # One row more than is shown tells whether there are more.
        return {**editions, "kind": self.kind, "code": self.code, "match": self.match, "most": MAX_HITS + 1}


class Hits(NamedTuple):
    """The ids of at most MAX_HITS papers in order, how many match (None when unknown), and the name of the order."""

    ids: list[int]
    total: int | None
    order: str


async def hits_of(site: Site, query: SearchQuery) -> Hits:
    """Return the papers that match, the best first; without words, the newest first."""
    if not query.words:
        ids = [row["id"] for row in await site.rows(_NEWEST, **query.values)]
        total = len(ids) if len(ids) <= MAX_HITS else None
        if total is None and query.editions is None and not query.kind:
            total = (await site.one(_ALL_WITH_CODE if query.code else _ALL))["papers"]
        return Hits(ids[:MAX_HITS], total, "newest")
    if not query.match:
        return Hits([], 0, "best")
    counted = await site.rows_in_time(_COUNT, match=query.match)
    matching = counted[0]["papers"] if counted else None
    is_ranked = matching is not None and matching <= MAX_RANKED
    is_limited = query.kind or query.editions is not None
    where = f"AND {has_code('papers_fts.rowid')}" if query.code else ""
    where += f" AND {_is_presented('papers_fts.rowid')}" if is_limited else ""
    order = "bm25(papers_fts, 6.0, 1.0), rowid DESC" if is_ranked else "rowid DESC"
    sql = _MATCHING.format(where=where, order=order)
    ids = [row["id"] for row in await site.rows(sql, **query.values)]
    if matching is not None and matching < FEW_HITS:
        ids = await _meant(site, query, ids)
    is_whole = len(ids) <= MAX_HITS
    total = len(ids) if is_whole else None if where else matching
    return Hits(ids[:MAX_HITS], total, "best" if is_ranked else "latest")


async def _meant(site: Site, query: SearchQuery, ids: list[int]) -> list[int]:
    """Return these papers and all that `search_papers` finds: by address, name, beginning or likely spelling."""
    sql = render(catalogue()["search_papers"], "sqlite")
    keys = [row["paper_key"] for row in await site.rows_in_time(sql, q=query.words) or []]
    rows = await site.rows(_OF_KEYS, **query.values, keys=json.dumps(keys))
    found = {row["key"]: row["id"] for row in rows}
    others = [found[key] for key in keys if key in found]
    # One word with a slash or a number in it is an address or identifier, of which the paper comes first.
    is_address = _ADDRESS.fullmatch(query.words.strip()) is not None
    return list(dict.fromkeys([*others, *ids] if is_address else [*ids, *others]))


async def facets_of(site: Site, query: SearchQuery, ids: Sequence[int]) -> dict[str, list[Row]] | None:
    """Count these papers by venue, year, kind and code, the most frequent value first, but the latest year first.

    Returns None where counting takes too long.
    """
    found: dict[str, list[Row]] = {"venue": [], "year": [], "kind": [], "code": []}
    values = {**query.values, "ids": json.dumps(ids), "kinds": json.dumps(KINDS)}
    rows = await site.rows_in_time(_FACETS, **values)
    if rows is None:
        return None
    for row in rows:
        if row["papers"]:
            found[row.pop("facet")].append(row)
    found["year"].sort(key=lambda row: str(row["value"]), reverse=True)
    return found


async def results_of(site: Site, query: SearchQuery, ids: Sequence[int]) -> list[Row]:
    """Return what is shown of papers, in this order: highlighted title and snippet, authors, editions, code."""
    wanted = json.dumps(ids)
    papers = {row["id"]: row for row in await site.rows(_PAPERS, ids=wanted)}
    marked = await site.rows(_HIGHLIGHTS, ids=wanted, match=query.match) if query.match else []
    for row in papers.values():
        row["snippet"] = f"{row['snippet'].rpartition(' ')[0]} …" if row["is_cut"] else row["snippet"]
    for row in marked:
        papers[row["id"]].update(row)
    places: dict[int, dict[str, Row]] = {}
    for row in await site.rows(_PLACES, ids=wanted):
        edition = places.setdefault(row["id"], {}).setdefault(
            row["slug"], {"slug": row["slug"], "name": row["name"], "kinds": []}
        )
        edition["kinds"] += [row["kind"]] if row["kind"] != "other" else []
    authors = await authors_of(site, ids)
    return [
        {
            "key": paper["key"],
            "title": marked_pieces(paper["title"]),
            "snippet": marked_pieces(paper["snippet"]),
            "authors": authors.get(paper["id"], []),
            "editions": list(places.get(paper["id"], {}).values()),
            "code_url": paper["code_url"],
        }
        for paper in (papers[id_] for id_ in ids)
    ]
