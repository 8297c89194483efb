"""docs/queries.md is up to date, and shows every query with a result."""

from pathlib import Path

import pytest

from programme.engines import run_query
from programme.queries import Query, catalogue
from tools.query_page import PAGE, load_samples, page

WITHOUT_ROWS = {
    "clashes_of_authors",
    "double_booked_rooms",
    "paper_changes",
    "schedule_changes",
}
"""Queries for cases that the samples do not have: nothing changes in documents that are loaded once, and a correction
says in which room the second of two poster sessions was."""


@pytest.fixture(scope="module")
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date(text: str) -> None:
    assert text == page(), "docs/queries.md is stale; run `python -m tools.generate`"


@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
def test_every_query_has_a_section(query: Query, text: str) -> None:
    section = text.split(f"\n### {query.name}\n")[1].split("\n### ")[0]
    assert f"**{query.title}.** {query.description}\n" in section
    assert all(f"- `{param.name}`: {param.explanation}\n" in section for param in query.params)
    assert all(f"- `{column.name}`: {column.explanation}\n" in section for column in query.columns)
    assert f"    loader query {query.name}" in section


def test_every_example_has_rows_and_no_check_has_any(tmp_path: Path) -> None:
    load_samples(tmp_path / "samples.db")
    without_rows = {
        query.name
        for query in catalogue().values()
        if not run_query(tmp_path / "samples.db", query.name, query.example)[1]
    }
    assert without_rows == WITHOUT_ROWS | {name for name in catalogue() if name.startswith("check_")}
