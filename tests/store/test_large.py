"""A document too large for memory: the same facts as one that fits, all its bytes stored, nothing of a bad one."""

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from programme.exceptions import StoreError
from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import reading
from programme.loaders.records import NO_HINTS, Hints
from programme.loaders.store import frames, large
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import check, ingest
from tests.pages import paper_list, paper_record

TITLES = ("Graph Learning at Dawn", "Sparse Moons", "Graph Learning at Dusk", "Rényi Bounds", "Graph Learning at Dawn")

ICML = Hints("icml", 2022)


def listed(*titles: str) -> Document:
    records = [paper_record(title, "Ada Quill · Bo Renn", "", "", None) for title in titles]
    return Document.of("test:papers.json", paper_list(records))


def enlarged(document: Document) -> Document:
    return replace(document, content=document.content[:40], opener=lambda: io.BytesIO(document.content))


def stored_bytes(connection: Connection) -> bytes:
    """Return the bytes that the database keeps of its only document."""
    parts = "SELECT content FROM document_parts ORDER BY position"
    stored = connection.query("SELECT content FROM documents") + connection.query(parts)
    return b"".join(zstandard.decompress(part) for (part,) in stored)


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SLICE_RECORDS", 2)
    monkeypatch.setattr(large, "PART_BYTES", 100)


def test_the_facts_are_those_of_the_document_in_memory(database_url: str, tmp_path: Path) -> None:
    document = listed(*TITLES)
    whole, pieces = open_database(f"{tmp_path}/whole.db", create=True), open_database(database_url, create=True)
    (held,), (streamed,) = list(ingest(whole, [document])), list(ingest(pieces, [enlarged(document)]))
    assert (streamed.records, streamed.coverage) == (held.records, held.coverage)
    assert streamed.records["papers"] == 4
    assert list(dump(pieces)) == list(dump(whole))
    assert [outcome.status for outcome in ingest(pieces, [enlarged(document)])] == ["unchanged"]


def test_all_bytes_are_stored_and_deleted_with_the_document(database_url: str) -> None:
    document = listed(*TITLES)
    connection = open_database(database_url, create=True)
    list(ingest(connection, [enlarged(document)]))
    assert connection.query("SELECT count(*) > 2 FROM document_parts") in ([(1,)], [(True,)])
    assert stored_bytes(connection) == document.content
    forget(connection, document.sha256)
    assert connection.query("SELECT count(*) FROM document_parts") == [(0,)]
    assert list(dump(connection)) == []


def test_a_malformed_record_costs_only_itself(database_url: str) -> None:
    document = listed(*TITLES)
    broken = Document.of("test:papers.json", document.content.replace(b'"Sparse Moons"', b"7", 1))
    connection = open_database(database_url, create=True)
    (outcome,) = ingest(connection, [enlarged(broken)])
    assert (outcome.status, outcome.records["papers"], outcome.coverage) == ("loaded", 3, 0.8)
    (problem,) = connection.query("SELECT path, problem FROM document_problems")
    assert problem == ("[1]", "[1].title: expected text or nothing, got a number")


def test_a_document_of_no_known_format_leaves_nothing(database_url: str) -> None:
    connection = open_database(database_url, create=True)
    page = enlarged(Document.of("test:page.txt", b"Session\n\nA title\n" * 40))
    (outcome,) = ingest(connection, [page])
    assert outcome.status == "refused"
    assert list(dump(connection)) == []


def test_check_gives_the_outcome_that_ingest_gives(sqlite_url: str) -> None:
    document = enlarged(listed(*TITLES))
    (checked,) = check([document])
    (ingested,) = ingest(open_database(sqlite_url, create=True), [document])
    assert (checked.status, checked.coverage, checked.format) == (ingested.status, ingested.coverage, ingested.format)


class Watched(io.BytesIO):
    """The bytes of a document, which fail where they are read while the database is locked."""

    path = ""

    def read(self, size: int | None = -1) -> bytes:
        with closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
        return super().read(size)


class CutOff(io.BytesIO):
    """The bytes of a member of an archive that ends too early."""

    def read(self, size: int | None = -1) -> bytes:
        if found := super().read(size):
            return found
        raise MalformedDocument("test:papers.json", None, "the archive is cut off")


@pytest.mark.parametrize("workers", [1, 2])
def test_it_is_read_before_the_database_is_locked(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str, workers: int
) -> None:
    monkeypatch.setattr(Watched, "path", sqlite_url.removeprefix("sqlite:///"))
    connection = open_database(sqlite_url, create=True)
    list(ingest(connection, [listed("Another Moon")]))
    document = listed(*TITLES)
    watched = replace(enlarged(document), opener=lambda: Watched(document.content))
    for hints, status in ((NO_HINTS, "loaded"), (NO_HINTS, "unchanged"), (ICML, "loaded")):
        (outcome,) = ingest(connection, [watched], hints=hints, workers=workers)
        assert outcome.status == status, outcome.problems


def test_one_that_ends_too_early_leaves_nothing(database_url: str) -> None:
    connection = open_database(database_url, create=True)
    list(ingest(connection, [listed("Another Moon")]))
    before = list(dump(connection))
    document = enlarged(listed(*TITLES))
    (outcome,) = ingest(connection, [replace(document, opener=lambda: CutOff(document.open().read()))])
    assert (outcome.status, outcome.problems[0].problem) == ("refused", "the archive is cut off")
    assert list(dump(connection)) == before


def test_one_without_any_record_is_refused(sqlite_url: str) -> None:
    connection = open_database(sqlite_url, create=True)
    empty = enlarged(Document.of("test:papers.json", b"[" + b" " * 100 + b"]"))
    for outcome in (*ingest(connection, [empty], "pwc-papers"), *check([empty], "pwc-papers")):
        reason = "nothing in it could be read; `loader formats` lists what each format reads"
        assert [outcome.status, *(one.problem for one in outcome.problems)] == ["refused", reason]


def test_a_full_disk_ends_the_command_and_names_the_folder(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    connection = open_database(sqlite_url, create=True)
    list(ingest(connection, [listed("Another Moon")]))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(frames, "write", full)
    with pytest.raises(StoreError, match=r"no room for what is read of test:papers\.json: .* point TMPDIR at a larger"):
        list(ingest(connection, [enlarged(listed(*TITLES))]))


@pytest.mark.parametrize("is_fresh", [True, False])
def test_more_that_is_said_of_it_later_counts(database_url: str, tmp_path: Path, is_fresh: bool) -> None:
    document = listed(*TITLES)
    said = [document, replace(document, hints=ICML)]
    whole, pieces = open_database(f"{tmp_path}/whole.db", create=True), open_database(database_url, create=True)
    list(ingest(whole, said))
    for run in [said] if is_fresh else [said[:1], said[1:]]:
        assert [one.status for one in ingest(pieces, map(enlarged, run))] == ["loaded"] * len(run)
    assert list(dump(pieces)) == list(dump(whole))
    assert any("icml-2022" in line for line in dump(pieces))
    assert stored_bytes(pieces) == document.content
