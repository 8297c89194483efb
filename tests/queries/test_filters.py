"""The columns of a view are filters: the rows with a value are the same on every engine."""

from pathlib import Path

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

from programme.editions import known_values
from programme.exceptions import QueryError
from programme.queries import catalogue, views
from programme.queries.numbers import NUMBERS
from tests.queries.conftest import Run, url_of
from tools import number_columns

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("view", [query.name for query in views()])
def test_every_column_can_be_filtered(attached_runs: list[Run], view: str) -> None:
    columns, rows = attached_runs[0](view, {})
    assert rows
    for position, column in enumerate(columns):
        value = next((row[position] for row in rows if row[position] not in (None, "")), None)
        if value is None:
            continue
        expected = [row for row in rows if row[position] == value]
        for run in attached_runs:
            assert run(view, {column: str(value)})[1] == expected, column


def test_edition_is_one_of_several(attached_runs: list[Run]) -> None:
    for run in attached_runs:
        columns, rows = run("papers_overview", {})
        held = [row for row in rows if "icml-2023" in (row[columns.index("editions")] or "").split(", ")]
        assert 0 < len(held) < len(rows)
        assert run("papers_overview", {"edition": "icml-2023"})[1] == held
        assert run("papers_overview", {"edition": "icml-202"})[1] == []


def test_an_empty_value_filters_nothing(attached_runs: list[Run]) -> None:
    for run in attached_runs:
        assert run("papers_overview", {"title": ""}) == run("papers_overview", {})


def test_columns_of_numbers_are_known(full_server: NoopExecutor) -> None:
    assert number_columns.PATH.read_text(encoding="utf-8") == number_columns.text(), "run python -m tools.generate"
    sql = "SELECT column_name, data_type = 'integer' OR data_type = 'bigint' FROM information_schema.columns"
    of_view = f"{sql} WHERE table_name = %s AND data_type NOT IN ('text', 'character varying')"
    with psycopg.connect(url_of(full_server)) as server:
        for view in views():
            assert dict(server.execute(of_view, [view.name]).fetchall()) == NUMBERS.get(view.name, {})


@pytest.mark.parametrize(
    ("view", "column", "value", "form"),
    [
        ("papers_overview", "upvotes", "abc", "a whole number of up to 9 digits"),
        ("papers_overview", "upvotes", "99999999999", "a whole number of up to 9 digits"),
        ("code_share", "papers", "1.5", "a whole number of up to 9 digits"),
        ("code_share", "percent", "half", "a number like 12 or 12.5"),
        ("listing_papers", "listed_on", "2025-08", "a day like 2022-07-21"),
    ],
)
def test_what_no_column_can_hold_is_refused(
    full_sqlite: Path, full_server: NoopExecutor, view: str, column: str, value: str, form: str
) -> None:
    for database in (full_sqlite, url_of(full_server)):
        with pytest.raises(QueryError) as error:
            known_values(database, catalogue()[view], {column: value})
        assert str(error.value) == f"{view}: {column} {value!r} is not {form}"
