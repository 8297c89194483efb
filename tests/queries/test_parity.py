"""Every query gives the same rows in the same order on SQLite, on PostgreSQL, and on DuckDB over either."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pytest

from loaders.engines import Result, run_query, run_query_duckdb
from queries import catalogue

GIVEN: dict[str, list[dict[str, str]]] = {
    "search_papers": [
        {},
        {"q": ""},
        {"q": "  "},
        {"q": "rake"},
        {"q": "RAKES"},
        {"q": "ofen"},
        {"q": "Öfen graphs"},
        {"q": "naive"},
        {"q": "naïve rakes"},
        {"q": '"careful rakes"'},
        {"q": '"rakes careful"'},
        {"q": '"rakes raking"'},
        {"q": 'leaves "old as'},
        {"q": "github.com/Quill/rake"},
        {"q": "!!!"},
        {"q": "!!! rakes"},
        {"q": "-rakes OR (NEAR"},
        {"q": "it's title:rakes*"},
        {"q": 'a"b\nc"'},
        {"q": "%s ? $1 \\ ';--"},
        {"q": "nothing"},
    ],
    "papers_of_author": [
        {},
        {"author": "a2"},
        {"author": "ada quill"},
        {"author": "moss"},
        {"author": "Mos"},
        {"author": "Éva"},
    ],
    "programme_of_day": [
        {},
        {"day": "2022-07-21"},
        {"day": "2022-07-21", "edition": "icml-2022", "kind": "oral", "with_code": "1"},
        {"with_code": "0"},
        {"with_code": "1"},
        {"day": "yesterday"},
        {"kind": "qa", "edition": ""},
    ],
    "papers_with_code_of_edition": [
        {},
        {"edition": "icml-2022"},
        {"q": "leaves", "edition": "neurips-2021"},
        {"q": "stove"},
    ],
    "paper": [{}, {"key": "p1"}, {"key": "p2"}, {"key": "p6"}, {"key": "none"}],
    "papers_of_repository": [
        {},
        {"repository": "QUILL/rake"},
        {"repository": "https://github.com/old/lawn"},
        {"repository": "github.com/old/lawn"},
        {"repository": "r3"},
        {"repository": "none"},
    ],
    "sessions_of_edition": [{}, {"edition": "icml-2022"}, {"edition": "unknown"}, {"edition": "2022"}],
    "document_contribution": [
        {},
        {"document": "a"},
        {"document": "ab22"},
        {"document": "pages/daily.txt"},
        {"document": "zz"},
    ],
}
CASES = [(name, params) for name, query in catalogue().items() for params in ([{}] if query.is_view else GIVEN[name])]


@pytest.fixture(scope="session")
def engines(
    garden_sqlite: Path,
    garden_postgres: str,
    duckdb_over_sqlite: duckdb.DuckDBPyConnection,
    duckdb_over_postgres: duckdb.DuckDBPyConnection,
) -> list[Callable[[str, dict[str, str]], Result]]:
    """How to run a query on each; the connections of DuckDB are kept, for they take long to open."""
    return [
        partial(run_query, garden_sqlite),
        partial(run_query, garden_postgres),
        partial(run_query_duckdb, duckdb_over_sqlite),
        partial(run_query_duckdb, duckdb_over_postgres),
    ]


@pytest.mark.parametrize(("name", "params"), CASES, ids=[f"{name}-{number}" for number, (name, _) in enumerate(CASES)])
def test_rows_and_order_are_the_same(
    name: str, params: dict[str, str], engines: list[Callable[[str, dict[str, str]], Result]]
) -> None:
    expected, *others = (run(name, params) for run in engines)
    assert expected[0] == [column.name for column in catalogue()[name].columns]
    for result in others:
        assert result == expected
        assert [list(map(type, row)) for row in result[1]] == [list(map(type, row)) for row in expected[1]]


def test_every_query_gives_rows_without_parameters(garden_sqlite: Path) -> None:
    assert [name for name in catalogue() if not run_query(garden_sqlite, name, {})[1]] == []
