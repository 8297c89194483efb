"""Sources: the captures of one, with the texts of each and the one before side by side; and any two documents so."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound

from programme.site.pages.documents import document_of
from programme.site.parts.captures import captures_of_document, captures_of_source, side_by_side, without_ids
from programme.site.parts.changes import changes_on_page, of_documents
from programme.site.parts.site import Page, Row, Site
from programme.site.parts.sql import sql_of

PAGE_SIZE = 5
"""Number of captures on a page: each is compared with the one before."""
MAX_ROWS = 60
"""Number of rows shown of one comparison among several."""
MAX_ROWS_ALONE = 1_000
"""Number of rows shown of a comparison with a page of its own."""
MAX_CAPTURES = 100
"""Number of captures of a document that are looked through for the one that replaced another."""

_SOURCE = sql_of("sources/source")
_SCOPES = sql_of("sources/scopes")


async def source(site: Site) -> Page:
    """Show the captures of a source, which is named by its URI and, where it has one, its scope."""
    uri, scope = site.arg("uri"), site.arg("scope")
    scopes = await site.rows(_SCOPES, uri=uri, most=MAX_CAPTURES)
    if not scopes:
        raise NotFound("No document was taken from this place. Sources are named by their URI; see all documents.")
    if not scope and scopes[-1]["scope"]:
        scope = scopes[0]["scope"]
    found = await site.one(_SOURCE, uri=uri, scope=scope)
    page, pages = site.page(found["captures"], PAGE_SIZE)
    captures = await captures_of_source(site, found["id"], PAGE_SIZE, (page - 1) * PAGE_SIZE)
    shown: dict[str, Any] = {
        **{name: found[name] for name in ("uri", "scope")},
        "count": found["captures"],
        "scopes": scopes,
        "captures": [await _capture(site, row) for row in captures],
        "page": page,
        "pages": pages,
    }
    return Page("source", shown)


async def comparison(site: Site) -> Page:
    """Show two documents side by side, with what changed where one replaced the other."""
    after = await document_of(site, site.request.url_vars["sha256"].lower())
    before = await document_of(site, site.request.url_vars["before"].lower())
    captures = await captures_of_document(site, after["id"], MAX_CAPTURES)
    capture = next((row for row in captures if row["sha256_before"] == before["sha256"]), None)
    names = ("sha256", "uri", "format", "size_bytes", "is_current")
    shown = {
        "before": {name: before[name] for name in names},
        "after": {name: after[name] for name in names},
        "capture": capture and without_ids(capture),
        "changes": await changes_on_page(site, of_documents(before["id"], after["id"])),
        "comparison": await side_by_side(site, before["id"], after["id"], MAX_ROWS_ALONE),
    }
    return Page("comparison", shown)


async def _capture(site: Site, row: Row) -> Row:
    """Return a capture with what changed since the one before, if that was another document."""
    if row["earlier_id"] is None or row["sha256_before"] == row["sha256"]:
        return {**without_ids(row), "changes": None, "comparison": None}
    pair = row["earlier_id"], row["document_id"]
    changes = await changes_on_page(site, of_documents(*pair))
    return {**without_ids(row), "changes": changes, "comparison": await side_by_side(site, *pair, MAX_ROWS)}


ROUTES = [("/source", source), ("/document/{sha256}/since/{before}", comparison)]
