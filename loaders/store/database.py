"""Opening a database: created when it is not there, refused when its tables are of another revision."""

from pathlib import Path

from programme.database_url import DatabaseUrl, parse_database_url
from programme.exceptions import StoreError
from programme.loaders.store.connection import Connection, connect
from programme.loaders.store.revisions import create_or_upgrade, create_sqlite, head


def open_database(database: str | Path, *, create: bool = False) -> Connection:
    """Open a database whose tables are at the current revision.

    With `create`, an empty or missing one is set up first. Raises StoreError otherwise, and for a database that an
    older or newer Programme made.
    """
    target = parse_database_url(database)
    if target.engine == "sqlite":
        _check_path(target, create=create)
    connection = connect(target)
    revision = _revision(connection)
    if revision is None and create:
        connection.close()
        if target.engine == "sqlite":
            create_sqlite(target.location)
        else:
            create_or_upgrade(target.url)
        return open_database(database)
    try:
        _check_revision(target, revision)
    except StoreError:
        connection.close()
        raise
    return connection


def upgrade(database: str | Path) -> None:
    """Bring a database to the current revision and its views up to date; rows stay."""
    target = parse_database_url(database)
    if target.engine == "sqlite":
        _check_path(target, create=True)
    create_or_upgrade(target.url)


def _check_path(target: DatabaseUrl, *, create: bool) -> None:
    path = Path(target.location)
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name the database file in it")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path}: is no regular file; name another with --database")
    if not path.exists():
        if not create:
            raise StoreError(f"{path}: no such database; `loader ingest` makes one")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{path}: the folder {path.absolute().parent} does not exist; make it first")
    elif path.stat().st_size and path.open("rb").read(16) != b"SQLite format 3\x00":
        raise StoreError(f"{path}: is not a SQLite database; name another file with --database")


def _revision(connection: Connection) -> str | None:
    """The revision of the tables; None when there are none."""
    if connection.database.engine == "sqlite":
        tables = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
    else:
        tables = "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL"
    rows = connection.query("SELECT version_num FROM alembic_version") if connection.query(tables) else []
    return rows[0][0] if rows else None


def _check_revision(target: DatabaseUrl, revision: str | None) -> None:
    name = target.location
    if revision is None:
        raise StoreError(f"{name}: holds no programme yet; `loader ingest SOURCE --database {name}` makes one")
    if revision < head():
        raise StoreError(
            f"{name}: its tables are at revision {revision}, this loader needs {head()}; "
            f"run `loader upgrade --database {name}`"
        )
    if revision > head():
        raise StoreError(f"{name}: its tables are at revision {revision}, newer than this loader; install a newer one")
