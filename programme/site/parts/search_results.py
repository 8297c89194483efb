"""Search: the papers that match, their counts by venue, year, kind and code, and what is shown of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from programme.patterns import lazy_pattern
from programme.queries import catalogue, render
from programme.schema.vocabularies import KINDS
from programme.site.parts.highlights import MARK_END, MARK_START, marked_pieces
from programme.site.parts.related import authors_of
from programme.site.parts.search_words import match_of
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

MAX_HITS = 2_000
"""Number of papers that a search counts and pages through."""

MAX_RANKED = 30_000
"""When more papers match, those loaded last are shown, not the best: ranking reads every match, which takes seconds,
and words so common say little about which paper is best."""

FEW_HITS = 20
"""When fewer papers have the words, those are added that the words may mean otherwise."""

_ADDRESS = lazy_pattern(r"\S*[/\d]\S*")
_ALL = "SELECT count(*) AS papers FROM papers"
_ALL_WITH_CODE = "SELECT count(DISTINCT paper_id) AS papers FROM repo_links WHERE role = 'own'"
_COUNT = "SELECT count(*) AS papers FROM papers_fts WHERE papers_fts MATCH :match"
_BEST = sql_of("search_results/best")
_LATEST = sql_of("search_results/latest")
_NEWEST = sql_of("search_results/newest")

_FACETS = sql_of("search_results/facets")
_HIGHLIGHTS = sql_of("search_results/highlights")
_MARKS = {"mark_start": MARK_START, "mark_end": MARK_END}
_PAPERS = sql_of("search_results/papers")
_OF_KEYS = sql_of("search_results/of_keys")
_PLACES = sql_of("search_results/places")


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
    is_limited = query.code or query.kind or query.editions is not None
    ids = [row["id"] for row in await site.rows(_BEST if is_ranked else _LATEST, **query.values)]
    if matching is not None and matching < FEW_HITS:
        ids = await _meant(site, query, ids)
    is_whole = len(ids) <= MAX_HITS
    total = len(ids) if is_whole else None if is_limited else matching
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
    marked = await site.rows(_HIGHLIGHTS, ids=wanted, match=query.match, **_MARKS) if query.match else []
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
