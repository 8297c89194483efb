"""PostgreSQL databases that have our tables already."""

import psycopg
import pytest
from pytest_postgresql import factories

from programme.loaders.store.revisions import create_or_upgrade
from tests.conftest import url_of


def create_tables(host: str, port: int, user: str, dbname: str, **_: object) -> None:
    create_or_upgrade(f"postgresql://{user}@/{dbname}?host={host}&port={port}")


# What is loaded here is the template of the databases of tests: copying it takes a fifth of the time of migrating.
tables_noproc = factories.postgresql_noproc(depends_on="postgres_server", dbname="tables", load=[create_tables])
with_tables = factories.postgresql("tables_noproc")


@pytest.fixture
def postgres_url(with_tables: "psycopg.Connection[tuple[object, ...]]") -> str:
    """URL of a PostgreSQL database with empty tables: `open_database` need not create them for each test."""
    return url_of(with_tables)
