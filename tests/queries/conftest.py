"""The garden and the orchard in both databases, made once and only read."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor

from programme.engines import Result, duckdb_connection, run_query, run_query_duckdb
from tests.queries import garden, orchard

Run = Callable[[str, dict[str, str]], Result]


def fill_postgres(fill: Callable[[str], None], host: str, port: int, user: str, dbname: str, **_: object) -> None:
    fill(postgres_address(host, port, user, dbname))


def postgres_address(host: str, port: int, user: str, dbname: str) -> str:
    return f"postgresql://{user}@/{dbname}?host={host}&port={port}"


def address_of(server: NoopExecutor) -> str:
    return postgres_address(server.host, server.port, server.user, server.template_dbname)


garden_server = factories.postgresql_noproc(
    depends_on="postgres_server", dbname="garden", load=[partial(fill_postgres, garden.fill)]
)
orchard_server = factories.postgresql_noproc(
    depends_on="postgres_server", dbname="orchard", load=[partial(fill_postgres, orchard.fill)]
)
broken_server = factories.postgresql_noproc(
    depends_on="postgres_server", dbname="broken", load=[partial(fill_postgres, orchard.fill_broken)]
)


@pytest.fixture(scope="session")
def garden_postgres(garden_server: NoopExecutor) -> str:
    return address_of(garden_server)


@pytest.fixture(scope="session")
def garden_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a garden's") / "programme.db"
    garden.fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def orchard_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("orchard") / "programme.db"
    orchard.fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def broken_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("broken") / "programme.db"
    orchard.fill_broken(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def orchard_runs(orchard_sqlite: Path, orchard_server: NoopExecutor) -> Iterator[list[Run]]:
    """How to run a query on the orchard in each database, and in DuckDB over either."""
    yield from _runs(orchard_sqlite, address_of(orchard_server))


@pytest.fixture(scope="session")
def broken_runs(broken_sqlite: Path, broken_server: NoopExecutor) -> Iterator[list[Run]]:
    """How to run a query on the broken orchard, likewise."""
    yield from _runs(broken_sqlite, address_of(broken_server))


def _runs(sqlite: Path, postgres: str) -> Iterator[list[Run]]:
    """The connections of DuckDB are kept, for they take long to open."""
    with duckdb_connection(sqlite) as over_sqlite, duckdb_connection(postgres) as over_postgres:
        yield [
            partial(run_query, sqlite),
            partial(run_query, postgres),
            partial(run_query_duckdb, over_sqlite),
            partial(run_query_duckdb, over_postgres),
        ]
