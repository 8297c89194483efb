"""Copy a whole database row by row: ids and keys stay; indexes, full text and views are built anew."""

from contextlib import closing
from pathlib import Path

from programme.database_url import parse_database_url
from programme.exceptions import StoreError
from programme.export.duckdb_schema import tables
from programme.export.files import atomic_path
from programme.export.sources import Source, source
from programme.loaders.store.bulk import NotEmptyError, bulk_load
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database


def copy(origin: str | Path, target: str | Path, edition: str | None = None) -> int:
    """Copy a database or a folder of Parquet files into an empty database, all or nothing; return the number of rows.

    Raises StoreError if the target is not empty.
    """
    url = parse_database_url(target)
    path = Path(url.location)
    if url.engine == "postgresql" or path.exists():
        with source(origin, edition) as rows, closing(open_database(target, create=True)) as connection:
            return _fill(connection, rows)
    return write_sqlite(origin, path, edition)


def write_sqlite(origin: str | Path, path: str | Path, edition: str | None = None, *, replace: bool = False) -> int:
    """Copy into a new SQLite file, which appears once it is complete; return the number of rows."""
    with source(origin, edition) as rows, atomic_path(path, replace=replace) as partial:
        return fill_sqlite(rows, partial)


def fill_sqlite(rows: Source, file: Path) -> int:
    """Write rows into a new SQLite file; return their number."""
    with closing(open_database(file, create=True)) as connection:
        return _fill(connection, rows)


def _fill(connection: Connection, rows: Source) -> int:
    """Write every table in one transaction."""
    count = 0
    try:
        with bulk_load(connection) as indexes:
            _check_emptiness(connection)
            for table in tables():
                columns = [column.name for column in table.columns]
                for batch in rows.rows(table):
                    connection.insert(table.name, columns, batch)
                    count += len(batch)
            indexes.build_all()
    except NotEmptyError:
        raise _not_empty(connection, "documents") from None
    if connection.database.engine == "postgresql":
        connection.run("ANALYZE")
    return count


def _check_emptiness(connection: Connection) -> None:
    for table in tables():
        if connection.query(f"SELECT 1 FROM {table.name} LIMIT 1"):
            raise _not_empty(connection, table.name)


def _not_empty(connection: Connection, table: str) -> StoreError:
    return StoreError(f"{connection.database}: is not empty (it has rows in {table}); copy into a new database")
