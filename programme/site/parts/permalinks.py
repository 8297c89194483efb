"""Permalinks that went: the page of what a key named once, for keys that are no longer in use."""

from __future__ import annotations

from datasette.utils.asgi import NotFound

from programme.queries.macros import expand
from programme.site.parts.site import File, Handler, Page, Redirect, Site

_MOVED = """
WITH RECURSIVE moved (key) AS (
    SELECT redirects.target FROM redirects WHERE redirects.kind = :kind AND redirects.key = :key
    UNION
    SELECT redirects.target FROM moved JOIN redirects ON redirects.kind = :kind AND redirects.key = moved.key
)
"""
_AUTHOR = f"{_MOVED} SELECT authors.key FROM moved JOIN authors ON authors.key = moved.key LIMIT 1"
_PAPER = expand(f"""{_MOVED}
SELECT found.key
FROM (
    SELECT 1 AS place, papers.key FROM moved JOIN papers ON papers.key = moved.key
    UNION ALL
    SELECT 2, papers.key FROM papers WHERE papers.id = paper_titled(:key)
) AS found
ORDER BY found.place, found.key
LIMIT 1
""")
_SESSION = f"""{_MOVED},
-- Every key of the session in any capture: from later to earlier ones and back.
called (key) AS (
    SELECT :key
    UNION
    SELECT changes.former_key
    FROM called
    JOIN changes ON changes.session_key = called.key
    WHERE changes.subject = 'session' AND changes.former_key IS NOT NULL
    UNION
    SELECT changes.session_key
    FROM called
    JOIN changes ON changes.former_key = called.key
    WHERE changes.subject = 'session'
)
SELECT found.key
FROM (
    SELECT 1 AS place, sessions.key FROM moved JOIN sessions ON sessions.key = moved.key
    UNION ALL
    SELECT 2, sessions.key
    FROM session_sources
    JOIN sessions ON sessions.id = session_sources.session_id
    WHERE session_sources.stated_key = :key
    UNION ALL
    SELECT 3, sessions.key FROM called JOIN sessions ON sessions.key = called.key
) AS found
ORDER BY found.place, found.key
LIMIT 1
"""
_PRESENT = {"author": _AUTHOR, "paper": _PAPER, "session": _SESSION}
"""For each kind, the key of what a key named once."""


async def present_key(site: Site, kind: str, key: str) -> str | None:
    """Return the key of what a key named once, None where nothing is known of it."""
    found = await site.rows(_PRESENT[kind], kind=kind, key=key)
    return str(found[0]["key"]) if found else None


def redirecting(kind: str, handler: Handler, ending: str = "") -> Handler:
    """Return a page of what a key names that redirects, with status 301, from a key that is no longer in use."""

    async def answer(site: Site) -> Page | File | Redirect:
        try:
            return await handler(site)
        except NotFound:
            key = site.request.url_vars["key"]
            found = await present_key(site, kind, key)
            if not found or found == key:
                raise
            as_json = ".json" if site.request.url_vars.get("as_json") else ""
            return Redirect(f"/{kind}/{found}{ending or as_json}")

    return answer
