"""The page of a repository: the papers that link to it, each with the link as written and its source lines."""

from __future__ import annotations

from itertools import groupby

from programme.site.parts.related import authors_of, editions_of
from programme.site.parts.site import Page, Row, Site
from programme.site.parts.sql import sql_of

MAX_STATEMENTS = 1_000

_REPOSITORY = "SELECT id, key, host, path, url FROM repositories WHERE key = :key"
_STATEMENTS = sql_of("repositories/statements")
_STATEMENT = ("role", "rule", "raw_url", "field", "sha256", "uri", "line_start", "line_end", "path")


async def repository(site: Site) -> Page:
    """Show a repository."""
    found = await site.one(_REPOSITORY, key=site.request.url_vars["key"])
    papers = await _papers(site, found["id"])
    shown = {
        "key": found["key"],
        "name": f"{found['host']}/{found['path']}",
        "host": found["host"],
        "path": found["path"],
        "url": found["url"],
        "papers": sorted(papers, key=lambda paper: paper["role"] != "own"),
    }
    return Page("repositories", shown)


async def _papers(site: Site, repository_id: int) -> list[Row]:
    """Return the papers that link to a repository, by title, each with every statement of the link."""
    rows = await site.rows(_STATEMENTS, id=repository_id, most=MAX_STATEMENTS)
    authors = await authors_of(site, [row["id"] for row in rows])
    editions = await editions_of(site, [row["id"] for row in rows])
    papers = []
    for id_, group in groupby(rows, key=lambda row: int(row["id"])):
        statements = list(group)
        papers.append(
            {
                "key": statements[0]["key"],
                "title": statements[0]["title"],
                "authors": authors.get(id_, []),
                "editions": [{name: row[name] for name in ("slug", "name")} for row in editions.get(id_, [])],
                "role": max(row["role"] for row in statements),
                "statements": [{name: row[name] for name in _STATEMENT} for row in statements],
            }
        )
    return papers


ROUTES = [("/repository/{key}", repository)]
