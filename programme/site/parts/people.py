"""People and repositories of many papers or sessions at once, for pages that link them."""

import json
from collections.abc import Iterable

from programme.site.parts.site import Row, Site

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


async def authors_of(site: Site, papers: Iterable[int | None]) -> dict[int, list[Row]]:
    """Key and name of the authors of papers, in the order of each byline."""
    return await _by_id(site, _AUTHORS, papers)


async def moderators_of(site: Site, sessions: Iterable[int]) -> dict[int, list[Row]]:
    """Key and name of the moderators of sessions, in their order."""
    return await _by_id(site, _MODERATORS, sessions)


async def _by_id(site: Site, sql: str, ids: Iterable[int | None]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in await site.rows(sql, ids=json.dumps(sorted({each for each in ids if each is not None}))):
        found.setdefault(row.pop("id"), []).append(row)
    return found
