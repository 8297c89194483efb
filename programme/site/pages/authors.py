"""The page of an author: papers by year, spellings of the name, affiliations, coauthors and sessions moderated."""

from __future__ import annotations

from itertools import groupby

from programme.site.parts.corrected import Subject, corrections_of
from programme.site.parts.permalinks import redirecting
from programme.site.parts.related import authors_of
from programme.site.parts.site import Page, Row, Site
from programme.site.parts.sql import sql_of
from programme.site.parts.taking import Chosen, taking

PAGE_SIZE = 100
MAX_COAUTHORS = 24

_AUTHOR = "SELECT id, key, name FROM authors WHERE key = :key"
_PAPERS = sql_of("authors/papers")
_EDITIONS = sql_of("authors/editions")
_LISTED = sql_of("authors/listed")
_SPELLINGS = sql_of("authors/spellings")
_AFFILIATIONS = sql_of("authors/affiliations")
_COAUTHORS = sql_of("authors/coauthors")
_MODERATED = sql_of("authors/moderated")


async def author(site: Site) -> Page:
    """Show a person or group."""
    person = await site.one(_AUTHOR, key=site.request.url_vars["key"])
    papers = await _papers(site, person["id"])
    page, pages = site.page(len(papers), PAGE_SIZE)
    on_page = papers[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    bylines = await authors_of(site, [paper["id"] for paper in on_page])
    for paper in on_page:
        paper["authors"] = bylines.get(paper.pop("id"), [])
    coauthors = await site.rows(_COAUTHORS, id=person["id"])
    spellings = await site.rows(_SPELLINGS, id=person["id"])
    stated = {"name": [row["spelling"] for row in spellings]}
    shown = {
        "key": person["key"],
        "name": person["name"],
        "papers": len(papers),
        "papers_with_code": sum(paper["code_url"] is not None for paper in papers),
        "years": [
            {"year": year, "papers": list(group)} for year, group in groupby(on_page, key=lambda paper: paper["year"])
        ],
        "page": page,
        "pages": pages,
        "spellings": spellings,
        "affiliations": await site.rows(_AFFILIATIONS, id=person["id"]),
        "coauthors": coauthors[:MAX_COAUTHORS],
        "more_coauthors": max(0, len(coauthors) - MAX_COAUTHORS),
        "corrections": await corrections_of(site, Subject("author", person["key"], stated)),
        "moderated": await site.rows(_MODERATED, id=person["id"]),
    }
    return Page("authors", shown)


async def _chosen(site: Site) -> Chosen:
    """Return the papers of a person or group, the latest first."""
    person = await site.one(_AUTHOR, key=site.request.url_vars["key"])
    papers = await _papers(site, person["id"])
    return Chosen(f"Papers of {person['name']}", f"/author/{person['key']}", [paper["key"] for paper in papers])


async def _papers(site: Site, author_id: int) -> list[Row]:
    """Return their papers, the latest year first; papers without an edition have the year of a listing."""
    papers = await site.rows(_PAPERS, id=author_id)
    places: dict[int, list[Row]] = {}
    for row in await site.rows(_EDITIONS, id=author_id):
        places.setdefault(row.pop("id"), []).append(row)
    listed = {row["id"]: row["year"] for row in await site.rows(_LISTED, id=author_id)}
    for paper in papers:
        id_ = paper["id"]
        editions = {row["slug"]: {**row, "kinds": []} for row in places.get(id_, [])}
        for row in places.get(id_, []):
            editions[row["slug"]]["kinds"] += [row["kind"]] if row["kind"] not in (None, "other") else []
        paper["year"] = max((row["year"] for row in editions.values()), default=_number(listed.get(id_)))
        paper["editions"] = [{name: row[name] for name in ("slug", "name", "kinds")} for row in editions.values()]
    return sorted(papers, key=lambda paper: -(paper["year"] or 0))


def _number(year: str | None) -> int | None:
    return int(year) if year else None


ROUTES = [*taking("/author/{key}", _chosen, kind="author"), ("/author/{key}", redirecting("author", author))]
