"""A destination appears once it is complete, and an existing one is not lost by accident."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from programme.exceptions import StoreError
from programme.export.files import atomic_path, refuse_database
from programme.export.writing import ExportOptions, write
from programme.loaders.store.database import open_database


def test_a_file_appears_once_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "made.txt"
    with atomic_path(target) as partial:
        partial.write_text("half", encoding="utf-8")
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "half"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("is_folder", [False, True])
@pytest.mark.parametrize("replace", [False, True])
def test_an_error_keeps_the_existing_destination(is_folder: bool, replace: bool, tmp_path: Path) -> None:
    target = tmp_path / "made"
    if replace:
        old = target / "old.csv" if is_folder else target
        old.parent.mkdir(exist_ok=True)
        old.write_text("old", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with (
        pytest.raises(ZeroDivisionError),
        atomic_path(target, is_folder=is_folder, replace=replace) as partial,
    ):
        (partial / "new" if is_folder else partial).write_text("new" * (1 // 0), encoding="utf-8")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    for name in ("old.csv", "new.csv"):
        with atomic_path(tmp_path / "made", is_folder=True, replace=name == "new.csv") as partial:
            (partial / name).touch()
    assert list(tmp_path.rglob("*")) == [tmp_path / "made", tmp_path / "made" / "new.csv"]


@pytest.mark.parametrize("held", ["thesis.txt", "folder"])
def test_a_folder_with_other_files_is_never_replaced(held: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    (made / "folder").mkdir(parents=True)
    (made / "thesis.txt").touch()
    (made / ("thesis.txt" if held == "folder" else "folder")).rename(tmp_path / "aside")
    with (
        pytest.raises(StoreError, match="holds other files than an export"),
        atomic_path(made, is_folder=True, replace=True),
    ):
        raise AssertionError
    assert (made / held).exists()


def test_a_folder_that_holds_the_database_is_refused(tmp_path: Path) -> None:
    for destination in (tmp_path, tmp_path / "programme.db"):
        with pytest.raises(StoreError, match="is the database itself or holds it"):
            refuse_database(str(tmp_path / "programme.db"), destination)


def test_a_database_cannot_be_written_while_it_is_exported(tmp_path: Path) -> None:
    database = tmp_path / "programme.db"
    reading = open_database(database, create=True)
    with (
        reading.snapshot(),
        closing(sqlite3.connect(database, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("INSERT INTO venues VALUES (1, 'x', 'X', NULL)").connection.commit()


def test_an_existing_destination_is_kept_without_replace(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    for name, is_folder, problem in (
        ("full", True, "exists already"),
        ("full/file", False, "exists already"),
        ("full", False, "is a folder"),
        ("full/file", True, "is a file"),
        ("missing/file", False, "does not exist; create it first"),
    ):
        with pytest.raises(StoreError, match=problem), atomic_path(tmp_path / name, is_folder=is_folder):
            raise AssertionError


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (ExportOptions("duckdb", "made", query="programme"), "a query is exported as parquet, csv, jsonl"),
        (ExportOptions("csv", "made", parameters={"q": "x"}), "name the query with --query"),
        (ExportOptions("bibtex", "made", listing="aa"), "--listing goes with atom only"),
        (
            ExportOptions("csv", "made", query="coauthors", edition="icml-2022"),
            "coauthors has no parameter edition",
        ),
        (ExportOptions("csv", "made", query="programm"), "no query 'programm'; did you mean programme"),
    ],
)
def test_contradictory_options_are_refused(
    options: ExportOptions, problem: str, samples_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Exception, match=problem):
        write(samples_sqlite, options)
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_destination_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(StoreError, match="is read-only; name another destination"), atomic_path(tmp_path / "made"):
        raise AssertionError


def test_the_database_is_never_its_own_destination(samples_sqlite: str) -> None:
    for form in ("sqlite", "duckdb", "bibtex"):
        with pytest.raises(StoreError, match="is the database itself"):
            write(samples_sqlite, ExportOptions(form, samples_sqlite, replace=True))
