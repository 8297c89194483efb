"""Authors, moderators and editions of many papers or sessions at once, for lists that link to them."""

import json
from collections.abc import Iterable

from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

_KEYS = "SELECT papers.id, papers.key FROM json_each(:ids) AS wanted JOIN papers ON papers.id = wanted.value"
_AUTHORS = sql_of("related/authors")
_MODERATORS = sql_of("related/moderators")
_EDITIONS = sql_of("related/editions")


async def keys_of(site: Site, papers: Iterable[int]) -> list[str]:
    """Return the keys of papers, in this order."""
    ids = list(papers)
    keys = {row["id"]: row["key"] for row in await site.rows(_KEYS, ids=json.dumps(ids))}
    return [keys[id_] for id_ in ids]


async def authors_of(site: Site, papers: Iterable[int | None]) -> dict[int, list[Row]]:
    """Return key and name of the authors of each paper, in the order of its byline."""
    return await _by_id(site, _AUTHORS, papers)


async def moderators_of(site: Site, sessions: Iterable[int]) -> dict[int, list[Row]]:
    """Return key and name of the moderators of each session, in their order."""
    return await _by_id(site, _MODERATORS, sessions)


async def editions_of(site: Site, papers: Iterable[int]) -> dict[int, list[Row]]:
    """Return slug, name and year of the editions of each paper, whether a programme or a list states them."""
    return await _by_id(site, _EDITIONS, papers)


async def _by_id(site: Site, sql: str, ids: Iterable[int | None]) -> dict[int, list[Row]]:
    """Run a query with these ids; return its rows by their `id`."""
    found: dict[int, list[Row]] = {}
    for row in await site.rows(sql, ids=json.dumps(sorted({each for each in ids if each is not None}))):
        found.setdefault(row.pop("id"), []).append(row)
    return found
