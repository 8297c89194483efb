"""The page of a paper: title, authors, abstract, presentations, code, links, and the sources of each fact."""

from __future__ import annotations

from itertools import groupby

from programme.export.bibtex import citation_key, entry, paper_url
from programme.loaders.store.identity import SITE
from programme.site.parts.changes import changes_on_page, of_paper
from programme.site.parts.citation_tags import citation_tags, coins
from programme.site.parts.clocks import moment
from programme.site.parts.corrected import corrected_fields
from programme.site.parts.highlights import Piece, found_places, pieces, stated_places, web_url
from programme.site.parts.paper_corrections import correction_of_repository, corrections_of_paper, with_corrections
from programme.site.parts.paper_facts import Facts, citation_of, facts_of
from programme.site.parts.paper_sources import KINDS, links_of, numbers_of, sources_of
from programme.site.parts.permalinks import redirecting
from programme.site.parts.similar import similar_to
from programme.site.parts.site import File, Page, Row, Site
from programme.site.parts.taking import Chosen, taking

SCHEMES = {"acl": "ACL Anthology", "arxiv": "arXiv", "doi": "DOI", "openreview": "OpenReview", "pmlr": "PMLR"}
"""Display names of the schemes of identifiers."""
_ROLES = ("own", "other", "denied")


async def paper(site: Site) -> Page:
    """Show a paper."""
    facts = await facts_of(site, site.request.url_vars["key"])
    numbers = numbers_of(facts)
    cited = await citation_of(site, facts.paper["key"])
    corrections = await corrections_of_paper(site, facts)
    presented, listings = _presented(facts, numbers), _listings(facts, numbers)
    await with_corrections(site, facts, presented, listings)
    shown = {
        "key": facts.paper["key"],
        "title": facts.paper["title"],
        "title_sources": list(numbers.values()),
        "authors": facts.authors,
        "authors_sources": [numbers[row["id"]] for row in facts.mentions if row["byline"]],
        "abstract": _abstract(facts),
        "abstract_sources": [numbers[row["id"]] for row in facts.mentions if row["has_abstract"]],
        "presented": presented,
        "editions": _editions(facts, numbers),
        "repositories": _repositories(facts, numbers, corrections),
        "links": _links(facts, numbers),
        "identifiers": _identifiers(facts, numbers),
        "listings": listings,
        "same_title": facts.same_title,
        "similar": await similar_to(site, facts.paper),
        "corrections": corrections,
        "changes": await changes_on_page(site, of_paper(facts.paper["key"]), paper=facts.paper["key"]),
        "sources": await sources_of(site, facts, corrected_fields(corrections)),
        "bibtex": entry(cited),
        "citation_tags": citation_tags(cited, facts.paper["abstract"]),
        "coins": coins(cited),
    }
    return Page("papers", shown)


async def bibliography(site: Site) -> File:
    """Return a paper as a BibTeX file."""
    citation = await citation_of(site, site.request.url_vars["key"])
    return File(f"{entry(citation)}\n", "application/x-bibtex; charset=utf-8", f"{citation_key(citation)}.bib")


async def _chosen(site: Site) -> Chosen:
    """Return the paper alone."""
    found = await citation_of(site, site.request.url_vars["key"])
    return Chosen(found.title, f"/paper/{found.key}", [found.key])


def _abstract(facts: Facts) -> list[Piece]:
    """Return the abstract with its links highlighted.

    A mention with exactly this text states where its links stand. Those of other mentions are searched for.
    """
    text = facts.paper["abstract"]
    if not text:
        return []
    with_this_text = [row["id"] for row in facts.mentions if row["has_abstract"] and row["abstract"] is None]
    others = [row["id"] for row in facts.mentions if row["id"] not in with_this_text]
    places = stated_places(text, links_of(facts, "abstract", with_this_text))
    places += found_places(text, links_of(facts, "abstract", others))
    return pieces(text, places)


def _presented(facts: Facts, numbers: dict[int, int]) -> list[Row]:
    """Return the slots of the paper, each with the numbers of its sources."""
    stated: dict[int, list[int]] = {}
    for row in facts.slot_sources:
        stated.setdefault(row["slot_id"], []).append(numbers[row["paper_source_id"]])
    return [
        {
            **{name: value for name, value in slot.items() if name != "id"},
            "zone": moment(slot["starts_at"], slot["time_zone"]).zone if slot["starts_at"] else None,
            "sources": sorted(stated.get(slot["id"], [])),
        }
        for slot in facts.slots
    ]


def _editions(facts: Facts, numbers: dict[int, int]) -> list[Row]:
    """Return the editions that lists state, where it has no slot or the list states a kind of its own."""
    slotted = {(slot["edition"], None) for slot in facts.slots}
    found: dict[tuple[str, str | None], Row] = {}
    for row in facts.mentions:
        place = (row["edition"], row["raw_kind"])
        if row["edition"] and place not in slotted:
            names = ("edition", "edition_name", "starts_on", "ends_on", "raw_kind")
            found.setdefault(place, {**{name: row[name] for name in names}, "sources": []})
            found[place]["sources"].append(numbers[row["id"]])
    return list(found.values())


def _repositories(facts: Facts, numbers: dict[int, int], corrections: list[Row]) -> list[Row]:
    """Return each repository once, the paper's own first."""
    found = []
    for key, rows in groupby(sorted(facts.repo_links, key=lambda row: str(row["key"])), key=lambda row: row["key"]):
        links = list(rows)
        first = links[0]
        role = max(row["role"] for row in links)
        found.append(
            {
                "key": key,
                "name": f"{first['host']}/{first['path']}",
                "url": first["url"],
                "role": role,
                "correction": correction_of_repository(first["url"], role, corrections),
                "sources": sorted({numbers[row["paper_source_id"]] for row in links if row["rule"] != "correction"}),
            }
        )
    return sorted(found, key=lambda row: (_ROLES.index(row["role"]), row["name"]))


def _links(facts: Facts, numbers: dict[int, int]) -> list[Row]:
    """Return each other link once."""
    found: dict[str, Row] = {}
    for row in facts.links:
        kind = KINDS.get(row["kind"], row["kind"])
        link = found.setdefault(
            row["url"], {"kind": kind, "url": web_url(row["url"]), "text": row["url"], "sources": []}
        )
        link["sources"] = sorted({*link["sources"], numbers[row["paper_source_id"]]})
    return list(found.values())


def _identifiers(facts: Facts, numbers: dict[int, int]) -> list[Row]:
    """Return each identifier with its URL; the numbers on a site say nothing to a reader."""
    return [
        {
            "scheme": row["scheme"],
            "name": SCHEMES.get(row["scheme"], row["scheme"]),
            "value": row["value"],
            "url": paper_url([(row["scheme"], row["value"])]),
            "sources": [
                numbers[mention["id"]]
                for mention in facts.mentions
                if f"{row['scheme']}:{row['value']}" in (mention["identifiers"] or "").split()
            ],
        }
        for row in facts.identifiers
        if row["scheme"] != SITE
    ]


def _listings(facts: Facts, numbers: dict[int, int]) -> list[Row]:
    """Return the listings that the paper is on."""
    place = ("listing_position", "upvotes")
    names = ("listing", "listing_title", "listing_source", "listed_on", "listed_month", "listed_day", *place)
    return [
        {**{name: row[name] for name in names}, "sources": [numbers[row["id"]]]}
        for row in facts.mentions
        if row["listing"]
    ]


ROUTES = [
    ("/paper/{key}.bib", redirecting("paper", bibliography, ".bib")),
    *taking("/paper/{key}", _chosen, ("ris", "ics"), kind="paper"),
    ("/paper/{key}", redirecting("paper", paper)),
]
