"""`source_conflicts` lists the conflicts written out here by hand, field by field, on every engine."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from pytest_postgresql.executors import NoopExecutor

from programme.engines import Result, run_query
from tests.queries import conflicting_sources
from tests.queries.conftest import postgres_database, sqlite_database, url_of

Row = tuple[Any, ...]
COLUMNS = ("title", "field", "shown", "other", "others", "document", "line_start")
EXPECTED: dict[str, list[Row]] = {
    "title": [("Careful Kettles", "Careful Kettles", "Careful Kettles (Extended)", 1, "c.txt", 3)],
    "byline": [
        ("Ladles", "Ada Quill · Wei Lin", "Quill Ada · Lin Wei", 1, "b.txt", 44),
        ("Spouts", "Ada Quill · Éva Moss · Bo van Renn", "A. Quill, É. Moss, B. van Renn", 2, "b.txt", 7),
    ],
    "abstract": [("Steam", "Steam rises by 60%.\nAlways.", "Steam rises.", 1, "c.txt", 11)],
    "affiliation": [("Pots", "Ada Quill: Tea House", "Ada Quill: Saucer College", 1, "b.txt", 16)],
    "arxiv": [("Cups", "2201.00001", "2201.00002", 2, "b.txt", 18)],
    "edition": [("Jugs", "ICML 2022", "ICML 2023", 1, "a.txt", 23)],
    "presentation": [("Mugs", "oral", "poster", 1, "c.txt", 22)],
    "repository": [("Lids", "github.com/ada/kettle", "github.com/bo/lid", 1, "c.txt", 29)],
    "role": [("Lids", "github.com/bo/lid: own", "github.com/bo/lid: other", 1, "b.txt", 28)],
    "project_page": [("Lids", "https://b.example", "https://lids.example", 1, "a.txt", 27)],
    "upvotes": [("Trays", "12", "9", 1, "a.txt", 25)],
    "kind": [("Whisks", "oral", "spotlight", 1, "b.txt", 31)],
    "ends_at": [("Whisks", "2022-07-21T10:20:00Z", "2022-07-21T10:30:00Z", 1, "b.txt", 31)],
    "room": [("Whisks", "Hall A-1", "Hall B", 1, "b.txt", 31)],
    "poster_number": [("Whisks", "17", "71", 1, "b.txt", 31)],
    "award": [("Whisks", "Best Whisk", "Runner-up", 1, "b.txt", 31)],
    "starts_at": [("Sieves", "2022-07-21T10:00:00Z", "2022-07-21T11:00:00Z", 1, "b.txt", 34)],
    "authors": [("Forks", None, "Ada Quill", 2, "a.txt", 36)],
    "identity": [
        ("Forks", "arxiv:2202.00001", "arxiv:2202.00002", 1, "a.txt", 37),
        ("Forks", "arxiv:2202.00002", "arxiv:2202.00001", 1, "a.txt", 36),
    ],
    "identifier": [("Knives", "Knives", "Sporks", 1, "b.txt", 42), ("Sporks", "Sporks", "Knives", 1, "b.txt", 41)],
}
"""Rows by field, without the column `field`. The sources also have much that only looks like a conflict."""


conflicts_server = postgres_database("conflicts", conflicting_sources.fill)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, conflicts_server: NoopExecutor) -> list[Result]:
    sqlite = sqlite_database(tmp_path_factory, "conflicts", conflicting_sources.fill)
    runs: list[Callable[[], Result]] = [
        partial(run_query, database, "source_conflicts", {}, engine)
        for database in (sqlite, url_of(conflicts_server))
        for engine in (None, "duckdb")
    ]
    return [run() for run in runs]


@pytest.mark.parametrize("field", EXPECTED)
def test_conflicts_of_a_field(field: str, results: list[Result]) -> None:
    columns, rows = results[0]
    places = [columns.index(column) for column in COLUMNS]
    found = [tuple(row[place] for place in places) for row in rows]
    assert [(row[0], *row[2:]) for row in found if row[1] == field] == EXPECTED[field]


def test_nothing_else_is_a_conflict(results: list[Result]) -> None:
    columns, rows = results[0]
    field = columns.index("field")
    assert {row[field] for row in rows} == EXPECTED.keys()


def test_every_engine_lists_the_same(results: list[Result]) -> None:
    assert results[1:] == results[:1] * 3
