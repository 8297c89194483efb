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
from programme.site.parts.sql import sql_of
from programme.site.parts.taking import Chosen, taking

PAGE_SIZE = 60
"""Listings on a page."""

_LISTINGS = sql_of("listings/listings")
_LISTING = sql_of("listings/listing")
_ENTRIES = sql_of("listings/entries")
_SOURCES = sql_of("listings/sources")


_VOTES = sql_of("listings/votes")


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
