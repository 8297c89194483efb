"""Rows of a curated query as a relation of DuckDB.

A database finds one paper or author by its indexes. DuckDB reads whole tables of it, seconds at a million papers, so
the database runs the query, and DuckDB is given the rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from programme.engines import find_query, run_query
from programme.filters import query_statement
from programme.queries.sql import literal

if TYPE_CHECKING:
    import duckdb


def relation_of(
    connection: duckdb.DuckDBPyConnection, database: str, name: str, values: Mapping[str, str]
) -> duckdb.DuckDBPyRelation:
    """Run a query with parameters on its database, and return the rows with the types that DuckDB gives its columns."""
    _, rows = run_query(database, name, values)
    statement = query_statement(find_query(name), "duckdb", values)
    types = {column: kind for column, kind, *_ in connection.execute(f"DESCRIBE {statement}", values).fetchall()}
    objects = [dict(zip(types, row, strict=True)) for row in rows]
    made = f"SELECT unnest(from_json($rows, {literal(json.dumps([types]))}), recursive := true)"
    return connection.sql(made, params={"rows": json.dumps(objects)})
