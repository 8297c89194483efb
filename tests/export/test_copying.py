"""`loader copy`: the copy has the same dump, is complete or absent, and can be ingested into."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Table

from programme.engines import run_query
from programme.exceptions import StoreError
from programme.export import copying
from programme.export.copying import copy
from programme.export.duckdb_files import write_folder
from programme.export.duckdb_schema import tables
from programme.export.sources import Source, source
from programme.loaders.documents import Document
from programme.loaders.store.connection import Row
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.schema import TABLES
from tests.export.conftest import facts
from tests.pages import Talk, session_page

pytestmark = pytest.mark.slow

EDITION = "icml-2022"
LATER = Document.of("test:later", session_page("A Later Session", [Talk("A Later Paper", "Zed Newcomer · Ada Quill")]))


def test_a_copy_to_the_other_engine_and_back_has_the_same_facts(
    sampled: str, database_url: str, sampled_facts: list[str], tmp_path: Path
) -> None:
    count = copy(sampled, database_url)
    assert facts(database_url) == sampled_facts
    assert copy(database_url, tmp_path / "back.db") == count
    assert facts(tmp_path / "back.db") == sampled_facts


def test_a_copy_keeps_what_the_dump_leaves_out(samples_sqlite: str, database_url: str) -> None:
    copy(samples_sqlite, database_url)
    sql = "SELECT id, uri, ingested_at, media_type, content FROM documents ORDER BY id"
    assert open_database(database_url).query(sql) == open_database(samples_sqlite).query(sql)


def test_a_copy_can_be_ingested_into_and_searched(samples_sqlite: str, database_url: str, tmp_path: Path) -> None:
    copy(samples_sqlite, database_url)
    copy(samples_sqlite, tmp_path / "reference.db")
    for database in (database_url, tmp_path / "reference.db"):
        connection = open_database(database)
        assert [outcome.status for outcome in ingest(connection, [LATER])] == ["loaded"]
        connection.close()
    assert facts(database_url) == facts(tmp_path / "reference.db")
    for words in ("later paper", "contrastive"):
        found = run_query(database_url, "search_papers", {"q": words})
        assert found[1]
        assert found == run_query(tmp_path / "reference.db", "search_papers", {"q": words})


@pytest.mark.parametrize("partition", [None, "edition"])
def test_parquet_is_copied_into_either_database(
    sampled: str, database_url: str, sampled_facts: list[str], tmp_path: Path, partition: str | None
) -> None:
    count = write_folder(sampled, tmp_path / "lake", "parquet", partition=partition)
    assert (tmp_path / "lake" / "sessions" / f"edition={EDITION}").is_dir() == bool(partition)
    assert copy(tmp_path / "lake", database_url) == count
    assert facts(database_url) == sampled_facts


def test_a_target_with_rows_is_refused_and_stays(samples_sqlite: str, database_url: str) -> None:
    connection = open_database(database_url, create=True)
    list(ingest(connection, [LATER]))
    before = facts(database_url)
    with pytest.raises(StoreError, match=r"is not empty \(it has rows in \w+\); copy into a new database"):
        copy(samples_sqlite, database_url)
    assert facts(database_url) == before


def test_a_target_with_rows_in_any_table_is_refused(samples_sqlite: str, database_url: str) -> None:
    connection = open_database(database_url, create=True)
    connection.run("INSERT INTO venues (id, slug, name) VALUES (1, 'icml', 'ICML')")
    with pytest.raises(StoreError, match=r"it has rows in venues"):
        copy(samples_sqlite, database_url)


@pytest.mark.parametrize("is_there", [False, True])
def test_a_copy_that_fails_leaves_nothing(
    is_there: bool, samples_sqlite: str, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows of each table fail in turn."""
    if is_there:
        open_database(database_url, create=True).close()
    folder = Path(database_url.removeprefix("sqlite:///")).parent
    for table in tables():
        monkeypatch.setattr(copying, "source", breaking_at(table.name))
        with pytest.raises(RuntimeError, match="disk"):
            copy(samples_sqlite, database_url)
        if database_url.startswith("postgresql") or is_there:
            assert facts(database_url) == []
        else:
            assert list(folder.glob("programme.db")) + list(folder.glob(".*")) == []
    monkeypatch.setattr(copying, "source", source)
    copy(samples_sqlite, database_url)
    assert facts(database_url) == facts(samples_sqlite)


def breaking_at(name: str) -> object:
    class Breaking:
        def __init__(self, whole: Source) -> None:
            self._whole = whole

        def rows(self, table: Table) -> Iterator[list[Row]]:
            for batch in self._whole.rows(table):
                yield batch[:1]
                if table.name == name:
                    break
            if table.name == name:
                raise RuntimeError("the disk is gone")

    @contextmanager
    def opened(place: str, edition: str | None = None) -> Iterator[Breaking]:
        with source(place, edition) as whole:
            yield Breaking(whole)

    return opened


def test_an_invalid_source_is_refused(samples_sqlite: str, tmp_path: Path) -> None:
    target = tmp_path / "target.db"
    with pytest.raises(StoreError, match="no such database"):
        copy(tmp_path / "missing.db", target)
    with pytest.raises(StoreError, match=r"not a complete export by `loader export parquet`; it lacks \w+\.parquet"):
        copy(tmp_path, target)
    write_folder(samples_sqlite, tmp_path / "lake", "parquet")
    (tmp_path / "lake" / "slots.parquet").unlink()
    with pytest.raises(StoreError, match=r"it lacks slots\.parquet"):
        copy(tmp_path / "lake", target)
    (tmp_path / "lake" / "slots.parquet").write_bytes(b"PAR1 no more PAR1")
    with pytest.raises(StoreError, match="lake: cannot be read"):
        copy(tmp_path / "lake", target)
    assert not target.exists()


def test_every_table_of_the_schema_is_copied() -> None:
    assert {table.name for table in tables()} == {model.__tablename__ for model in TABLES}
