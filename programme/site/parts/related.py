"""Authors, moderators and editions of many papers or sessions at once, for lists that link to them."""

import json
from collections.abc import Iterable

from programme.site.parts.site import Row, Site

_KEYS = "SELECT papers.id, papers.key FROM json_each(:ids) AS wanted JOIN papers ON papers.id = wanted.value"
_AUTHORS = """
SELECT authorships.paper_id AS id, authors.key, authors.name
FROM json_each(:ids) AS wanted
JOIN authorships ON authorships.paper_id = wanted.value
JOIN authors ON authors.id = authorships.author_id
ORDER BY authorships.paper_id, authorships.position
"""
_MODERATORS = """
SELECT session_moderators.session_id AS id, authors.key, authors.name
FROM json_each(:ids) AS wanted
JOIN session_moderators ON session_moderators.session_id = wanted.value
JOIN authors ON authors.id = session_moderators.author_id
ORDER BY session_moderators.session_id, session_moderators.position
"""
_EDITIONS = """
WITH wanted AS (
    SELECT value AS id FROM json_each(:ids)
)

SELECT DISTINCT wanted.id, editions.slug, editions.name, editions.year
FROM wanted
JOIN paper_editions ON paper_editions.paper_id = wanted.id
JOIN editions ON editions.id = paper_editions.edition_id
ORDER BY 1, 4, 2
"""


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
