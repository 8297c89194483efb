"""Parquet, CSV, JSON Lines and DuckDB files, written by DuckDB.

DuckDB reads SQLite and PostgreSQL itself: rows never pass through Python, and only a group of them is held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.database_url import parse_database_url
from programme.engines import duckdb_connection, find_query
from programme.exceptions import StoreError
from programme.export.duckdb_schema import (
    duckdb_comments,
    duckdb_indexes,
    duckdb_table,
    holds_bytes,
    is_partitioned,
    tables,
    type_of,
)
from programme.export.files import atomic_path
from programme.export.selection import condition
from programme.export.sources import REVISION, edition_id
from programme.filters import parameter_values, query_statement
from programme.loaders.store.database import open_database
from programme.loaders.store.problems import duckdb_problem
from programme.loaders.store.revisions import head
from programme.queries import catalogue
from programme.queries.duckdb import as_text, create_views, macros, text_of
from programme.queries.sql import literal

if TYPE_CHECKING:
    import duckdb
    from sqlalchemy import Column, Table

COPY_OPTIONS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group_size}",
    "partitioned": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group_size}, PARTITION_BY (edition)",
    "csv": "FORMAT csv, HEADER",
    "jsonl": "FORMAT json",
}
GROUP_SIZE = 10_000
"""Rows in a row group of Parquet."""

MIN_GROUP_SIZE = 2_048
"""The smallest row group that DuckDB writes, for tables that hold bytes: a row may be some megabytes."""

PARTS = "document_parts"
"""The table that holds large documents in parts of some megabytes."""

MAX_PARTS = 8
"""Parts read at a time."""


def write_folder(
    database: str,
    folder: str | Path,
    form: str,
    edition: str | None = None,
    *,
    partition: str | None = None,
    replace: bool = False,
) -> int:
    """Write every table into a folder as `NAME.parquet`, `.csv` or `.jsonl`; return the number of rows.

    Parquet keeps types, and `loader copy` reads it back. In CSV and JSON Lines an instant is ISO 8601 text and
    bytes are Base64. Parts of large documents are spread over several files, `document_parts.2.parquet` and so on.
    With `partition="edition"`, a table of rows that belong to an edition is a folder of folders like
    `sessions/edition=icml-2022`, as DuckDB, Spark and others read them.
    """
    with (
        reading(database, edition) as (connection, chosen),
        atomic_path(folder, is_folder=True, replace=replace) as partial,
    ):
        connection.execute("BEGIN")
        count = 0
        for table in tables():
            if partition and is_partitioned(table):
                count += _copy_out(connection, _with_slug(table, chosen), partial / table.name, "partitioned", table)
                continue
            for number, select in enumerate(_selects(connection, table, chosen, form), 1):
                name = table.name if number == 1 else f"{table.name}.{number}"
                count += _copy_out(connection, select, partial / f"{name}.{form}", form, table)
        if form == "parquet":
            _copy_out(connection, f"SELECT '{head()}' AS version_num", partial / f"{REVISION}.parquet", form)
    return count


def write_query(
    database: str, name: str, parameters: Mapping[str, str], file: str | Path, form: str, *, replace: bool = False
) -> int:
    """Write the rows of a curated query to one file; return their number."""
    query = find_query(name)
    values = parameter_values(query, parameters)
    select = query_statement(query, "duckdb", values)
    if form != "parquet":
        select = as_text(query, select)
    with reading(database, None, select) as (connection, _), atomic_path(file, replace=replace) as partial:
        return _copy_out(connection, select, partial, form, values=values)


def write_duckdb(database: str, file: str | Path, edition: str | None = None, *, replace: bool = False) -> int:
    """Write a DuckDB file: tables with types, keys, references, indexes and comments, and the curated views.

    A curated query with parameters is a table macro. Returns the number of rows.
    """
    import duckdb

    with reading(database, edition) as (connection, chosen), atomic_path(file, replace=replace) as partial:
        connection.execute(f"ATTACH {literal(str(partial))} AS target")
        connection.execute("USE target")
        for table in tables():
            connection.execute(duckdb_table(table))
        connection.execute("USE memory")
        connection.execute("BEGIN")
        count = sum(_insert(connection, table, chosen) for table in tables())
        connection.execute("COMMIT")
        connection.execute("DETACH target")
        with duckdb.connect(str(partial)) as written:
            for statement in _finishing_statements():
                written.execute(statement)
        return count


def _with_slug(table: Table, edition: int | None) -> str:
    """Return the SELECT of a table with the slug of the edition of each row as one more column; NULL where none is."""
    keys = ", ".join(column.name for column in table.primary_key.columns)
    slug = "(SELECT slug FROM editions e WHERE e.id = edition_id)"
    # Rows of a file keep their order, so that the same database gives the same files.
    return f"SELECT *, {slug} AS edition FROM ({typed_select(table, edition)}) ORDER BY edition, {keys}"


def typed_select(table: Table, edition: int | None) -> str:
    """Return the SELECT of a table's rows with the types of DuckDB, of one edition if an id is given."""
    columns = ", ".join(_typed(column, "duckdb") for column in table.columns)
    return f'SELECT {columns} FROM "{table.name}"{condition(table.name, edition)}'


@contextmanager
def reading(
    database: str, edition: str | None, sql: str | None = None
) -> Iterator[tuple[duckdb.DuckDBPyConnection, int | None]]:
    """Yield DuckDB over a database as of one moment, and the id of the edition.

    DuckDB has the tables, or what `sql` names.
    """
    import duckdb

    sql = " ".join(table.name for table in tables()) if sql is None else sql

    # In SQLite our open snapshot keeps writers waiting while DuckDB reads through a connection of its own; on
    # PostgreSQL all that DuckDB reads in one transaction is one snapshot.
    with closing(open_database(database)) as own, own.snapshot():
        chosen = edition_id(own, edition)
        with duckdb_connection(database, sql, is_attached=True) as connection:
            try:
                connection.execute("SET preserve_insertion_order = true")
                yield connection, chosen
            except duckdb.Error as error:
                raise StoreError(
                    f"{parse_database_url(database)}: cannot be exported: {duckdb_problem(error)}"
                ) from error


def _selects(connection: duckdb.DuckDBPyConnection, table: Table, edition: int | None, form: str) -> Iterator[str]:
    """Yield the SELECT of a table, or several for large documents, whose parts are read a few at a time."""
    columns = ", ".join(_typed(column, form) for column in table.columns)
    where = condition(table.name, edition)
    if table.name == PARTS:
        sql = f"SELECT document_id, min(position), max(position), count(*) FROM {PARTS}{where} GROUP BY 1 ORDER BY 1"
        found = connection.execute(sql).fetchall()
        if sum(count for *_, count in found) > MAX_PARTS:
            yield from (f"SELECT {columns} FROM {part}" for part in _parts(connection, found))
            return
    yield f'SELECT {columns} FROM "{table.name}"{where}'


def _parts(connection: duckdb.DuckDBPyConnection, found: list[tuple[int, int, int, int]]) -> Iterator[str]:
    """Yield relations of a few parts each, selected by the database itself: DuckDB would read all of them each time."""
    ((kind,),) = connection.execute("SELECT type FROM duckdb_databases() WHERE database_name = 'source'").fetchall()
    # sqlite_query() returns every value as text, so bytes travel as hexadecimal digits.
    content = "hex(content)" if kind == "sqlite" else "encode(content, ''hex'')"
    for document, first, last, _ in found:
        for start in range(first, last + 1, MAX_PARTS):
            chosen = f"document_id = {document} AND position BETWEEN {start} AND {start + MAX_PARTS - 1}"
            asked = f"SELECT document_id, position, {content} AS content FROM {PARTS} WHERE {chosen}"
            yield f"(SELECT * REPLACE (unhex(content) AS content) FROM {kind}_query('source', '{asked}'))"


def _typed(column: Column[Any], form: str) -> str:
    """Return the expression for a column: cast to its type, but bytes as Base64 in CSV and JSON Lines."""
    name, kind = f'"{column.name}"', type_of(column)
    if form in ("csv", "jsonl") and kind in ("TIMESTAMPTZ", "BLOB"):
        text = text_of(name, kind) if kind == "TIMESTAMPTZ" else f"base64({name})"
        return f"{text} AS {name}"
    return f"CAST({name} AS {kind}) AS {name}"


def _copy_out(
    connection: duckdb.DuckDBPyConnection,
    select: str,
    file: Path,
    form: str,
    table: Table | None = None,
    values: Mapping[str, str] | None = None,
) -> int:
    options = COPY_OPTIONS[form].format(
        group_size=MIN_GROUP_SIZE if table is not None and holds_bytes(table) else GROUP_SIZE
    )
    done = connection.execute(f"COPY ({select}) TO {literal(str(file))} ({options})", dict(values or {})).fetchone()
    return int(done[0]) if done else 0


def _insert(connection: duckdb.DuckDBPyConnection, table: Table, edition: int | None) -> int:
    count = 0
    for select in _selects(connection, table, edition, "duckdb"):
        done = connection.execute(f'INSERT INTO target.main."{table.name}" {select}').fetchone()
        count += int(done[0]) if done else 0
    return count


def _finishing_statements() -> Iterator[str]:
    """Yield what a DuckDB file gets after its rows: indexes, comments and views."""
    for table in tables():
        yield from duckdb_indexes(table)
    yield from duckdb_comments()
    yield from curated_views()
    yield from macros()


def curated_views() -> Iterator[str]:
    """Yield the statements that create the curated views in a DuckDB that holds the tables, and comment on them."""
    yield from create_views()
    for query in catalogue().values():
        if query.is_view:
            yield f"COMMENT ON VIEW {query.name} IS {literal(query.description)}"
