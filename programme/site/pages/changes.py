"""What changed between captures: all of it, by edition, session or paper, and as a feed for each edition."""

from __future__ import annotations

from typing import Any

from programme.export.feeds import Entry, feed
from programme.site.parts.change_fields import change_line
from programme.site.parts.changes import (
    ALL,
    PAGE_SIZE,
    Changes,
    by_day,
    count_changes,
    groups_of,
    of_edition,
    of_paper,
    of_session,
    of_source,
)
from programme.site.parts.site import File, Page, Row, Site
from programme.site.parts.sql import sql_of

MAX_IN_FEED = 500
"""Number of changes in the feed of an edition."""

_EDITION = "SELECT slug, name FROM editions WHERE slug = :slug"
_EDITIONS = sql_of("changes/editions")
_SESSION = "SELECT key, title FROM sessions WHERE key = :key"
_PAPER = "SELECT key, title FROM papers WHERE key = :key"
_SOURCE = "SELECT id, uri FROM sources WHERE uri = :uri AND scope = :scope"


async def changes(site: Site) -> Page:
    """List what changed, the latest first."""
    fields = {name: site.arg(name) for name in ("edition", "session", "paper", "uri", "scope")}
    selected, subject = await _selected(site, fields)
    total = await count_changes(site, selected)
    page, pages = site.page(total, PAGE_SIZE)
    groups = await groups_of(site, selected, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    shown: dict[str, Any] = {
        "fields": {name: value for name, value in fields.items() if value},
        "of": subject,
        "editions": await site.rows(_EDITIONS),
        "total": total,
        "page": page,
        "pages": pages,
        "days": by_day(groups),
    }
    return Page("changes", shown)


async def _selected(site: Site, fields: dict[str, str]) -> tuple[Changes, Row | None]:
    """Return the changes that the URL asks for, and the name and page of what they are of; raises NotFound."""
    if key := fields["session"]:
        found = await site.one(_SESSION, key=key)
        return of_session(key), {"name": found["title"], "path": site.path(f"/session/{key}")}
    if key := fields["paper"]:
        found = await site.one(_PAPER, key=key)
        return of_paper(key), {"name": found["title"], "path": site.path(f"/paper/{key}")}
    if uri := fields["uri"]:
        found = await site.one(_SOURCE, uri=uri, scope=fields["scope"])
        return of_source(found["id"]), {"name": uri, "path": site.path("/source", uri=uri, scope=fields["scope"])}
    if slug := fields["edition"]:
        found = await site.edition(_EDITION, slug)
        return of_edition(slug), {"name": found["name"], "path": site.path(f"/edition/{slug}")}
    return ALL, None


async def atom(site: Site) -> File:
    """Return what changed at an edition as a feed: an entry for each session, paper or listing in each capture."""
    edition = await site.edition(_EDITION, site.request.url_vars["slug"])
    groups = await groups_of(site, of_edition(edition["slug"]), MAX_IN_FEED)
    path = f"/edition/{edition['slug']}"
    text = feed(
        f"What changed at {edition['name']}",
        f"changes of {edition['slug']}",
        [_entry(site, group) for group in groups],
        home=site.absolute(path),
        url=site.absolute(f"{path}/changes.atom"),
    )
    return File(text, "application/atom+xml; charset=utf-8")


def _entry(site: Site, group: Row) -> Entry:
    """Return the entry of a group; its id is made of the capture and the key, so it stays when others come and go."""
    names = ("uri", "scope", "sha256_before", "sha256", "captured_at", "kind", "key")
    compared = f"/document/{group['sha256'][:16]}/since/{group['sha256_before'][:16]}"
    return Entry(
        "\n".join(str(group[name]) for name in names),
        group["title"] or "A session that is gone",
        group["captured_at"],
        abstract="\n".join(change_line(item) for item in group["items"]),
        url=site.absolute(group["path"] or compared),
        kind="changes",
    )


ROUTES = [("/changes", changes), ("/edition/{slug}/changes.atom", atom)]
