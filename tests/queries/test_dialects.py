"""Macros and dialects: every call is expanded or refused, and nothing inside a string literal or comment is touched."""

import pytest

from programme.queries.dialects import ENGINES, translate
from programme.queries.macros import expand


@pytest.mark.parametrize(
    ("sql", "engine", "rendered"),
    [
        ("lower(coalesce(a, 'x'))", "postgresql", """lower((coalesce(a, 'x')) COLLATE "C")"""),
        ("lower(coalesce(a, 'x'))", "sqlite", "lower(coalesce(a, 'x'))"),
        ("instant(coalesce(a, b))", "sqlite", "(coalesce(a, b))"),
        ("days_between(day(a), day(b))", "sqlite", "CAST(julianday(b) - julianday(a) AS integer)"),
        ("instr(lower(a), ',')", "postgresql", """strpos((lower(a COLLATE "C")), ',')"""),
        ("item(listed, 0)", "postgresql", "(listed.value ->> 0)"),
        ("group_concat(a, ' (, ' ORDER BY b, c)", "sqlite", "group_concat(a, ' (, ')"),
        (
            "group_concat(a, ', ' ORDER BY b COLLATE BINARY)",
            "postgresql",
            """string_agg(a, ', ' ORDER BY b COLLATE "C")""",
        ),
        ("row_number() OVER w, number (a)", "postgresql", "row_number() OVER w, number (a)"),
    ],
)
def test_arguments_may_be_any_sql(sql: str, engine: str, rendered: str) -> None:
    assert translate(sql, engine) == rendered


def test_an_expression_keeps_its_meaning_inside_a_macro() -> None:
    assert "round(100.0 * (a + 1) / (b - c), 1)" in expand("percent(a + 1, b - c)")


@pytest.mark.parametrize("engine", ENGINES)
def test_string_literals_are_left_alone(engine: str) -> None:
    sql = "SELECT 'lower(a) COLLATE BINARY -- it''s :no percent(a, b)'"
    assert translate(sql, engine) == sql


@pytest.mark.parametrize("engine", ENGINES)
def test_comments_are_left_out(engine: str) -> None:
    sql = "SELECT a -- it's 100 % :of lower(\n    -- and more?\nFROM b -- (done"
    assert translate(sql, engine) == "SELECT a\nFROM b"


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("percent(a)", r"percent\(a\): takes 2 arguments, not 1"),
        ("byline_of(a, b)", r"byline_of\(a, b\): takes 1 argument, not 2"),
        ("day()", r"day\(\): takes 1 argument, not 0"),
        ("lower(a", "a parenthesis is not closed: a"),
        ("group_concat(a, ', ')", r"group_concat\(a, ', '\): give a separator and an ORDER BY"),
        ("group_concat(DISTINCT a, ', ' ORDER BY a)", "no DISTINCT"),
    ],
)
def test_a_call_that_cannot_be_expanded_is_refused(sql: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        translate(sql, "postgresql")
