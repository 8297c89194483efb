"""The prompt of `loader shell`: statements over lines, tables of rows, errors in one line."""

import io
from pathlib import Path

import pytest

from loaders.documents import documents_from
from loaders.shell import EXAMPLES, MOST_ROWS, run
from loaders.store.database import open_database
from loaders.store.ingest import ingest
from tests.pages import Talk, session_page

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
    sql = "SELECT titel FROM papers;\nDELETE FROM papers;\nDELETE FROM source.papers;\n.nonsense\nSELECT 7 AS n;\n"
    with pytest.raises(SystemExit) as stopped:
        typed(monkeypatch, io.StringIO(sql), database)
    assert stopped.value.code == 1
    out, error = capsys.readouterr()
    assert out == "n\n-\n7\n"
    lines = error.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith('Binder Error: Referenced column "titel" not found')
    assert lines[1] == "Binder Error: Can only delete from base table"
    assert "read-only" in lines[2]
    assert lines[3] == "no such command: .nonsense; there are .tables and .quit"


def test_tables_lists_every_table_and_view_once(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, io.StringIO(".tables\n"), database)
    out, error = capsys.readouterr()
    names = [line.split()[0] for line in out.splitlines()[2:]]
    assert names == sorted(set(names))
    assert {"papers", "slots", "programme", "papers_with_code"} <= set(names)
    assert error == "32 rows\n"


def test_a_terminal_is_greeted_with_examples_that_run(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, Terminal("\n".join([*EXAMPLES, ".quit", "SELECT 'after';"])), database)
    out, error = capsys.readouterr()
    assert all(f"  {example}\n" in out for example in EXAMPLES)
    assert out.count("programme> ") == len(EXAMPLES) + 1
    assert "after" not in out
    assert error.splitlines() == ["1 row", "1 row", "2 rows"]


def test_a_terminal_is_not_flooded(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, Terminal("SELECT * FROM range(100000);\n"), database)
    assert f"more than {MOST_ROWS} rows" in capsys.readouterr().err


def test_the_database_stays_as_it_was(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Path(database).read_bytes()
    typed(monkeypatch, io.StringIO("CREATE TABLE mine AS SELECT * FROM papers; SELECT * FROM mine;"), database)
    assert Path(database).read_bytes() == before
