"""One document never ends the command: it is refused by name, and the others go in."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.store import ahead, batches
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest
from programme.loaders.store.load import Load
from programme.loaders.store.outcome import Outcome
from programme.loaders.store.readings import Job, Reading, read_job
from programme.loaders.store.update import Update
from tests.pages import Talk, session_page

BAD = "test:5"


def pages(count: int) -> list[Document]:
    """Return pages of a session and a paper each."""
    return [
        Document.of(f"test:{n}", session_page(f"Session {n}", [Talk(f"Moon Number {n}", "Ada Quill")]))
        for n in range(count)
    ]


def load(url: str, documents: list[Document]) -> tuple[list[Outcome], list[str]]:
    """Ingest documents; return the outcomes and the dump of the database."""
    connection = open_database(url, create=True)
    try:
        return list(ingest(connection, documents, batch_size=10)), list(dump(connection))
    finally:
        connection.close()


def without_bad(documents: list[Document]) -> list[Document]:
    return [document for document in documents if document.uri != BAD]


def fail_at(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let the fifth page raise an error where it is written."""
    add = Update.add_document

    def failing(self: Update, document: Document, *rest: Any) -> int:
        if document.uri == BAD:
            raise error
        return add(self, document, *rest)

    monkeypatch.setattr(Update, "add_document", failing)


@pytest.mark.parametrize("error", [OverflowError("date value out of range"), MemoryError(), ValueError("odd")])
@pytest.mark.parametrize("count", [8, 40], ids=["few", "first load"])
def test_a_document_that_cannot_be_written_is_refused(
    monkeypatch: pytest.MonkeyPatch, database_url: str, sqlite_url: str, count: int, error: Exception
) -> None:
    documents = pages(count)
    _, expected = load(f"{sqlite_url}x", without_bad(documents))
    fail_at(monkeypatch, error)
    outcomes, found = load(database_url, documents)
    assert [outcome.uri for outcome in outcomes if outcome.status == "refused"] == [BAD]
    assert [outcome.uri for outcome in outcomes] == [document.uri for document in documents]
    assert found == expected


def test_a_value_that_the_database_refuses_costs_one_document(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    add = Update.add_captures

    def failing(self: Update, id_: int, document: Document, scopes: Any) -> None:
        add(self, id_, document, ["\ud800"] if document.uri == BAD else scopes)

    monkeypatch.setattr(Update, "add_captures", failing)
    outcomes, _ = load(database_url, pages(8))
    assert [outcome.uri for outcome in outcomes if outcome.status == "refused"] == [BAD]


def test_a_first_load_that_fails_at_its_end_is_written_in_batches(
    monkeypatch: pytest.MonkeyPatch, database_url: str, sqlite_url: str
) -> None:
    documents = pages(40)
    _, expected = load(f"{sqlite_url}x", documents)

    def failing(_: Load) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(Load, "finish_postponed", failing)
    outcomes, found = load(database_url, documents)
    assert [outcome.status for outcome in outcomes] == ["loaded"] * 40
    assert found == expected


@pytest.mark.parametrize("count", [0, 35])
def test_a_fault_where_documents_come_from_is_not_taken_for_their_end(sqlite_url: str, count: int) -> None:
    def broken() -> Generator[Document, None, None]:
        yield from pages(40)
        raise ValueError("this should not happen")

    connection = open_database(sqlite_url, create=True)
    list(ingest(connection, pages(count)))
    with pytest.raises(ValueError, match="this should not happen"):
        list(ingest(connection, broken(), batch_size=10))


def test_a_long_first_load_is_committed_in_steps(
    monkeypatch: pytest.MonkeyPatch, database_url: str, sqlite_url: str
) -> None:
    documents = [*pages(50), *pages(5)]
    _, expected = load(f"{sqlite_url}x", documents)
    monkeypatch.setattr(batches, "FIRST_BATCHES", 2)
    connection = open_database(database_url, create=True)
    outcomes = ingest(connection, documents, batch_size=10)
    for _ in range(31):
        next(outcomes)
    assert isinstance(outcomes, Generator)
    outcomes.close()  # as an interruption does
    connection.close()
    again, found = load(database_url, documents)
    assert [outcome.status for outcome in again] == ["unchanged"] * 40 + ["loaded"] * 10 + ["unchanged"] * 5
    assert found == expected


def test_documents_are_read_before_the_database_is_locked(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    load(sqlite_url, pages(1))
    path = sqlite_url.removeprefix("sqlite:///")

    def reading(job: Job) -> Reading:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
        return read_job(job)

    monkeypatch.setattr(ahead, "read_job", reading)
    outcomes, _ = load(sqlite_url, pages(3))
    assert [outcome.status for outcome in outcomes] == ["unchanged", "loaded", "loaded"]
