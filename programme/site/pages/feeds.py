"""The feed of new papers with code: those ingested last, and of one day those presented or listed last, first."""

from __future__ import annotations

import json

from programme.export.feeds import Entry, feed
from programme.site.parts.related import authors_of
from programme.site.parts.site import File, Row, Site
from programme.site.parts.sql import code_url

MAX_COUNT = 100
TITLE = "New papers with code"

_NEWEST = """
WITH known AS MATERIALIZED (
    SELECT
        repo_links.paper_id,
        min(substr(documents.ingested_at, 1, 10)) AS in_on,
        min(coalesce(documents.captured_on, documents.ingested_at)) AS updated
    FROM repo_links
    JOIN documents ON documents.id = repo_links.document_id
    WHERE repo_links.role = 'own'
    GROUP BY repo_links.paper_id
),
days AS (
    SELECT known.paper_id, editions.starts_on AS on_day
    FROM known
    CROSS JOIN paper_editions ON paper_editions.paper_id = known.paper_id
    JOIN editions ON editions.id = paper_editions.edition_id
    UNION ALL
    SELECT known.paper_id, listings.listed_on
    FROM known
    CROSS JOIN listing_entries ON listing_entries.paper_id = known.paper_id
    JOIN listings ON listings.id = listing_entries.listing_id
),
dated AS (
    SELECT paper_id, max(on_day) AS on_day FROM days GROUP BY paper_id
)
SELECT known.paper_id AS id, known.updated
FROM known
LEFT JOIN dated ON dated.paper_id = known.paper_id
ORDER BY known.in_on DESC, dated.on_day DESC, known.paper_id DESC
LIMIT :most
"""
"""Few papers have code, and CROSS JOIN makes SQLite start from them instead of from all slots."""

_PAPERS = f"""
SELECT papers.id, papers.key, papers.title, papers.abstract,
    {code_url("papers.id")} AS code_url,
    (
        SELECT group_concat(edition.name, ', ')
        FROM (
            SELECT DISTINCT editions.name, editions.year
            FROM paper_editions
            JOIN editions ON editions.id = paper_editions.edition_id
            WHERE paper_editions.paper_id = papers.id
            ORDER BY 2, 1
        ) AS edition
    ) AS editions
FROM json_each(:ids) AS wanted
JOIN papers ON papers.id = wanted.value
"""


async def atom(site: Site) -> File:
    """Return new papers with code as an Atom feed; an entry is dated by the first document that states its code."""
    newest = {row["id"]: row["updated"] for row in await site.rows(_NEWEST, most=MAX_COUNT)}
    ids = list(newest)
    authors = await authors_of(site, ids)
    papers = {row["id"]: row for row in await site.rows(_PAPERS, ids=json.dumps(ids))}
    entries = [_entry(site, papers[id_], authors.get(id_, []), newest[id_]) for id_ in ids]
    home = site.absolute("/search") + "?code=1"
    text = feed(TITLE, "papers-with-code", entries, home=home, url=site.absolute("/feed.atom"))
    return File(text, "application/atom+xml; charset=utf-8")


def _entry(site: Site, paper: Row, authors: list[Row], updated: str) -> Entry:
    names = tuple(author["name"] for author in authors)
    page = site.absolute(f"/paper/{paper['key']}")
    return Entry(
        paper["key"], paper["title"], updated, names, paper["abstract"], page, paper["code_url"], paper["editions"]
    )


ROUTES = [("/feed.atom", atom)]
