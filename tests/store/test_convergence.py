"""The same documents give the same dump: in any order, in any batches, repeated, and after others are deleted."""

import io
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.loaders.documents import Document, documents_from
from programme.loaders.formats import reading
from programme.loaders.records import Hints
from programme.loaders.store import bulk
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, daily_page, paper_list, paper_record, session_page

pytestmark = pytest.mark.slow

TITLES = ("Graph Learning at Dawn", "GRAPH LEARNING AT DAWN", "Sparse Moons", "Rényi Bounds", "R\\'enyi Bounds")
BYLINES = (
    "",
    "Ada Quill · Bo Renn",
    "A. Quill · Bo RENN · Cy Lund",
    "Dee Moss",
    "Laura QuintĂ© · Dee MOSS",
    "Eve Hart",
)
ABSTRACTS = (
    "",
    "We study graphs at length and find that they are good. Code: https://github.com/Aurora/Net.",
    "A short study of moons is given at github.com/aurora/net, and elsewhere in these two sentences.",
    "A short study of {\\em moons} is given at github.com/aurora/net, and elsewhere in these two sentences.",
)
TIMES = ("Tue 20 July 7:00 - 7:20 PDT", "Tue 20 July 7:20 - 7:25 PDT", "Tue 20 July 7:25 - 7:05 PDT")

talks = st.builds(
    Talk, st.sampled_from(TITLES), st.sampled_from(BYLINES), st.sampled_from(ABSTRACTS), st.sampled_from(TIMES)
)
session_pages = st.builds(
    session_page,
    st.sampled_from(("Deep One", "deep one", "Deep Two")),
    st.lists(talks, min_size=1, max_size=3),
    st.sampled_from(("", "Ada QUILL", "Bo Renn · Zed Ng")),
)
entries = st.tuples(st.sampled_from(TITLES), st.sampled_from(ABSTRACTS[1:]))
daily_pages = st.builds(
    daily_page, st.just("Aug 11"), st.lists(entries, min_size=1, max_size=3, unique_by=lambda e: e[0])
)
records = st.builds(
    paper_record,
    st.sampled_from(TITLES),
    st.sampled_from(BYLINES),
    st.sampled_from(("", "2101.00001", "2101.00002")),
    st.sampled_from(("", "Aurora Lab", "Dune College")),
    st.sampled_from((None, "ICML 2021 1")),
)
paper_lists = st.builds(paper_list, st.lists(records, min_size=1, max_size=3))
pages = st.lists(session_pages | daily_pages | paper_lists, min_size=1, max_size=5, unique=True)


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_database(path, create=True).close()
    return path


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices of one record, so that a small document is read in several."""
    monkeypatch.setattr(reading, "SLICE_RECORDS", 1)


def _documents(contents: Sequence[bytes]) -> list[Document]:
    return [Document.of(f"test:{number}", content) for number, content in enumerate(contents)]


def enlarged(document: Document) -> Document:
    """The same document as one that is read in pieces, where its format can."""
    if not document.content.startswith(b"["):
        return document
    return replace(document, opener=lambda: io.BytesIO(document.content))


def _facts(connection: Connection) -> list[str]:
    lines = list(dump(connection))
    assert connection.query("PRAGMA foreign_key_check") == []
    connection.run("INSERT INTO papers_fts (papers_fts, rank) VALUES ('integrity-check', 1)")
    connection.close()
    return lines


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages, st.randoms(use_true_random=False), session_pages | paper_lists)
@pytest.mark.usefixtures("small_slices")
def test_any_order_and_deletion_give_the_same_facts(
    empty_database: Path, contents: list[bytes], random: Random, other: bytes
) -> None:
    copy = empty_database.with_name("copy.db")

    def facts_of(*runs: list[Document], threshold: int, forgotten: Document | None = None) -> list[str]:
        shutil.copy(empty_database, copy)
        connection = open_database(copy)
        for documents in runs:
            list(ingest(connection, documents, batch_threshold=threshold, batch_size=2))
        if forgotten:
            forget(connection, forgotten.sha256)
        return _facts(connection)

    documents = _documents(contents)
    again = documents + [enlarged(document) for document in documents]
    random.shuffle(again)
    cut = random.randrange(len(again) + 1)
    extra = Document.of("test:extra", other)
    expected = facts_of(documents, threshold=32)
    assert facts_of(again[:cut], again[cut:], threshold=random.choice((0, 32))) == expected
    if other not in contents:
        assert facts_of(again[:cut], [extra], again[cut:], threshold=1, forgotten=extra) == expected


def test_samples_give_the_same_facts_in_sqlite_and_postgresql(
    sqlite_url: str, postgres_url: str, samples: Path
) -> None:
    there = list(documents_from([samples]))
    one, other = (open_database(url, create=True) for url in (sqlite_url, postgres_url))
    list(ingest(one, there))
    for document in reversed(there):
        list(ingest(other, [document]))
    forget(other, there[0].sha256 if isinstance(there[0], Document) else "")
    list(ingest(other, there))
    assert list(dump(one)) == list(dump(other))


def test_a_hint_for_the_only_document_of_an_edition(sqlite_url: str) -> None:
    (page,) = _documents([session_page("Deep One", [Talk("Graph Moons", "Ada Quill")])])
    connection = open_database(sqlite_url, create=True)
    list(ingest(connection, [page]))
    assert [outcome.status for outcome in ingest(connection, [page], hints=Hints("icml", 2021))] == ["loaded"]
    assert connection.query("SELECT slug FROM editions") == [("icml-2021",)]


def test_two_bulk_loads_at_once(empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = empty_database.with_name("contested.db")
    shutil.copy(empty_database, copy)
    talks = [Talk("Graph Moons", "Ada Quill")]
    one, other = ([page] for page in _documents([session_page(title, talks) for title in ("Deep One", "Deep Two")]))
    original = bulk.bulk_load

    def second_load(connection: Connection) -> AbstractContextManager[object]:
        monkeypatch.setattr(bulk, "bulk_load", original)
        list(ingest(open_database(copy), other, batch_threshold=0))
        return original(connection)

    monkeypatch.setattr(bulk, "bulk_load", second_load)
    connection = open_database(copy)
    assert [outcome.status for outcome in ingest(connection, one, batch_threshold=0)] == ["loaded"]
    assert len(connection.query("SELECT id FROM documents")) == 2


def test_hints_given_later_have_the_effect_of_hints_given_at_once(sqlite_url: str, tmp_path: Path) -> None:
    unknown = Talk("Graph Moons", "Ada Quill", time="Sun 3 Jan 9:00 - 9:30 CET")
    page, other = _documents([session_page("Deep One", [unknown]), session_page("Deep Two", [unknown])])
    hints = Hints("mlsys", 2021)
    at_once, later = open_database(sqlite_url, create=True), open_database(tmp_path / "later.db", create=True)
    list(ingest(at_once, [page], hints=hints))
    list(ingest(at_once, [other]))
    list(ingest(later, [other, page]))
    assert [outcome.status for outcome in ingest(later, [page], hints=hints)] == ["loaded"]
    assert [outcome.status for outcome in ingest(later, [page])] == ["unchanged"]
    assert [outcome.status for outcome in ingest(later, [page], hints=Hints("mlsys", 2020))] == ["loaded"]
    assert [outcome.status for outcome in ingest(later, [page], hints=hints)] == ["loaded"]
    assert _facts(later) == _facts(at_once)
