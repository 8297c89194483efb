"""Worker processes: whatever their number, and whatever becomes of them, the result is that of one process."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from time import sleep

import pytest

from programme.loaders.documents import Document, documents_from
from programme.loaders.formats import UnknownFormatError, reading
from programme.loaders.records import Hints
from programme.loaders.store import ahead
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest
from programme.loaders.store.workers import Workers
from tests.pages import Talk, session_page
from tests.store.test_convergence import enlarged


def double(number: int) -> int:
    return 2 * number


def die_once(path: Path) -> str:
    """End the process that finds the file, after deleting it."""
    if path.exists():
        path.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def divide(number: int) -> float:
    return 1 / number


def numbers_until_an_error() -> Iterator[int]:
    yield from range(3)
    raise ValueError("no more")


def test_results_come_in_order_and_errors_after_what_precedes_them() -> None:
    found: list[int] = []
    with Workers(2) as pool:
        assert list(pool.map(double, range(20))) == list(range(0, 40, 2))
        with pytest.raises(ValueError, match="no more"):
            found.extend(pool.map(double, numbers_until_an_error()))  # extend keeps what comes before the error
        assert found == [0, 2, 4]
        with pytest.raises(ZeroDivisionError):
            list(pool.map(divide, [1, 0]))


def test_a_worker_that_dies_changes_nothing(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(8)]
    paths[3].touch()
    with Workers(2) as pool:
        assert list(pool.map(die_once, paths)) == [path.name for path in paths]


def test_a_worker_that_dies_before_the_next_item_is_there(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(8)]
    paths[3].touch()

    def slowly() -> Iterator[Path]:
        yield from paths[:4]
        while active_children():  # a pool ends the others when one dies
            sleep(0.01)
        yield from paths[4:]

    with Workers(2) as pool:
        assert list(pool.map(die_once, slowly())) == [path.name for path in paths]


@pytest.fixture
def all_by_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "BATCHES_HERE", 0)


@pytest.mark.usefixtures("all_by_workers")
def test_samples_give_the_same_dump(database_url: str, tmp_path: Path, samples: Path) -> None:
    there = [*documents_from([samples])]
    large = [enlarged(one) if isinstance(one, Document) else one for one in there]
    alone = open_database(tmp_path / "alone.db", create=True)
    list(ingest(alone, there))
    connection = open_database(database_url, create=True)
    outcomes = list(ingest(connection, large[:20], workers=2, batch_threshold=1, batch_size=4))
    assert [outcome.status for outcome in outcomes] == ["loaded"] * 20
    outcomes = list(ingest(connection, there, workers=2, batch_threshold=1, batch_size=4))
    assert [outcome.status for outcome in outcomes] == ["unchanged"] * 20 + ["loaded"] * (len(there) - 20)
    assert list(dump(connection)) == list(dump(alone))
    connection.close()


@pytest.mark.usefixtures("all_by_workers")
def test_malformed_documents_and_hints_of_their_own(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "programme.db", create=True)
    page = session_page("Deep One", [Talk("Graph Moons", "Ada Quill")])
    documents = [
        Document.of("file:///a.txt", b"[1, 2"),
        replace(Document.of("file:///b.txt", page), hints=Hints("icml", 2022)),
        Document.of("file:///c.txt", page),
    ]
    outcomes = list(ingest(connection, documents, workers=2, batch_threshold=0))
    assert [outcome.status for outcome in outcomes] == ["refused", "loaded", "unchanged"]
    assert connection.query("SELECT slug FROM editions") == [("icml-2022",)]
    with pytest.raises(UnknownFormatError):
        list(ingest(connection, [Document.of("file:///d.txt", page + b"\n")], "nonesuch", workers=2, batch_threshold=0))


@pytest.mark.usefixtures("all_by_workers")
def test_a_large_document_is_read_in_slices_by_workers(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SLICE_RECORDS", 2)
    (small,) = documents_from([samples / "papercopilot_icml2022.json"])
    assert isinstance(small, Document)
    dumps = []
    for number, document in enumerate((small, enlarged(small))):
        connection = open_database(tmp_path / f"{number}.db", create=True)
        assert [outcome.status for outcome in ingest(connection, [document], workers=2)] == ["loaded"]
        dumps.append(list(dump(connection)))
    assert dumps[0] == dumps[1]
