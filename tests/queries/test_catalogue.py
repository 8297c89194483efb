"""The catalogue: what every .sql file must say about itself."""

import re
import sqlite3
import subprocess
import sys

import pytest

from programme.queries import Query, catalogue, parse
from programme.queries.search import create_search, create_views, drop_search, drop_views

QUERIES = list(catalogue().values())
HEADER = "-- title: T\n-- group: Papers\n-- description: One row per x.\n"
NUMBERS = {
    *("position", "number", "place", "stop", "fact_order", "line", "line_start", "line_end", "char_start", "year"),
    *("papers", "papers_with_code", "documents", "repositories", "upvotes", "percent"),
}
"""Columns to sort by that are numbers; every other one is text and must be sorted by its bytes."""


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_query_explains_itself(query: Query) -> None:
    assert query.title
    assert re.match(r"One row per [^.]+\.", query.description.replace(": ", ". "))
    assert all(
        param.explanation.rstrip(".").endswith(")") and "(default: " in param.explanation for param in query.params
    )
    assert all(column.explanation.endswith((".", "…")) for column in query.columns)
    columns = {column.name for column in query.columns}
    assert set(query.facets) <= columns
    assert query.sort is None or query.sort.removesuffix(" DESC") in columns
    assert query.is_view or not (query.order or query.sort or query.facets)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_query_is_sorted_and_text_by_its_bytes(query: Query) -> None:
    terms = query.order or query.sql.rsplit("ORDER BY", 1)[1]
    for term in terms.split(","):
        column = re.match(r"(?:instant\()?(?:\w+\.)?(\w+)", term.strip())
        assert column, term
        assert "COLLATE BINARY" in term or column[1] in NUMBERS, f"{query.name} sorts by {term.strip()}"


def test_no_view_or_search_statement_holds_what_a_driver_takes_for_a_parameter() -> None:
    for engine in ("sqlite", "postgresql"):
        statements: list[str] = []
        for run in (create_search, create_views, drop_views, drop_search):
            run(statements.append, engine)
        assert not [one for one in statements if "%" in one or "?" in re.sub(r"'[^']*'", "", one)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("-- titel: T\nSELECT 1", "x.sql, line 1: not a header entry"),
        ("-- title: T\nSELECT 1", "no -- group:"),
        (f"{HEADER.replace('Papers', 'Pears')}SELECT 1", "no group 'Pears'; the groups are When and where, Papers"),
        (f"{HEADER}-- param q: Q.\n-- example p: a\nSELECT :q", r"gives \['p'\]"),
        (HEADER, "no SELECT"),
    ],
)
def test_a_wrong_header_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse("x", text)


def test_a_header_entry_may_go_on_in_the_next_line() -> None:
    query = parse("x", f"{HEADER}--   Or y.\nSELECT 1 -- :no\n")
    assert query.description == "One row per x. Or y."
    assert query.sql == "SELECT 1 -- :no"
    assert query.is_view


def test_search_comes_and_goes_on_sqlite() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT, abstract TEXT)")
    connection.execute("INSERT INTO papers VALUES (1, 'Öfen', NULL)")
    find = "SELECT rowid FROM papers_fts WHERE papers_fts MATCH 'ofen'"
    create_search(connection.execute, "sqlite")
    assert connection.execute(find).fetchall() == [(1,)]
    connection.execute("UPDATE papers SET title = 'Rakes'")
    drop_search(connection.execute, "sqlite")
    create_search(connection.execute, "sqlite")
    assert connection.execute(find).fetchall() == []
    drop_search(connection.execute, "sqlite")
    drop_search(connection.execute, "sqlite")
    assert connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'papers_%'").fetchall() == []


def test_the_catalogue_is_cheap_to_import() -> None:
    slow = "{'sqlalchemy', 'duckdb'}"
    program = f"import sys; from programme.queries import catalogue; catalogue(); print(*{slow} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "\n"
