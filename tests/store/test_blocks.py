"""Rows that workers make of documents: whatever the blocks, the facts are those of documents read one by one."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.loaders.documents import Document, ReadResult, documents_from
from programme.loaders.records import NO_HINTS
from programme.loaders.store import ahead, authors, batches, key_index
from programme.loaders.store.block_reading import Jobs, read_jobs
from programme.loaders.store.blocks import Block
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.fresh import FreshUpdate
from programme.loaders.store.ingest import ingest
from programme.loaders.store.readings import job_of
from programme.loaders.store.workers import Workers
from tests.pages import Talk, session_page
from tests.store.test_convergence import empty_database, enlarged, pages, small_slices

__all__ = ["empty_database", "small_slices"]


@pytest.fixture
def as_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do here, at once, what workers would do."""

    def at_once(_: Workers, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        return map(function, items)

    monkeypatch.setattr(ahead, "BATCHES_HERE", 0)
    monkeypatch.setattr(Workers, "map", at_once)


@pytest.fixture
def only_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a first load fail that would begin anew, which gives the same facts more slowly."""

    def fail(*_: object) -> None:
        raise AssertionError("the first load began anew")

    monkeypatch.setattr(batches, "_write_batch", fail)


def facts(database: Path | str, documents: Sequence[ReadResult], workers: int = 1, batch_size: int = 100) -> list[str]:
    connection = open_database(database, create=True)
    try:
        list(ingest(connection, documents, workers=workers, batch_threshold=0, batch_size=batch_size))
        if connection.database.engine == "sqlite":
            # With 1, it compares the index with the papers, and fails where they differ.
            connection.run("INSERT INTO papers_fts (papers_fts, rank) VALUES ('integrity-check', 1)")
        return list(dump(connection))
    finally:
        connection.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(pages, min_size=1, max_size=3).map(lambda found: [*{one for some in found for one in some}]),
    st.randoms(use_true_random=False),
    st.integers(1, 5),
    st.sampled_from((0, 10, key_index.MAX_REMEMBERED)),
)
@pytest.mark.usefixtures("as_workers", "small_slices", "only_at_once")
def test_blocks_of_any_size_in_any_order(
    empty_database: Path, contents: list[bytes], random: Random, batch_size: int, remembered: int
) -> None:
    documents = [Document.of(f"test:{number}", content) for number, content in enumerate(sorted(contents))]
    documents += [replace(copied, uri=f"{copied.uri}:copy") for copied in documents[:2]]
    one, other = (empty_database.with_name(name) for name in ("one.db", "other.db"))
    for copy in (one, other):
        shutil.copy(empty_database, copy)
    alone = facts(one, documents)
    documents = [random.choice((document, enlarged(document))) for document in documents]
    random.shuffle(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_index, "MAX_REMEMBERED", remembered)
        patch.setattr(authors, "MAX_REMEMBERED_NAMES", remembered)
        assert facts(other, documents, workers=random.choice((1, 2)), batch_size=batch_size) == alone


@pytest.mark.usefixtures("as_workers", "only_at_once")
@pytest.mark.parametrize("remembered", [0, key_index.MAX_REMEMBERED])
def test_a_block_for_each_sample(
    database_url: str, tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    documents = [*documents_from([samples])]
    alone = facts(tmp_path / "alone.db", documents)
    monkeypatch.setattr(key_index, "MAX_REMEMBERED", remembered)
    monkeypatch.setattr(authors, "MAX_REMEMBERED_NAMES", remembered)
    assert facts(database_url, documents, workers=2, batch_size=1) == alone


@pytest.mark.usefixtures("as_workers")
def test_captures_of_one_source_in_a_block(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = FreshUpdate.add_block
    blocks: list[int] = []

    def noted(self: FreshUpdate, block: Block, added: dict[str, int]) -> None:
        blocks.append(len(block.documents))
        written(self, block, added)

    monkeypatch.setattr(FreshUpdate, "add_block", noted)
    documents = [
        Document.of(uri, session_page("Session 1", [Talk(title, "Ada Quill")]))
        for uri in ("test:1", "test:2")
        for title in ("Moon", "Sun", "Star")
    ]
    documents += [documents[0], Document.of("test:3", b"nothing to read")]
    documents[1:1] = [replace(documents[0], uri="test:4")]
    # At one instant: otherwise what replaces what depends on the second in which each is read.
    documents = [replace(document, captured_at=datetime(2022, 7, 1, tzinfo=UTC)) for document in documents]
    alone = facts(tmp_path / "alone.db", documents)
    assert facts(database_url, documents, workers=2, batch_size=3) == alone
    assert blocks == [2, 1]
    assert facts(database_url, documents, workers=2, batch_size=3) == alone


def test_a_block_that_cannot_be_made_costs_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("programme.loaders.store.block_reading.block_of", fail)
    page = Document.of("test:1", session_page("Session 1", [Talk("Moon", "Ada Quill")]))
    readings, block = read_jobs(Jobs([None, job_of(page, None, NO_HINTS)], as_block=True))
    assert block is None
    assert readings[0] is None
    assert readings[1]
    assert readings[1].facts
    assert readings[1].facts.sessions
