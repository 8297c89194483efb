"""What a system may lack ends a command with a line that says what to do: streams, characters, memory, disk, paths."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Loader

pytestmark = pytest.mark.slow

LONG = "a" * 300
ODD = os.fsdecode(b"odd\xff.db")


def process(
    *words: str | Path,
    cwd: Path,
    before: Callable[[], None] | None = None,
    stdin: int | None = None,
    **environment: str,
) -> "subprocess.CompletedProcess[bytes]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOADER_")}
    command = [sys.executable, "-m", "programme", *map(str, words)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, env=clean | environment, preexec_fn=before, stdin=stdin, check=False
    )


def has_one_line(text: str) -> bool:
    return text.startswith("error: ") and "Error" not in text and "Traceback" not in text


@pytest.mark.parametrize(
    "words",
    [
        ["documents", "--database", LONG],
        ["ingest", "SAMPLE", "--database", LONG],
        ["upgrade", "--database", LONG],
        ["export", "csv", LONG],
        ["export", "sqlite", LONG],
        ["copy", "programme.db", LONG],
        ["copy", LONG, "new.db"],
        ["query", "papers_overview", "--csv", "-o", LONG],
        ["merge", LONG],
        ["parse", "SAMPLE", LONG],
    ],
    ids=lambda words: " ".join(words).replace(LONG, "LONG"),
)
def test_a_path_that_is_too_long(loaded: Path, samples: Path, loader: Loader, words: list[str]) -> None:
    done = loader(*(str(samples / "bibtex.bib") if word == "SAMPLE" else word for word in words), cwd=loaded)
    assert done.returncode == 2
    assert has_one_line(done.stderr)
    assert "File name too long; " in done.stderr


def test_a_path_that_is_not_utf8(loaded: Path, loader: Loader) -> None:
    (loaded / "programme.db").rename(loaded / ODD)
    for words in (["documents"], ["dump"], ["upgrade"], ["query", "papers_overview", "--json"]):
        assert loader(*words, "--database", ODD, cwd=loaded).returncode == 0
    for words in (["sql", "SELECT 1"], ["export", "csv", "out"], ["query", "papers_overview", "--engine", "duckdb"]):
        done = loader(*words, "--database", ODD, cwd=loaded)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"error: {loaded}/odd\\udcff.db: is not UTF-8, which DuckDB needs; rename the file\n"


@pytest.fixture
def damaged(loaded: Path) -> Path:
    """A database of which the first pages of some tables are damaged."""
    path = loaded / "programme.db"
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        tables = "('papers', 'paper_sources', 'documents', 'authors')"
        pages = connection.execute(f"SELECT rootpage FROM sqlite_master WHERE name IN {tables}").fetchall()
    content = bytearray(path.read_bytes())
    for (page,) in pages:
        content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    return loaded


@pytest.mark.parametrize(
    "words",
    [
        ["documents"],
        ["dump"],
        ["query", "papers_overview"],
        ["query", "papers_overview", "--engine", "duckdb"],
        ["sql", "SELECT * FROM papers"],
        ["export", "parquet", "out"],
        ["export", "sqlite", "out.db"],
        ["export", "ics", "out.ics"],
        ["forget", "abcdef12"],
        ["ingest", "SAMPLE"],
        ["reread", "--all"],
        ["upgrade"],
    ],
    ids=" ".join,
)
def test_a_damaged_database(damaged: Path, samples: Path, loader: Loader, words: list[str]) -> None:
    done = loader(*(str(samples / "bibtex.bib") if word == "SAMPLE" else word for word in words), cwd=damaged)
    assert done.returncode == 2
    assert has_one_line(done.stderr), done.stderr
    assert "programme.db: " in done.stderr
    assert "the file is damaged; restore a copy, or ingest the documents into a new database" in done.stderr


def test_streams_that_are_closed(loaded: Path, samples: Path) -> None:
    def closes(*numbers: int) -> Callable[[], None]:
        def close() -> None:
            for number in numbers:
                os.close(number)

        return close

    sample = samples / "bibtex.bib"
    assert process("dump", cwd=loaded, before=closes(1)).stderr == b""
    for numbers in ((1, 2), (0, 1, 2), (0,)):
        name = f"{len(numbers)}.db"
        assert process("ingest", sample, "--database", name, cwd=loaded, before=closes(*numbers)).returncode == 0
        with closing(sqlite3.connect(loaded / name)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]
    assert process("ingest", "-", cwd=loaded, before=closes(0)).stderr == b"standard input: refused: empty\n"
    assert process("sql", "-", cwd=loaded, before=closes(0)).stderr == b"error: no SQL statement given\n"
    assert process("shell", cwd=loaded, before=closes(0)).returncode == 0


@pytest.mark.parametrize("encoding", ["latin-1"])
def test_output_that_is_not_utf8(loaded: Path, encoding: str) -> None:
    sql = "SELECT 'λ – 東京' AS place"
    for words in (["query"], ["query", "papers_overview"]):
        done = process(*words, cwd=loaded, PYTHONIOENCODING=encoding)
        assert done.returncode == 0, done.stderr
    assert r"\u03bb \u2013 \u6771\u4eac" in process("sql", sql, cwd=loaded, PYTHONIOENCODING=encoding).stdout.decode()
    rows = process("sql", sql, "--json", cwd=loaded, PYTHONIOENCODING=encoding).stdout.decode()
    assert json.loads(rows) == [{"place": "λ – 東京"}]
    assert "λ – 東京" in process("sql", sql, "--csv", cwd=loaded, PYTHONIOENCODING=encoding).stdout.decode()


@pytest.mark.parametrize("words", [["sql", "SELECT 1"], ["export", "parquet", "out"], ["shell"]], ids=" ".join)
@pytest.mark.parametrize("megabytes", [200, 500, 1000])
def test_duckdb_under_little_memory(loaded: Path, words: list[str], megabytes: int) -> None:
    limit = megabytes * 1_000_000
    done = process(*words, cwd=loaded, before=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: DuckDB needs 1.2 GB of address space, and this process may use ")


def test_a_disk_without_space(loaded: Path, samples: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = process("ingest", samples, "--database", "new.db", cwd=loaded, before=small)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: new.db: cannot be created: ")
    assert b"; its disk fails or is full; free some space, or move the file to another disk" in done.stderr
    assert not (loaded / "new.db").exists()
    for form in ("parquet", "duckdb", "sqlite"):
        done = process("export", form, f"out.{form}", cwd=loaded, before=small)
        assert done.returncode == 2
        assert done.stderr.startswith(b"error: ")
        assert b"run `loader --debug" not in done.stderr
        assert not (loaded / f"out.{form}").exists()
