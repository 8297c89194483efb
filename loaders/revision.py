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

    package = find_spec("migrations")
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
