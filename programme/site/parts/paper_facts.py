"""All facts about one paper: a query for each kind of fact."""

from __future__ import annotations

from typing import NamedTuple

from programme.export.bibtex import Citation
from programme.export.rows import as_list, citation, statement
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

_PAPER = "SELECT id, key, title_key, title, abstract FROM papers WHERE key = :key"
_AUTHORS = sql_of("paper_facts/authors")
_MENTIONS = sql_of("paper_facts/mentions")
_SLOTS = sql_of("paper_facts/slots")
_SLOT_SOURCES = sql_of("paper_facts/slot_sources")
_REPO_LINKS = sql_of("paper_facts/repo_links")
_PAPER_LINKS = sql_of("paper_facts/paper_links")
_IDENTIFIERS = "SELECT scheme, value FROM paper_identifiers WHERE paper_id = :id ORDER BY scheme, value"
_SAME_TITLE = sql_of("paper_facts/same_title")


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
