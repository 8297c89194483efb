"""The page about queries is fresh, and shows every query with an answer."""

from pathlib import Path

import pytest

from programme.engines import run_query
from programme.queries import Query, catalogue
from tools.query_page import PAGE, load_samples, page

UNANSWERED = {"clashes_of_authors", "shared_repositories"}
"""What does not occur in the samples."""


@pytest.fixture(scope="module")
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_is_fresh(text: str) -> None:
    assert text == page(), "docs/queries.md is stale; run `python -m tools.generate`"


@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
def test_every_query_has_its_section(query: Query, text: str) -> None:
    section = text.split(f"\n### {query.name}\n")[1].split("\n### ")[0]
    assert f"**{query.title}.** {query.description}\n" in section
    assert all(f"- `{param.name}`: {param.explanation}\n" in section for param in query.params)
    assert all(f"- `{column.name}`: {column.explanation}\n" in section for column in query.columns)
    assert f"    loader query {query.name}" in section


def test_every_example_has_an_answer_and_no_check_has_one(tmp_path: Path) -> None:
    load_samples(tmp_path / "samples.db")
    silent = {
        query.name
        for query in catalogue().values()
        if not run_query(tmp_path / "samples.db", query.name, query.example)[1]
    }
    assert silent == UNANSWERED | {name for name in catalogue() if name.startswith("check_")}
