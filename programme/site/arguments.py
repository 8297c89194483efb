"""Wrong arguments for Datasette's pages of tables and queries, which it would ignore or fail on itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from datasette.database import QueryInterrupted
from datasette.utils import sqlite3, sqlite_timelimit, tilde_decode

from programme.exceptions import QueryError
from programme.filters import parameter_values
from programme.loaders.text.suggestions import did_you_mean
from programme.parameters import CHOICES, MAX_SHOWN, check_known, check_values, wrong_form
from programme.patterns import lazy_pattern
from programme.queries import Query, catalogue
from programme.site.parts.taking import FORMS
from programme.subjects import SUBJECTS

_ENDING = lazy_pattern(rf"\.(json|csv|blob|{'|'.join(FORMS)})$")
MAX_MS = 1_000
"""Longest that values are looked for before a query runs."""
MAX_DIGITS = 9

_OF_NUMBERS = ("_timelimit",)
_EXPLAIN = lazy_pattern(r"\s*(explain|--|/\*)", re.I)
"""The beginning of SQL that cannot be explained, or not seen to be."""

_COMPARED = ("", "exact", "not", "gt", "gte", "lt", "lte")
"""The comparisons of Datasette in which a value has to be like those of the column."""

_OF_COLUMNS = ("_sort", "_sort_desc", "_facet", "_facet_date", "_facet_array")


def route_of(path: str) -> str:
    """Return the part of a path that names a database.

    >>> route_of("/programme/papers.json"), route_of("/programme.csv"), route_of("/")
    ('programme', 'programme', '')
    """
    return _ENDING.sub("", path.split("/")[1])


async def problem_of(datasette: Any, database: Any, path: str, query_string: bytes) -> str | None:
    """Return what is wrong with the arguments for a page of SQL, a table or curated query; None where nothing is.

    A database that is not open to everyone says nothing about its columns and values here.
    """
    parts = path.split("/")
    is_open = await datasette.permission_allowed(None, "view-database", database.name, default=True)
    given = parse_qsl(query_string.decode("latin1"), keep_blank_values=True, errors="replace")
    if problem := _problem_of_numbers(_OF_NUMBERS, given):
        return problem
    if len(parts) == len(("", "database.csv")) and path.endswith(".csv") and is_open:
        # Datasette would answer with an empty file and status 200.
        return await _problem_of_sql(datasette, database, given)
    if len(parts) != len(("", "database", "table")) or not is_open:
        return None
    name = _ENDING.sub("", tilde_decode(parts[2]))
    values = {argument: value for argument, value in given if not argument.startswith("_")}
    try:
        query = catalogue().get(name)
        if query and not query.is_view:
            await check_values_known(database, query, parameter_values(query, values))
            return None
        if query and (problem := _problem_of_numbers(("_next",), given)):
            return problem
        columns = await database.table_columns(name) if query or await database.table_exists(name) else []
    except QueryError as error:
        return str(error)
    except (sqlite3.Error, QueryInterrupted):
        return None
    if not columns:
        return None
    return _problem_of_columns(name, columns, given) or (_problem_of_values(name, given) if query else None)


async def _problem_of_sql(datasette: Any, database: Any, given: Sequence[tuple[str, str]]) -> str | None:
    """Return what SQLite says of SQL that it cannot prepare; None where it can, or where not everyone may run SQL."""
    values = _Given(reversed(given))
    sql = values["sql"]
    is_allowed = await datasette.permission_allowed(None, "execute-sql", database.name, default=True)
    if not is_allowed or not sql.strip() or _EXPLAIN.match(sql):
        return None
    try:
        await database.execute_fn(lambda connection: connection.execute(f"EXPLAIN {sql}", values))
    except sqlite3.OperationalError as error:
        return f"The SQL is wrong: {error}"
    except (sqlite3.Error, ValueError):  # of values, or a NUL
        return None
    return None


class _Given(dict[str, str]):
    """Values of the parameters of SQL; one that is not given is empty, as in Datasette."""

    def __missing__(self, name: str) -> str:
        return ""


async def check_values_known(database: Any, query: Query, values: Mapping[str, str]) -> None:
    """Raise QueryError for the value of a parameter that is wrong or that the database does not hold."""
    check_values(query, values)

    def check(connection: Any) -> None:
        with sqlite_timelimit(connection, MAX_MS):
            check_known(query, values, lambda sql, *given: [row[0] for row in connection.execute(sql, given)])

    if (CHOICES.keys() | SUBJECTS.keys()) & {name for name, value in values.items() if value}:
        await database.execute_fn(check)


def _problem_of_numbers(names: Sequence[str], given: Sequence[tuple[str, str]]) -> str | None:
    """Return which of the arguments that must be numbers is none; the rows of a view are counted, not named.

    >>> _problem_of_numbers(("_next",), [("_next", "abc")])
    "_next must be a whole number, not 'abc'"
    """
    for argument, value in given:
        if argument in names and not (value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS):
            return f"{argument} must be a whole number, not {value[:MAX_SHOWN]!r}"
    return None


def _problem_of_columns(table: str, columns: Sequence[str], given: Sequence[tuple[str, str]]) -> str | None:
    """Return what is wrong with the filters, facets and order of a table.

    >>> _problem_of_columns("papers", ["key", "title"], [("title__contains", "a"), ("_sort", "titel")])
    "papers has no column 'titel'; did you mean title?"
    """
    for argument, value in given:
        if argument == "_through" and not _is_through(value):
            return "_through takes a JSON object with table, column and value"
        if argument.startswith("_"):
            column = value if argument in _OF_COLUMNS else ""
        else:
            column = argument if argument in columns else argument.rsplit("__", 1)[0]
        if column and column not in columns and column != "rowid":
            return f"{table} has no column {column[:MAX_SHOWN]!r}{did_you_mean(column, columns)}"
    return None


def _problem_of_values(view: str, given: Sequence[tuple[str, str]]) -> str | None:
    """Return which filter of a view compares a column with what it cannot hold.

    >>> _problem_of_values("papers_overview", [("title", "a"), ("upvotes__gt", "many")])
    "papers_overview: upvotes 'many' is not a whole number of up to 9 digits"
    """
    for argument, value in given:
        column, _, comparison = argument.partition("__")
        if comparison in _COMPARED and (form := wrong_form(view, column, value)):
            return f"{view}: {column} {value[:MAX_SHOWN]!r} is not {form}"
    return None


def _is_through(text: str) -> bool:
    try:
        value = json.loads(text)
    except ValueError:
        return False
    return isinstance(value, dict) and value.keys() >= {"table", "column", "value"}
