"""What changed between captures: of an edition, a session, a paper, a source or two documents, grouped by day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from programme.site.parts.change_fields import fields_of, where_and_when
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

PAGE_SIZE = 100
"""Number of changes on a page of their own."""
MAX_ON_PAGE = 15
"""Number of changes on the page of what changed."""


class Changes(NamedTuple):
    """A selection of changes: its condition, in SQL, and the values of this."""

    condition: str
    values: dict[str, object]


ALL = Changes("TRUE", {})


def of_edition(slug: str) -> Changes:
    """Select the changes of an edition."""
    return Changes("changes.edition = :edition", {"edition": slug})


def of_session(key: str) -> Changes:
    """Select the changes of a session and its slots, under every key it had."""
    return Changes(f"changes.session_key IN ({_KEYS_OF_SESSION})", {"key": key})


def of_paper(key: str) -> Changes:
    """Select the changes of a paper, its slots and its entries in listings, under every title it had."""
    return Changes(f"changes.title_key IN ({_KEYS_OF_PAPER})", {"key": key})


def of_source(source_id: int) -> Changes:
    """Select the changes of a source."""
    return Changes("changes.source_id = :source_id", {"source_id": source_id})


def of_documents(before_id: int, after_id: int) -> Changes:
    """Select the changes from one document to another that replaced it."""
    condition = "changes.before_document_id = :before_id AND changes.document_id = :after_id"
    return Changes(condition, {"before_id": before_id, "after_id": after_id})


_DESCRIBED = sql_of("changes/described")
_ORDER = """changes.captured_at DESC, changes.uri, changes.scope, changes.sha256, changes.subject_order, changes.title,
    changes.session_key, changes.title_key, changes.change, changes.field DESC, changes.before, changes.after"""
_KEYS_OF_SESSION = sql_of("changes/keys_of_session")
_KEYS_OF_PAPER = sql_of("changes/keys_of_paper")
_SESSIONS = sql_of("changes/sessions")
_FORMER_TITLES = sql_of("changes/former_titles")
_PAPERS = sql_of("changes/papers")
_LISTINGS = sql_of("changes/listings")


class _Names(NamedTuple):
    """What the keys in changes name now, by these keys."""

    sessions: dict[str, Row]
    papers: dict[str, Row]
    listings: dict[str, Row]
    former_titles: dict[str, str]


async def count_changes(site: Site, selected: Changes) -> int:
    """Count the changes of a selection."""
    sql = f"SELECT count(*) AS found FROM changes WHERE {selected.condition} AND coalesce(changes.field, '') <> 'key'"
    found: int = (await site.one(sql, **selected.values))["found"]
    return found


async def changes_on_page(site: Site, selected: Changes, **args: str) -> Row:
    """Return the latest changes of a selection, for the page of what changed; `args` select them on `/changes`."""
    total = await count_changes(site, selected)
    groups = await groups_of(site, selected, MAX_ON_PAGE) if total else []
    return {"total": total, "days": by_day(groups), "more": max(0, total - MAX_ON_PAGE), "args": args}


async def groups_of(site: Site, selected: Changes, most: int, after: int = 0) -> list[Row]:
    """Return changes in groups, the latest first: those of one session, paper or listing in one capture."""
    found = f"SELECT * FROM ({_DESCRIBED}) AS changes WHERE {selected.condition}"
    sql = f"{found} ORDER BY {_ORDER} LIMIT :most OFFSET :after"
    rows = await site.rows(sql, **selected.values, most=most, after=after)
    names = _Names(
        {row["stated"]: row for row in await _named(site, _SESSIONS, rows, "session_key")},
        {row["stated"]: row for row in await _named(site, _PAPERS, rows, "title_key")},
        {row["key"]: row for row in await _named(site, _LISTINGS, rows, "listing_key")},
        {row["key"]: row["title"] for row in await _named(site, _FORMER_TITLES, rows, "session_key")},
    )
    captures = groupby(rows, lambda row: tuple(row[name] for name in ("captured_at", "uri", "scope", "sha256")))
    return [group for _, of_capture in captures for group in _groups(list(of_capture), names)]


def by_day(groups: Iterable[Row]) -> list[Row]:
    """Return the groups of each day, in UTC."""
    days = groupby(groups, lambda group: str(group["captured_at"])[:10])
    return [{"day": day, "groups": list(of_day)} for day, of_day in days]


async def _named(site: Site, sql: str, rows: list[Row], column: str) -> list[Row]:
    keys = sorted({row[column] for row in rows if row[column]})
    return await site.rows(sql, keys=json.dumps(keys)) if keys else []


def _groups(rows: list[Row], names: _Names) -> Iterator[Row]:
    """Yield the groups of one capture, in the order of their first change."""
    same = {row["former_key"]: row["session_key"] for row in rows if row["subject"] == "session" and row["former_key"]}
    placed = {(row["change"], row["title_key"]) for row in rows if row["subject"] in ("slot", "entry")}
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        # A paper that comes or goes with its slot or entry is one change to readers.
        if row["subject"] == "paper" and not row["field"] and (row["change"], row["title_key"]) in placed:
            continue
        # What was removed has the key that its session had in the earlier capture.
        row["session_key"] = same.get(row["session_key"], row["session_key"])
        groups.setdefault(_place(row, names), []).append(row)
    for (kind, key), of_group in groups.items():
        yield _group(kind, key, of_group, names)


def _place(row: Row, names: _Names) -> tuple[str, str]:
    """Return what a change belongs to: the kind of page and a key, the present one where there is one."""
    if row["subject"] == "entry":
        # Each capture gives a listing another key, and a source of a moving window has one listing.
        return "listing", ""
    if row["subject"] == "paper":
        return "paper", names.papers.get(row["title_key"], {}).get("key") or row["title_key"] or row["title"]
    return "session", names.sessions.get(row["session_key"], {}).get("key") or row["session_key"] or ""


def _group(kind: str, key: str, rows: list[Row], names: _Names) -> Row:
    first = rows[0]
    found = next(filter(None, (_page_of(kind, row, names) for row in rows)), None)
    stated = next((row["title"] for row in rows if row["subject"] == kind), names.former_titles.get(key))
    zone = first["time_zone"] or names.sessions.get(first["session_key"], {}).get("time_zone")
    same = ("captured_at", "uri", "scope", "sha256", "sha256_before", "edition", "edition_name")
    subjects = groupby(rows, lambda row: (row["subject"], row["title"], row["title_key"], row["change"]))
    return {
        **{name: first[name] for name in same},
        "kind": kind,
        "key": key,
        "title": found["title"] if found else stated,
        "path": f"/{kind}/{found['key']}" if found else None,
        "items": [_item(kind, list(of_subject), names, zone) for _, of_subject in subjects],
    }


def _page_of(kind: str, row: Row, names: _Names) -> Row | None:
    if kind == "listing":
        return names.listings.get(row["listing_key"])
    return names.papers.get(row["title_key"]) if kind == "paper" else names.sessions.get(row["session_key"])


def _item(kind: str, rows: list[Row], names: _Names, zone: str | None) -> Row:
    """Return the changes of one subject in a group; a title of its own only where it is not that of the group."""
    first = rows[0]
    paper = names.papers.get(first["title_key"])
    is_own = first["subject"] == kind
    return {
        "subject": first["subject"],
        "title": None if is_own else first["title"],
        "path": f"/paper/{paper['key']}" if paper and not is_own else None,
        "change": first["change"],
        "details": where_and_when(first["after"] or first["before"], zone) if not first["field"] else "",
        "fields": fields_of(rows, zone),
    }
