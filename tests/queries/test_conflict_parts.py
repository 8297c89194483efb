"""Each part of `source_conflicts`, alone, gives the conflicts of its own fields and no others, on every engine."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

from programme.engines import duckdb_connection, sqlite_connection
from tests.queries import conflicting_corrections, conflicting_sources
from tests.queries.conftest import postgres_database, sqlite_database, url_of, without_views
from tests.queries.test_conflicting_corrections import CONTRADICTIONS
from tests.queries.test_conflicts import EXPECTED
from tools.sql.files import rendered

Run = Callable[[str], list[tuple[Any, ...]]]

PARTS = {
    "conflicting_spellings(varied)": {"title", "byline"},
    "conflicting_abstracts(varied)": {"abstract"},
    "conflicting_affiliations(varied)": {"affiliation"},
    "conflicting_upvotes()": {"upvotes"},
    "conflicting_slots(several)": {"kind", "ends_at", "room", "poster_number", "award"},
    "conflicting_values(several, varied)": {"arxiv", "edition", "presentation", "repository", "project_page"},
    "conflicting_roles(several)": {"role"},
    "conflicting_starts(several)": {"starts_at"},
    "papers_of_one_title()": {"authors", "identity"},
    "papers_of_one_identifier()": {"identifier"},
}
OF_MENTIONS = """
WITH several AS (SELECT paper_id FROM papers_mentioned_twice()),
varied AS (SELECT * FROM varied_mentions(several))
SELECT papers.title, found.paper_id, found.field, found.shown, found.other
FROM {part} AS found
JOIN papers ON papers.id = found.paper_id
ORDER BY papers.title COLLATE BINARY, found.field COLLATE BINARY, found.other COLLATE BINARY, found.paper_id DESC
"""
OF_CORRECTIONS = """
SELECT found.subject_type, found.title, found.field, found.shown, found.other FROM conflicting_corrections() AS found
"""

parts_server = postgres_database("conflict_parts", conflicting_sources.fill)
corrected_parts_server = postgres_database("corrected_parts", conflicting_corrections.fill)


def runs(sqlite: Path, postgres: str) -> Iterator[Run]:
    """How to run SQL with macros on each engine."""
    with closing(sqlite_connection(sqlite)) as connection:
        yield lambda sql: connection.execute(rendered(sql, "sqlite")).fetchall()
    with duckdb_connection(without_views(sqlite)) as duckdb:
        yield lambda sql: duckdb.execute(rendered(sql, "duckdb")).fetchall()
    with psycopg.connect(postgres) as server:
        yield lambda sql: server.execute(rendered(sql, "postgresql").encode()).fetchall()


def first_of_each(rows: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Return title, field, shown value, first other value and number of other values, for each paper and field."""
    groups: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        groups.setdefault(row[:3], []).append(row[3:])
    return {
        (title, field, *min(values, key=lambda value: (value[1], value[0] or "")), len({other for _, other in values}))
        for (title, _, field), values in groups.items()
    }


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_database(tmp_path_factory, "conflict_parts", conflicting_sources.fill)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_database(tmp_path_factory, "corrected_parts", conflicting_corrections.fill)


@pytest.fixture(scope="module")
def found(sources: Path, parts_server: NoopExecutor) -> dict[str, list[set[tuple[Any, ...]]]]:
    every: dict[str, list[set[tuple[Any, ...]]]] = {part: [] for part in PARTS}
    for run in runs(sources, url_of(parts_server)):
        for part, results in every.items():
            results.append(first_of_each(run(OF_MENTIONS.format(part=part))))
    return every


@pytest.mark.parametrize("part", PARTS)
def test_conflicts_between_mentions(part: str, found: dict[str, list[set[tuple[Any, ...]]]]) -> None:
    expected = {(row[0], field, *row[1:4]) for field in PARTS[part] for row in EXPECTED[field]}
    assert found[part] == [expected] * 3


def test_conflicts_between_corrections(corrected: Path, corrected_parts_server: NoopExecutor) -> None:
    for run in runs(corrected, url_of(corrected_parts_server)):
        assert set(run(OF_CORRECTIONS)) == {row[:5] for row in CONTRADICTIONS}


def test_the_overview_says_which_papers_have_conflicts(
    sources: Path, parts_server: NoopExecutor, corrected: Path, corrected_parts_server: NoopExecutor
) -> None:
    for sqlite, server in ((sources, parts_server), (corrected, corrected_parts_server)):
        for run in runs(sqlite, url_of(server)):
            rows = run("SELECT paper_key, has_conflict FROM papers_overview")
            told = {key for (key,) in run("SELECT paper_key FROM source_conflicts WHERE paper_key IS NOT NULL")}
            assert told
            assert {key for key, flag in rows if flag} == told


def test_a_view_of_a_hundred_scans_does_not_take_all_connections_of_a_server(parts_server: NoopExecutor) -> None:
    with duckdb_connection(url_of(parts_server)) as duckdb:
        assert duckdb.execute("SELECT count(*) FROM papers_overview WHERE has_conflict = 1").fetchall() > [(0,)]
