"""Databases that earlier revisions of the schema left behind can be upgraded; `fixtures/revisions/` keeps them."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from programme.exceptions import StoreError
from programme.letters import plain_name
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database, upgrade
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest
from programme.loaders.store.reread import reread
from programme.loaders.store.revisions import head
from programme.queries import catalogue
from tests.simulation.documents import stored

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "fixtures" / "revisions"
DOCUMENTS = {"0001": 11, "0002": 31, "0003": 31, "0004": 49}
"""The documents in the database of each revision."""


def restore(revision: str, database_url: str) -> None:
    """Restore the database of a revision into an empty one."""
    engine, _, path = database_url.partition(":///")
    if engine == "sqlite":
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(gzip.decompress((FOLDER / f"{revision}.sql.gz").read_bytes()).decode())
    else:
        with psycopg.connect(database_url) as connection:
            # The driver takes several statements at once where there are no parameters.
            connection.execute(gzip.decompress((FOLDER / f"{revision}-postgresql.sql.gz").read_bytes()))


def count(connection: Connection, table: str) -> int:
    found: int = connection.query(f"SELECT count(*) FROM {table}")[0][0]
    return found


def test_each_earlier_revision_has_its_database() -> None:
    revisions = [f"{number:04}" for number in range(1, int(head()))]
    missing = [revision for revision in revisions if revision not in DOCUMENTS]
    assert missing == [], "make the database of this revision as tests/fixtures/revisions/README.md says"


@pytest.mark.parametrize("revision", DOCUMENTS)
def test_an_old_database_is_refused_until_it_is_upgraded(revision: str, database_url: str) -> None:
    restore(revision, database_url)
    if revision < head():
        with pytest.raises(StoreError, match=rf"its tables are at revision {revision}, .* run `loader upgrade"):
            open_database(database_url)
    upgrade(database_url)
    with closing(open_database(database_url)) as connection:
        assert count(connection, "documents") == DOCUMENTS[revision]
        assert connection.query(
            "SELECT given_venue, given_year, given_on FROM documents WHERE uri LIKE '%/icml2021_graph_learning.txt' "
            "OR uri LIKE '%/daily_papers_representation_learning.txt' ORDER BY uri DESC"
        ) == [("icml", 2021, None), (None, None, "2025-08-11")]
        assert list(dump(connection))
        for query in catalogue().values():
            if query.is_view:
                count(connection, query.name)


@pytest.mark.parametrize("revision", DOCUMENTS)
def test_an_upgraded_database_is_read_again(revision: str, database_url: str, tmp_path: Path) -> None:
    restore(revision, database_url)
    upgrade(database_url)
    with (
        closing(open_database(database_url)) as connection,
        closing(open_database(tmp_path / "fresh.db", create=True)) as fresh,
    ):
        outcomes = list(reread(connection, everything=revision == "0004"))  # read with rules not much older
        assert [outcome.status for outcome in outcomes] == ["loaded"] * DOCUMENTS[revision]
        list(ingest(fresh, stored(connection)))
        assert list(dump(connection)) == list(dump(fresh))
        assert connection.query("SELECT count(*) FROM documents WHERE rules_version = 0") == [(0,)]


@pytest.mark.parametrize("revision", DOCUMENTS)
def test_names_are_found_without_reading_again(revision: str, database_url: str) -> None:
    restore(revision, database_url)
    upgrade(database_url)
    with closing(open_database(database_url)) as connection:
        names = connection.query("SELECT name, plain_name FROM authors")
    assert ("Bảo Trần-Olsen", "bao tran olsen") in names or revision == "0001"
    assert all(plain == plain_name(name) for name, plain in names)


def test_full_text_of_an_old_database_survives(sqlite_url: str) -> None:
    restore("0001", sqlite_url)
    upgrade(sqlite_url)
    with closing(open_database(sqlite_url)) as connection:
        found = connection.query("SELECT count(*) FROM papers_fts WHERE papers_fts MATCH 'contrastive'")
        titles = connection.query(
            "SELECT count(*) FROM papers WHERE title LIKE '%contrastive%' OR abstract LIKE '%contrastive%'"
        )
        assert found == titles != [(0,)]
