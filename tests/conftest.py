"""Databases for tests: an empty one per test, SQLite or PostgreSQL, and the documents beside the checkout."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
from pytest_postgresql import factories

from tests.postgres import Server, running_server

# The default deadline of 200 ms fails on a busy machine when an example is the first to import ftfy or other rules.
hypothesis.settings.register_profile("programme", deadline=None)
hypothesis.settings.load_profile("programme")


def pytest_configure(config: pytest.Config) -> None:
    # pytest-alembic would collect its tests here, which fails with pytest 9.2; test_migrations.py imports them.
    config.option.pytest_alembic_tests_path = "-"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A long file that begins last would leave the other processes idle.
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server for the session. Its folder has a short name: a socket's path may hold some 100 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o700)
    yield from running_server(folder)
    shutil.rmtree(folder, ignore_errors=True)


postgresql_noproc = factories.postgresql_noproc(depends_on="postgres_server", dbname="programme_tests")
postgresql = factories.postgresql("postgresql_noproc")


def url_of(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    """Return the URL of the database that a connection is to."""
    info = connection.info
    return f"postgresql://{info.user}@/{info.dbname}?host={info.host}&port={info.port}"


@pytest.fixture
def postgres_url(postgresql: "psycopg.Connection[tuple[object, ...]]") -> str:
    """URL of an empty PostgreSQL database."""
    return url_of(postgresql)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of a SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'programme.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of an empty database, once of SQLite and once of PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; where it is missing, skip, or fail in CI that has it."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        is_needed = os.environ.get("CI") and os.environ.get("PROGRAMME_SHARED") != "optional"
        (pytest.fail if is_needed else pytest.skip)(
            f"needs {folder}: real documents, which are other people's and not in the repository; "
            "the rules are also tested on invented samples (CONTRIBUTING.md, Run the tests)"
        )
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of invented documents."""
    return Path(__file__).parents[1] / "samples"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a local object store, host and port."""
    from moto.server import ThreadedMotoServer

    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()
