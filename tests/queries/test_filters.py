"""The columns of a view are filters: the rows with a value are the same on every engine."""

import pytest

from programme.queries import views
from tests.queries.conftest import Run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("view", [query.name for query in views()])
def test_every_column_can_be_filtered(full_runs: list[Run], view: str) -> None:
    columns, rows = full_runs[0](view, {})
    assert rows
    for position, column in enumerate(columns):
        value = next((row[position] for row in rows if row[position] not in (None, "")), None)
        if value is None:
            continue
        expected = [row for row in rows if row[position] == value]
        for run in full_runs:
            assert run(view, {column: str(value)})[1] == expected, column


def test_edition_is_one_of_several(full_runs: list[Run]) -> None:
    for run in full_runs:
        columns, rows = run("papers_overview", {})
        held = [row for row in rows if "icml-2023" in (row[columns.index("editions")] or "").split(", ")]
        assert 0 < len(held) < len(rows)
        assert run("papers_overview", {"edition": "icml-2023"})[1] == held
        assert run("papers_overview", {"edition": "icml-202"})[1] == []


def test_an_empty_value_filters_nothing(full_runs: list[Run]) -> None:
    for run in full_runs:
        assert run("papers_overview", {"title": ""}) == run("papers_overview", {})
