"""The papers of an edition, from its programme and from lists, and how many have code."""

from __future__ import annotations

import json
from math import ceil
from typing import NamedTuple

from programme.site.parts.related import authors_of
from programme.site.parts.site import Row, Site
from programme.site.parts.slots import Filters
from programme.site.parts.sql import sql_of

PAGE_SIZE = 50
"""Number of papers on a page."""

_COUNTS = sql_of("edition_papers/counts")
_SOURCES = sql_of("edition_papers/sources")
_KINDS = sql_of("edition_papers/kinds")
_KEYS = sql_of("edition_papers/keys")
_PAPERS = sql_of("edition_papers/papers")

_PLACES = sql_of("edition_papers/places")


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

    The query `edition_coverage` says more of it.
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
