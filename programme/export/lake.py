"""A DuckLake: Parquet files and a catalog of them, for readers on other machines; a second export writes what changed.

DuckLake keeps its catalog in a DuckDB file here, so one export at a time can write, and enforces no keys: the database
that is exported does. All rows and views of an export are one commit, so a reader sees all of it or none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from programme.duckdb_setup import extension_file
from programme.exceptions import StoreError
from programme.export.duckdb_files import curated_views, reading, typed_select
from programme.export.duckdb_schema import duckdb_comments, is_partitioned, tables, type_of
from programme.export.sources import REVISION
from programme.loaders.store.revisions import head
from programme.queries.sql import literal

if TYPE_CHECKING:
    import duckdb
    from sqlalchemy import Table

CATALOG = "catalog.ducklake"
"""The file in the folder of a lake that says which Parquet files it consists of."""

DATA = "data"
"""The folder beside it that holds them. The catalog names it by this word alone: readers say where they found it."""


def write_lake(database: str, folder: str | Path, edition: str | None = None, *, partition: str | None = None) -> int:
    """Write what changed since the last export into a lake, or all of it into a new one; return the rows written.

    With `partition="edition"`, rows that belong to one edition lie in files of that edition. Raises StoreError for a
    folder that holds something else, and for a lake of another revision of the schema.
    """
    path = Path(folder)
    is_new = _check(path)
    path.mkdir(exist_ok=True)
    with reading(database, edition) as (connection, chosen), _lake(connection, path):
        if not is_new:
            _check_revision(connection, path)
            # An export that was killed has left files that the catalog does not name.
            connection.execute("CALL ducklake_delete_orphaned_files('lake', cleanup_all => true)")
        connection.execute("BEGIN")
        if is_new:
            _create_tables(connection, partition)
        count = sum(_update(connection, table, typed_select(table, chosen)) for table in tables())
        if is_new or count:
            _finish(connection, count)
            connection.execute("COMMIT")
        else:
            connection.execute("ROLLBACK")
    if is_new:
        _forget_place(path)
    return count


def _check(path: Path) -> bool:
    """Return whether the lake is yet to be made."""
    if not path.absolute().parent.is_dir():
        raise StoreError(f"{path}: the folder {path.absolute().parent} does not exist; create it first")
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: is a file; name a folder for the lake")
    is_new = not (path / CATALOG).exists()
    if is_new and path.exists() and any(path.iterdir()):
        raise StoreError(f"{path}: holds other files than a lake; name another folder")
    return is_new


@contextmanager
def _lake(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    connection.execute(f"LOAD {literal(str(extension_file('ducklake', 'lake')))}")
    where = f"{literal(f'ducklake:{path / CATALOG}')} AS lake"
    # Without the limit a few rows would go into the catalog instead of Parquet files.
    options = f"DATA_PATH {literal(f'{path / DATA}/')}, OVERRIDE_DATA_PATH true, DATA_INLINING_ROW_LIMIT 0"
    connection.execute(f"ATTACH {where} ({options})")
    try:
        yield
    finally:
        connection.execute("DETACH lake")


def _check_revision(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    found = connection.execute(f"SELECT version_num FROM lake.{REVISION}").fetchall()
    if found != [(head(),)]:
        raise StoreError(f"{path}: has revision {found[0][0]} of the schema, not {head()}; export into a new folder")


def _create_tables(connection: duckdb.DuckDBPyConnection, partition: str | None) -> None:
    for table in tables():
        columns = (f'"{one.name}" {type_of(one)}{"" if one.nullable else " NOT NULL"}' for one in table.columns)
        connection.execute(f'CREATE TABLE lake."{table.name}" ({", ".join(columns)})')
        if partition and is_partitioned(table):
            connection.execute(f'ALTER TABLE lake."{table.name}" SET PARTITIONED BY (edition_id)')
    connection.execute(f"CREATE TABLE lake.{REVISION} AS SELECT '{head()}' AS version_num")


def _update(connection: duckdb.DuckDBPyConnection, table: Table, select: str) -> int:
    """Make a table of the lake equal to that of the database; return how many rows were written or removed."""
    lake = f'lake."{table.name}"'
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    connection.execute(f"CREATE TEMP TABLE wanted AS {select}")
    gone = f"SELECT {keys} FROM (FROM {lake} EXCEPT FROM wanted)"
    removed = connection.execute(f"DELETE FROM {lake} WHERE ({keys}) IN ({gone})").fetchone()
    added = connection.execute(f"INSERT INTO {lake} FROM wanted EXCEPT FROM {lake}").fetchone()
    connection.execute("DROP TABLE wanted")
    return sum(int(done[0]) for done in (removed, added) if done)


def _finish(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Write the views anew, with every comment, and say in the history of the lake what wrote it."""
    connection.execute("USE lake")
    for view in curated_views():
        connection.execute(view.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
    for comment in duckdb_comments():
        connection.execute(comment)
    connection.execute(f"CALL lake.set_commit_message('Programme', '{count} rows')")
    connection.execute("USE memory")


def _forget_place(path: Path) -> None:
    """Let a new catalog name its files relative to where it lies; a copy of it has no other path in a free block."""
    import duckdb

    catalog = path / CATALOG
    copied = catalog.with_suffix(".partial")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {literal(str(catalog))} AS made; ATTACH {literal(str(copied))} AS copied")
        connection.execute("UPDATE made.ducklake_metadata SET value = ? WHERE key = 'data_path'", [f"{DATA}/"])
        connection.execute("COPY FROM DATABASE made TO copied")
    copied.replace(catalog)
