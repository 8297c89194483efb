"""The prompt of `loader shell`: statements of several lines, tables, errors of one line."""

import io
import sys
from pathlib import Path

import pytest

from programme.cli.shell import EXAMPLES, MAX_ROWS, run
from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, session_page

PROGRAM = f"""#!{sys.executable}
import sys
import duckdb

words = sys.argv[1:]
connection = duckdb.connect()
for statement in duckdb.extract_statements(open(words[words.index("-init") + 1]).read()):
    connection.execute(statement)
if "-c" in words:
    print(connection.execute(words[-1]).fetchall())
else:
    print("opened", connection.execute("SELECT title FROM papers_with_code").fetchall())
    sys.exit(3)
"""
"""A stand-in for DuckDB's own program, which runs the file of opening statements."""

TALK = Talk("Walking on Graphs", "Ada Byron · Bo Lindqvist", "We walk. Code: https://github.com/ada/walks.")


class Terminal(io.StringIO):
    """Standard input that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of one slot."""
    folder = tmp_path_factory.mktemp("shell")
    page = folder / "page.txt"
    page.write_bytes(session_page("Graphs", [TALK]))
    connection = open_database(folder / "programme.db", create=True)
    list(ingest(connection, documents_from([str(page)])))
    connection.close()
    return str(folder / "programme.db")


@pytest.fixture(autouse=True)
def no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no program of DuckDB be found: neither on the PATH nor beside Python."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("sys.executable", str(tmp_path / "bin" / "python"))


def install(folder: Path, text: str) -> None:
    (folder / "bin" / "duckdb").write_text(text, encoding="utf-8")
    (folder / "bin" / "duckdb").chmod(0o755)


def typed(monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO, database: str) -> None:
    monkeypatch.setattr("sys.stdin", stdin)
    run(database)


def test_a_pipe_prints_results_and_nothing_else(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "SELECT title\nFROM papers -- all; of them\n;\n\nSELECT ';' AS semicolon; SELECT 1 AS one"
    typed(monkeypatch, io.StringIO(sql), database)
    expected = "title\n-----------------\nWalking on Graphs\nsemicolon\n---------\n;\none\n---\n1\n"
    assert capsys.readouterr().out == expected


def test_errors_take_one_line_and_the_next_statement_runs(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "SELECT titel FROM papers;\nDELETE FROM papers;\n.nonsense\nSELECT 7 AS n;\n"
    with pytest.raises(SystemExit) as stopped:
        typed(monkeypatch, io.StringIO(sql), database)
    assert stopped.value.code == 1
    out, error = capsys.readouterr()
    assert out == "n\n-\n7\n"
    lines = error.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith('Binder Error: Referenced column "titel" not found')
    assert lines[1] == "Binder Error: Can only delete from base table"
    assert lines[2] == "unknown command .nonsense; use .tables or .quit"


def test_tables_lists_every_table_and_view_once(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, io.StringIO(".tables\n"), database)
    out, error = capsys.readouterr()
    names = [line.split()[0] for line in out.splitlines()[2:]]
    assert names == sorted(set(names))
    assert {"papers", "slots", "programme", "papers_with_code"} <= set(names)
    assert error == f"{len(names)} rows\n"


def test_a_terminal_shows_examples_that_run(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, Terminal("\n".join([*EXAMPLES, ".quit", "SELECT 'after';"])), database)
    out, error = capsys.readouterr()
    assert all(f"  {example}\n" in out for example in EXAMPLES)
    assert out.count("programme> ") == len(EXAMPLES) + 1
    assert "after" not in out
    assert error.splitlines() == ["1 row", "1 row", "2 rows"]


def test_a_terminal_shows_a_limited_number_of_rows(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, Terminal("SELECT * FROM range(100000);\n"), database)
    assert f"more than {MAX_ROWS} rows" in capsys.readouterr().err


def test_the_database_is_not_changed(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Path(database).read_bytes()
    typed(monkeypatch, io.StringIO("CREATE TABLE mine AS SELECT * FROM papers; SELECT * FROM mine;"), database)
    assert Path(database).read_bytes() == before


def test_duckdbs_own_program_is_used_if_it_is_installed(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, PROGRAM)
    with pytest.raises(SystemExit) as left:
        typed(monkeypatch, Terminal("SELECT 'not asked';\n"), database)
    assert left.value.code == 3
    out = capfd.readouterr().out
    assert "opened [('Walking on Graphs',)]" in out
    assert all(example in out for example in EXAMPLES)
    assert "programme>" not in out


@pytest.mark.parametrize("text", ["#!/bin/sh\necho Error: built for another version\nexit 1\n", "no program at all"])
def test_a_program_that_cannot_open_the_database_is_not_used(
    text: str, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, text)
    typed(monkeypatch, Terminal("SELECT 7 AS n;\n"), database)
    assert "programme> " in capfd.readouterr().out
