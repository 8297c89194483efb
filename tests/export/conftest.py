"""The invented samples in both databases, loaded once and only read."""

from pathlib import Path

import pytest
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor

from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest

SAMPLES = Path(__file__).parents[2] / "samples"


def load(database: str) -> None:
    connection = open_database(database, create=True)
    list(ingest(connection, documents_from([str(SAMPLES)])))
    connection.close()


def facts(database: str | Path) -> list[str]:
    """The dump of a database."""
    connection = open_database(database)
    lines = list(dump(connection))
    connection.close()
    return lines


def load_postgres(host: str, port: int, user: str, dbname: str, **_: object) -> None:
    load(f"postgresql://{user}@/{dbname}?host={host}&port={port}")


samples_server = factories.postgresql_noproc(depends_on="postgres_server", dbname="samples", load=[load_postgres])


@pytest.fixture(scope="session")
def samples_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Path of a SQLite database of the samples."""
    path = str(tmp_path_factory.mktemp("sampled") / "it's.db")
    load(path)
    return path


@pytest.fixture(scope="session")
def samples_postgres(samples_server: NoopExecutor) -> str:
    """URL of a PostgreSQL database of the samples."""
    server = samples_server
    return f"postgresql://{server.user}@/{server.template_dbname}?host={server.host}&port={server.port}"


@pytest.fixture(params=["sqlite", "postgresql"])
def sampled(request: pytest.FixtureRequest) -> str:
    """A database of the samples, once SQLite and once PostgreSQL."""
    name = "samples_sqlite" if request.param == "sqlite" else "samples_postgres"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(scope="session")
def sampled_facts(samples_sqlite: str) -> list[str]:
    """The dump of the samples."""
    return facts(samples_sqlite)
