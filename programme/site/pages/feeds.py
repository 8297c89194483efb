"""The feed of new papers with code: those ingested last, and of one day those presented or listed last, first."""

from __future__ import annotations

import json

from programme.export.feeds import Entry, feed
from programme.site.parts.related import authors_of
from programme.site.parts.site import File, Row, Site
from programme.site.parts.sql import sql_of

TITLE = "New papers with code"

_NEWEST = sql_of("feeds/newest")
_PAPERS = sql_of("feeds/papers")


async def atom(site: Site) -> File:
    """Return new papers with code as an Atom feed; an entry is dated by the first document that states its code."""
    newest = {row["id"]: row["updated"] for row in await site.rows(_NEWEST)}
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
