"""Papers like another: those that share its rarest words, by BM25 over titles and abstracts.

SQLite's full-text index makes it fast, and PostgreSQL and DuckDB have none that gives the same order; so it is on the
site, and no curated query.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from programme.patterns import lazy_pattern
from programme.site.parts.related import authors_of, editions_of
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

MAX_SHOWN = 8
"""Papers that a page shows."""

MAX_WORDS = 200
"""Words of a paper that are looked at, those of the title first."""

TOO_COMMON = 3000
"""Papers with a word from which on it says nothing: in most databases few words but those of grammar have so many."""

MAX_MATCHES = 20_000
"""Papers that are compared, so that the page takes as long in a database of a million papers."""

COUNTS = sql_of("similar/counts")
"""SQL that counts the papers with each word, up to a number."""

NEAREST = sql_of("similar/nearest")
"""SQL that selects the papers nearest to one; a word in the title counts twice."""

_WORD = lazy_pattern(r"[^\W\d_]{3,}")


async def similar_to(site: Site, paper: Row) -> list[Row]:
    """Return the papers most like one, given its id, title and abstract, the nearest first."""
    words = json.dumps(words_of(paper["title"], paper["abstract"]))
    counted = await site.rows(COUNTS, words=words, too_common=TOO_COMMON)
    expression = expression_of((row["word"], row["papers"]) for row in counted)
    if not expression:
        return []
    found = await site.rows(NEAREST, expression=expression, id=paper["id"], most=MAX_SHOWN)
    ids = [row["id"] for row in found]
    authors, editions = await authors_of(site, ids), await editions_of(site, ids)
    return [
        {
            "key": row["key"],
            "title": row["title"],
            "authors": [author["name"] for author in authors.get(row["id"], [])],
            "editions": [edition["name"] for edition in editions.get(row["id"], [])],
        }
        for row in found
    ]


def words_of(title: str, abstract: str | None) -> list[str]:
    """Return the different words of a paper, in lower case and in order.

    >>> words_of("Oven Pots", "Pots of 300 degrees.")
    ['oven', 'pots', 'degrees']
    """
    words = (word[0].lower() for word in _WORD.finditer(f"{title} {abstract or ''}"))
    return list(dict.fromkeys(words))[:MAX_WORDS]


def expression_of(counted: Iterable[tuple[str, int]]) -> str:
    """Return an expression of FTS5 for the rarest of these words that other papers have too; empty without any.

    >>> expression_of([("pots", 7), ("oven", 2), ("the", 3000), ("kiln", 1)])
    '"oven" OR "pots"'
    """
    chosen, matches = [], 0
    for word, papers in sorted(counted, key=lambda one: (one[1], one[0])):
        matches += papers
        if papers >= TOO_COMMON or matches > MAX_MATCHES:
            break
        if papers > 1:
            chosen.append(f'"{word}"')
    return " OR ".join(chosen)
