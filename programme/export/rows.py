"""The rows that bibliographies, calendars and feeds are made of: SQL for either database, and rows to named tuples.

In SQLite, as the site asks:

cursor = connection.execute(statement("citations", "sqlite"), {"edition": "", "key": key})
citations = (citation(row) for row in cursor)
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from programme.export.bibtex import Citation, address
from programme.export.feeds import Entry
from programme.queries.dialects import translate
from programme.queries.macros import expand

BETWEEN_AUTHORS = " · "
_PARAMETER = re.compile(r"'(?:[^']|'')*'|:(\w+)")
_MARK = {"sqlite": "?", "postgresql": "CAST(? AS text)"}


@cache
def statement(name: str, engine: str) -> str:
    """The SQL of `citations`, `slots`, `new_papers` or `listing_papers` for `sqlite` or `postgresql`.

    Parameters are named and all of them text; the head of each file in `loaders/export/sql` tells which there are.
    """
    return translate(_text(name), engine)


def bound(name: str, engine: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """The same SQL with a `?` for every parameter, as the store asks, and the values in their order."""
    return _bound(_text(name), engine, values)


@cache
def _text(name: str) -> str:
    """A statement as written, without comments."""
    text = (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    return expand("\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--")))


def _bound(text: str, engine: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """Put a `?` for each parameter.

    >>> _bound("SELECT ':no' WHERE a = :b OR :c = :b", "sqlite", {"b": "1", "c": "2"})
    ("SELECT ':no' WHERE a = ? OR ? = ?", ['1', '2', '1'])
    """
    names = [match[1] for match in _PARAMETER.finditer(text) if match[1]]
    positional = _PARAMETER.sub(lambda match: _MARK[engine] if match[1] else match[0], text)
    return translate(positional, engine), [values[name] for name in names]


def citation(row: Sequence[Any]) -> Citation:
    """A row of `citations`."""
    key, title, authors, edition, year, identifiers, code = row
    return Citation(key, title, _authors(authors), edition, year, _identifiers(identifiers), code)


def entry(row: Sequence[Any], site: str | None = None) -> Entry:
    """A row of `new_papers` or `listing_papers`; linked to its page where `site` is an address, `https://example.org`."""
    key, title, updated, authors, abstract, identifiers, code, editions = row[:8]
    url = f"{site}/paper/{key}" if site else address(_identifiers(identifiers))
    return Entry(key, title, updated, _authors(authors), abstract, url, code, editions)


def _authors(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(BETWEEN_AUTHORS)) if joined else ()


def _identifiers(joined: str | None) -> tuple[tuple[str, str], ...]:
    """Schemes and values.

    >>> _identifiers("arxiv:2103.00020 doi:10.1/a:b")
    (('arxiv', '2103.00020'), ('doi', '10.1/a:b'))
    """
    pairs = (word.partition(":") for word in (joined or "").split())
    return tuple((scheme, value) for scheme, _, value in pairs)
