"""Schema revisions: which one is the newest, and how a database gets there."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

_REVISION_FILE = re.compile(r"(\d{4})_\w+\.py")


@cache
def _migrations() -> Path:
    from importlib.util import find_spec

    package = find_spec("programme.migrations")
    if package is None or package.origin is None:
        raise RuntimeError("the package migrations is not installed; install programme again")
    return Path(package.origin).parent


@cache
def head() -> str:
    """The newest revision, read from the names of the files in `migrations/versions`."""
    names = (_REVISION_FILE.fullmatch(path.name) for path in (_migrations() / "versions").iterdir())
    return max(name[1] for name in names if name)


def migration_config() -> "Config":
    """Alembic's configuration; its attribute `connection` must be set to an Engine or Connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_migrations()).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def migration_engine(url: str) -> "Engine":
    """An engine fit for migrations: on SQLite, changes of tables are part of the transaction and keys go unchecked."""
    from sqlalchemy import create_engine, event, make_url
    from sqlalchemy.pool import NullPool

    address = make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _take_over_transactions)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _take_over_transactions(connection: object, _: object) -> None:
    # Left to itself, sqlite3 begins no transaction before DDL.
    connection.isolation_level = None  # type: ignore[attr-defined]
    connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[attr-defined]


def create_or_upgrade(url: str) -> None:
    """Bring the database at an SQLAlchemy URL to the newest revision, all or nothing; an empty one gets every table."""
    from alembic import command

    config = migration_config()
    engine = migration_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def create_sqlite(path: str) -> None:
    """Create an empty SQLite database at the newest revision from `migrations/head.sql`, all or nothing.

    Gives what `create_or_upgrade` gives, without the seconds it takes to import what that needs.
    """
    import sqlite3
    from contextlib import closing

    from programme.queries.search import create_search, create_views

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            for statement in head_script().read_text(encoding="utf-8").split(";\n"):
                connection.execute(statement)
            create_search(connection.execute, "sqlite")
            create_views(connection.execute, "sqlite")
        connection.execute("COMMIT")


def head_script() -> Path:
    """The generated statements that make every table and index of the newest revision in SQLite."""
    return _migrations() / "head.sql"
