"""Schema revisions: which one is the newest, and how a database is migrated to it."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.database_url import parse_database_url
from programme.loaders.store.waiting import ATTEMPT_S, TRY_LOCK, begin_immediate, wait_until, when_free

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine


@cache
def _migrations() -> Path:
    from importlib.util import find_spec

    package = find_spec("programme.migrations")
    if package is None or package.origin is None:
        raise RuntimeError("programme.migrations is missing from this installation; install programme again")
    return Path(package.origin).parent


@cache
def head() -> str:
    """Return the newest revision, read from the names of the files in `migrations/versions`.

    Asking Alembic would import it and SQLAlchemy, for every command that opens a database.
    """
    names = (path.stem for path in (_migrations() / "versions").iterdir() if path.suffix == ".py")
    return max(number for number, _, _ in (name.partition("_") for name in names) if number.isdecimal())


def migration_config() -> "Config":
    """Return Alembic's configuration; its attribute `connection` must be set to an Engine or Connection."""
    from alembic.config import Config

    config = Config()
    # The options are read by configparser, which would interpolate a percent sign in the path.
    config.set_main_option("script_location", str(_migrations()).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def migration_engine(url: str) -> "Engine":
    """Return an engine for migrations: on SQLite, DDL is part of the transaction and references are not checked."""
    from sqlalchemy import create_engine, event, make_url
    from sqlalchemy.pool import NullPool

    target = make_url(url)
    if target.drivername in ("postgresql", "postgres"):
        target = target.set(drivername="postgresql+psycopg")
    is_sqlite = target.get_backend_name() == "sqlite"
    engine = create_engine(target, poolclass=NullPool, connect_args={"timeout": ATTEMPT_S} if is_sqlite else {})
    if is_sqlite:
        event.listen(engine, "connect", _disable_implicit_transactions)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _begin_immediate(connection: Any) -> None:
    raw = connection.connection.dbapi_connection
    begin_immediate(raw, connection.engine.url.database)


def _disable_implicit_transactions(connection: object, _: object) -> None:
    # Left to itself, sqlite3 begins no transaction before DDL, so a failing revision would be half applied.
    connection.isolation_level = None  # type: ignore[attr-defined]
    # Alembic's batch mode replaces tables that others refer to; `migrations/env.py` checks all references at the end.
    connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[attr-defined]


def create_or_upgrade(url: str) -> None:
    """Migrate the database at an SQLAlchemy URL to the latest schema, all or nothing; an empty one gets every table."""
    from alembic import command

    config = migration_config()
    engine = migration_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Two processes that create the tables at once would get in each other's way.
            wait_until(parse_database_url(url), lambda: bool(connection.exec_driver_sql(TRY_LOCK).scalar_one()))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def create_sqlite(path: str) -> None:
    """Create an empty SQLite database at the latest schema from `migrations/head.sql`, all or nothing.

    The result is that of `create_or_upgrade`, without the two seconds that importing Alembic and SQLAlchemy takes.
    """
    import sqlite3
    from contextlib import closing

    from programme.queries.search import create_search, create_views

    with closing(sqlite3.connect(path, timeout=ATTEMPT_S, isolation_level=None)) as connection:
        begin_immediate(connection, path)
        # Another process may have created the tables while this one waited for the lock.
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            for statement in head_script().read_text(encoding="utf-8").split(";\n"):
                connection.execute(statement)
            create_search(connection.execute, "sqlite")
            create_views(connection.execute, "sqlite")
        when_free(path, lambda: connection.execute("COMMIT"))


def head_script() -> Path:
    """Return the path of the generated SQL that creates every table and index of the latest schema in SQLite."""
    return _migrations() / "head.sql"
