"""The page of an author: papers by year, spellings of the name, affiliations, coauthors and sessions moderated."""

from __future__ import annotations

from itertools import groupby

from programme.site.parts.corrected import Subject, corrections_of
from programme.site.parts.permalinks import redirecting
from programme.site.parts.related import authors_of
from programme.site.parts.site import Page, Row, Site
from programme.site.parts.sql import code_url
from programme.site.parts.taking import Chosen, taking

PAGE_SIZE = 100
MAX_COAUTHORS = 24

_AUTHOR = "SELECT id, key, name FROM authors WHERE key = :key"
_PAPERS = f"""
SELECT papers.id, papers.key, papers.title, min(authorships.position) AS position,
    {code_url("papers.id")} AS code_url
FROM authorships
JOIN papers ON papers.id = authorships.paper_id
WHERE authorships.author_id = :id
GROUP BY papers.id
ORDER BY papers.title, papers.key
"""
_EDITIONS = """
SELECT DISTINCT authorships.paper_id AS id, editions.slug, editions.name, editions.year, paper_editions.kind
FROM authorships
JOIN paper_editions ON paper_editions.paper_id = authorships.paper_id
JOIN editions ON editions.id = paper_editions.edition_id
WHERE authorships.author_id = :id
ORDER BY 4, 2, 5
"""
_LISTED = """
SELECT authorships.paper_id AS id, max(substr(listings.listed_on, 1, 4)) AS year
FROM authorships
JOIN listing_entries ON listing_entries.paper_id = authorships.paper_id
JOIN listings ON listings.id = listing_entries.listing_id
WHERE authorships.author_id = :id
GROUP BY authorships.paper_id
"""
_SPELLINGS = """
SELECT raw_name AS spelling, count(*) AS times
FROM (
    SELECT raw_name FROM authorships WHERE author_id = :id
    UNION ALL
    SELECT raw_name FROM session_moderators WHERE author_id = :id
)
GROUP BY raw_name
ORDER BY 2 DESC, 1
"""
_AFFILIATIONS = """
SELECT affiliation, count(*) AS papers
FROM authorships
WHERE author_id = :id AND affiliation IS NOT NULL
GROUP BY affiliation
ORDER BY 2 DESC, 1
LIMIT 20
"""
_COAUTHORS = """
SELECT authors.key, authors.name, count(DISTINCT own.paper_id) AS papers
FROM authorships AS own
JOIN authorships AS other ON other.paper_id = own.paper_id AND other.author_id <> own.author_id
JOIN authors ON authors.id = other.author_id
WHERE own.author_id = :id
GROUP BY authors.id
ORDER BY papers DESC, authors.name, authors.key
"""
_MODERATED = """
SELECT
    sessions.key, sessions.title, editions.slug AS edition, editions.name AS edition_name,
    (SELECT min(slots.local_day) FROM slots WHERE slots.session_id = sessions.id) AS day
FROM session_moderators
JOIN sessions ON sessions.id = session_moderators.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
WHERE session_moderators.author_id = :id
ORDER BY sessions.starts_at DESC, sessions.title, sessions.key
"""


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
