"""The rows of bibliographies, calendars and feeds: their SQL for either database, and named tuples of its rows.

The site uses it like this, over SQLite:

    cursor = connection.execute(statement("citations", "sqlite"), {"edition": "", "keys": as_list([key])})
    citations = (citation(row) for row in cursor)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.export.bibtex import Citation, paper_url
from programme.export.feeds import Entry
from programme.loaders.text.cleaning import clean_tex
from programme.queries.sql import rendered

if TYPE_CHECKING:
    from programme.export.chosen import Places

EVERY = "[]"
"""The list of keys that means all."""

MAX_KEYS = 500
"""Keys in a list: so many are looked up at a time."""

_FOLDER = Path(__file__).parent / "sql"
AUTHOR_SEPARATOR = " · "
SPELLING_SEPARATOR = "␞"


def statement(name: str, engine: str) -> str:
    """Return the SQL of a file in `programme/export/sql`, such as `citations`, for `sqlite` or `postgresql`.

    Its parameters are named, and always text; the head of the file lists them.
    """
    return rendered(_FOLDER, engine, name)


def as_list(keys: Iterable[str]) -> str:
    """Return keys as the JSON list that a statement takes; at least one, since no key means all."""
    return json.dumps(list(keys))


def batched(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield keys a list at a time."""
    for start in range(0, len(keys), MAX_KEYS):
        yield keys[start : start + MAX_KEYS]


def slot_values(places: Places | None = None, *, edition: str = "", day: str = "", session: str = "") -> dict[str, str]:
    """Return the parameters of `slots`, which then holds every slot of the sessions of chosen places."""
    sessions = places.session_keys if places else [session] if session else []
    papers = sorted(places.papers) if places else []
    return {"edition": edition, "day": day, "sessions": as_list(sessions), "papers": as_list(papers)}


def citation(row: Sequence[Any]) -> Citation:
    """Build a citation from a row of `citations`."""
    key, title, authors, spellings, has_more_authors, published, edition, year, identifiers, code = row
    stated_year, is_journal, has_edition, published_in = (published or "|0|0|").split("|", 3)
    # A preprint or another print of a paper of a known edition is not where it appeared.
    counts = has_edition == "1" or not edition
    return Citation(
        key,
        title,
        _authors(authors),
        clean_tex(published_in) if counts and published_in else edition,
        int(stated_year) if counts and stated_year else year,
        _identifiers(identifiers),
        code,
        is_journal=counts and is_journal == "1",
        has_more_authors=has_more_authors == 1,
        spellings=tuple(spellings.split(SPELLING_SEPARATOR)) if spellings else (),
    )


def entry(row: Sequence[Any], site: str | None = None) -> Entry:
    """Build an entry from a row of `new_papers` or `listing_papers`; `site`, a URL, links it to its page there."""
    key, title, updated, authors, abstract, identifiers, code, editions = row[:8]
    url = f"{site}/paper/{key}" if site else paper_url(_identifiers(identifiers))
    return Entry(key, title, updated, _authors(authors), abstract, url, code, editions)


def _authors(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(AUTHOR_SEPARATOR)) if joined else ()


def _identifiers(joined: str | None) -> tuple[tuple[str, str], ...]:
    """Split identifiers into pairs of scheme and value.

    >>> _identifiers("arxiv:2103.00020 doi:10.1/a:b")
    (('arxiv', '2103.00020'), ('doi', '10.1/a:b'))
    """
    pairs = (word.partition(":") for word in (joined or "").split())
    return tuple((scheme, value) for scheme, _, value in pairs)
