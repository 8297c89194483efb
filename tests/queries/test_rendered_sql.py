"""Rendered SQL: it is up to date, every call is expanded or refused, and engines get what they write differently."""

import pytest

from programme.queries import ENGINES, parse
from tools.sql import files
from tools.sql.files import check_parameters, rendered
from tools.sql.macros import expanded, macros_in
from tools.sql.macros import parse as parse_sql


def without_spaces(sql: str) -> str:
    return "".join(sql.split())


def test_every_file_is_up_to_date() -> None:
    stale = [
        path
        for path, text in files.rendered_files().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert not [*stale, *files.stale_files()], "run `python -m tools.generate`"


@pytest.mark.parametrize(
    ("sql", "engine", "text"),
    [
        ("lower(coalesce(a, 'x'))", "postgresql", """LOWER(COALESCE(a, 'x') COLLATE "C")"""),
        ("lower(coalesce(a, 'x'))", "sqlite", "LOWER(COALESCE(a, 'x'))"),
        ("lower(a || b)", "postgresql", """LOWER((a || b) COLLATE "C")"""),
        ("instant(coalesce(a, b))", "sqlite", "COALESCE(a, b)"),
        ("days_between(day(a), day(b))", "sqlite", "CAST(JULIANDAY(b) - JULIANDAY(a) AS INTEGER)"),
        ("instr(lower(a), ',')", "postgresql", """POSITION(',' IN LOWER(a COLLATE "C"))"""),
        ("substr(a, 2)", "sqlite", "SUBSTR(a, 2)"),
        ("group_concat(a, ' (, ' ORDER BY b, c)", "sqlite", "GROUP_CONCAT(a, ' (, ')"),
        (
            "group_concat(a, ', ' ORDER BY b COLLATE BINARY)",
            "postgresql",
            """STRING_AGG(a, ', ' ORDER BY b COLLATE "C" NULLS FIRST)""",
        ),
        ("a FROM b ORDER BY c DESC NULLS FIRST", "postgresql", "a FROM b ORDER BY c DESC"),
        ("a FROM b ORDER BY c DESC", "postgresql", "a FROM b ORDER BY c DESC NULLS LAST"),
        ("a IS NOT NULL AND :key = b", "sqlite", "a IS NOT NULL AND :key = b"),
        (":key", "postgresql", "CAST(%(key)s AS TEXT)"),
        (":key", "duckdb", "CAST(key AS TEXT)"),
    ],
)
def test_an_expression_is_rendered(sql: str, engine: str, text: str) -> None:
    assert without_spaces(rendered(f"SELECT {sql}", engine)) == without_spaces(f"SELECT {text}")


def test_an_expression_keeps_its_meaning_inside_a_macro() -> None:
    sql = without_spaces(rendered("SELECT percentage(a + 1, b - c)", "sqlite"))
    assert "ROUND(100.0*(a+1)/(b-c),1)" in sql


@pytest.mark.parametrize("engine", ENGINES)
def test_string_literals_are_left_alone(engine: str) -> None:
    text = "'lower(a) COLLATE BINARY -- it''s :no percentage(a, b)'"
    assert rendered(f"SELECT {text}", engine).split() == f"SELECT {text}".split()


@pytest.mark.parametrize("engine", ENGINES)
def test_comments_are_left_out(engine: str) -> None:
    assert rendered("SELECT a -- it's 100 % :of lower(\nFROM b", engine).split() == ["SELECT", "a", "FROM", "b"]


def test_a_table_takes_the_place_of_a_call_in_from() -> None:
    macros = macros_in("CREATE MACRO ids_of(relation) AS TABLE SELECT relation.id FROM relation;", "sqlite", {})
    sql = "SELECT id FROM ids_of(papers) AS found JOIN ids_of(slots) ON 1"
    assert expanded(parse_sql(sql), macros).sql() == (
        "SELECT id FROM (SELECT papers.id FROM papers) AS found JOIN (SELECT slots.id FROM slots) AS ids_of ON 1"
    )


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("SELECT percentage(a)", r"PERCENTAGE\(a\): takes 2 arguments, not 1"),
        ("SELECT byline_of(a, b)", r"BYLINE_OF\(a, b\): takes 1 argument, not 2"),
        ("SELECT percnetage(a, b)", r"PERCNETAGE\(a, b\): no such function; did you mean percentage\?"),
        ("SELECT matching(:q)", r"MATCHING\(:q\): is a table, which stands in FROM or JOIN"),
        ("SELECT id FROM papers_of(a.b)", "a.b: is not the name of a relation"),
        ("SELECT lower(a", "Expecting"),
        ("SELECT group_concat(a, ', ')", "give a separator and an ORDER BY"),
        ("SELECT group_concat(DISTINCT a ORDER BY a)", "no DISTINCT"),
        ("SELECT a LIKE 'b%'", "holds %"),
    ],
)
def test_what_cannot_be_rendered_is_refused(sql: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        rendered(sql, "postgresql")


def test_every_parameter_is_explained() -> None:
    header = "-- title: T\n-- group: Papers\n-- description: One row per x.\n"
    with pytest.raises(ValueError, match=r"uses the parameters \['q'\]"):
        check_parameters(parse("x", f"{header}SELECT :q"))


def test_what_is_no_macro_is_refused() -> None:
    with pytest.raises(ValueError, match="not a macro: SELECT 1"):
        macros_in("CREATE MACRO one() AS 1;\nSELECT 1;\n", "sqlite", {})
