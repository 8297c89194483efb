"""Open a database: create it where there is none, refuse one whose tables are at another revision."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from programme.database_url import DatabaseUrl, parse_database_url
from programme.exceptions import StoreError
from programme.loaders.store.connection import Connection, connect
from programme.loaders.store.problems import problem
from programme.loaders.store.revisions import create_or_upgrade, create_sqlite, head

REVISION_TABLE = "alembic_version"
OWN_TABLE = "paper_sources"
"""A table that every revision has, and hardly another program."""

_SQLITE_TABLES = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*' ORDER BY 1"
)
_POSTGRESQL_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = ANY (current_schemas(false)) ORDER BY 1"


def open_database(database: str | Path, *, create: bool = False) -> Connection:
    """Open a database whose tables are at the current revision.

    With `create`, a missing or empty one is set up first. Raises StoreError where there is none, and for a database
    made by an older or newer version of Programme.
    """
    target = parse_database_url(database)
    if target.engine == "sqlite":
        _check_path(target, create=create)
    connection = connect(target)
    try:
        revision = _revision(connection)
    except StoreError:
        connection.close()
        raise
    if revision is None and create:
        connection.close()
        _create(target)
        return open_database(database)
    try:
        _check_revision(target, revision)
    except StoreError:
        connection.close()
        raise
    return connection


def _create(target: DatabaseUrl) -> None:
    if target.engine == "postgresql":
        create_or_upgrade(target.url)
        return
    try:
        create_sqlite(target.location)
    except sqlite3.Error as error:
        # Opening it has made an empty file.
        if not Path(target.location).stat().st_size:
            Path(target.location).unlink()
        raise StoreError(f"{target}: cannot be created: {problem(error)}") from error


def exists(database: str | Path) -> bool:
    """Return whether there is a file to open; of a server, whose databases are not made here, always true."""
    target = parse_database_url(database)
    return target.engine != "sqlite" or os.path.exists(target.location)  # noqa: PTH110 - Path raises for a long name


def upgrade(database: str | Path) -> tuple[str, str]:
    """Migrate a database to the latest schema and recreate its views; all rows stay.

    Returns the revisions before and after. Raises StoreError where there is no database, and for a newer one.
    """
    target = parse_database_url(database)
    if target.engine == "sqlite":
        _check_path(target, create=False)
    with closing(connect(target)) as connection:
        before = _revision(connection)
    if before is None or before > head():
        _check_revision(target, before)
    from sqlalchemy.exc import SQLAlchemyError

    try:
        create_or_upgrade(target.url)
    except SQLAlchemyError as error:
        reason = problem(getattr(error, "orig", None) or error)
        raise StoreError(f"{target}: cannot be migrated: {reason}; nothing was changed") from error
    return str(before), head()


def _check_path(target: DatabaseUrl, *, create: bool) -> None:
    path = Path(target.location)
    try:
        path.stat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror}; name another file with --database") from error
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name the database file in it")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path}: is not a regular file; name another with --database")
    if not path.exists():
        if not create:
            raise StoreError(f"{path}: no such database; `loader ingest` creates one")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{path}: the folder {path.absolute().parent} does not exist; create it first")
    # An empty file is an empty database to SQLite; every other one starts with this header.
    elif path.stat().st_size and path.open("rb").read(16) != b"SQLite format 3\x00":
        raise StoreError(f"{path}: is not a SQLite database; name another file with --database")


def _revision(connection: Connection) -> str | None:
    """Return the revision of the tables, None when there are none; raises StoreError for those of another program."""
    is_sqlite = connection.database.engine == "sqlite"
    names = [name for (name,) in connection.query(_SQLITE_TABLES if is_sqlite else _POSTGRESQL_TABLES)]
    others = [name for name in names if name != REVISION_TABLE]
    # A server's database may hold tables of several programs side by side; another's revisions would hide ours.
    if OWN_TABLE not in names and others and (is_sqlite or REVISION_TABLE in names):
        shown = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
        raise StoreError(
            f"{connection.database}: is a database of another program, with the tables {shown}; name another one"
        )
    rows = connection.query(f"SELECT version_num FROM {REVISION_TABLE}") if REVISION_TABLE in names else []
    return rows[0][0] if rows else None


def _check_revision(target: DatabaseUrl, revision: str | None) -> None:
    if revision is None:
        raise StoreError(f"{target}: holds no programme yet; run `loader ingest SOURCE --database {target}`")
    if revision < head():
        raise StoreError(
            f"{target}: its tables are at revision {revision}, and this version needs {head()}; "
            f"run `loader upgrade --database {target}`"
        )
    if revision > head():
        raise StoreError(
            f"{target}: its tables are at revision {revision}, newer than this version of Programme; install the latest"
        )
