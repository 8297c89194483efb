"""Search: papers by words, venue, year, kind and code, people by name, and suggestions when nothing matches."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from programme.exceptions import QueryError
from programme.letters import plain_name
from programme.loaders.store.keys import author_key
from programme.loaders.text.names import name_form
from programme.parameters import unknown_value
from programme.patterns import lazy_pattern
from programme.schema.vocabularies import KINDS
from programme.site.parts.related import keys_of
from programme.site.parts.search_results import SearchQuery, facets_of, hits_of, results_of
from programme.site.parts.search_words import check_words
from programme.site.parts.site import Page, Row, Site
from programme.site.parts.sql import sql_of
from programme.site.parts.taking import Chosen, taking

PAGE_SIZE = 20
MAX_PEOPLE = 6
MAX_NAME_WORDS = 4

FIELDS = ("q", "venue", "year", "kind", "code")
"""The arguments of the URL, besides `page`."""

_EDITIONS = sql_of("search/editions")
_PEOPLE = sql_of("search/people")
_PEOPLE_MEANT = sql_of("search/people_meant")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")


async def _chosen(site: Site) -> Chosen:
    """Return the papers that a search finds, the best first."""
    site.check_arguments((*FIELDS, "page"))
    fields = {name: value for name in FIELDS if (value := site.arg(name))}
    check_words(fields.get("q", ""))
    query = _query({name: fields.get(name, "") for name in FIELDS}, await site.rows(_EDITIONS))
    words = [*(fields[name] for name in fields if name != "code"), *(["with code"] if query.code else ())]
    keys = await keys_of(site, (await hits_of(site, query)).ids)
    return Chosen(f"Papers: {', '.join(words) or 'the newest'}", f"/search?{urlencode(fields)}".rstrip("?"), keys)


async def search(site: Site) -> Page:
    """Show what a search finds."""
    site.check_arguments((*FIELDS, "page"))
    fields = {name: site.arg(name) for name in FIELDS}
    check_words(fields["q"])
    editions = await site.rows(_EDITIONS)
    query = _query(fields, editions)
    meant = _with_venue(fields, editions)
    hits, people = await asyncio.gather(hits_of(site, query), _people(site, meant.get("q", query.words)))
    page, pages = site.page(len(hits.ids), PAGE_SIZE)
    shown = {
        "fields": {name: value for name, value in fields.items() if value},
        "total": hits.total,
        "counted": len(hits.ids),
        "order": hits.order,
        "page": page,
        "pages": pages,
        "facets": await facets_of(site, query, hits.ids),
        "people": people if page == 1 else [],
        "results": await results_of(site, query, hits.ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        "try": _suggestions(fields, meant, is_found=bool(hits.ids)),
        "venues": {row["venue"]: row["venue_name"] for row in editions},
        "years": sorted({row["year"] for row in editions}, reverse=True),
        "kinds": [kind for kind in KINDS if kind not in ("break", "other")],
    }
    return Page("search", shown)


def _query(fields: dict[str, str], editions: Sequence[Row]) -> SearchQuery:
    """Return the search that the fields ask for, with venue and year as ids of editions.

    Raises QueryError for a venue, year or kind that there is none of.
    """
    years = sorted({row["year"] for row in editions}, reverse=True)
    known = {"venue": [row["venue"] for row in editions], "year": [*map(str, years)], "kind": KINDS}
    for name, values in known.items():
        if fields[name] and fields[name].lower() not in values:
            raise QueryError(f"There is {unknown_value(name, fields[name], dict.fromkeys(values))}")
    ids = None
    if fields["venue"] or fields["year"]:
        ids = tuple(
            row["id"]
            for row in editions
            if fields["venue"].lower() in ("", row["venue"]) and fields["year"] in ("", str(row["year"]))
        )
    return SearchQuery(fields["q"], fields["kind"].lower(), fields["code"] not in ("", "0"), ids)


async def _people(site: Site, words: str) -> list[Row]:
    """Return authors with names in which some word begins with each of these, an exact match of the name first.

    Without any, those with names that have each of the words, or one that is a letter off.
    """
    parts = [] if re.search(r'["*\d]', words) else plain_name(words).split()
    if not 0 < len(parts) <= MAX_NAME_WORDS or max(map(len, parts)) < 2:
        return []
    values = {f"w{n}": part for n, part in enumerate(parts + [""] * (MAX_NAME_WORDS - len(parts)))}
    found = await site.rows(_PEOPLE, key=author_key(name_form(words)), most=MAX_PEOPLE, **values)
    return found or await site.rows_in_time(_PEOPLE_MEANT, words=json.dumps(parts), most=MAX_PEOPLE) or []


def _suggestions(fields: dict[str, str], meant: dict[str, str], *, is_found: bool) -> list[Row]:
    """Return other searches to try: a text and the arguments of the URL."""
    tries: list[tuple[str, dict[str, str]]] = []
    if meant:
        name = meant["name"]
        args = {field: value for field, value in meant.items() if field != "name"}
        tries.append((f"“{meant['q']}” at {name}" if meant["q"] else f"all papers of {name}", args))
    if is_found:
        return [{"text": text, "fields": args} for text, args in tries]
    if any(value for name, value in fields.items() if name != "q"):
        tries.append(("the same words without filters", {"q": fields["q"]}))
    words = [word for word in re.sub(r'["*]', " ", meant.get("q", fields["q"])).split() if len(word) > 1]
    if '"' in fields["q"]:
        tries.append(("the words in any order", {**fields, "q": " ".join(words)}))
    if words and "*" not in fields["q"]:
        starred = " ".join(f"{word[:-1] if len(word) > 4 else word}*" for word in words)
        tries.append((f"words that start like these: {starred}", {**fields, "q": starred}))
    if len(words) > 1:
        tries += [(f"only “{word}”", {"q": word}) for word in words[:5]]
    return [{"text": text, "fields": args} for text, args in tries]


def _with_venue(fields: dict[str, str], editions: Iterable[Row]) -> dict[str, str]:
    """Return the search with venue and year taken from its words; empty when the words name no venue.

    >>> rows = [{"venue": "icml", "venue_name": "ICML", "year": 2022}]
    >>> _with_venue({"q": "contrastive ICML 2022", "venue": "", "year": ""}, rows)
    {'q': 'contrastive', 'venue': 'icml', 'year': '2022', 'name': 'ICML 2022'}
    """
    words = fields["q"].split()
    names = {row["venue"]: row["venue_name"] for row in editions}
    venue = next((word.lower() for word in words if word.lower() in names), "")
    if not venue or fields["venue"]:
        return {}
    year = next((word for word in words if _YEAR.fullmatch(word)), "")
    rest = [word for word in words if word.lower() != venue and word != year]
    found = {**fields, "q": " ".join(rest), "venue": venue, "year": year or fields["year"]}
    return {**found, "name": " ".join(filter(None, (names[venue], found["year"])))}


ROUTES = [*taking("/search", _chosen), ("/search", search)]
