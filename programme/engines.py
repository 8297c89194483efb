"""Read a database: curated queries on three engines, and DuckDB over a SQLite file or a PostgreSQL database.

Nothing here writes: SQLite is opened read-only, PostgreSQL in read-only transactions; DuckDB attaches either read-only,
and statements that would write are refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

from programme.database_url import parse_database_url
from programme.duckdb_setup import check_memory, extension_file
from programme.exceptions import QueryError
from programme.filters import parameter_values, query_statement
from programme.letters import plain_name
from programme.loaders.store.problems import duckdb_problem, problem
from programme.loaders.store.waiting import ATTEMPT_S, MAX_WAIT_S, when_free
from programme.loaders.text.suggestions import did_you_mean
from programme.patterns import lazy_pattern
from programme.queries import Query, catalogue
from programme.queries.sql import literal

if TYPE_CHECKING:
    import duckdb
    from sqlalchemy import Engine

Result = tuple[list[str], list[tuple[Any, ...]]]
"""Column names, and rows."""

_PHRASE = lazy_pattern(r'\s+|(".*?")')
_PLAIN = (str, int, float, NoneType)
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
        raise QueryError(f"no query {name!r}{did_you_mean(name, known, most=3) or '; `loader query` lists them'}")
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
        with duckdb_connection(database, query_statement(query, engine, values)) as connection:
            return run_query_duckdb(connection, name, params)
    if engine != own:
        raise QueryError(f"{parse_database_url(database)}: cannot be queried with {engine}; use {own} or duckdb")
    run = _run_sqlite if engine == "sqlite" else _run_postgresql
    return run(database, query_statement(query, engine, values), values)


def run_query_duckdb(connection: duckdb.DuckDBPyConnection, name: str, params: Mapping[str, str]) -> Result:
    """Run a curated query on a connection that `duckdb_connection` opened."""
    query = find_query(name)
    values = parameter_values(query, params)
    return _fetch(connection, query_statement(query, "duckdb", values), values)


def _run_sqlite(database: str | Path, sql: str, values: dict[str, str]) -> Result:
    with closing(sqlite_connection(database)) as connection:
        try:
            cursor = when_free(parse_database_url(database), lambda: connection.execute(sql, values))
            return [column[0] for column in cursor.description], cursor.fetchall()
        except sqlite3.Error as error:
            raise QueryError(f"{parse_database_url(database)}: {problem(error)}") from error


def _run_postgresql(database: str | Path, sql: str, values: dict[str, str]) -> Result:
    import psycopg

    try:
        with psycopg.connect(parse_database_url(database).location, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = on")
            # As bytes, because psycopg's types allow no other text than a literal.
            cursor = connection.execute(sql.encode(), values)
            return [column.name for column in cursor.description or ()], [plain_row(row) for row in cursor.fetchall()]
    except psycopg.DataError as error:
        raise QueryError(f"query: {error.diag.message_primary}") from error
    except psycopg.Error as error:
        raise QueryError(f"{parse_database_url(database)}: {error}") from error


def plain_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row with the values that SQLite would give: decimals as floats, instants and dates as ISO 8601 text."""
    return tuple(value if type(value) in _PLAIN else _plain(value) for value in row)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _fetch(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, str] | None = None) -> Result:
    import duckdb

    try:
        cursor = connection.execute(sql, values)
        return [column[0] for column in cursor.description or ()], [plain_row(row) for row in cursor.fetchall()]
    except duckdb.Error as error:
        raise QueryError(duckdb_problem(error)) from None


def sqlite_connection(database: str | Path) -> sqlite3.Connection:
    """Open a SQLite database read-only, with the functions that curated queries call."""
    path = _existing_file(parse_database_url(database).location)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=ATTEMPT_S)
    connection.create_function("escape_fts", 1, escape_fts, deterministic=True)
    connection.create_function("plain_name", 1, plain_name, deterministic=True)
    return connection


def read_only_statements(sql: str) -> list[str]:
    """Split SQL for DuckDB into statements; raise QueryError for a syntax error, a statement that writes, or none."""
    import duckdb

    check_memory()
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


def duckdb_connection(
    database: str | Path, sql: str | None = None, *, is_attached: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory over a database, read-only and offline: every table and view goes by its plain name.

    Instants are TIMESTAMPTZ and dates DATE, on SQLite and PostgreSQL alike, and the time zone of the session is UTC; a
    curated query with parameters is a table macro. With `sql`, only what it names is there, which takes a fifth of the
    time. With `is_attached`, the database stays attached as `source`, so that all that a transaction reads is of one
    moment; otherwise SQLite's is not seen, and every table is listed once.
    Raises QueryError for a database that is not there or cannot be read.
    """
    import duckdb

    check_memory()
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        for statement in opening_statements(database, connection, sql, is_attached=is_attached):
            connection.execute(statement)
    except duckdb.Error as error:
        connection.close()
        # DuckDB quotes the URL: no password of it may be seen in a traceback.
        raise QueryError(f"{parse_database_url(database)}: {duckdb_problem(error)}") from None
    return connection


def opening_statements(
    database: str | Path, connection: duckdb.DuckDBPyConnection, sql: str | None = None, *, is_attached: bool = False
) -> Iterator[str]:
    """Yield the statements after which every table and view has its plain name; each is run before the next is asked.

    `connection` is the one that they are run on, which is asked what tables there are. With `sql`, what it does not
    name is left out.
    """
    from programme.queries.duckdb import Everything, create_views, macros, names_in

    names = Everything() if sql is None else names_in(sql)
    yield "SET TimeZone = 'UTC'"
    yield from attach_statements(database)
    tables = {one: columns for one, columns in _source_columns(connection).items() if one[1] in names}
    for (schema, table), columns in tables.items():
        yield f'CREATE VIEW "{table}" AS {_selected(columns)} FROM source.{schema}."{table}" AS stored'
    yield from create_views(names)
    yield from macros(names)
    # On PostgreSQL each scan is a connection, and some views scan a hundred times; `source` has a few for all.
    asks_for_tables = sql is not None and isinstance(names, Everything)
    if not is_attached and (asks_for_tables or parse_database_url(database).engine == "sqlite"):
        # Not earlier: DuckDB plans what it creates, and each scan opens the database anew: three times as slow.
        for (schema, table), columns in tables.items():
            relation = _scan(database, schema, table)
            yield f'CREATE OR REPLACE VIEW "{table}" AS {_selected(columns)} FROM {relation} AS stored'
        yield "DETACH source"


def _selected(columns: Sequence[str]) -> str:
    """Return `SELECT` and columns: qualified, because DuckDB takes a bare `kind` for the parameter of a macro."""
    return f"SELECT {', '.join(map(_typed, columns))}"


def attach_statements(database: str | Path) -> tuple[str, ...]:
    """Return the statements that attach a database to DuckDB as `source`, read-only and offline."""
    url = parse_database_url(database)
    location = str(_existing_file(url.location)) if url.engine == "sqlite" else url.location
    extension = {"sqlite": "sqlite_scanner", "postgresql": "postgres_scanner"}[url.engine]
    kind = {"sqlite": "sqlite", "postgresql": "postgres"}[url.engine]
    return (
        f"LOAD {literal(str(extension_file(extension)))}",
        # With it, DuckDB 1.5.5 finds no author in some databases, as the tests of equal rows show.
        *(["SET pg_experimental_filter_pushdown = false"] if url.engine == "postgresql" else []),
        f"ATTACH {literal(location)} AS source (TYPE {kind}, READ_ONLY)",
    )


def _existing_file(path: str) -> Path:
    """Return the absolute path of a database file; both SQLite and DuckDB would create one that is missing."""
    if not Path(path).is_file():
        raise QueryError(f"{path}: no such database; `loader ingest` creates one")
    return Path(path).absolute()


def _source_columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """Return the columns of each table of `source` that people are to see, by schema and table."""
    columns: dict[tuple[str, str], list[str]] = {}
    # The views of the database are in its own SQL; they are created anew in DuckDB's.
    views = {name for name, query in catalogue().items() if query.is_view}
    for schema, table, column in connection.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = 'source' AND schema_name IN ('main', 'public') ORDER BY table_name, column_index"
    ).fetchall():
        if table not in views and not table.startswith(("papers_fts", "sqlite_", "alembic_")):
            columns.setdefault((schema, table), []).append(column)
    return columns


def _scan(database: str | Path, schema: str, table: str) -> str:
    """Return a relation for a table of a database that is not attached."""
    url = parse_database_url(database)
    if url.engine == "sqlite":
        return f"sqlite_scan({literal(str(_existing_file(url.location)))}, {literal(table)})"
    return f"postgres_scan({literal(url.location)}, {literal(schema)}, {literal(table)})"


def _typed(column: str) -> str:
    from programme.queries.duckdb import type_of

    kind = type_of(column)
    return f'CAST(stored."{column}" AS {kind}) AS "{column}"' if kind else f'stored."{column}"'


def read_only_engine(database: str) -> Engine:
    """Return an engine of SQLAlchemy that only reads."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    url = parse_database_url(database)
    if url.engine == "postgresql":
        return create_engine(url.url, poolclass=NullPool, execution_options={"postgresql_readonly": True})
    file = f"{Path(url.location).absolute().as_uri()}?mode=ro"
    return create_engine(
        "sqlite://", poolclass=NullPool, creator=lambda: sqlite3.connect(file, uri=True, timeout=MAX_WAIT_S)
    )
