"""Parquet, CSV, JSON Lines and DuckDB: every row with its type, one edition with all it refers to, all or nothing."""

import base64
import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Table

from programme.engines import plain_row, run_query
from programme.exceptions import QueryError, StoreError
from programme.export import duckdb_files
from programme.export.copying import copy, write_sqlite
from programme.export.duckdb_files import write_duckdb, write_folder, write_query
from programme.export.duckdb_schema import tables, type_of
from programme.loaders.store.database import open_database
from programme.queries import catalogue
from tests.export.conftest import facts

pytestmark = pytest.mark.slow

VIEWS = sorted(name for name, query in catalogue().items() if query.is_view)
EDITION = "icml-2022"


def rows_of(database: str, table: str, columns: str) -> list[tuple[object, ...]]:
    return open_database(database).query(f"SELECT {columns} FROM {table} ORDER BY 1, 2")


def test_parquet_keeps_types(sampled: str, tmp_path: Path) -> None:
    write_folder(sampled, tmp_path / "lake", "parquet")
    for table in tables():
        found = duckdb.sql(f"DESCRIBE FROM '{tmp_path}/lake/{table.name}.parquet'").fetchall()
        types = [kind.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ") for _, kind, *_ in found]
        assert [row[0] for row in found] == [column.name for column in table.columns]
        assert types == [type_of(column) for column in table.columns]


def test_csv_and_json_lines_hold_every_row(sampled: str, tmp_path: Path) -> None:
    for form in ("csv", "jsonl"):
        write_folder(sampled, tmp_path / form, form)
    documents = rows_of(sampled, "documents", "id, ingested_at, captured_on, content")
    with (tmp_path / "csv" / "documents.csv").open(encoding="utf-8", newline="") as file:
        lines = sorted(csv.DictReader(file), key=lambda row: int(row["id"]))
    objects = [json.loads(line) for line in (tmp_path / "jsonl" / "documents.jsonl").read_text("utf-8").splitlines()]
    objects.sort(key=lambda row: int(row["id"]))
    for line, row, document in zip(lines, objects, documents, strict=True):
        number, ingested_at, captured_on, content = document
        assert (int(line["id"]), line["ingested_at"], line["captured_on"] or None) == (number, ingested_at, captured_on)
        assert (row["id"], row["ingested_at"], row["captured_on"]) == (number, ingested_at, captured_on)
        assert base64.b64decode(line["content"]) == base64.b64decode(row["content"]) == content
    counts = {table.name: len(open_database(sampled).query(f"SELECT 1 FROM {table.name}")) for table in tables()}
    for table, count in counts.items():
        with (tmp_path / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) == count + 1, table


def test_parts_of_large_documents_are_read_a_few_at_a_time(
    samples_sqlite: str, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb_files, "MAX_PARTS", 2)
    copy(samples_sqlite, database_url)
    connection = open_database(database_url)
    parts = [(document, position, bytes([document, position, 0, 255])) for document in (1, 2) for position in (2, 3, 4)]
    connection.insert("document_parts", ("document_id", "position", "content"), parts)
    connection.close()
    write_folder(database_url, tmp_path / "lake", "parquet")
    assert len(list((tmp_path / "lake").glob("document_parts*.parquet"))) == 4
    copy(tmp_path / "lake", tmp_path / "back.db")
    assert rows_of(str(tmp_path / "back.db"), "document_parts", "document_id, position, content") == parts
    write_duckdb(database_url, tmp_path / "programme.duckdb")
    with duckdb.connect(str(tmp_path / "programme.duckdb"), read_only=True) as made:
        assert made.execute("FROM document_parts ORDER BY 1, 2").fetchall() == parts


def test_duckdb_has_types_keys_references_indexes_and_comments(sampled: str, tmp_path: Path) -> None:
    write_duckdb(sampled, tmp_path / "programme.duckdb")
    with duckdb.connect(str(tmp_path / "programme.duckdb"), read_only=True) as connection:
        kinds = connection.execute("SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY 1").fetchall()
        described = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'slots' AND column_name = 'starts_at'"
        ).fetchall()
        started = connection.execute("SELECT typeof(starts_at) FROM slots LIMIT 1").fetchall()
        indexes = connection.execute("SELECT count(*) FROM duckdb_indexes()").fetchall()
    counted = dict(kinds)
    assert counted["PRIMARY KEY"] == len(tables())
    references = [key for table in tables() for key in table.foreign_keys if key.column.table is not table]
    assert counted["FOREIGN KEY"] == len(references)
    assert indexes == [(sum(len(table.indexes) for table in tables()),)]
    assert described == [("Start in UTC.",)]
    assert started == [("TIMESTAMP WITH TIME ZONE",)]


def test_a_duckdb_file_checks_references(samples_sqlite: str, tmp_path: Path) -> None:
    write_duckdb(samples_sqlite, tmp_path / "programme.duckdb")
    with (
        duckdb.connect(str(tmp_path / "programme.duckdb")) as connection,
        pytest.raises(duckdb.ConstraintException, match="foreign key"),
    ):
        connection.execute("INSERT INTO paper_names VALUES (999999, 'x')")


@pytest.fixture(scope="module")
def duckdb_file(samples_sqlite: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("duck") / "programme.duckdb"
    write_duckdb(samples_sqlite, path)
    return path


@pytest.mark.parametrize("view", VIEWS)
def test_views_of_a_duckdb_file_return_the_same_rows(view: str, duckdb_file: Path, samples_sqlite: str) -> None:
    columns, rows = run_query(samples_sqlite, view, {})
    with duckdb.connect(str(duckdb_file), read_only=True) as connection:
        cursor = connection.execute(f"FROM {view}")
        assert [column[0] for column in cursor.description or ()] == columns
        assert sorted(map(repr, map(plain_row, cursor.fetchall()))) == sorted(map(repr, rows))


def test_a_duckdb_file_answers_queries_with_parameters(duckdb_file: Path) -> None:
    sql = "SELECT date_part('month', starts_on) FROM editions_of_venue('icml') WHERE edition = 'icml-2022'"
    with duckdb.connect(str(duckdb_file), read_only=True) as connection:
        assert connection.execute(sql).fetchall() == [(7,)]


def test_an_exported_edition_is_complete(sampled: str, sampled_facts: list[str], tmp_path: Path) -> None:
    write_folder(sampled, tmp_path / "lake", "parquet", EDITION)
    copy(tmp_path / "lake", tmp_path / "from_lake.db")  # which refuses open references
    write_sqlite(sampled, tmp_path / "edition.db", EDITION)
    found = facts(tmp_path / "edition.db")
    assert facts(tmp_path / "from_lake.db") == found
    assert set(found) < set(sampled_facts)
    write_duckdb(sampled, tmp_path / "edition.duckdb", EDITION)
    with sqlite3.connect(tmp_path / "edition.db") as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        sessions = connection.execute("SELECT count(*) FROM sessions").fetchall()
        papers = connection.execute("SELECT key FROM papers ORDER BY key").fetchall()
    expected = open_database(sampled).query(
        "SELECT papers.key FROM papers WHERE EXISTS (SELECT 1 FROM slots JOIN sessions ON sessions.id = session_id "
        "JOIN editions ON editions.id = edition_id WHERE paper_id = papers.id AND slug = ?) OR EXISTS (SELECT 1 FROM "
        "paper_sources JOIN editions ON editions.id = edition_id WHERE paper_id = papers.id AND slug = ?)",
        (EDITION, EDITION),
    )
    assert papers == sorted(expected)
    assert len(papers) > 5
    with duckdb.connect(str(tmp_path / "edition.duckdb"), read_only=True) as duck:
        assert duck.execute("SELECT key FROM papers ORDER BY key").fetchall() == papers
        assert duck.execute("SELECT count(*) FROM sessions").fetchall() == sessions
        assert duck.execute("SELECT DISTINCT edition FROM programme").fetchall() == [(EDITION,)]


def test_an_unknown_edition_is_refused_with_the_nearest_ones(samples_sqlite: str, tmp_path: Path) -> None:
    for write in (write_duckdb, write_sqlite):
        with pytest.raises(StoreError, match=r"no edition 'icml22' in this database; did you mean icml-2022\?"):
            write(samples_sqlite, tmp_path / "made", "icml22")
    assert list(tmp_path.iterdir()) == []


def test_a_query_is_written_to_one_file(sampled: str, tmp_path: Path) -> None:
    columns, rows = run_query(sampled, "papers_with_code_of_edition", {"edition": EDITION})
    for form in duckdb_files.COPY_OPTIONS:
        file = tmp_path / f"rows.{form}"
        assert write_query(sampled, "papers_with_code_of_edition", {"edition": EDITION}, file, form) == len(rows)
    read = duckdb.execute("FROM read_parquet(?)", [str(tmp_path / "rows.parquet")])
    assert [column[0] for column in read.description or ()] == columns
    assert read.fetchall() == rows
    objects = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()]
    assert [tuple(row.values()) for row in objects] == rows
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file_of_rows:
        texts = list(csv.reader(file_of_rows))
    assert texts == [columns, *(["" if value is None else str(value) for value in row] for row in rows)]
    with pytest.raises(QueryError, match="has no parameter 'year'"):
        write_query(sampled, "papers_with_code_of_edition", {"year": "2022"}, tmp_path / "none", "csv")


def broken_at(table: Table) -> Callable[..., Iterator[str]]:
    whole = duckdb_files._selects

    def selects(connection: duckdb.DuckDBPyConnection, asked: Table, edition: int | None, form: str) -> Iterator[str]:
        return iter(["SELECT error('the disk is gone')"]) if asked is table else whole(connection, asked, edition, form)

    return selects


def test_an_export_that_fails_leaves_nothing(sampled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It fails at the first table, at the last, and at some between."""
    whole = duckdb_files._selects
    (tmp_path / "lake").mkdir()
    for table in (tables()[0], tables()[9], tables()[-1]):
        monkeypatch.setattr(duckdb_files, "_selects", broken_at(table))
        with pytest.raises(StoreError, match="cannot be exported"):
            write_folder(sampled, tmp_path / "lake", "parquet")
        assert list(tmp_path.rglob("*")) == [tmp_path / "lake"]
    with pytest.raises(StoreError, match="cannot be exported"):
        write_duckdb(sampled, tmp_path / "programme.duckdb")
    assert list(tmp_path.rglob("*")) == [tmp_path / "lake"]
    monkeypatch.setattr(duckdb_files, "_selects", whole)
    write_folder(sampled, tmp_path / "lake", "parquet")
    assert len(list((tmp_path / "lake").iterdir())) == len(tables()) + 1
