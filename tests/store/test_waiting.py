"""A process that meets another one waits for it, says so, and can be stopped."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from programme.loaders.store.database import open_database
from programme.loaders.store.waiting import TRY_LOCK
from tests.conftest import postgres_url

__all__ = ["postgres_url"]
"""An empty database, because these processes also create the tables."""

pytestmark = pytest.mark.slow

LOADER = [sys.executable, "-m", "programme"]
PIPE = subprocess.PIPE


@contextmanager
def held(database: str) -> Iterator[None]:
    """Hold the lock of writers, and of SQLite the one that keeps readers out as well."""
    if database.startswith("postgresql"):
        with psycopg.connect(database) as connection:
            assert connection.execute(TRY_LOCK.encode()).fetchall() == [(True,)]
            if connection.execute("SELECT to_regclass('documents') IS NOT NULL").fetchall() == [(True,)]:
                connection.execute("LOCK TABLE documents, captures")
            yield
    else:
        lock = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        yield
        lock.close()


def start(*words: str | Path, database: str) -> "subprocess.Popen[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOADER_")}
    command = [*LOADER, *map(str, words), "--database", database]
    # In a background job of a shell it is ignored, by the processes that the job starts too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, env=clean)


def until_it_says_so(process: "subprocess.Popen[str]") -> None:
    assert process.stderr is not None
    line = process.stderr.readline()
    assert line.endswith(": another process is loading into it; waiting for it (Ctrl-C to stop)\n"), line


@pytest.mark.parametrize("is_new", [True, False])
def test_a_loader_waits_for_another_one(database_url: str, samples: Path, is_new: bool) -> None:
    if not is_new:
        open_database(database_url, create=True).close()
    with held(database_url):
        process = start("ingest", samples / "bibtex.bib", database=database_url)
        until_it_says_so(process)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "1 loaded" in out


def test_a_first_load_and_a_reader_never_wait_for_each_other(postgres_url: str, samples: Path) -> None:
    open_database(postgres_url, create=True).close()
    with psycopg.connect(postgres_url) as reader:
        reader.execute("SELECT 1 FROM venues")
        process = start("ingest", samples, database=postgres_url)
        until_it_says_so(process)
        for table in ("authors", "documents", "papers", "slots"):
            assert reader.execute(f"SELECT count(*) FROM {table}".encode()).fetchall() == [(0,)]
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert " loaded: " in out


def test_ctrl_c_stops_waiting(database_url: str, samples: Path) -> None:
    open_database(database_url, create=True).close()
    with held(database_url):
        process = start("ingest", samples / "bibtex.bib", database=database_url)
        until_it_says_so(process)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "words", [("dump",), ("upgrade",), ("query", "papers_overview"), ("forget", "x")], ids=" ".join
)
def test_every_command_waits(sqlite_url: str, words: tuple[str, ...]) -> None:
    open_database(sqlite_url, create=True).close()
    with held(sqlite_url):
        process = start(*words, database=sqlite_url)
        until_it_says_so(process)
    _, err = process.communicate(timeout=60)
    assert "lock" not in err


def test_a_race_to_create_a_database(database_url: str, samples: Path) -> None:
    sources = [samples / "bibtex.bib", samples / "paper_table.csv"]
    racing = [start("ingest", source, database=database_url) for source in sources * 2]
    ends = [(process.communicate(timeout=120)[1], process.returncode) for process in racing]
    assert [status for _, status in ends] == [0, 0, 0, 0], ends
    connection = open_database(database_url)
    assert connection.query("SELECT count(*) FROM documents") == [(2,)]
    connection.close()


def test_readers_do_not_break_a_load(sqlite_url: str, samples: Path) -> None:
    open_database(sqlite_url, create=True).close()
    reader = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM documents").fetchall()
    process = start("ingest", samples / "bibtex.bib", database=sqlite_url)
    time.sleep(3)
    reader.execute("ROLLBACK")
    reader.close()
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, "1 loaded" in out) == (0, True)
