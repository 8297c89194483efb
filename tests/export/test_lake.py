"""`loader export ducklake`: the same rows as the database, in one commit an export, readable on another machine."""

import shutil
from pathlib import Path

import duckdb
import pytest

from programme.duckdb_setup import extension_file
from programme.engines import run_query
from programme.exceptions import StoreError
from programme.export.duckdb_files import write_folder
from programme.export.duckdb_schema import tables
from programme.export.lake import write_lake
from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.export.conftest import load
from tests.pages import Talk, session_page

pytestmark = pytest.mark.slow

LATER = Document.of("test:later", session_page("A Later Session", [Talk("A Later Paper", "Zed Newcomer · Ada Quill")]))


def reader(place: str, s3: str | None = None) -> duckdb.DuckDBPyConnection:
    """DuckDB over a lake that lies in a folder, or in a bucket of the store `s3`, as docs/scale.md tells to open it."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    connection.execute(f"LOAD '{extension_file('ducklake')}'")
    if s3:
        connection.execute(f"LOAD '{extension_file('httpfs')}'")
        keys = "KEY_ID 'k', SECRET 's', USE_SSL false, URL_STYLE 'path'"
        connection.execute(f"CREATE SECRET (TYPE s3, ENDPOINT '{s3}', {keys})")
    options = f"DATA_PATH '{place}/data/', OVERRIDE_DATA_PATH true, READ_ONLY"
    connection.execute(f"ATTACH 'ducklake:{place}/catalog.ducklake' AS lake ({options})")
    connection.execute("USE lake")
    return connection


def same_rows(connection: duckdb.DuckDBPyConnection, database: str, folder: Path) -> bool:
    """Whether every table of the lake has exactly the rows that `loader export parquet` writes now."""
    write_folder(database, folder, "parquet", replace=True)
    for table in tables():
        names = f"'{folder}/{table.name}.parquet'", f'lake."{table.name}"'
        both = (f"(FROM {one} EXCEPT ALL FROM {other})" for one, other in (names, reversed(names)))
        if connection.execute(" UNION ALL ".join(f"FROM {difference}" for difference in both)).fetchall():
            return False
    return True


@pytest.fixture
def database(database_url: str) -> str:
    """A database of the samples that a test may change."""
    load(database_url)
    return database_url


def test_a_second_export_writes_what_changed_in_one_commit(database: str, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    first = write_lake(database, lake)
    files = set(lake.rglob("*.parquet"))
    assert same_rows(reader(str(lake)), database, tmp_path / "now")
    assert write_lake(database, lake) == 0
    list(ingest(open_database(database), [LATER]))
    assert 0 < write_lake(database, lake) < first / 5
    assert files < set(lake.rglob("*.parquet"))
    connection = reader(str(lake))
    assert same_rows(connection, database, tmp_path / "now")
    commits = connection.execute("SELECT author, commit_message FROM lake.snapshots() ORDER BY snapshot_id").fetchall()
    assert [author for author, _ in commits][-2:] == ["Programme", "Programme"]
    assert len(commits) == 3  # the empty lake, and one commit an export that had something to write
    found = connection.execute("SELECT * FROM promised_code ORDER BY ALL").fetchall()
    assert sorted(map(str, found)) == sorted(map(str, run_query(database, "promised_code", {}, "duckdb")[1]))


def test_rows_of_an_edition_lie_in_files_of_their_own(samples_sqlite: str, tmp_path: Path) -> None:
    write_lake(samples_sqlite, tmp_path / "lake", partition="edition")
    folders = {path.name for path in (tmp_path / "lake" / "data" / "main" / "sessions").iterdir()}
    editions = open_database(samples_sqlite).query("SELECT DISTINCT edition_id FROM sessions")
    assert len(folders) == len(editions)
    assert same_rows(reader(str(tmp_path / "lake")), samples_sqlite, tmp_path / "now")


def test_a_lake_moves_and_names_no_path_of_the_machine_that_wrote_it(samples_sqlite: str, tmp_path: Path) -> None:
    write_lake(samples_sqlite, tmp_path / "lake")
    assert str(tmp_path).encode() not in (tmp_path / "lake" / "catalog.ducklake").read_bytes()
    shutil.move(tmp_path / "lake", tmp_path / "moved")
    assert same_rows(reader(str(tmp_path / "moved")), samples_sqlite, tmp_path / "now")


def test_a_reader_with_nothing_but_duckdb_reads_it_from_an_object_store(
    samples_sqlite: str, tmp_path: Path, s3: str
) -> None:
    import boto3

    lake = tmp_path / "lake"
    write_lake(samples_sqlite, lake)
    keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=f"http://{s3}", **keys)
    client.create_bucket(Bucket="programme")
    for path in filter(Path.is_file, lake.rglob("*")):
        client.upload_file(str(path), "programme", f"lake/{path.relative_to(lake)}")
    connection = reader("s3://programme/lake", s3)
    assert same_rows(connection, samples_sqlite, tmp_path / "now")


def test_an_export_that_fails_or_is_not_a_lake_leaves_what_is_there(samples_sqlite: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(StoreError, match="holds other files than a lake"):
        write_lake(samples_sqlite, folder)
    with pytest.raises(StoreError, match="is a file"):
        write_lake(samples_sqlite, folder / "notes.txt")
    with pytest.raises(StoreError, match="create it first"):
        write_lake(samples_sqlite, tmp_path / "no" / "lake")
    lake = tmp_path / "lake"
    write_lake(samples_sqlite, lake)
    (lake / "data" / "main" / "papers" / "left.parquet").write_bytes(b"half a file")
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as writer:
        writer.execute(f"LOAD '{extension_file('ducklake')}'")
        options = f"DATA_PATH '{lake}/data/', OVERRIDE_DATA_PATH true"
        writer.execute(f"ATTACH 'ducklake:{lake}/catalog.ducklake' AS lake ({options})")
        writer.execute("UPDATE lake.alembic_version SET version_num = '0001'")
    with pytest.raises(StoreError, match=r"has revision 0001 of the schema.*export into a new folder"):
        write_lake(samples_sqlite, lake)
