"""Permalinks that went: the page of what a key named once, for keys that are no longer in use."""

from __future__ import annotations

from datasette.utils.asgi import NotFound

from programme.site.parts.site import File, Handler, Page, Redirect, Site
from programme.site.parts.sql import sql_of

_AUTHOR = sql_of("permalinks/author")
_PAPER = sql_of("permalinks/paper")
_SESSION = sql_of("permalinks/session")
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
