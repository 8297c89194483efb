"""A check returns no rows when all is well, and reports each of its rules when it is broken."""

from pathlib import Path

import pytest

from programme.engines import run_query
from programme.exceptions import QueryError
from programme.parameters import check_values
from programme.queries import catalogue
from tests.queries.full_programme import BREAKS
from tools import rule_versions

RULES = [(name, rule) for name, rules in BREAKS.items() for rule in rules]


def test_every_check_is_broken_by_some_statement() -> None:
    assert sorted(BREAKS) == [name for name in catalogue() if name.startswith("check_")]


def test_the_versions_of_rules_are_those_of_this_checkout() -> None:
    text = rule_versions.PATH.read_text(encoding="utf-8")
    assert text == rule_versions.query(), "check_documents.sql is stale; run `python -m tools.generate`"


@pytest.mark.parametrize("name", BREAKS)
def test_a_check_has_no_rows_when_all_is_well(name: str, full_sqlite: Path) -> None:
    assert run_query(full_sqlite, name, {})[1] == []


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_a_broken_rule_is_reported(name: str, rule: str, broken_sqlite: Path) -> None:
    columns, rows = run_query(broken_sqlite, name, {"rule": rule})
    assert {row[columns.index("rule")] for row in rows} == {rule}


def test_a_rule_that_a_check_does_not_have_is_refused() -> None:
    for name, rule in RULES:
        check_values(catalogue()[name], {"rule": f" {rule} "})
    for rule, advice in (("it has a titel", "did you mean it has a title?"), ("?", "leave it out to see all")):
        with pytest.raises(QueryError) as error:
            check_values(catalogue()["check_papers"], {"rule": rule})
        assert str(error.value) == f"query check_papers: no rule {rule!r}; {advice}"


@pytest.mark.parametrize("name", BREAKS)
def test_every_rule_of_a_check_is_broken(name: str, broken_sqlite: Path) -> None:
    columns, rows = run_query(broken_sqlite, name, {})
    assert {row[columns.index("rule")] for row in rows} == set(BREAKS[name])
    sql = catalogue()[name].sql
    assert all(sql.count(f"'{rule}'") == 1 for rule in BREAKS[name])


def test_rows_of_a_check(broken_sqlite: Path) -> None:
    assert run_query(broken_sqlite, "check_links", {})[1] == [
        ("a paper states the repository", "https://a.b/c/d", "none does", None, None, None),
        (
            "it is what the abstract says at that position",
            "github.com/quill/Éclair",
            "ithub.com/quill/Éclair",
            "pages/Ørchard.bib",
            80,
            "p9",
        ),
        (
            "it spans at least one character",
            "https://github.com/Quill/pears",
            "24 to 24",
            "pages/Ørchard.bib",
            60,
            "p7",
        ),
        ("its mention belongs to the same paper and document", "a.example", "A Garden", "pages/daily.txt", 20, "p5"),
    ]
