"""What views and queries show without a filter is kept until the file changes, and finished in the background."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from datasette.database import QueryInterrupted, Results

from programme.queries import catalogue
from programme.site import build_site
from programme.site.kept_answers import KeptAnswers, key_of
from programme.site.metadata import described_tables
from tests.site.pages import get, get_json

SQL = "select count(*) from pots "


@pytest.fixture
def pots(tmp_path: Path) -> Path:
    path = tmp_path / "pots.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE pots (id); INSERT INTO pots VALUES (1), (2);")
    return path


def executing(asked: list[str], *, is_slow: bool) -> Callable[[], Awaitable[Results]]:
    async def execute() -> Results:
        asked.append(SQL)
        if is_slow:
            raise QueryInterrupted("interrupted", SQL, {})
        return Results([(len(asked),)], truncated=False, description=None)

    return execute


def test_a_count_is_kept_until_the_file_changes(pots: Path) -> None:
    asked: list[str] = []
    generations = iter((1, 1, 2))
    kept = KeptAnswers(lambda: next(generations), lambda: sqlite3.connect(pots))
    key = ("count", "pots")
    found = [asyncio.run(kept.get(key, SQL, executing(asked, is_slow=False))).rows for _ in range(3)]
    assert found == [[(1,)], [(1,)], [(2,)]]


def test_a_long_count_is_finished_in_the_background(pots: Path) -> None:
    asked: list[str] = []
    counts = KeptAnswers(lambda: 1, lambda: sqlite3.connect(pots))
    found = finished(counts, ("count", "pots"), SQL, executing(asked, is_slow=True))
    assert (found.rows, asked) == ([(2,)], [SQL])


def finished(kept: KeptAnswers, key: tuple[str, ...], sql: str, execute: Callable[[], Awaitable[Results]]) -> Results:
    for _ in range(100):
        try:
            return asyncio.run(kept.get(key, sql, execute))
        except QueryInterrupted:
            time.sleep(0.05)
    raise AssertionError("it is never finished")


@pytest.mark.parametrize("rows", [[(2,)], []])
def test_a_page_waits_for_rows_that_are_finished_in_the_background(pots: Path, rows: list[tuple[int]]) -> None:
    kept = KeptAnswers(lambda: 1, lambda: sqlite3.connect(pots))
    sql = f"select id from pots where id > 1 limit {len(rows)}"
    asked: list[str] = []
    for _ in range(2):
        found = asyncio.run(kept.get(("rows", "pots"), sql, executing(asked, is_slow=True)))
        assert found.rows == rows
    assert asked == [SQL]


def test_a_page_fails_when_its_rows_take_longer_than_it_may_wait(pots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programme.site.kept_answers._WAIT_S", 0.01)
    kept = KeptAnswers(lambda: 1, lambda: sqlite3.connect(pots))
    monkeypatch.setattr(kept, "_queue_of", lambda _key: SimpleQueue())
    with pytest.raises(QueryInterrupted, match="reload"):
        asyncio.run(kept.get(("rows", "pots"), SQL, executing([], is_slow=True)))


def test_what_fails_in_the_background_does_not_stop_what_comes_after_it(pots: Path) -> None:
    execute = executing([], is_slow=True)
    counts = KeptAnswers(lambda: 1, lambda: sqlite3.connect(pots))
    with pytest.raises(QueryInterrupted):
        asyncio.run(counts.get(("count", "pans"), "select count(*) from pans ", execute))
    assert finished(counts, ("count", "pots"), SQL, execute).rows == [(2,)]


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        ("select count(*) from [coauthors] ", ("count", "coauthors")),
        ("select count(*) from coauthors where 1", None),
        ("select count(*) from (select 1)", None),
    ],
)
def test_only_whole_tables_are_kept(sql: str, key: tuple[str, ...] | None) -> None:
    assert key_of(sql, {}) == key


def keys_kept(site: Any) -> set[tuple[str, ...]]:
    return set(site.get_database("programme")._kept._known)


def test_the_facets_of_a_view_are_kept(demo: Any) -> None:
    path = "/programme/papers_overview.json?_size=1"
    first, second = get_json(demo, path), get_json(demo, path)
    assert first["facet_results"] == second["facet_results"]
    assert {("count", "papers_overview"), ("facet", "papers_overview", "has_code")} <= keys_kept(demo)


@pytest.mark.parametrize(
    ("view", "arguments", "is_kept"),
    [
        ("repository_papers", "", True),
        ("code_share", "?_size=100", True),
        ("papers_overview", "?has_code=1", True),
        ("papers_overview", "?has_code=2", False),
        ("papers_overview", "?first_year=2022", False),
        ("papers_with_code", "?_size=7", False),
        ("edition_papers", "?_col=edition", False),
        ("author_index", "?_sort=first_year", False),
    ],
)
def test_the_first_rows_of_a_view_are_kept(demo: Any, view: str, arguments: str, is_kept: bool) -> None:
    before = set() if is_kept else keys_kept(demo)  # other tests may have asked for the first rows
    get(demo, f"/programme/{view}{arguments}")
    assert any(key[:2] == ("rows", view) for key in keys_kept(demo) - before) == is_kept


@pytest.mark.parametrize(
    ("arguments", "is_kept"),
    [("", True), ("&edition=", True), ("&edition=icml-2022", False), ("&_timelimit=500", False)],
)
def test_a_query_with_defaults_is_kept(demo: Any, arguments: str, is_kept: bool) -> None:
    demo.get_database("programme")._kept._known.clear()
    path = f"/programme/authors_with_code.json?_shape=array{arguments}"
    first = get_json(demo, path)
    assert (("query", "authors_with_code") in keys_kept(demo)) == is_kept
    assert get_json(demo, path) == first


def test_rows_that_are_filtered_by_yes_or_no_are_kept_apart(demo: Any) -> None:
    path = "/programme/papers_overview.json?_shape=array&_size=100"
    for _ in range(2):
        for more, values in (("", {0, 1}), ("&has_code=0", {0}), ("&has_code=1", {1})):
            assert {row["has_code"] for row in get_json(demo, f"{path}{more}")} == values


def test_sqlite_knows_how_many_rows_of_a_query_are_shown(demo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/programme/papers_of_edition.json?edition=icml-2022&_shape=array"
    whole = get_json(demo, path)
    monkeypatch.setattr("programme.site.kept_answers._MAX_ROWS", 1)
    assert len(whole) > 2
    assert get_json(demo, path) == whole[:2]


def test_what_is_finished_in_the_background_hides_folders_too(site: Any) -> None:
    database = site.get_database("programme")
    sql = "select uri from document_ledger order by uri"
    shown = finished(database._kept, ("rows", "shown"), sql, executing([], is_slow=True))
    assert [tuple(row) for row in shown.rows] == [("documents/daily.txt",), ("documents/session.txt",)]


def test_what_is_worked_out_ahead_is_what_pages_ask_for(demo_database: Path) -> None:
    site = build_site(demo_database)
    site.get_database("programme")._kept.work_out_missing()
    ahead = keys_kept(site)
    for path in ("/", "/editions", "/feed.atom"):
        get(site, path)
    for name in (*described_tables(), *catalogue()):
        get(site, f"/programme/{name}")
        get(site, f"/programme/{name}?_size=100")
    tables_counted = {key for key in keys_kept(site) if key[0] == "count" and key[1] not in catalogue()}
    assert keys_kept(site) - tables_counted == ahead
    assert {key[0] for key in ahead} == {"page", "rows", "query", "count", "facet"}


def test_what_pages_show_of_whole_tables_is_kept(demo_database: Path) -> None:
    site = build_site(demo_database)
    paths = ("/editions.json", "/feed.atom")
    first = [get(site, path) for path in paths]
    assert keys_kept(site) == {("page", "home/editions"), ("page", "feeds/newest")}
    assert [get(site, path) for path in paths] == first
    assert first == [get(build_site(demo_database), path) for path in paths]


def test_nothing_is_worked_out_for_a_file_that_has_changed() -> None:
    generations = iter(range(10_000))
    kept = KeptAnswers(lambda: next(generations), lambda: sqlite3.connect(":memory:"))
    kept.work_out_missing()
    assert kept._known == {}
