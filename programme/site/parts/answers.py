"""Answers that fit the budget of a language model: the schema, the list of queries, and rows, in a few kilobytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from programme.messages import printable_json
from programme.patterns import lazy_pattern
from programme.queries import GROUPS, Query, catalogue
from programme.site.database import with_lengths
from programme.site.metadata import described_tables
from programme.site.parts.cell_links import TABLES, page_of
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

MAX_ROWS = 100
"""Rows of an answer unless more are asked for."""

MAX_ANSWER_BYTES = 40_000
"""Most bytes of the rows of an answer, however many are asked for: some ten thousand tokens."""

MAX_TEXT = 300
"""Characters of a value that are shown unless whole texts are asked for."""

MAX_NAMES = 4
"""Tables or queries that are described at a time."""

_KINDS = ("paper", "session", "author", "repository", "listing", "document", "source", "edition")
"""What a row is about, if it has the keys of several things: the first of these."""

_COLUMNS = sql_of("answers/columns")
_READ_FROM = lazy_pattern(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
_SENTENCE = lazy_pattern(r"(?<=[.:]) (?=[A-Z“])")


def as_json(answer: Any) -> str:
    """Return an answer as JSON without spaces."""
    return printable_json(json.dumps(answer, ensure_ascii=False, separators=(",", ":"), default=str))


def schema() -> str:
    """Return the name of each table and view with what a row of it is."""
    tables: list[str] = []
    views: list[str] = []
    for name, described in described_tables().items():
        line = f"{name}: {_row_of(described['description'])}"
        (views if name in catalogue() else tables).append(line)
    return "\n".join(["## Views, to ask first", *views, "", "## Tables, one kind of fact each", *tables])


async def columns(site: Site, table: str) -> str:
    """Return what a table or view is, and the columns of it with their types and meanings."""
    described = described_tables()[table]
    lines = [f"## {table}: {described['description']}"]
    for row in await site.rows(_COLUMNS, table=table):
        target = f" → {row['target']}" if row["target"] else ""
        meaning = described["columns"].get(row["name"], "")
        lines.append(f"{row['name']} {row['type'].upper()}{target}: {meaning}")
    return "\n".join(lines)


def queries() -> str:
    """Return the name, parameters and title of each curated query with parameters."""
    lines = []
    for group in GROUPS:
        found = [query for query in catalogue().values() if query.group == group and query.params]
        lines += [f"## {group}", *map(_signature, found)] if found else []
    return "\n".join(lines)


def described(query: Query) -> str:
    """Return what a query gives, and its parameters and columns."""
    lines = [f"## {_signature(query)}", query.description]
    for heading, entries in (("Parameters", query.params), ("Columns", query.columns)):
        if entries:
            lines += [f"{heading}:", *(f"- {entry.name}: {entry.explanation}" for entry in entries)]
    return "\n".join(lines)


def _signature(query: Query) -> str:
    return f"{query.name}({', '.join(param.name for param in query.params)}): {query.title}"


def _row_of(description: str) -> str:
    """Return what a row of a table or view is, in a sentence.

    >>> _row_of("A series, such as ICML. One row per series."), _row_of("One row per entry. Days are local.")
    ('A series, such as ICML.', 'One row per entry.')
    """
    return _SENTENCE.split(description)[0].rstrip(":")


class Wanted(NamedTuple):
    """How much of a result is asked for: the number of rows, and whether long texts are shown whole."""

    limit: int = MAX_ROWS
    whole_texts: bool = False


def rows_of(site: Site, names: Sequence[str], found: Iterable[Sequence[Any]], wanted: Wanted, sql: str) -> Row:
    """Return rows as lists under the names of their columns, each with the URL of what it is about, as far as they fit.

    `is_cut` says whether there are more rows.
    """
    table = _table_of(sql)
    rows: list[list[Any]] = []
    size = 0
    is_cut = False
    for values in found:
        path = _page_of_row(table, dict(zip(names, values, strict=True)))
        row = [_shown(value, wanted) for value in with_lengths(list(values))]
        row.append(site.absolute(path) if path else None)
        size += len(as_json(row).encode())
        if len(rows) == wanted.limit or (rows and size > MAX_ANSWER_BYTES):
            is_cut = True
            break
        rows.append(row)
    shown = [*names, "permalink"]
    if rows and not any(row[-1] for row in rows):
        shown, rows = shown[:-1], [row[:-1] for row in rows]
    return {"columns": shown, "rows": rows, "is_cut": is_cut}


def _shown(value: Any, wanted: Wanted) -> Any:
    if isinstance(value, str) and len(value) > MAX_TEXT and not wanted.whole_texts:
        return f"{value[:MAX_TEXT]}… ({len(value)} characters)"
    return value


def _page_of_row(table: str | None, row: Mapping[str, Any]) -> str | None:
    """Return the path of the page of what a row is about.

    >>> _page_of_row(None, {"edition": "icml-2022", "paper_key": "9f31", "author_key": None})
    '/paper/9f31'
    """
    found: dict[str, str] = {}
    for column, value in row.items():
        if isinstance(value, str) and value and (path := page_of(table, column, row)):
            found.setdefault(path.split("/")[1], path)
    return next((found[kind] for kind in _KINDS if kind in found), None)


def _table_of(sql: str) -> str | None:
    """Return the table whose rows a statement gives, if it reads from one alone: only then is `key` the key of those.

    >>> _table_of("SELECT key FROM papers"), _table_of("SELECT key FROM papers JOIN slots"), _table_of("SELECT 1")
    ('papers', None, None)
    """
    tables = {name.lower() for name in _READ_FROM.findall(sql)}
    return next(iter(tables)) if len(tables) == 1 and tables <= TABLES.keys() else None
