"""The garden programme in both databases, made once and only read."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor

from loaders.engines import duckdb_connection
from tests.queries.garden import fill


def fill_postgres(host: str, port: int, user: str, dbname: str, **_: object) -> None:
    fill(postgres_address(host, port, user, dbname))


def postgres_address(host: str, port: int, user: str, dbname: str) -> str:
    return f"postgresql://{user}@/{dbname}?host={host}&port={port}"


garden_server = factories.postgresql_noproc(depends_on="postgres_server", dbname="garden", load=[fill_postgres])


@pytest.fixture(scope="session")
def garden_postgres(garden_server: NoopExecutor) -> str:
    return postgres_address(garden_server.host, garden_server.port, garden_server.user, garden_server.template_dbname)


@pytest.fixture(scope="session")
def garden_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a garden's") / "programme.db"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def duckdb_over_sqlite(garden_sqlite: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb_connection(garden_sqlite) as connection:
        yield connection


@pytest.fixture(scope="session")
def duckdb_over_postgres(garden_postgres: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb_connection(garden_postgres) as connection:
        yield connection
