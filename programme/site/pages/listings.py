"""Listings: all of them, the newest first, and each with its papers, where these were presented, and as a feed."""

from __future__ import annotations

import json
from itertools import groupby
from math import ceil
from typing import Any

from programme.export.feeds import Entry, feed
from programme.site.parts.people import authors_of
from programme.site.parts.site import File, Page, Row, Site
from programme.site.parts.slots import page_of

PAGE_SIZE = 60
"""Listings on a page."""

_NEWEST_FIRST = """
    listings.listed_on DESC NULLS LAST, listings.listed_month DESC NULLS LAST, listings.listed_day DESC NULLS LAST,
    listings.key
"""
_LISTINGS = f"""
WITH page AS (
    SELECT listings.id, count(*) OVER () AS total
    FROM listings
    ORDER BY {_NEWEST_FIRST}
    LIMIT :size OFFSET :skipped
)

SELECT
    listings.key, listings.title, listings.source, listings.listed_on, listings.listed_month, listings.listed_day,
    page.total,
    count(*) AS papers,
    sum(EXISTS (
        SELECT 1 FROM repo_links WHERE repo_links.paper_id = listing_entries.paper_id AND repo_links.role = 'own'
    )) AS papers_with_code,
    (
        SELECT papers.title
        FROM listing_entries AS voted
        JOIN papers ON papers.id = voted.paper_id
        WHERE voted.listing_id = listings.id
        ORDER BY voted.upvotes DESC NULLS LAST, voted.position
        LIMIT 1
    ) AS first_paper
FROM page
JOIN listings ON listings.id = page.id
JOIN listing_entries ON listing_entries.listing_id = listings.id
GROUP BY listings.id
ORDER BY {_NEWEST_FIRST}
"""
_LISTING = """
SELECT
    id, key, title, source, listed_on, listed_month, listed_day,
    (
        SELECT other.key FROM listings AS other
        WHERE other.source = listings.source AND other.listed_on > listings.listed_on
        ORDER BY other.listed_on LIMIT 1
    ) AS later,
    (
        SELECT other.key FROM listings AS other
        WHERE other.source = listings.source AND other.listed_on < listings.listed_on
        ORDER BY other.listed_on DESC LIMIT 1
    ) AS earlier
FROM listings
WHERE key = :key
"""
_ENTRIES = """
SELECT
    listing_entries.position, listing_entries.upvotes, papers.id, papers.key, papers.title, papers.abstract,
    (
        SELECT min(repositories.url)
        FROM repo_links
        JOIN repositories ON repositories.id = repo_links.repository_id
        WHERE repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url
FROM listing_entries
JOIN papers ON papers.id = listing_entries.paper_id
WHERE listing_entries.listing_id = :id
ORDER BY listing_entries.position
"""
_EDITIONS = """
WITH wanted AS (
    SELECT value AS paper_id FROM json_each(:ids)
)

SELECT wanted.paper_id, editions.slug, editions.name, editions.year
FROM wanted
JOIN slots ON slots.paper_id = wanted.paper_id
JOIN sessions ON sessions.id = slots.session_id
JOIN editions ON editions.id = sessions.edition_id
UNION
SELECT wanted.paper_id, editions.slug, editions.name, editions.year
FROM wanted
JOIN paper_sources ON paper_sources.paper_id = wanted.paper_id
JOIN editions ON editions.id = paper_sources.edition_id
ORDER BY 1, 4, 2
"""
_SOURCES = """
SELECT
    documents.sha256, documents.uri, documents.format, documents.captured_on, documents.ingested_at,
    listing_sources.line_start, listing_sources.line_end, listing_sources.path
FROM listing_sources
JOIN documents ON documents.id = listing_sources.document_id
WHERE listing_sources.listing_id = :id
ORDER BY documents.sha256
"""


async def listings(site: Site) -> Page:
    """Every listing, by month."""
    page = page_of(site)
    rows = await site.rows(_LISTINGS, size=PAGE_SIZE, skipped=(page - 1) * PAGE_SIZE)
    total = rows[0]["total"] if rows else 0
    kept = [{name: value for name, value in row.items() if name != "total"} for row in rows]
    months = [
        {"month": month, "listings": list(found)}
        for month, found in groupby(kept, lambda row: row["listed_on"] and row["listed_on"][:7])
    ]
    return Page("listings", {"months": months, "total": total, "page": page, "pages": ceil(total / PAGE_SIZE)})


async def listing(site: Site) -> Page:
    """A listing with its papers."""
    held = await site.one(_LISTING, key=site.request.url_vars["key"])
    shown: dict[str, Any] = {
        **{name: value for name, value in held.items() if name != "id"},
        "entries": await _entries(site, held["id"]),
        "sources": [_source(row) for row in await site.rows(_SOURCES, id=held["id"])],
    }
    return Page("listing", shown)


async def atom(site: Site) -> File:
    """A listing as an Atom feed."""
    held = await site.one(_LISTING, key=site.request.url_vars["key"])
    sources = await site.rows(_SOURCES, id=held["id"])
    updated = held["listed_on"] or min(row["captured_on"] or row["ingested_at"] for row in sources)
    entries = [
        Entry(
            entry["key"],
            entry["title"],
            updated,
            tuple(author["name"] for author in entry["authors"]),
            entry["abstract"],
            site.absolute(f"/paper/{entry['key']}"),
            entry["code_url"],
            ", ".join(edition["name"] for edition in entry["editions"]) or None,
        )
        for entry in await _entries(site, held["id"])
    ]
    title = f"{held['title']}, {held['listed_on']}" if held["listed_on"] else held["title"]
    path = f"/listing/{held['key']}"
    text = feed(title, path, entries, home=site.absolute(path), address=site.absolute(f"{path}.atom"))
    return File(text, "application/atom+xml; charset=utf-8", f"listing-{held['listed_on'] or held['key']}.atom")


async def _entries(site: Site, listing_id: int) -> list[Row]:
    rows = await site.rows(_ENTRIES, id=listing_id)
    ids = [row["id"] for row in rows]
    authors = await authors_of(site, ids)
    editions: dict[int, list[Row]] = {}
    for row in await site.rows(_EDITIONS, ids=json.dumps(ids)):
        editions.setdefault(row.pop("paper_id"), []).append(row)
    return [
        {
            **{name: value for name, value in row.items() if name != "id"},
            "authors": authors.get(row["id"], []),
            "editions": editions.get(row["id"], []),
        }
        for row in rows
    ]


def _source(row: Row) -> Row:
    return {
        "document": {name: row[name] for name in ("sha256", "uri", "format", "captured_on")},
        **{name: row[name] for name in ("line_start", "line_end", "path")},
    }


ROUTES = [("/listings", listings), ("/listing/{key}.atom", atom), ("/listing/{key}", listing)]
