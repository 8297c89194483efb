"""The metadata: up to date, complete, and true to the tables, views and indexes of the database."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from programme.resources import shipped
from programme.schema import TABLES
from programme.site.metadata import DATABASE_NAME, FILE_NAME, START, shipped_metadata
from tools.metadata import HIDDEN, metadata, text

DATABASE: dict[str, Any] = metadata()["databases"][DATABASE_NAME]
ENTRIES: dict[str, Any] = DATABASE["tables"]


@pytest.fixture(scope="module")
def columns(database: Path) -> dict[str, list[str]]:
    """The columns of every table and view of a real database that are not internal."""
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for (name,) in names
            if name not in HIDDEN and not name.startswith("sqlite_")
        }


def test_the_committed_file_is_up_to_date() -> None:
    assert shipped(FILE_NAME).read_text(encoding="utf-8") == text(), (
        "datasette_metadata.json is stale; run `python -m tools.generate`"
    )


def test_every_table_view_and_column_is_described(columns: dict[str, list[str]]) -> None:
    assert {name for name in ENTRIES if not ENTRIES[name].get("hidden")} == set(columns)
    for name, names in columns.items():
        entry = ENTRIES[name]
        assert entry["title"]
        assert "one row per" in entry["description"].lower(), f"{name} does not state its grain"
        assert sorted(entry["columns"]) == sorted(names)
        assert all(len(text) > 3 and "`" not in text for text in entry["columns"].values()), name


def test_only_internal_tables_are_hidden(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        assert {name for (name,) in rows} == {str(table.__tablename__) for table in TABLES} | set(HIDDEN)
    assert {name for name, entry in ENTRIES.items() if entry.get("hidden")} == set(HIDDEN)


def test_sorts_facets_and_labels_name_columns(columns: dict[str, list[str]]) -> None:
    for name, names in columns.items():
        entry = ENTRIES[name]
        used = [entry[key] for key in ("sort", "sort_desc", "label_column") if key in entry]
        assert set(used + entry.get("facets", [])) <= set(names), name


def test_every_facet_of_a_table_has_an_index_that_starts_with_it() -> None:
    for table in TABLES:
        described: Any = table
        columns = [next(iter(index.columns)).name for index in described.__table__.indexes]
        first_key = next(iter(described.__table__.primary_key.columns)).name
        assert set(ENTRIES[described.__tablename__].get("facets", [])) <= {*columns, first_key}, table


def test_every_table_that_others_refer_to_has_a_label() -> None:
    described: list[Any] = list(TABLES)
    referred = {key.column.table.name for table in described for key in table.__table__.foreign_keys}
    assert [name for name in sorted(referred) if "label_column" not in ENTRIES[name]] == []


def test_every_canned_query_explains_itself_and_its_parameters() -> None:
    assert len(DATABASE["queries"]) >= 8
    for name, query in DATABASE["queries"].items():
        assert query["title"], name
        assert query["description"].startswith("One row per "), name
        assert query["params"], name
        assert all(f"<strong>{param}</strong>: " in query["description_html"] for param in query["params"]), name


def test_another_file_name_changes_only_keys_and_links() -> None:
    other = shipped_metadata("my programme")
    assert list(other["databases"]) == ["my programme"]
    assert other["databases"]["my programme"]["tables"] == ENTRIES
    assert other["description_html"].count('href="my+programme/') == other["description_html"].count("<a ")
    assert other["description_html"].count("<a ") == len(START)
