"""What rows are copied from: a database, or a folder of Parquet files as `loader export parquet` writes them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Column, Table

from programme.duckdb_setup import check_memory
from programme.editions import unknown_edition
from programme.exceptions import StoreError
from programme.export.duckdb_schema import holds_bytes, tables, type_of
from programme.export.selection import condition
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.database import open_database
from programme.loaders.store.revisions import head
from programme.queries.duckdb import text_of

if TYPE_CHECKING:
    import duckdb

REVISION = "alembic_version"
"""The table that holds the revision of the schema."""

BATCH_SIZE = 5_000
"""Rows read at a time."""

SMALL_BATCH_SIZE = 20
"""The same for tables that hold bytes: a row may be some megabytes."""


class Source(Protocol):
    """Rows of tables in batches, with values as SQLite holds them."""

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """Yield batches of the rows of a table, with columns in the order of its definition."""


class DatabaseRows:
    """The rows of a database, or of one edition in it."""

    def __init__(self, connection: Connection, edition_id: int | None) -> None:
        self._connection = connection
        self._edition_id = edition_id

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """Yield batches of the rows of a table."""
        columns = ", ".join(column.name for column in table.columns)
        order = ", ".join(column.name for column in table.primary_key.columns)
        where = condition(table.name, self._edition_id)
        sql = f"SELECT {columns} FROM {table.name}{where} ORDER BY {order}"
        return self._connection.stream(sql, SMALL_BATCH_SIZE if holds_bytes(table) else BATCH_SIZE)


class _ParquetFolder:
    def __init__(self, connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def rows(self, table: Table) -> Iterator[list[Row]]:
        columns = ", ".join(_as_stored(column) for column in table.columns)
        for file in self._files(table.name):
            cursor = self._connection.execute(f"SELECT {columns} FROM read_parquet(?)", [file])
            while rows := cursor.fetchmany(SMALL_BATCH_SIZE if holds_bytes(table) else BATCH_SIZE):
                yield rows

    def _files(self, table: str) -> list[str]:
        """Return the file of a table, and those with more parts of large documents, or the files of each edition."""
        if (self._folder / table).is_dir():
            return sorted(map(str, (self._folder / table).rglob("*.parquet")))
        return [_file(self._folder, table), *sorted(map(str, self._folder.glob(f"{table}.*.parquet")))]


def source(origin: str | Path, edition: str | None = None) -> AbstractContextManager[Source]:
    """Open a database, limited to an edition if one is named, or a folder of Parquet files, as of one moment.

    Raises StoreError for anything else, for another revision of the schema, and for an unknown edition.
    """
    if "://" not in str(origin) and Path(origin).is_dir():
        return _parquet_source(Path(origin))
    return _database_source(origin, edition)


def edition_id(connection: Connection, edition: str | None) -> int | None:
    """Return the id of an edition by its slug, None without one; raise StoreError for an unknown one."""
    if edition is None:
        return None
    rows = connection.query("SELECT slug, name, id FROM editions ORDER BY slug")
    ids: dict[str, int] = {slug: id_ for slug, _, id_ in rows}
    if edition not in ids:
        raise StoreError(unknown_edition(edition, {slug: name for slug, name, _ in rows}))
    return ids[edition]


@contextmanager
def _database_source(database: str | Path, edition: str | None) -> Iterator[Source]:
    with closing(open_database(database)) as connection, connection.snapshot():
        yield DatabaseRows(connection, edition_id(connection, edition))


@contextmanager
def _parquet_source(folder: Path) -> Iterator[Source]:
    import duckdb

    missing = [
        table.name
        for table in tables()
        if not Path(_file(folder, table.name)).is_file() and not (folder / table.name).is_dir()
    ]
    revision = Path(_file(folder, REVISION))
    if missing or not revision.is_file():
        named = ", ".join(f"{name}.parquet" for name in missing[:3]) or revision.name
        raise StoreError(f"{folder}: is not a complete export by `loader export parquet`; it lacks {named}")
    check_memory()
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        try:
            found = connection.execute("SELECT version_num FROM read_parquet(?)", [str(revision)]).fetchall()
            if found != [(head(),)]:
                revision_found = found[0][0] if found else None
                raise StoreError(
                    f"{folder}: has revision {revision_found} of the schema, not {head()}; "
                    "export it again with this version of Programme"
                )
            yield _ParquetFolder(connection, folder)
        except duckdb.Error as error:
            raise StoreError(f"{folder}: cannot be read: {error}") from error


def _as_stored(column: "Column[Any]") -> str:
    """Return the expression for a column as SQLite holds it: instants and days as text."""
    name, kind = f'"{column.name}"', type_of(column)
    return text_of(name, kind) if kind in ("TIMESTAMPTZ", "DATE") else name


def _file(folder: Path, table: str) -> str:
    return str(folder / f"{table}.parquet")
