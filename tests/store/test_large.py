"""A document too large for memory: the same facts as one that fits, all its bytes stored, nothing of a bad one."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from programme.loaders.documents import Document
from programme.loaders.formats import reading
from programme.loaders.store import large
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import check, ingest
from tests.pages import paper_list, paper_record

TITLES = ("Graph Learning at Dawn", "Sparse Moons", "Graph Learning at Dusk", "Rényi Bounds", "Graph Learning at Dawn")


def listed(*titles: str) -> Document:
    records = [paper_record(title, "Ada Quill · Bo Renn", "", "", None) for title in titles]
    return Document.of("test:papers.json", paper_list(records))


def enlarged(document: Document) -> Document:
    return replace(document, content=document.content[:40], opener=lambda: io.BytesIO(document.content))


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
    parts = connection.query("SELECT content FROM documents UNION ALL SELECT content FROM document_parts")
    assert len(parts) > 2
    stored = connection.query("SELECT content FROM documents") + connection.query(
        "SELECT content FROM document_parts ORDER BY position"
    )
    assert b"".join(zstandard.decompress(part) for (part,) in stored) == document.content
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
