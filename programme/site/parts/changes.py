"""What changed between captures: of an edition, a session, a paper, a source or two documents, grouped by day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from programme.queries.macros import expand
from programme.site.parts.change_fields import fields_of, where_and_when
from programme.site.parts.site import Row, Site

PAGE_SIZE = 100
"""Number of changes on a page of their own."""
MAX_ON_PAGE = 15
"""Number of changes on the page of what changed."""


class Changes(NamedTuple):
    """A selection of changes: the SQL of its keys, its condition, and the values of both."""

    condition: str
    values: dict[str, object]
    keys: str = ""


ALL = Changes("TRUE", {})

_SESSION_KEYS = """
WITH RECURSIVE keys (key) AS (
    SELECT :key
    UNION
    SELECT redirects.key FROM redirects WHERE redirects.kind = 'session' AND redirects.target = :key
    UNION
    SELECT session_sources.stated_key
    FROM sessions
    JOIN session_sources ON session_sources.session_id = sessions.id
    WHERE sessions.key = :key AND session_sources.stated_key IS NOT NULL
    UNION
    SELECT changes.former_key
    FROM keys
    CROSS JOIN changes ON changes.session_key = keys.key
    WHERE changes.subject = 'session' AND changes.former_key IS NOT NULL
)
"""
"""The keys of a session in all captures. CROSS JOIN makes SQLite look them up by the index."""
_PAPER_KEYS = expand("""
WITH keys (key) AS (
    SELECT named.name
    FROM papers
    JOIN (
        SELECT papers.id AS paper_id, papers.title_key AS name FROM papers WHERE papers.key = :key
        UNION
        SELECT paper_names.paper_id, paper_names.name FROM paper_names JOIN papers ON papers.id = paper_names.paper_id
        WHERE papers.key = :key
    ) AS named ON named.paper_id = papers.id
    WHERE papers.id = paper_titled(named.name)
)
""")
"""The digests of the titles of a paper, except those that several papers have."""


def of_edition(slug: str) -> Changes:
    """Select the changes of an edition."""
    return Changes("changes.edition = :edition", {"edition": slug})


def of_session(key: str) -> Changes:
    """Select the changes of a session and its slots, under every key it had."""
    return Changes("changes.session_key IN (SELECT keys.key FROM keys)", {"key": key}, _SESSION_KEYS)


def of_paper(key: str) -> Changes:
    """Select the changes of a paper, its slots and its entries in listings, under every title it had."""
    return Changes("changes.title_key IN (SELECT keys.key FROM keys)", {"key": key}, _PAPER_KEYS)


def of_source(source_id: int) -> Changes:
    """Select the changes of a source."""
    return Changes("changes.source_id = :source_id", {"source_id": source_id})


def of_documents(before_id: int, after_id: int) -> Changes:
    """Select the changes from one document to another that replaced it."""
    condition = "changes.before_document_id = :before_id AND changes.document_id = :after_id"
    return Changes(condition, {"before_id": before_id, "after_id": after_id})


# A key that changed alone says nothing to readers.
_COUNT = "{keys} SELECT count(*) AS found FROM changes WHERE {condition} AND coalesce(changes.field, '') <> 'key'"
_CHANGES = """{keys}
SELECT
    changes.captured_at, changes.subject, changes.change, changes.field, changes.before, changes.after, changes.edition,
    changes.session_key, changes.listing_key, changes.title_key, changes.title, changes.former_key,
    sources.uri, sources.scope, documents.sha256, earlier.sha256 AS sha256_before, editions.name AS edition_name,
    coalesce(editions.time_zone, (
        SELECT slots.time_zone
        FROM sessions
        JOIN slots ON slots.session_id = sessions.id
        WHERE sessions.edition_id = editions.id AND slots.time_zone IS NOT NULL
        LIMIT 1
    )) AS time_zone
FROM changes
JOIN sources ON sources.id = changes.source_id
JOIN documents ON documents.id = changes.document_id
JOIN documents AS earlier ON earlier.id = changes.before_document_id
LEFT JOIN editions ON editions.slug = changes.edition
WHERE {condition} AND coalesce(changes.field, '') <> 'key'
ORDER BY changes.captured_at DESC, sources.uri, sources.scope, documents.sha256,
    CASE changes.subject WHEN 'session' THEN 1 WHEN 'slot' THEN 2 WHEN 'paper' THEN 3 ELSE 4 END, changes.title,
    changes.session_key, changes.title_key, changes.change, changes.field DESC, changes.before, changes.after
LIMIT :most OFFSET :after
"""
_SESSIONS = """
WITH RECURSIVE called (stated, key) AS (
    SELECT wanted.value, wanted.value FROM json_each(:keys) AS wanted
    UNION
    SELECT called.stated, changes.former_key
    FROM called
    CROSS JOIN changes ON changes.session_key = called.key
    WHERE changes.subject = 'session' AND changes.former_key IS NOT NULL
),

found AS (
    SELECT called.stated, sessions.id FROM called JOIN sessions ON sessions.key = called.key
    UNION
    SELECT session_sources.stated_key, session_sources.session_id
    FROM session_sources
    WHERE session_sources.stated_key IN (SELECT called.stated FROM called)
    UNION
    SELECT called.stated, sessions.id
    FROM called
    JOIN redirects ON redirects.kind = 'session' AND redirects.key = called.key
    JOIN sessions ON sessions.key = redirects.target
)

SELECT found.stated, sessions.key, sessions.title, (
    SELECT slots.time_zone FROM slots WHERE slots.session_id = sessions.id AND slots.time_zone IS NOT NULL LIMIT 1
) AS time_zone
FROM found
JOIN sessions ON sessions.id = found.id
"""
"""The sessions that have these keys now, or had them in an earlier capture."""
_FORMER_TITLES = """
SELECT wanted.value AS key, min(changes.title) AS title
FROM json_each(:keys) AS wanted
CROSS JOIN changes ON changes.session_key = wanted.value
WHERE changes.subject = 'session'
GROUP BY wanted.value
"""
"""What sessions were called that no document states any more."""
_PAPERS = expand("""
SELECT wanted.value AS stated, papers.key, papers.title
FROM json_each(:keys) AS wanted
JOIN papers ON papers.id = paper_titled(wanted.value)
""")
_LISTINGS = """
SELECT listings.key, listings.title FROM json_each(:keys) AS wanted JOIN listings ON listings.key = wanted.value
"""


class _Names(NamedTuple):
    """What the keys in changes name now, by these keys."""

    sessions: dict[str, Row]
    papers: dict[str, Row]
    listings: dict[str, Row]
    former_titles: dict[str, str]


async def count_changes(site: Site, selected: Changes) -> int:
    """Count the changes of a selection."""
    sql = _COUNT.format(keys=selected.keys, condition=selected.condition)
    found: int = (await site.one(sql, **selected.values))["found"]
    return found


async def changes_on_page(site: Site, selected: Changes, **args: str) -> Row:
    """Return the latest changes of a selection, for the page of what changed; `args` select them on `/changes`."""
    total = await count_changes(site, selected)
    groups = await groups_of(site, selected, MAX_ON_PAGE) if total else []
    return {"total": total, "days": by_day(groups), "more": max(0, total - MAX_ON_PAGE), "args": args}


async def groups_of(site: Site, selected: Changes, most: int, after: int = 0) -> list[Row]:
    """Return changes in groups, the latest first: those of one session, paper or listing in one capture."""
    sql = _CHANGES.format(keys=selected.keys, condition=selected.condition)
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
