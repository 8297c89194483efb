"""Every database statement fails once, in turn: no document is half ingested, and the same command repairs all."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.store import reread as rereading
from programme.loaders.store.connection import Connection, SqliteConnection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from programme.loaders.store.reread import reread
from tests.pages import Talk, daily_page, session_page
from tests.store.test_reread import shout

pytestmark = pytest.mark.slow

GRAPHS = "We study graphs at length and find that they are good. Code: https://github.com/Aurora/Net."
DOCUMENTS = [
    Document.of("test:first", session_page("Deep One", [Talk("Graph Moons", "Ada Quill", GRAPHS)], "Bo RENN")),
    Document.of(
        "test:again", session_page("Deep One", [Talk("Graph moons", "A. Quill · Cy Lund")], "Bo Renn", "Hall F")
    ),
    Document.of("test:namesake", session_page("Deep Two", [Talk("Graph Moons", "Dee Moss", GRAPHS)])),
    Document.of("test:list", daily_page("Aug 11", [("Graph Moons", GRAPHS)])),
]

CORRECTIONS = Document.of(
    "test:corrections",
    b"""corrections:
- {paper: {title: Graph Moons, edition: icml-2021}, title: Moons, because: x}
- {paper: {title: Graph Moons, edition: icml-2021}, deny_repositories: [github.com/aurora/net], because: x}
- {session: {title: Deep One, edition: icml-2021}, room: Hall G, because: x}
- {same_author: [5920ac237aff57bf, 0123456789abcdef], because: x}
""",
)


class BrokenError(OSError):
    """Stands for a full disk, a lost server, a kill."""


class Failing:
    """A driver's connection whose Nth statement fails, and every one after it but ROLLBACK."""

    def __init__(self, raw: Any, fails_at: int) -> None:
        self._raw = raw
        self._left = fails_at

    def _count(self, sql: str) -> None:
        if sql != "ROLLBACK":
            self._left -= 1
            if self._left <= 0:
                raise BrokenError

    def execute(self, sql: str, *parameters: Any) -> Any:
        self._count(sql)
        return self._raw.execute(sql, *parameters)

    def executemany(self, sql: str, rows: Any) -> Any:
        self._count(sql)
        return self._raw.executemany(sql, rows)

    @property
    def in_transaction(self) -> bool:
        return bool(self._raw.in_transaction)

    @property
    def is_spent(self) -> bool:
        return self._left <= 0


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("faults") / "empty.db"
    open_database(path, create=True).close()
    return path


class States:
    """The states in which a database file was; what the next command does to it depends on nothing else."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()

    def is_new(self, database: Path) -> bool:
        digest = hashlib.sha256(database.read_bytes()).digest()
        if digest in self._digests:
            return False
        self._digests.add(digest)
        return True


@contextmanager
def failing(connection: Connection, statement: int) -> Iterator[Failing]:
    """Let the connection fail at that statement, and clean it afterwards."""
    assert isinstance(connection, SqliteConnection)
    healthy = connection._raw
    broken = Failing(healthy, statement)
    connection._raw = broken  # type: ignore[assignment]
    try:
        yield broken
    except BrokenError:
        pass
    finally:
        connection._raw = healthy
        if healthy.in_transaction:
            healthy.execute("ROLLBACK")


def _facts_of(database: Path, documents: list[Document]) -> list[str]:
    copy = database.with_name("reference.db")
    shutil.copy(database, copy)
    connection = open_database(copy)
    list(ingest(connection, documents))
    facts = list(dump(connection))
    connection.close()
    return facts


@pytest.mark.parametrize("threshold", [32, 0], ids=["one by one", "bulk"])
def test_ingest_interrupted_after_any_statement(empty_database: Path, threshold: int) -> None:
    whole = [_facts_of(empty_database, DOCUMENTS[:count]) for count in range(len(DOCUMENTS) + 1)]
    statement, was_spent, states = 0, True, States()
    while was_spent:
        statement += 1
        copy = empty_database.with_name("copy.db")
        shutil.copy(empty_database, copy)
        connection = open_database(copy)
        with failing(connection, statement) as broken:
            list(ingest(connection, DOCUMENTS, batch_threshold=threshold))
        was_spent = broken.is_spent
        connection.close()
        if not states.is_new(copy):
            continue
        connection = open_database(copy)
        assert list(dump(connection)) in whole, f"half a document is in after statement {statement}"
        list(ingest(connection, DOCUMENTS, batch_threshold=threshold))
        assert list(dump(connection)) == whole[-1], f"not repaired after statement {statement}"
        connection.close()
    assert statement > 50


def _captured(day: int, content: bytes) -> Document:
    return Document.of("test:page", content, captured_at=datetime(2021, 7, day, tzinfo=UTC), basis="given")


MOVED = [
    _captured(1, session_page("Deep One", [Talk("Graph Moons", "Ada Quill", GRAPHS)], "Bo RENN")),
    _captured(2, session_page("Deep One", [Talk("Graph Moons", "A. Quill", GRAPHS, "Tue 20 July 9:00 - 9:20 PDT")])),
]


def test_a_newer_capture_interrupted_after_any_statement(empty_database: Path) -> None:
    loaded = empty_database.with_name("captured.db")
    shutil.copy(empty_database, loaded)
    connection = open_database(loaded)
    list(ingest(connection, [*DOCUMENTS, MOVED[0]]))
    connection.close()
    before = _facts_of(empty_database, [*DOCUMENTS, MOVED[0]])
    after = _facts_of(empty_database, [*DOCUMENTS, *MOVED])
    statement, was_spent = 0, True
    while was_spent:
        statement += 1
        copy = empty_database.with_name("copy.db")
        shutil.copy(loaded, copy)
        connection = open_database(copy)
        with failing(connection, statement) as broken:
            list(ingest(connection, [MOVED[1]]))
        was_spent = broken.is_spent
        assert list(dump(connection)) == (before if was_spent else after)
        connection.close()
    assert statement > 30


def test_corrections_interrupted_after_any_statement(empty_database: Path) -> None:
    loaded = empty_database.with_name("corrected.db")
    shutil.copy(empty_database, loaded)
    connection = open_database(loaded)
    list(ingest(connection, DOCUMENTS))
    connection.close()
    before, after = _facts_of(empty_database, DOCUMENTS), _facts_of(empty_database, [*DOCUMENTS, CORRECTIONS])
    statement, was_spent = 0, True
    while was_spent:
        statement += 1
        copy = empty_database.with_name("copy.db")
        shutil.copy(loaded, copy)
        connection = open_database(copy)
        with failing(connection, statement) as broken:
            list(ingest(connection, [CORRECTIONS]))
        was_spent = broken.is_spent
        assert list(dump(connection)) == (before if was_spent else after)
        connection.close()
    assert statement > 30


def test_forget_interrupted_after_any_statement(empty_database: Path) -> None:
    loaded = empty_database.with_name("loaded.db")
    shutil.copy(empty_database, loaded)
    connection = open_database(loaded)
    list(ingest(connection, DOCUMENTS))
    connection.close()
    before, after = _facts_of(empty_database, DOCUMENTS), _facts_of(empty_database, DOCUMENTS[1:])
    statement, was_spent = 0, True
    while was_spent:
        statement += 1
        copy = empty_database.with_name("copy.db")
        shutil.copy(loaded, copy)
        connection = open_database(copy)
        with failing(connection, statement) as broken:
            forget(connection, DOCUMENTS[0].sha256)
        was_spent = broken.is_spent
        assert list(dump(connection)) == (before if was_spent else after)
        connection.close()
    assert statement > 20


@pytest.mark.parametrize("threshold", [32, 0], ids=["a few", "many"])
def test_reading_again_interrupted_after_any_statement(
    empty_database: Path, threshold: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = empty_database.with_name("stale.db")
    shutil.copy(empty_database, loaded)
    connection = open_database(loaded)
    list(ingest(connection, [*DOCUMENTS, *MOVED]))
    connection.close()
    before = _facts_of(empty_database, [*DOCUMENTS, *MOVED])
    monkeypatch.setattr(rereading, "BATCH_THRESHOLD", threshold)
    shout(monkeypatch)
    after = _facts_of(empty_database, [*DOCUMENTS, *MOVED])
    statement, was_spent, states = 0, True, States()
    while was_spent:
        statement += 1
        copy = empty_database.with_name("copy.db")
        shutil.copy(loaded, copy)
        connection = open_database(copy)
        with failing(connection, statement) as broken:
            list(reread(connection))
        was_spent = broken.is_spent
        connection.close()
        if was_spent and not states.is_new(copy):
            continue
        connection = open_database(copy)
        # After a rebuild is committed one statement is left, which checks references again.
        assert list(dump(connection)) in ((before, after) if was_spent else (after,))
        list(reread(connection))
        assert list(dump(connection)) == after
        connection.close()
    assert statement > 20
