"""Read a database: curated queries on three engines, and DuckDB over a SQLite file or a PostgreSQL database.

Nothing here writes: SQLite is opened read-only, PostgreSQL in read-only transactions; DuckDB attaches either read-only,
and statements that would write are refused.
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
from programme.queries.dialects import literal, translate
from programme.queries.search import create_views, duckdb_functions

if TYPE_CHECKING:
    import duckdb
    from sqlalchemy import Engine

Result = tuple[list[str], list[tuple[Any, ...]]]
"""Column names, and rows."""

_PHRASE = re.compile(r'\s+|(".*?")')
_STATEMENTS_THAT_READ = {"SELECT", "EXPLAIN"}
"""In DuckDB's words, in which WITH, FROM, SHOW and DESCRIBE are SELECT too."""


def escape_fts(words: str) -> str:
    """Turn what a person types into an FTS5 expression.

    Written out from Datasette, whose function of this name the canned queries call on the site: the command line must
    find the same without importing Datasette. A test compares the two.

    >>> escape_fts('deep "open set" c++')
    '"deep" "open set" "c++"'
    """
    if words.count('"') % 2:
        words += '"'
    pieces = (piece for piece in _PHRASE.split(words) if piece and piece != '""')
    return " ".join(piece if piece.startswith('"') else f'"{piece}"' for piece in pieces)


def find_query(name: str) -> Query:
    """Return a curated query; raise QueryError that suggests the nearest names for an unknown one."""
    known = catalogue()
    if name not in known:
        # Only needed for the error, and slow to import.
        from difflib import get_close_matches

        near = " or ".join(get_close_matches(name, known, n=3))
        hint = f"did you mean {near}?" if near else "`loader query` lists them"
        raise QueryError(f"no query {name!r}; {hint}")
    return known[name]


def run_query(database: str | Path, name: str, params: Mapping[str, str], engine: str | None = None) -> Result:
    """Run a curated query and return its columns and rows, the same on every engine.

    `engine` is `sqlite`, `duckdb` or `postgresql`; by default the database's own. A parameter left out is empty.
    Raises QueryError for an unknown query, parameter or engine, and for a database that is not there.
    """
    query = find_query(name)
    values = parameter_values(query, params)
    own = parse_database_url(database).engine
    engine = engine or own
    if engine == "duckdb":
        with duckdb_connection(database) as connection:
            return run_query_duckdb(connection, name, params)
    if engine != own:
        raise QueryError(f"{parse_database_url(database)}: cannot be queried with {engine}; use {own} or duckdb")
    run = _run_sqlite if engine == "sqlite" else _run_postgresql
    return run(database, query_statement(query, engine), values)


def run_query_duckdb(connection: duckdb.DuckDBPyConnection, name: str, params: Mapping[str, str]) -> Result:
    """Run a curated query on a connection that `duckdb_connection` opened."""
    query = find_query(name)
    return _fetch(connection, query_statement(query, "duckdb"), parameter_values(query, params))


def parameter_values(query: Query, params: Mapping[str, str]) -> dict[str, str]:
    """Return the value of every parameter, empty where none is given; raise QueryError for an unknown parameter."""
    known = [param.name for param in query.params]
    for param in params:
        if param not in known:
            raise QueryError(f"query {query.name} has no parameter {param!r}; it takes {', '.join(known) or 'none'}")
    # PostgreSQL takes no NUL in a text, and the engines must agree.
    return {param: params.get(param, "").replace("\0", "") for param in known}


def query_statement(query: Query, engine: str) -> str:
    """Return the statement for the rows of a query in its order; a view is selected from by its name."""
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
            raise QueryError(f"{parse_database_url(database)}: {error}") from error


def _run_postgresql(database: str | Path, sql: str, values: dict[str, str]) -> Result:
    import psycopg

    try:
        with psycopg.connect(parse_database_url(database).location, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = on")
            # As bytes, because psycopg's types allow no other text than a literal.
            cursor = connection.execute(sql.encode(), values)
            return [column.name for column in cursor.description or ()], [plain_row(row) for row in cursor.fetchall()]
    except psycopg.Error as error:
        raise QueryError(f"{parse_database_url(database)}: {error}") from error


def plain_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row with decimals as floats: `round` gives a decimal on PostgreSQL and DuckDB, a float on SQLite."""
    return tuple(float(value) if isinstance(value, Decimal) else value for value in row)


def _fetch(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, str] | None = None) -> Result:
    import duckdb

    try:
        cursor = connection.execute(sql, values)
        return [column[0] for column in cursor.description or ()], [plain_row(row) for row in cursor.fetchall()]
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def sqlite_connection(database: str | Path) -> sqlite3.Connection:
    """Open a SQLite database read-only, with the functions that curated queries call."""
    path = _existing_file(parse_database_url(database).location)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    connection.create_function("escape_fts", 1, escape_fts, deterministic=True)
    return connection


def read_only_statements(sql: str) -> list[str]:
    """Split SQL for DuckDB into statements; raise QueryError for a syntax error, a statement that writes, or none."""
    import duckdb

    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    if not statements:
        raise QueryError("no SQL statement given")
    for statement in statements:
        kind = statement.type.name
        if kind not in _STATEMENTS_THAT_READ:
            raise QueryError(f"the database is open read-only, and this is {kind}: {statement.query.strip()}")
    return [statement.query for statement in statements]


def duckdb_connection(database: str | Path) -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory over a database, read-only and offline: every table and view goes by its plain name.

    Instants are ISO 8601 text, on SQLite and PostgreSQL alike. The database itself is attached as `source`.
    Raises QueryError for a database that is not there or cannot be read.
    """
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        for statement in attach_statements(database):
            connection.execute(statement)
        _create_table_views(connection)
        for function in duckdb_functions():
            connection.execute(function)
        create_views(connection.execute, "duckdb")
    except duckdb.Error as error:
        connection.close()
        url = parse_database_url(database)
        raise QueryError(f"{url}: {url.without_password(str(error))}") from error
    return connection


def attach_statements(database: str | Path) -> tuple[str, str]:
    """Return the statements that attach a database to DuckDB as `source`, read-only and offline."""
    url = parse_database_url(database)
    location = str(_existing_file(url.location)) if url.engine == "sqlite" else url.location
    extension = {"sqlite": "sqlite_scanner", "postgresql": "postgres_scanner"}[url.engine]
    kind = {"sqlite": "sqlite", "postgresql": "postgres"}[url.engine]
    return (
        f"LOAD {literal(str(extension_file(extension)))}",
        f"ATTACH {literal(location)} AS source (TYPE {kind}, READ_ONLY)",
    )


def _existing_file(path: str) -> Path:
    """Return the absolute path of a database file; both SQLite and DuckDB would create one that is missing."""
    if not Path(path).is_file():
        raise QueryError(f"{path}: no such database; `loader ingest` creates one")
    return Path(path).absolute()


def extension_file(name: str, extra: str = "") -> Path:
    """Return the file of a DuckDB extension, inside its wheel: INSTALL would download it into the home directory.

    Raises QueryError, which names the extra of Programme that brings it where there is one.
    """
    from importlib.util import find_spec

    package = find_spec(f"duckdb_extension_{name}")
    files = sorted(Path(package.origin).parent.rglob("*.duckdb_extension")) if package and package.origin else []
    if not files:
        package_name = f"programme[{extra}]" if extra else f"duckdb-extension-{name.replace('_', '-')}"
        raise QueryError(f"DuckDB's {name} is missing; install it with: pip install '{package_name}'")
    return files[-1]


def _create_table_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create a view per table of `source`, with instants as the text that SQLite has in the first place."""
    columns: dict[tuple[str, str], list[str]] = {}
    for schema, table, column, type_ in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = 'source' AND schema_name IN ('main', 'public') ORDER BY table_name, column_index"
    ).fetchall():
        name = f'"{column}"'
        if type_ == "TIMESTAMP WITH TIME ZONE":
            name = f"strftime({name} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS {name}"
        columns.setdefault((schema, table), []).append(name)
    # The views of the database are in its own SQL; `duckdb_connection` creates them anew in DuckDB's.
    views = {name for name, query in catalogue().items() if query.is_view}
    for (schema, table), names in columns.items():
        if table not in views and not table.startswith(("papers_fts", "sqlite_", "alembic_")):
            connection.execute(f'CREATE VIEW "{table}" AS SELECT {", ".join(names)} FROM source.{schema}."{table}"')


def read_only_engine(database: str) -> Engine:
    """Return an engine of SQLAlchemy that only reads."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    url = parse_database_url(database)
    if url.engine == "postgresql":
        return create_engine(url.url, poolclass=NullPool, execution_options={"postgresql_readonly": True})
    file = f"{Path(url.location).absolute().as_uri()}?mode=ro"
    return create_engine("sqlite://", poolclass=NullPool, creator=lambda: sqlite3.connect(file, uri=True))
