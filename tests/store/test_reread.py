"""Reading stored documents again gives what a fresh load of them by the same rules would give."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import Document, MalformedDocument, documents_from
from programme.loaders.formats.hugging_face import daily_papers
from programme.loaders.formats.virtual_site import session
from programme.loaders.records import Hints, Record, SessionRecord
from programme.loaders.store import reread as rereading
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest
from programme.loaders.store.reread import reread, stale_documents
from tests.pages import Talk, daily_page, session_page

GRAPHS = "We study graphs at length and find that they are good. Code: https://github.com/Aurora/Net."


def captured(uri: str, day: int, content: bytes) -> Document:
    return Document.of(uri, content, captured_at=datetime(2021, 7, day, tzinfo=UTC), basis="given")


DOCUMENTS = [
    captured("test:page", 1, session_page("Deep One", [Talk("Graph Moons", "Ada Quill", GRAPHS)])),
    captured(
        "test:page", 2, session_page("Deep One", [Talk("Graph Moons", "A. Quill", time="Tue 20 July 9:00 - 9:20 PDT")])
    ),
    captured("test:copy", 3, session_page("Deep One", [Talk("Graph Moons", "Ada Quill", GRAPHS)])),
    captured("test:namesake", 1, session_page("Deep Two", [Talk("Graph Moons", "Dee Moss", GRAPHS)])),
    captured("test:list", 1, daily_page("Aug 11", [("Graph Moons", GRAPHS)])),
    captured("test:list", 2, daily_page("Aug 12", [("Graph Moons", GRAPHS)])),
    captured("test:list", 3, daily_page("Aug 12", [("Graph Moons", GRAPHS), ("Sparse Moons", GRAPHS)])),
]


def fresh(documents: list[Document], folder: Path) -> list[str]:
    """Return the dump of a new database with these documents."""
    with closing(open_database(folder / f"fresh-{len(list(folder.iterdir()))}.db", create=True)) as connection:
        list(ingest(connection, documents))
        return list(dump(connection))


@pytest.fixture
def loaded(database_url: str) -> Iterator[Connection]:
    with closing(open_database(database_url, create=True)) as connection:
        list(ingest(connection, DOCUMENTS))
        yield connection


def shout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change the rules of session pages: titles of sessions are read in capitals."""
    original = session.parse

    def parse(document: Document, hints: Hints) -> Iterator[Record]:
        for record in original(document, hints):
            yield record._replace(title=record.title.upper()) if isinstance(record, SessionRecord) else record

    monkeypatch.setattr(session, "parse", parse)
    monkeypatch.setattr(session, "VERSION", session.VERSION + 1)


@pytest.mark.parametrize("threshold", [32, 0], ids=["a few", "many"])
def test_changed_rules_of_a_format(
    loaded: Connection, threshold: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(dump(loaded))
    assert before == fresh(DOCUMENTS, tmp_path)
    assert (list(reread(loaded)), stale_documents(loaded)) == ([], [])
    monkeypatch.setattr(rereading, "BATCH_THRESHOLD", threshold)
    shout(monkeypatch)
    assert len(stale_documents(loaded)) == 3
    assert {outcome.status for outcome in reread(loaded)} == {"loaded"}
    assert list(dump(loaded)) == fresh(DOCUMENTS, tmp_path) != before
    assert stale_documents(loaded) == []


@pytest.mark.parametrize("threshold", [32, 0], ids=["a few", "many"])
def test_a_format_that_shows_no_moving_window_any_more(
    loaded: Connection, threshold: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "BATCH_THRESHOLD", threshold)
    monkeypatch.setattr(daily_papers, "VERSION", daily_papers.VERSION + 1)
    monkeypatch.setattr(daily_papers, "MOVING_WINDOW", False)
    list(reread(loaded))
    assert {scope for (scope,) in loaded.query("SELECT scope FROM sources")} == {""}
    assert list(dump(loaded)) == fresh(DOCUMENTS, tmp_path)


def test_everything_read_again_is_as_before(loaded: Connection) -> None:
    before = list(dump(loaded))
    assert len(list(reread(loaded, everything=True))) == 6
    assert list(dump(loaded)) == before


def test_the_samples_read_again(database_url: str, samples: Path) -> None:
    with closing(open_database(database_url, create=True)) as connection:
        list(ingest(connection, documents_from([samples])))
        before = list(dump(connection))
        list(reread(connection, everything=True))
        assert list(dump(connection)) == before


def test_what_names_papers_by_number_alone(database_url: str) -> None:
    oak = {"id": 1001, "name": "Oak", "eventtype": "Poster", "virtualsite_url": "/virtual/2024/poster/1001"}
    documents = [
        captured("test:list", 1, json.dumps({"count": 1, "results": [oak]}).encode()),
        captured("test:abstracts", 1, json.dumps({"1001": "We count trees."}).encode()),
    ]
    with closing(open_database(database_url, create=True)) as connection:
        list(ingest(connection, documents, hints=Hints("icml", 2024)))
        assert connection.query("SELECT title, abstract FROM papers") == [("Oak", "We count trees.")]
        before = list(dump(connection))
        list(reread(connection, everything=True))
        assert list(dump(connection)) == before


@pytest.mark.parametrize("threshold", [32, 0], ids=["a few", "many"])
def test_what_cannot_be_read_any_more_is_kept(
    loaded: Connection, threshold: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(document: Document, _: Hints) -> Iterator[Any]:
        raise MalformedDocument(document.uri, 3, "no page like this is known")

    monkeypatch.setattr(rereading, "BATCH_THRESHOLD", threshold)
    before = list(dump(loaded))
    with monkeypatch.context() as changed:
        changed.setattr(daily_papers, "parse", parse)
        changed.setattr(daily_papers, "VERSION", daily_papers.VERSION + 1)
        assert [outcome.status for outcome in reread(loaded)].count("refused") == 3
        assert stale_documents(loaded) == []
        found = loaded.query("SELECT DISTINCT line, problem FROM document_problems")
        assert found == [(3, "this version cannot read it any more: no page like this is known")]
        others = [document for document in DOCUMENTS if document.uri != "test:list"]
        kept = [line for line in dump(loaded) if not line.startswith("document")]
        assert kept == [line for line in fresh(others, tmp_path) if not line.startswith("document")]
        assert loaded.query("SELECT count(*) FROM documents") == [(6,)]
    monkeypatch.setattr(daily_papers, "VERSION", daily_papers.VERSION + 2)
    list(reread(loaded))
    assert list(dump(loaded)) == before
