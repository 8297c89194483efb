"""What DuckDB writes: Parquet, CSV and JSON lines, one file per table or for one query, and a file of its own.

It reads SQLite and PostgreSQL itself, so that rows never pass through Python, and a group of rows at a time is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace as replaced
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.engines import duckdb_connection, find_query, parameter_values, query_statement
from programme.exceptions import StoreError
from programme.export.duckdb_schema import (
    INSTANT_TEXT,
    duckdb_comments,
    duckdb_indexes,
    duckdb_table,
    holds_bytes,
    literal,
    tables,
    type_of,
)
from programme.export.files import written_whole
from programme.export.selection import condition
from programme.export.sources import REVISION, edition_id
from programme.loaders.store.database import open_database
from programme.loaders.store.revisions import head
from programme.queries import catalogue, render
from programme.queries.macros import expand

if TYPE_CHECKING:
    import duckdb
    from sqlalchemy import Column, Table

FORMS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group}",
    "csv": "FORMAT csv, HEADER",
    "jsonl": "FORMAT json",
}
GROUP, FEW = 10_000, 2_048
"""Rows that Parquet groups; of tables that hold bytes the fewest that DuckDB can."""

PARTS, MAX_PARTS = "document_parts", 8
"""The table of what large documents are stored in, and how many of its rows, some megabytes each, are held."""

_INSTANT = re.compile(r"\binstant\(([\w.]+)\)")


def write_folder(
    database: str, folder: str | Path, form: str, edition: str | None = None, *, replace: bool = False
) -> int:
    """Write every table into a folder as `NAME.parquet`, `.csv` or `.jsonl`; returns how many rows.

    Parquet keeps types, and is what `loader copy` reads back. In the texts an instant is ISO 8601 and bytes are Base64.
    Only the parts of large documents are spread over more files, `document_parts.2.parquet` and so on.
    """
    with (
        _reading(database, edition) as (connection, chosen),
        written_whole(folder, is_folder=True, replace=replace) as partial,
    ):
        connection.execute("BEGIN")
        count = 0
        for table in tables():
            for number, select in enumerate(_selects(connection, table, chosen, form), 1):
                name = table.name if number == 1 else f"{table.name}.{number}"
                count += _copy_out(connection, select, partial / f"{name}.{form}", form, table)
        if form == "parquet":
            _copy_out(connection, f"SELECT '{head()}' AS version_num", partial / f"{REVISION}.parquet", form)
    return count


def write_query(
    database: str, name: str, parameters: Mapping[str, str], file: str | Path, form: str, *, replace: bool = False
) -> int:
    """Write the rows of a curated query to one file; returns how many."""
    query = find_query(name)
    values = parameter_values(query, parameters)
    with _reading(database, None) as (connection, _), written_whole(file, replace=replace) as partial:
        return _copy_out(connection, query_statement(query, "duckdb"), partial, form, values=values)


def write_duckdb(database: str, file: str | Path, edition: str | None = None, *, replace: bool = False) -> int:
    """Write a DuckDB file: tables with types, keys, references, indexes and comments, and the curated views.

    An instant is a TIMESTAMPTZ in the tables, and ISO 8601 text in the views, as in every other database.
    """
    import duckdb

    with _reading(database, edition) as (connection, chosen), written_whole(file, replace=replace) as partial:
        connection.execute(f"ATTACH {literal(str(partial))} AS target")
        connection.execute("USE target")
        for table in tables():
            connection.execute(duckdb_table(table))
        connection.execute("USE memory")
        connection.execute("BEGIN")
        count = sum(_insert(connection, table, chosen) for table in tables())
        connection.execute("COMMIT")
        connection.execute("DETACH target")
        with duckdb.connect(str(partial)) as made:
            for statement in _finishing():
                made.execute(statement)
        return count


@contextmanager
def _reading(database: str, edition: str | None) -> Iterator[tuple[duckdb.DuckDBPyConnection, int | None]]:
    """DuckDB over a database as of one moment, and the id of the edition."""
    import duckdb

    # In SQLite a reader keeps writers waiting; PostgreSQL gives DuckDB one snapshot for all it reads in a transaction.
    with closing(open_database(database)) as own, own.snapshot():
        chosen = edition_id(own, edition)
        with duckdb_connection(database) as connection:
            try:
                connection.execute("SET preserve_insertion_order = true")
                yield connection, chosen
            except duckdb.Error as error:
                raise StoreError(f"{database}: cannot be exported: {error}") from error


def _selects(connection: duckdb.DuckDBPyConnection, table: Table, edition: int | None, form: str) -> Iterator[str]:
    """The statements that give a table its rows: one, but for large documents, whose parts come a few at a time."""
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
    """Relations of a few parts each, which the database behind chooses: DuckDB would read all of them each time."""
    ((kind,),) = connection.execute("SELECT type FROM duckdb_databases() WHERE database_name = 'source'").fetchall()
    # What SQLite is asked comes as text.
    content = "hex(content)" if kind == "sqlite" else "encode(content, ''hex'')"
    for document, first, last, _ in found:
        for start in range(first, last + 1, MAX_PARTS):
            chosen = f"document_id = {document} AND position BETWEEN {start} AND {start + MAX_PARTS - 1}"
            asked = f"SELECT document_id, position, {content} AS content FROM {PARTS} WHERE {chosen}"
            yield f"(SELECT * REPLACE (unhex(content) AS content) FROM {kind}_query('source', '{asked}'))"


def _typed(column: Column[Any], form: str) -> str:
    """A column as its own type, or in a text as text."""
    name, kind = f'"{column.name}"', type_of(column)
    if form in ("csv", "jsonl") and kind in ("TIMESTAMPTZ", "BLOB"):
        return name if kind == "TIMESTAMPTZ" else f"base64({name}) AS {name}"
    return f"CAST({name} AS {kind}) AS {name}"


def _copy_out(
    connection: duckdb.DuckDBPyConnection,
    select: str,
    file: Path,
    form: str,
    table: Table | None = None,
    values: Mapping[str, str] | None = None,
) -> int:
    options = FORMS[form].format(group=FEW if table is not None and holds_bytes(table) else GROUP)
    done = connection.execute(f"COPY ({select}) TO {literal(str(file))} ({options})", dict(values or {})).fetchone()
    return int(done[0]) if done else 0


def _insert(connection: duckdb.DuckDBPyConnection, table: Table, edition: int | None) -> int:
    count = 0
    for select in _selects(connection, table, edition, "duckdb"):
        done = connection.execute(f'INSERT INTO target.main."{table.name}" {select}').fetchone()
        count += int(done[0]) if done else 0
    return count


def _finishing() -> Iterator[str]:
    """What a DuckDB file gets when its rows are in: indexes, comments, and views that read instants as text."""
    for table in tables():
        yield from duckdb_indexes(table)
    yield from duckdb_comments()
    for query in catalogue().values():
        if query.is_view:
            sql = _INSTANT.sub(INSTANT_TEXT.format(r"\1"), expand(query.sql))
            yield f"CREATE VIEW {query.name} AS\n{render(replaced(query, sql=sql), 'duckdb')}"
            yield f"COMMENT ON VIEW {query.name} IS {literal(query.description)}"
