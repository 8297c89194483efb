"""Nothing writes to a database that is read, and every refusal says what would be right."""

from pathlib import Path
from typing import Any

import pytest
from datasette.utils import escape_fts as datasette_escape_fts
from hypothesis import given
from hypothesis import strategies as st

import programme
from programme.engines import (
    duckdb_connection,
    escape_fts,
    plain_row,
    read_only_statements,
    run_query,
    sqlite_connection,
)
from programme.exceptions import QueryError
from programme.filters import query_statement
from programme.queries import catalogue
from programme.queries.sql import literal
from tests.queries.conftest import without_views

pytestmark = pytest.mark.slow


def run_sql(database: str | Path, sql: str) -> list[tuple[Any, ...]]:
    """Run one statement as `loader sql` does."""
    (statement,) = read_only_statements(sql)
    with duckdb_connection(database, statement) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def database(small_sqlite: Path) -> Path:
    return small_sqlite


@given(st.text(alphabet='ab" \n\t*:-'))
def test_escape_fts_does_what_datasette_does(words: str) -> None:
    assert escape_fts(words) == datasette_escape_fts(words)


def test_sql_sees_tables_and_views(database: Path) -> None:
    assert run_sql(database, "SELECT count(*) AS n FROM papers") == [(6,)]
    assert run_sql(database, "FROM code_share SELECT session ORDER BY ALL LIMIT 1") == [("Empty",)]
    tables = [name for (name,) in run_sql(database, "SELECT table_name FROM information_schema.tables")]
    assert {"papers", "slots", "programme", "promised_code"} <= set(tables)
    assert not [name for name in tables if name.startswith(("papers_fts", "alembic"))]
    assert len(tables) == len(set(tables))


def test_a_connection_for_some_sql_has_what_that_names(database: Path) -> None:
    with duckdb_connection(database, "SELECT title FROM Papers_Of_Edition('icml-2022')") as connection:
        names = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
    assert {"papers", "paper_editions", "authorships"} <= names
    assert not names & {"documents", "promised_code"}


def test_a_query_with_parameters_is_a_table_macro(database: Path, small_postgres: str) -> None:
    with duckdb_connection(without_views(database)) as connection:
        for query in catalogue().values():
            if not query.is_view:
                given = ", ".join(f"{name} := {literal(value)}" for name, value in query.example.items())
                rows = connection.execute(f"FROM {query.name}({given})").fetchall()
                assert [plain_row(row) for row in rows] == run_query(database, query.name, query.example)[1]
    sql = "SELECT title FROM papers_of_edition('icml-2022', kind := 'poster')"
    assert run_sql(database, sql) == run_sql(small_postgres, sql) == [("Öfen and Graphs",)]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("INSERT INTO papers VALUES (9)", "INSERT"),
        ("DELETE FROM papers", "DELETE"),
        ("SELECT 1; DROP TABLE papers", "DROP"),
        ("CREATE TABLE t (a INT)", "CREATE"),
        ("COPY papers TO 'papers.csv'", "COPY"),
        ("ATTACH 'other.db'", "ATTACH"),
        ("SET threads = 1", "SET"),
        ("CALL postgres_execute('source', 'DELETE FROM papers')", "CALL"),
    ],
)
def test_sql_that_writes_is_refused(sql: str, kind: str, engine: str, request: pytest.FixtureRequest) -> None:
    database = request.getfixturevalue("database" if engine == "sqlite" else "small_postgres")
    with pytest.raises(QueryError, match=f"the database is open read-only, and this is {kind}: "):
        run_sql(database, sql)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM source.papers",
        "INSERT INTO source.venues (id, slug, name) VALUES (9, 'a', 'b')",
        "CREATE TABLE source.t (a INT)",
        "SELECT * FROM postgres_query('source', 'DELETE FROM papers RETURNING id')",
        "CALL postgres_execute('source', 'DELETE FROM repo_links')",
    ],
)
def test_the_connection_itself_writes_nothing(sql: str, engine: str, request: pytest.FixtureRequest) -> None:
    import duckdb

    database = request.getfixturevalue("database" if engine == "sqlite" else "small_postgres")
    with duckdb_connection(database, sql, is_attached=True) as connection, pytest.raises(duckdb.Error):
        connection.execute(sql).fetchall()
    assert run_sql(database, "SELECT (SELECT count(*) FROM papers), (SELECT count(*) FROM repo_links)") == [(6, 5)]


def test_sqlite_is_opened_for_reading(database: Path) -> None:
    import sqlite3

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        sqlite_connection(database).execute("DELETE FROM papers")


@pytest.mark.parametrize(
    ("name", "params", "engine", "problem"),
    [
        ("programm", {}, None, r"no query 'programm'; did you mean programme or programme_of_day\?"),
        ("xyzzy", {}, None, "no query 'xyzzy'; `loader query` lists them"),
        ("paper", {"keys": "x"}, None, "query paper has no parameter 'keys'; it takes key"),
        ("programme", {"day": "x"}, None, r"programme has no column 'day'; it has edition, .*\bpaper_key\b"),
        ("programme", {}, "postgresql", "cannot be queried with postgresql; use sqlite or duckdb"),
        ("programme", {}, "oracle", "cannot be queried with oracle; use sqlite or duckdb"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(
    database: Path, name: str, params: dict[str, str], engine: str | None, problem: str
) -> None:
    with pytest.raises(QueryError, match=problem):
        run_query(database, name, params, engine)


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_missing_database_is_not_created(tmp_path: Path, engine: str) -> None:
    missing = tmp_path / "missing.db"
    with pytest.raises(QueryError, match=r"missing\.db: no such database; `loader ingest` creates one"):
        run_query(missing, "programme", {}, engine)
    assert not missing.exists()


@pytest.mark.parametrize(("sql", "problem"), [(" ; ", "no SQL statement given"), ("SELEC 1", "syntax error")])
def test_wrong_sql_is_refused(sql: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        read_only_statements(sql)


@pytest.mark.parametrize("name", ["authors_with_code", "listings_of_source", "sessions_of_edition"])
def test_a_relation_has_the_rows_of_the_database_with_the_types_of_duckdb(full_sqlite: Path, name: str) -> None:
    with programme.Database(full_sqlite) as db:
        ours = db.query(name)
        params = dict.fromkeys((param.name for param in catalogue()[name].params), "")
        theirs = db.sql(query_statement(catalogue()[name], "duckdb", params), **params)
        assert (ours.columns, ours.types) == (theirs.columns, theirs.types)
        assert ours.fetchall() == theirs.fetchall() != []
