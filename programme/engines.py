"""Reading a database: curated queries on three engines, and DuckDB over a SQLite file or a PostgreSQL database.

Nothing here writes: SQLite is opened read-only, PostgreSQL in read-only transactions, and DuckDB attaches either
read-only and takes no statement that writes.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.database_url import parse_database_url
from programme.exceptions import QueryError
from programme.queries import Query, catalogue, render
from programme.queries.dialects import translate
from programme.queries.search import create_views, duckdb_functions

if TYPE_CHECKING:
    import duckdb

Result = tuple[list[str], list[tuple[Any, ...]]]
"""Column names, and rows."""

_PIECE = re.compile(r'\s+|(".*?")')
_READING = {"SELECT", "EXPLAIN"}


def escape_fts(words: str) -> str:
    """Turn what a person types into an FTS5 expression, exactly as Datasette's function of this name does.

    >>> escape_fts('deep "open set" c++')
    '"deep" "open set" "c++"'
    """
    if words.count('"') % 2:
        words += '"'
    pieces = (piece for piece in _PIECE.split(words) if piece and piece != '""')
    return " ".join(piece if piece.startswith('"') else f'"{piece}"' for piece in pieces)


def find_query(name: str) -> Query:
    """Look a curated query up; raises QueryError that names the nearest ones."""
    known = catalogue()
    if name not in known:
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=3) or sorted(known)
        raise QueryError(f"{name}: no such query. Is it {', '.join(near)}?")
    return known[name]


def run_query(database: str | Path, name: str, params: Mapping[str, str], engine: str | None = None) -> Result:
    """Run a curated query and return its columns and rows, the same on every engine.

    `engine` is `sqlite`, `duckdb` or `postgresql`; by default the database's own. A parameter left out is empty.
    Raises QueryError for an unknown query, parameter or engine, and for a database that is not there.
    """
    query = find_query(name)
    values = values_of(query, params)
    own = parse_database_url(database).engine
    engine = engine or own
    if engine == "duckdb":
        with duckdb_connection(database) as connection:
            return run_query_duckdb(connection, name, params)
    if engine != own:
        raise QueryError(f"{database}: cannot be queried with {engine}; use {own} or duckdb")
    run = _run_sqlite if engine == "sqlite" else _run_postgresql
    return run(database, statement_of(query, engine), values)


def run_query_duckdb(connection: duckdb.DuckDBPyConnection, name: str, params: Mapping[str, str]) -> Result:
    """Run a curated query on a connection that `duckdb_connection` opened."""
    query = find_query(name)
    return _fetch(connection, statement_of(query, "duckdb"), values_of(query, params))


def values_of(query: Query, params: Mapping[str, str]) -> dict[str, str]:
    """Every parameter of a query with its value, empty where none is given; raises QueryError for an unknown one."""
    known = [param.name for param in query.params]
    for param in params:
        if param not in known:
            raise QueryError(f"{query.name}: no parameter {param}; it takes {', '.join(known) or 'none'}")
    return {param: params.get(param, "").replace("\0", "") for param in known}


def statement_of(query: Query, engine: str) -> str:
    """The statement that gives the rows of a query in their order; a view is asked for by its name."""
    if not query.is_view:
        return render(query, engine)
    order = f" ORDER BY {translate(query.order, engine)}" if query.order else ""
    return f"SELECT * FROM {query.name}{order}"


def _run_sqlite(database: str | Path, sql: str, values: dict[str, str]) -> Result:
    with closing(sqlite_connection(database)) as connection:
        try:
            cursor = connection.execute(sql, values)
            return [column[0] for column in cursor.description], cursor.fetchall()
        except sqlite3.Error as error:
            raise QueryError(f"{database}: {error}") from error


def _run_postgresql(database: str | Path, sql: str, values: dict[str, str]) -> Result:
    import psycopg

    try:
        with psycopg.connect(parse_database_url(database).location, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = on")
            cursor = connection.execute(sql.encode(), values)
            return [column.name for column in cursor.description or ()], [plain(row) for row in cursor.fetchall()]
    except psycopg.Error as error:
        raise QueryError(f"{database}: {error}") from error


def plain(row: Sequence[Any]) -> tuple[Any, ...]:
    """Exact decimals as floats, which is what the other engines give."""
    return tuple(float(value) if isinstance(value, Decimal) else value for value in row)


def _fetch(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, str] | None = None) -> Result:
    import duckdb

    try:
        cursor = connection.execute(sql, values)
        return [column[0] for column in cursor.description or ()], [plain(row) for row in cursor.fetchall()]
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def sqlite_connection(database: str | Path) -> sqlite3.Connection:
    """Open a SQLite database for reading only, with the functions that curated queries call."""
    path = Path(parse_database_url(database).location)
    if not path.is_file():
        raise QueryError(f"{path}: no such database; `loader ingest` makes one")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.create_function("escape_fts", 1, escape_fts, deterministic=True)
    return connection


def run_sql_duckdb(database: str | Path, sql: str) -> Result:
    """Run SQL in DuckDB over a database, several statements if need be, and return the last one's result.

    Raises QueryError for SQL that is wrong and for any statement that would write.
    """
    statements = reading_statements(sql)
    with duckdb_connection(database) as connection:
        for statement in statements[:-1]:
            _fetch(connection, statement)
        return _fetch(connection, statements[-1])


def reading_statements(sql: str) -> list[str]:
    """The statements of a text in DuckDB's SQL; raises QueryError where one is wrong or writes, or there is none."""
    import duckdb

    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    if not statements:
        raise QueryError("no SQL statement given")
    for statement in statements:
        kind = statement.type.name
        if kind not in _READING:
            raise QueryError(f"only reading is possible here, and this is {kind}: {statement.query.strip()}")
    return [statement.query for statement in statements]


def duckdb_connection(database: str | Path) -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory with every table and view of a database under its plain name, read-only and offline.

    Instants are ISO 8601 text, whichever database is behind. The database itself is attached as `source`.
    """
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        for statement in attaching(database):
            connection.execute(statement)
        _show_tables(connection)
        for function in duckdb_functions():
            connection.execute(function)
        create_views(connection.execute, "duckdb")
    except duckdb.Error as error:
        connection.close()
        raise QueryError(f"{database}: {error}") from error
    return connection


def attaching(database: str | Path) -> tuple[str, str]:
    """The statements with which DuckDB comes to see a database as `source`, offline and for reading alone."""
    url = parse_database_url(database)
    location = url.location
    if url.engine == "sqlite":
        if not Path(location).is_file():
            raise QueryError(f"{location}: no such database; `loader ingest` makes one")
        location = str(Path(location).absolute())
    extension = {"sqlite": "sqlite_scanner", "postgresql": "postgres_scanner"}[url.engine]
    kind = {"sqlite": "sqlite", "postgresql": "postgres"}[url.engine]
    return (
        f"LOAD {_literal(str(_extension_file(extension)))}",
        f"ATTACH {_literal(location)} AS source (TYPE {kind}, READ_ONLY)",
    )


def _extension_file(name: str) -> Path:
    """The extension as its wheel ships it; loaded from there, nothing is written to the home directory."""
    from importlib.util import find_spec

    package = find_spec(f"duckdb_extension_{name}")
    files = sorted(Path(package.origin).parent.rglob("*.duckdb_extension")) if package and package.origin else []
    if not files:
        raise QueryError(f"DuckDB's {name} is missing; install the package duckdb-extension-{name.replace('_', '-')}")
    return files[-1]


def _show_tables(connection: duckdb.DuckDBPyConnection) -> None:
    columns: dict[tuple[str, str], list[str]] = {}
    for schema, table, column, type_ in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = 'source' AND schema_name IN ('main', 'public') ORDER BY table_name, column_index"
    ).fetchall():
        name = f'"{column}"'
        if type_ == "TIMESTAMP WITH TIME ZONE":
            name = f"strftime({name} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS {name}"
        columns.setdefault((schema, table), []).append(name)
    views = {name for name, query in catalogue().items() if query.is_view}
    for (schema, table), names in columns.items():
        if table not in views and not table.startswith(("papers_fts", "sqlite_", "alembic_")):
            connection.execute(f'CREATE VIEW "{table}" AS SELECT {", ".join(names)} FROM source.{schema}."{table}"')


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
