"""The programmes of these tests in both databases, created once and only read."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor

from programme.engines import Result, duckdb_connection, run_query, run_query_duckdb
from tests.queries import full_programme, small_programme

Fill = Callable[[str], None]
Run = Callable[[str, dict[str, str]], Result]


def postgres_url(host: str, port: int, user: str, dbname: str, **_: object) -> str:
    return f"postgresql://{user}@/{dbname}?host={host}&port={port}"


def postgres_database(name: str, fill: Fill) -> Any:
    """Return a fixture for a database on the PostgreSQL server of the tests, filled once."""

    def load(**server: Any) -> None:
        fill(postgres_url(**server))

    return factories.postgresql_noproc(depends_on="postgres_server", dbname=name, load=[load])


def url_of(server: NoopExecutor) -> str:
    """Return the URL of a database that `postgres_database` created."""
    return postgres_url(server.host, server.port, server.user, server.template_dbname)


def sqlite_database(folders: pytest.TempPathFactory, name: str, fill: Fill) -> Path:
    """Create and fill a database in a folder of this name."""
    path = folders.mktemp(name) / "programme.db"
    fill(f"sqlite:///{path}")
    return path


small_server = postgres_database("small", small_programme.fill)
full_server = postgres_database("full", full_programme.fill)
broken_server = postgres_database("broken", full_programme.fill_broken)


@pytest.fixture(scope="session")
def small_postgres(small_server: NoopExecutor) -> str:
    return url_of(small_server)


@pytest.fixture(scope="session")
def small_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # The folder's name has what an SQL literal or a URL has to quote.
    return sqlite_database(tmp_path_factory, "a garden's", small_programme.fill)


@pytest.fixture(scope="session")
def full_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_database(tmp_path_factory, "full", full_programme.fill)


@pytest.fixture(scope="session")
def broken_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_database(tmp_path_factory, "broken", full_programme.fill_broken)


@pytest.fixture(scope="session")
def full_runs(full_sqlite: Path, full_server: NoopExecutor) -> Iterator[list[Run]]:
    """How to run a query on the full programme: in each database, and in DuckDB over either."""
    yield from _runs(full_sqlite, url_of(full_server))


@pytest.fixture(scope="session")
def broken_runs(broken_sqlite: Path, broken_server: NoopExecutor) -> Iterator[list[Run]]:
    """How to run a query on the programme that breaks every rule."""
    yield from _runs(broken_sqlite, url_of(broken_server))


@pytest.fixture(scope="session")
def attached_runs(full_sqlite: Path, full_server: NoopExecutor) -> Iterator[list[Run]]:
    """The same, with databases that stay attached to DuckDB: it plans hundreds of similar queries in half the time."""
    yield from _runs(full_sqlite, url_of(full_server), is_attached=True)


def _runs(sqlite: Path, postgres: str, *, is_attached: bool = False) -> Iterator[list[Run]]:
    # DuckDB's connections are kept open: opening one takes longer than a query.
    with (
        duckdb_connection(without_views(sqlite), is_attached=is_attached) as over_sqlite,
        duckdb_connection(postgres, is_attached=is_attached) as over_postgres,
    ):
        if is_attached:
            # With one thread it reads through the connection that it has, with several it opens more for each table.
            over_sqlite.execute("SET threads = 1")
        yield [
            partial(run_query, sqlite),
            partial(run_query, postgres),
            partial(run_query_duckdb, over_sqlite),
            partial(run_query_duckdb, over_postgres),
        ]


def without_views(database: Path) -> Path:
    """Copy a database without its views, which DuckDB has in its own SQL.

    DuckDB opens the file for each table that a query names, and SQLite then parses every view: two thirds of the time.
    """
    copy = database.with_name("without views.db")
    # Connections to one that was made before may still be open.
    if not copy.exists():
        shutil.copy(database, copy)
        with closing(sqlite3.connect(copy)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
                connection.execute(f"DROP VIEW {name}")
    return copy
