"""Listings: all of them, the newest first, and each with its papers, as a page and as a feed."""

from __future__ import annotations

from itertools import groupby
from math import ceil
from typing import Any

from programme.export.feeds import Entry, feed
from programme.site.parts.corrected import (
    Place,
    Places,
    Subject,
    corrections_at,
    corrections_of,
    distinct,
    names_of_papers,
)
from programme.site.parts.related import authors_of, editions_of
from programme.site.parts.site import File, Page, Row, Site
from programme.site.parts.sql import NEWEST_LISTINGS_FIRST, code_url, has_code
from programme.site.parts.taking import Chosen, taking

PAGE_SIZE = 60
"""Listings on a page."""

_LISTINGS = f"""
WITH page AS (
    SELECT listings.id, count(*) OVER () AS total
    FROM listings
    ORDER BY {NEWEST_LISTINGS_FIRST}
    LIMIT :size OFFSET :skipped
)

SELECT
    listings.key, listings.title, listings.source, listings.listed_on, listings.listed_month, listings.listed_day,
    page.total,
    count(*) AS papers,
    sum({has_code("listing_entries.paper_id")}) AS papers_with_code,
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
ORDER BY {NEWEST_LISTINGS_FIRST}
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
_ENTRIES = f"""
SELECT
    listing_entries.position, listing_entries.upvotes, papers.id, papers.key, papers.title, papers.abstract,
    {code_url("papers.id")} AS code_url
FROM listing_entries
JOIN papers ON papers.id = listing_entries.paper_id
WHERE listing_entries.listing_id = :id
ORDER BY listing_entries.position
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


_VOTES = """
SELECT listing_entries.position, listing_entries.paper_id, papers.title, paper_sources.upvotes
FROM listing_entries
JOIN papers ON papers.id = listing_entries.paper_id
LEFT JOIN paper_sources
    ON paper_sources.listing_id = listing_entries.listing_id
    AND paper_sources.listing_position = listing_entries.position
WHERE listing_entries.listing_id = :id
ORDER BY listing_entries.position, paper_sources.upvotes
"""


async def listings(site: Site) -> Page:
    """Show every listing by month."""
    page = site.number("page")
    rows = await site.rows(_LISTINGS, size=PAGE_SIZE, skipped=(page - 1) * PAGE_SIZE)
    total = rows[0]["total"] if rows else 0
    kept = [{name: value for name, value in row.items() if name != "total"} for row in rows]
    months = [
        {"month": month, "listings": list(group)}
        for month, group in groupby(kept, lambda row: row["listed_on"] and row["listed_on"][:7])
    ]
    return Page("listings", {"months": months, "total": total, "page": page, "pages": ceil(total / PAGE_SIZE)})


async def listing(site: Site) -> Page:
    """Show a listing with its papers."""
    found = await site.one(_LISTING, key=site.request.url_vars["key"])
    subject = Subject("listing", found["key"], places=lambda: _places(site, found["id"]))
    corrections = await corrections_of(site, subject)
    entries = [
        {**entry, "corrections": corrections_at(corrections, entry["position"])}
        for entry in await _entries(site, found["id"])
    ]
    shown: dict[str, Any] = {
        **{name: value for name, value in found.items() if name != "id"},
        "entries": entries,
        "corrections": corrections,
        "sources": [_source(row) for row in await site.rows(_SOURCES, id=found["id"])],
    }
    return Page("listing", shown)


async def atom(site: Site) -> File:
    """Return a listing as an Atom feed."""
    found = await site.one(_LISTING, key=site.request.url_vars["key"])
    sources = await site.rows(_SOURCES, id=found["id"])
    updated = found["listed_on"] or min(row["captured_on"] or row["ingested_at"] for row in sources)
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
        for entry in await _entries(site, found["id"])
    ]
    title = f"{found['title']}, {found['listed_on']}" if found["listed_on"] else found["title"]
    path = f"/listing/{found['key']}"
    text = feed(title, path, entries, home=site.absolute(path), url=site.absolute(f"{path}.atom"))
    return File(text, "application/atom+xml; charset=utf-8", f"listing-{found['listed_on'] or found['key']}.atom")


async def _chosen(site: Site) -> Chosen:
    """Return the papers of a listing in its order."""
    found = await site.one(_LISTING, key=site.request.url_vars["key"])
    keys = [entry["key"] for entry in await site.rows(_ENTRIES, id=found["id"])]
    title = f"{found['title']}, {found['listed_on']}" if found["listed_on"] else found["title"]
    return Chosen(title, f"/listing/{found['key']}", keys)


async def _entries(site: Site, listing_id: int) -> list[Row]:
    """Return the papers of a listing in its order, each with authors, editions and code."""
    rows = await site.rows(_ENTRIES, id=listing_id)
    ids = [row["id"] for row in rows]
    authors = await authors_of(site, ids)
    editions = await editions_of(site, ids)
    return [
        {
            **{name: value for name, value in row.items() if name != "id"},
            "authors": authors.get(row["id"], []),
            "editions": editions.get(row["id"], []),
        }
        for row in rows
    ]


async def _places(site: Site, listing_id: int) -> Places:
    """Return the entries by each name that a correction may give them, with the upvotes that documents state."""
    places: dict[str, list[Place]] = {}
    rows = await site.rows(_VOTES, id=listing_id)
    names = await names_of_papers(site, (row["paper_id"] for row in rows))
    for position, group in groupby(rows, lambda row: int(row["position"])):
        mentions = list(group)
        place = Place(position, mentions[0]["title"], {"upvotes": distinct(row["upvotes"] for row in mentions)})
        for name in names.get(mentions[0]["paper_id"], []):
            places.setdefault(name, []).append(place)
    return places


def _source(row: Row) -> Row:
    return {
        "document": {name: row[name] for name in ("sha256", "uri", "format", "captured_on")},
        **{name: row[name] for name in ("line_start", "line_end", "path")},
    }


ROUTES = [
    ("/listings", listings),
    ("/listing/{key}.atom", atom),
    *taking("/listing/{key}", _chosen, ("bib", "ris", "csv", "ics")),
    ("/listing/{key}", listing),
]
