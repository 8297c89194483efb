"""What curators have corrected of a paper, and of the sessions and listings it is in."""

from __future__ import annotations

from collections.abc import Iterable

from programme.site.parts.corrected import (
    Subject,
    corrected_elsewhere,
    corrections_of,
    distinct,
    name_of,
    names_of_papers,
    slot_titled,
)
from programme.site.parts.paper_facts import Facts
from programme.site.parts.site import Row, Site


async def corrections_of_paper(site: Site, facts: Facts) -> list[Row]:
    """Return the corrections of a paper, each with what documents state."""
    rows = (*facts.mentions, *facts.slots)
    editions = distinct(row["edition"] for row in rows)
    return await corrections_of(
        site, Subject("paper", facts.paper["key"], _stated(facts), distinct(_titles(facts)), editions)
    )


async def with_corrections(site: Site, facts: Facts, presented: list[Row], listings: list[Row]) -> None:
    """Add to each slot and listing of a paper the corrections of what the page shows of it."""
    keys = [*(str(slot["session"]) for slot in presented), *(str(listing["listing"]) for listing in listings)]
    if not keys:
        return
    names = (await names_of_papers(site, [facts.paper["id"]]))[facts.paper["id"]]
    names += [name_of(slot_titled(title)) for title in distinct(_titles(facts))]
    found = await corrected_elsewhere(site, keys, names)
    for row in presented:
        row["corrections"] = found[row["session"]]
    for row in listings:
        row["corrections"] = found[row["listing"]]


def correction_of_repository(url: str, role: str, corrections: Iterable[Row]) -> Row | None:
    """Return number and reason of the correction that gives a repository its role; None where none does."""
    wanted = ("deny_repositories",) if role == "denied" else ("add_repositories", "repository_roles")
    for row in corrections:
        if row["field"] in wanted and not row["is_overruled"]:
            things = row["value"].lower().split(", ")
            if any(url.lower() in (thing, thing.rpartition(": ")[0]) for thing in things):
                return {"number": row["number"], "reason": row["reason"]}
    return None


def _titles(facts: Facts) -> Iterable[str]:
    return (row["title"] for row in facts.mentions)


def _stated(facts: Facts) -> dict[str, list[str]]:
    """Return what documents state of a paper, by the field of a correction."""
    abstracts = (row["abstract"] or facts.paper["abstract"] for row in facts.mentions if row["has_abstract"])
    identifiers = distinct(one for row in facts.mentions for one in (row["identifiers"] or "").split())
    links = [row for row in facts.repo_links if row["rule"] != "correction"]
    repositories = distinct(row["url"] for row in links)
    return {
        "title": distinct(_titles(facts)),
        "authors": distinct(row["byline"] for row in facts.mentions),
        "abstract": distinct(abstracts),
        "edition": distinct(row["edition_name"] for row in (*facts.mentions, *facts.slots)),
        "add_identifiers": identifiers,
        "deny_identifiers": identifiers,
        "add_repositories": repositories,
        "deny_repositories": repositories,
        "repository_roles": distinct(f"{row['url']}: {row['stated_role'] or row['role']}" for row in links),
    }
