"""`loader sql`: where SQL is read from, and the formats of its rows."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from programme.cli.app import app
from programme.cli.output import output_format, print_table
from programme.cli.sql import run, statement_from
from programme.exceptions import QueryError, StoreError
from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, session_page

pytestmark = pytest.mark.slow

SQL = "SELECT title, 1.5 AS half, NULL AS nothing, 'a|b\n*c*' AS signs FROM papers ORDER BY title"
TALKS = [Talk("Walking on Graphs", "Ada Byron"), Talk("Ünder, the “Moon”", "Bo Lindqvist")]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of two slots."""
    folder = tmp_path_factory.mktemp("statements")
    page = folder / "page.txt"
    page.write_bytes(session_page("Graphs", TALKS))
    connection = open_database(folder / "programme.db", create=True)
    list(ingest(connection, documents_from([str(page)])))
    connection.close()
    return str(folder / "programme.db")


def written(database: str, form: str, path: Path) -> str:
    run(database, SQL, form, str(path))
    return path.read_bytes().decode()


def test_formats(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(written(database, "json", tmp_path / "made")) == [
        {"title": talk.title, "half": 1.5, "nothing": None, "signs": "a|b\n*c*"} for talk in TALKS
    ]
    assert list(csv.reader(io.StringIO(written(database, "csv", tmp_path / "made"), newline=""))) == [
        ["title", "half", "nothing", "signs"],
        *([talk.title, "1.5", "", "a|b\n*c*"] for talk in TALKS),
    ]
    assert written(database, "markdown", tmp_path / "made").splitlines() == [
        "| title | half | nothing | signs |",
        "| --- | --- | --- | --- |",
        "| Walking on Graphs | 1.5 |  | a\\|b \\*c\\* |",
        "| Ünder, the “Moon” | 1.5 |  | a\\|b \\*c\\* |",
    ]
    assert written(database, "table", tmp_path / "made").splitlines()[2].split()[:3] == ["Walking", "on", "Graphs"]
    run(database, SQL, "parquet", str(tmp_path / "made"))
    assert duckdb.execute("SELECT title FROM read_parquet(?)", [str(tmp_path / "made")]).fetchall() == [
        (talk.title,) for talk in TALKS
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    assert capsys.readouterr().out == ""


def test_rows_are_printed_without_an_output_file(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(database, "SELECT 1 AS one WHERE false", "json", None)
    run(database, "SELECT 1 AS one; SELECT 2 AS two", "csv", None)
    assert capsys.readouterr().out == "[]\none\r\n1\r\n\ntwo\r\n2\r\n"


def test_a_parquet_file_takes_the_rows_of_one_statement(database: str, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="Parquet holds the rows of one statement"):
        run(database, "SELECT 1; SELECT 2", "parquet", str(tmp_path / "rows.parquet"))


def test_instants_and_dates_have_types(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(database, "SELECT typeof(ingested_at), typeof(captured_on) FROM document_ledger LIMIT 1", "csv", None)
    assert capsys.readouterr().out.splitlines()[1] == "TIMESTAMP WITH TIME ZONE,DATE"


def test_sql_comes_from_an_argument_a_file_or_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "question.sql").write_bytes(b"\xef\xbb\xbfSELECT 'file'")
    assert statement_from("SELECT 1", None) == "SELECT 1"
    assert statement_from(None, str(tmp_path / "question.sql")) == "SELECT 'file'"
    for text, file in (("-", None), (None, "-")):
        monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 'typed'"))
        assert statement_from(text, file) == "SELECT 'typed'"
    with pytest.raises(QueryError, match="give one statement"):
        statement_from(None, None)
    with pytest.raises(QueryError, match="give one statement"):
        statement_from("SELECT 1", "question.sql")
    with pytest.raises(QueryError, match=r"none\.sql: cannot be read"):
        statement_from(None, str(tmp_path / "none.sql"))


@pytest.mark.parametrize("comment", ["-- Papers\n", "--papers\n"])
def test_sql_may_begin_with_a_comment(database: str, comment: str) -> None:
    done = CliRunner().invoke(app, ["sql", f"{comment}SELECT 1 AS one", "--csv", "--database", database])
    assert (done.exit_code, done.stdout) == (0, "one\n1\n")


def test_the_suffix_of_a_file_implies_its_format() -> None:
    assert [output_format(None, name) for name in ("a.md", "a.PARQUET", "a.json", "a.txt")] == [
        "markdown", "parquet", "json", "table",
    ]  # fmt: skip
    with pytest.raises(QueryError, match="name it with `-o FILE`"):
        output_format("parquet", None)


def test_failing_sql_writes_nothing_and_the_database_is_not_overwritten(database: str, tmp_path: Path) -> None:
    before = Path(database).read_bytes()
    for statement in ("SELECT nonsense FROM papers", "SELECT 1 FROM", "DELETE FROM papers", "COPY papers TO 'x.csv'"):
        for form in ("csv", "parquet"):
            with pytest.raises(QueryError):
                run(database, statement, form, str(tmp_path / "made"))
    with pytest.raises(QueryError, match="Could not convert string"):
        run(database, "SELECT CAST(title AS integer) FROM papers", "csv", str(tmp_path / "made"))
    with pytest.raises(StoreError, match="is the database itself"):
        run(database, "SELECT 1", "csv", database)
    assert list(tmp_path.iterdir()) == []
    assert Path(database).read_bytes() == before


class Terminal(io.StringIO):
    """Standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_table_is_cut_to_the_width_of_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    columns, rows = ["title", "abstract", "code"], [("Graphs " * 12, "We walk. " * 40, "https://github.com/ada/walks")]
    print_table(columns, rows)
    whole = " ".join(value.strip() for value in rows[0])
    assert " ".join(capsys.readouterr().out.splitlines()[2].split()) == whole
    for width, left_out in (
        (80, ""),
        (40, "columns that do not fit: abstract, code; --json or -o FILE has them all\n"),
    ):
        terminal = Terminal()
        monkeypatch.setenv("COLUMNS", str(width))
        print_table(columns, rows, terminal)
        assert max(map(len, terminal.getvalue().splitlines())) <= width
        assert capsys.readouterr().err == f"1 row\n{left_out}"
