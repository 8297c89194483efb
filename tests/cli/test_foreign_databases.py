"""A database of another program is refused, left as it is, and not made the subject of the same command again."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from programme.exceptions import StoreError
from programme.loaders.store.database import open_database, upgrade
from tests.cli.conftest import Loader


def foreign(path: Path, *statements: str) -> str:
    """Write a database of another program, and return its digest."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("CREATE TABLE customers (name TEXT)", *statements):
            connection.execute(statement)
        connection.commit()
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("revisions", [(), ("CREATE TABLE alembic_version AS SELECT 'ae1027a6' AS version_num",)])
@pytest.mark.parametrize(
    "words",
    [
        ["ingest", "SAMPLE", "--database", "other.db"],
        ["upgrade", "--database", "other.db"],
        ["copy", "own.db", "other.db"],
        ["copy", "other.db", "new.db"],
        ["dump", "--database", "other.db"],
        ["serve", "--database", "other.db"],
    ],
    ids=" ".join,
)
def test_refused(tmp_path: Path, samples: Path, loader: Loader, words: list[str], revisions: tuple[str, ...]) -> None:
    digest = foreign(tmp_path / "other.db", *revisions)
    open_database(tmp_path / "own.db", create=True).close()
    done = loader(*(str(samples / "bibtex.bib") if word == "SAMPLE" else word for word in words), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: other.db: is a database of another program, with the tables customers; name another one\n"
    )
    assert hashlib.sha256((tmp_path / "other.db").read_bytes()).hexdigest() == digest
    assert not (tmp_path / "new.db").exists()


def test_another_program_that_migrates_tables_of_a_server(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE customers (name TEXT)")
        connection.execute("CREATE TABLE alembic_version AS SELECT 'ae1027a6' AS version_num")
    for refused in (open_database, upgrade):
        with pytest.raises(StoreError, match="is a database of another program, with the tables customers; name"):
            refused(postgres_url)
    with pytest.raises(StoreError, match="another program"):
        open_database(postgres_url, create=True)
