"""All facts about one paper: a query for each kind of fact."""

from __future__ import annotations

from typing import NamedTuple

from programme.export.bibtex import Citation
from programme.export.rows import as_list, citation, statement
from programme.site.parts.site import Row, Site

_PAPER = "SELECT id, key, title_key, title, abstract FROM papers WHERE key = :key"
_AUTHORS = """
SELECT authors.key, authors.name, authorships.raw_name, authorships.affiliation
FROM authorships
JOIN authors ON authors.id = authorships.author_id
WHERE authorships.paper_id = :id
ORDER BY authorships.position
"""
_MENTIONS = """
SELECT
    paper_sources.id, paper_sources.document_id, paper_sources.line_start, paper_sources.line_end, paper_sources.path,
    paper_sources.title, paper_sources.byline, paper_sources.identifiers, paper_sources.has_abstract,
    paper_sources.abstract, paper_sources.raw_kind, paper_sources.edition_basis,
    paper_sources.listing_position, paper_sources.upvotes AS stated_upvotes, listing_entries.upvotes,
    documents.sha256, documents.uri, documents.format, documents.captured_on,
    editions.slug AS edition, editions.name AS edition_name, editions.starts_on, editions.ends_on,
    listings.key AS listing, listings.title AS listing_title, listings.source AS listing_source, listings.listed_on,
    listings.listed_month, listings.listed_day
FROM paper_sources
JOIN documents ON documents.id = paper_sources.document_id
LEFT JOIN editions ON editions.id = paper_sources.edition_id
LEFT JOIN listings ON listings.id = paper_sources.listing_id
LEFT JOIN listing_entries
    ON listing_entries.listing_id = paper_sources.listing_id
    AND listing_entries.position = paper_sources.listing_position
WHERE paper_sources.paper_id = :id
ORDER BY documents.uri, documents.sha256, paper_sources.line_start, paper_sources.path
"""
_SLOTS = """
SELECT
    slots.id, slots.kind, slots.raw_kind, slots.starts_at, slots.ends_at, slots.local_day, slots.local_start,
    slots.local_end, slots.poster_number, slots.award, coalesce(slots.room, sessions.room) AS room,
    slots.is_cancelled OR sessions.is_cancelled AS is_cancelled,
    coalesce(editions.time_zone, slots.time_zone) AS time_zone,
    sessions.key AS session, sessions.title AS session_title, editions.slug AS edition, editions.name AS edition_name
FROM slots
JOIN sessions ON sessions.id = slots.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
WHERE slots.paper_id = :id
ORDER BY slots.starts_at IS NULL, slots.starts_at, slots.id
"""
_SLOT_SOURCES = """
SELECT slot_sources.slot_id, slot_sources.paper_source_id, slot_sources.document_id, slot_sources.line_start,
    slot_sources.line_end, slot_sources.path, slot_sources.raw_time, slot_sources.raw_kind, slot_sources.room
FROM slots
JOIN slot_sources ON slot_sources.slot_id = slots.id
WHERE slots.paper_id = :id
"""
_REPO_LINKS = """
SELECT
    repositories.key, repositories.host, repositories.path, repositories.url, repo_links.role, repo_links.raw_url,
    repo_links.field, repo_links.char_start, repo_links.char_end, repo_links.rule, repo_links.paper_source_id,
    repo_links.stated_role
FROM repo_links
JOIN repositories ON repositories.id = repo_links.repository_id
WHERE repo_links.paper_id = :id
ORDER BY repo_links.role DESC, repositories.host, repositories.path, repo_links.paper_source_id, repo_links.char_start
"""
_PAPER_LINKS = """
SELECT kind, url, raw_url, field, char_start, char_end, paper_source_id
FROM paper_links
WHERE paper_id = :id
ORDER BY kind, url, paper_source_id, char_start
"""
_IDENTIFIERS = "SELECT scheme, value FROM paper_identifiers WHERE paper_id = :id ORDER BY scheme, value"
_SAME_TITLE = """
SELECT papers.key, papers.title, (
    SELECT group_concat(byline.name, ' · ')
    FROM (
        SELECT authors.name
        FROM authorships
        JOIN authors ON authors.id = authorships.author_id
        WHERE authorships.paper_id = papers.id
        ORDER BY authorships.position
        LIMIT 5
    ) AS byline
) AS authors
FROM papers
WHERE papers.title_key = :title_key AND papers.id <> :id
ORDER BY papers.key
LIMIT 20
"""


class Facts(NamedTuple):
    """All facts about a paper, each kind in the order in which it is shown."""

    paper: Row
    authors: list[Row]
    mentions: list[Row]
    slots: list[Row]
    slot_sources: list[Row]
    repo_links: list[Row]
    links: list[Row]
    identifiers: list[Row]
    same_title: list[Row]


async def facts_of(site: Site, key: str) -> Facts:
    """Return all facts about the paper with this key; raises NotFound."""
    paper = await site.one(_PAPER, key=key)
    return Facts(
        paper,
        authors=await site.rows(_AUTHORS, id=paper["id"]),
        mentions=await site.rows(_MENTIONS, id=paper["id"]),
        slots=await site.rows(_SLOTS, id=paper["id"]),
        slot_sources=await site.rows(_SLOT_SOURCES, id=paper["id"]),
        repo_links=await site.rows(_REPO_LINKS, id=paper["id"]),
        links=await site.rows(_PAPER_LINKS, id=paper["id"]),
        identifiers=await site.rows(_IDENTIFIERS, id=paper["id"]),
        same_title=await site.rows(_SAME_TITLE, id=paper["id"], title_key=paper["title_key"]),
    )


async def citation_of(site: Site, key: str) -> Citation:
    """Return the paper as a citation; raises NotFound."""
    row = await site.one(statement("citations", "sqlite"), keys=as_list([key]), edition="")
    return citation(list(row.values()))
