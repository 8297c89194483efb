"""The values that curated queries take, and statements with them: parameters, and the columns of a view as filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from programme.exceptions import QueryError
from programme.loaders.text.suggestions import did_you_mean
from programme.parameters import NUMBER
from programme.queries import Query, render, render_order

_PLACEHOLDERS = {"sqlite": ":{}", "postgresql": "%({})s", "duckdb": "${}"}


def parameter_values(query: Query, params: Mapping[str, str]) -> dict[str, str]:
    """Return the value of every parameter, empty where none is given; of a view, those of the columns that are given.

    Raises QueryError for a name that is neither.
    """
    if query.is_view:
        check_columns(query, params)
        return {name: value.replace("\0", "") for name, value in params.items() if value}
    known = [param.name for param in query.params]
    for param in params:
        if param not in known:
            raise QueryError(f"query {query.name} has no parameter {param!r}; it takes {', '.join(known)}")
    # PostgreSQL takes no NUL in a text, and the engines must agree.
    return {param: params.get(param, "").replace("\0", "") for param in known}


def check_columns(query: Query, names: Mapping[str, object]) -> None:
    """Raise QueryError for a name that is no column of a view, with the nearest ones; `edition` is one of `editions`.

    >>> from programme.queries import catalogue
    >>> check_columns(catalogue()["papers_overview"], {"titel": "a"})
    Traceback (most recent call last):
    programme.exceptions.QueryError: papers_overview has no column 'titel'; did you mean title?
    """
    columns = [column.name for column in query.columns]
    for name in names:
        if name not in columns and not (name == "edition" and "editions" in columns):
            near = did_you_mean(name, columns, most=3) or f"; it has {', '.join(columns)}"
            raise QueryError(f"{query.name} has no column {name!r}{near}")


def query_statement(query: Query, engine: str, values: Mapping[str, Any]) -> str:
    """Return the statement for the rows of a query in its order, with placeholders for `values`.

    A view or macro is selected from by its name; of a view, only the rows with these values in the columns so named.
    """
    if query.is_view:
        check_columns(query, values)
        conditions = " AND ".join(_condition(query, engine, name, value) for name, value in values.items())
        order = render_order(query, engine)
        where = f" WHERE {conditions}" if conditions else ""
        return f"SELECT * FROM {query.name}{where}{f' ORDER BY {order}' if order else ''}"
    if engine == "duckdb":
        return f"SELECT * FROM {query.name}({', '.join(f'{param.name} := ${param.name}' for param in query.params)})"
    return render(query, engine)


def _condition(query: Query, engine: str, name: str, value: object) -> str:
    """Return the condition that a column has the value of its placeholder."""
    given = _PLACEHOLDERS[engine].format(name)
    if name not in {column.name for column in query.columns}:
        # Views show the slugs of a paper's editions, joined by commas.
        return f"replace(', ' || editions || ', ', ', ' || {given} || ', ', '') <> ', ' || editions || ', '"
    if engine == "sqlite":
        # SQLite makes a number of a text only for columns of tables, not for what a view computes.
        is_number = isinstance(value, str) and NUMBER.fullmatch(value)
        return f'"{name}" IN ({given}, CAST({given} AS NUMERIC))' if is_number else f'"{name}" = {given}'
    return f'"{name}" {"IS NOT DISTINCT FROM" if engine == "duckdb" else "="} {given}'


def argument_of(query: Query, name: str) -> str:
    """Return what the site calls a parameter or column in a URL: Datasette has no filter for one of several."""
    is_one_of_several = query.is_view and name not in {column.name for column in query.columns}
    return f"{name}s__contains" if is_one_of_several else name


def parameter_text(value: object, query: Query | None) -> str:
    """Return the value of a parameter as the text that queries take: false and None are empty, true is `1`.

    A column of a view can be false, which is `0`.
    """
    if value is False and query is not None and query.is_view:
        return "0"
    if value is None or isinstance(value, bool):
        return "1" if value else ""
    return str(value)
