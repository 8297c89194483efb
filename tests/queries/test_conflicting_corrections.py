"""`source_conflicts` and `check_corrections` show which of two corrections wins, the same on every engine."""

from pathlib import Path
from typing import Any

import pytest
from pytest_postgresql.executors import NoopExecutor

from programme.engines import run_query
from tests.queries import conflicting_corrections
from tests.queries.conftest import postgres_database, sqlite_database, url_of
from tests.queries.database import query_rows

Row = tuple[Any, ...]
KETTLE = "github.com/ada/kettle"
COLUMNS = "subject_type title field shown other others document line_start path paper_key target_key"
CONTRADICTIONS: list[Row] = [
    ("author", "Ada Q. Quill", "name", "Ada Q. Quill", "Ada Quill", 1, 12, None, "a1"),
    ("entry", "Daily Papers", "upvotes", "8", "7", 1, 11, None, "l1"),
    ("session", "Tea", "cancelled", "false", "true", 1, 9, None, "s1"),
    ("slot", "Tea", "room", "Hall D", "Hall C", 1, 10, None, "s1"),
    ("paper", 'The "Best" Ladles', "arxiv", "arxiv:2201.00001 (added)", "arxiv:2201.00001 (denied)", 1, 6, "p1", "p1"),
    ("paper", 'The "Best" Ladles', "byline", "Éva Moss · Ada Quill", "Ada Quill", 1, 2, "p1", "p1"),
    ("paper", 'The "Best" Ladles', "edition", "iclr-2019", "ICML 2022", 1, 3, "p1", "p1"),
    (
        *("paper", 'The "Best" Ladles', "identity"),
        'different: p1, {"edition": "icml-2022", "title": "Spoons"}',
        'the same: p1, {"edition": "icml-2022", "title": "Spoons"}',
        *(1, 7, "p1", "p1"),
    ),
    ("paper", 'The "Best" Ladles', "repository", f"{KETTLE} (denied)", f"{KETTLE} (added)", 1, 4, "p1", "p1"),
    ("paper", 'The "Best" Ladles', "role", f"{KETTLE}: other", f"{KETTLE}: own", 1, 5, "p1", "p1"),
    ("paper", 'The "Best" Ladles', "title", 'The "Best" Ladles', "Ladles, Extended", 2, 1, "p1", "p1"),
]
"""What the newer document states and what the older one does, which is the document; the path is that of its line."""

corrections_server = postgres_database("corrections", conflicting_corrections.fill)


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_database(tmp_path_factory, "corrections", conflicting_corrections.fill)


def test_corrections_that_contradict_each_other(sqlite: Path) -> None:
    found = [row for row in query_rows(sqlite, "source_conflicts", {}, f"{COLUMNS} rule") if "newest" in row[-1]]
    fields = {line: field for line, (*_, field, _) in enumerate(conflicting_corrections.OLDER, 1)}
    expected = [
        (*row[:6], "older.yaml", row[6], f"corrections[{row[6] - 1}].{fields[row[6]]}", *row[7:])
        for row in CONTRADICTIONS
    ]
    assert [row[:-1] for row in found] == expected


def test_a_correction_decides_between_documents(sqlite: Path) -> None:
    found = query_rows(sqlite, "source_conflicts", {}, "title field shown other others rule")
    assert [row for row in found if "newest" not in row[-1]] == [
        ("Forks, III", "title", "Forks, III", "Forks", 2, "a correction"),
        ('The "Best" Ladles', "room", "Hall D", "Hall A", 1, "a correction"),
        ('The "Best" Ladles', "upvotes", "8", "5", 2, "a correction"),
    ]


def test_checks_name_each_correction_that_is_without_effect(sqlite: Path) -> None:
    rows = query_rows(sqlite, "check_corrections", {}, "rule document line_start field value newer reason")
    assert [row[1:5] for row in rows if row[0] == "it applies to something"] == [
        ("newer.yaml", 8, "title", '"Trees"'),
        ("older.yaml", 7, "same_paper", '[{"edition": "icml-2022", "title": "Spoons"}]'),
        ("older.yaml", 8, "title", '"Leaves"'),
    ]
    others = [row for row in rows if row[0] != "it applies to something"]
    assert [(*row[2:4], row[5]) for row in others if row[1] == "older.yaml"] == [
        (1, "title", '"The \\"Best\\" Ladles"'),
        (2, "authors", '["Éva Moss", "Ada Quill"]'),
        (3, "edition", '"iclr-2019"'),
        (8, "title", '"Trees"'),
        (9, "cancelled", "false"),
        (10, "room", '"Hall D"'),
        (11, "upvotes", "8"),
        (12, "name", '"Ada Q. Quill"'),
    ]
    assert {row[1] for row in others} == {"older.yaml"}
    assert {row[-1] for row in rows} == {"It says so."}


@pytest.mark.parametrize("name", ["source_conflicts", "check_corrections"])
def test_every_engine_lists_the_same(name: str, sqlite: Path, corrections_server: NoopExecutor) -> None:
    databases = (str(sqlite), url_of(corrections_server))
    results = [run_query(database, name, {}, engine) for database in databases for engine in (None, "duckdb")]
    assert results[1:] == results[:1] * 3
