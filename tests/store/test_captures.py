"""The latest capture of a source counts, in whatever order captures come; what was before it comes back with forget."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.loaders.documents import Document
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, daily_page, paper_list, paper_record, session_page
from tests.store.test_convergence import paper_lists, session_pages

MOONS = Talk("Graph Moons", "Ada Quill", time="Tue 20 July 7:00 - 7:20 PDT")
NETS = Talk("Sparse Nets", "Bo Renn", time="Tue 20 July 7:20 - 7:25 PDT")
FIRST = session_page("Deep One", [MOONS, NETS], room="Hall A")
MOVED = session_page(
    "Deep One", [NETS, Talk("Graph Moons", "Ada Quill", time="Tue 20 July 8:00 - 8:20 PDT")], room="Hall B"
)
ENTIRELY_OTHER = session_page("Wide Two", [Talk("Odd Rakes", "Cy Lund")])


def captured(content: bytes, day: int, uri: str = "file:///page.txt") -> Document:
    """A capture of a page on that day of July 2021."""
    instant = datetime(2021, 7, 1, tzinfo=UTC) + timedelta(days=day - 1)
    return Document.of(uri, content, captured_at=instant, basis="given")


def facts(connection: Connection) -> list[str]:
    return list(dump(connection))


def outcomes(connection: Connection, *documents: Document) -> list[tuple[str, str | None]]:
    return [(outcome.status, outcome.note) for document in documents for outcome in ingest(connection, [document])]


@pytest.fixture
def db(database_url: str) -> Connection:
    return open_database(database_url, create=True)


def test_a_newer_capture_replaces(db: Connection) -> None:
    assert outcomes(db, captured(FIRST, 1), captured(MOVED, 2)) == [
        ("loaded", None),
        ("replaced", "replaces the capture of 2021-07-01 00:00: 2 slots kept, 1 moved, 1 room changed"),
    ]
    assert db.query("SELECT title, room FROM sessions") == [("Deep One", "Hall B")]
    assert db.query("SELECT title, starts_at FROM slots ORDER BY title") == [
        ("Graph Moons", "2021-07-20T15:00:00Z"),
        ("Sparse Nets", "2021-07-20T14:20:00Z"),
    ]
    assert len(db.query("SELECT id FROM documents")) == 2


def test_a_late_older_capture_is_history_and_changes_nothing_that_is_shown(db: Connection) -> None:
    list(ingest(db, [captured(MOVED, 2)]))
    shown = db.query("SELECT title, room, starts_at FROM sessions")
    assert outcomes(db, captured(FIRST, 1)) == [
        ("history", "older than the capture of 2021-07-02 00:00, which stays current")
    ]
    assert db.query("SELECT title, room, starts_at FROM sessions") == shown


def test_a_session_that_moves_keeps_its_key(db: Connection) -> None:
    list(ingest(db, [captured(FIRST, 1)]))
    before = db.query("SELECT key FROM sessions")
    later = session_page("Deep One", [Talk("Graph Moons", "Ada Quill", time="Wed 21 July 9:00 - 9:20 PDT")])
    list(ingest(db, [captured(later, 2)]))
    assert db.query("SELECT key FROM sessions") == before
    # Another page that states the new time states the same session.
    list(ingest(db, [captured(later + b"\n", 1, "file:///copy.txt")]))
    assert db.query("SELECT key FROM sessions") == before


def test_a_paper_whose_title_changes_keeps_its_key(db: Connection) -> None:
    title, later = "Graph Moons", "Graph Moons and Tides"
    first, second = (
        paper_list([paper_record(stated, "Ada Quill · Bo Renn", "2101.00001", "Fen College", None)])
        for stated in (title, later)
    )
    list(ingest(db, [captured(first, 1)]))
    before = db.query("SELECT key FROM papers")
    list(ingest(db, [captured(second, 2)]))
    assert db.query("SELECT key FROM papers") == before
    assert db.query("SELECT title FROM papers") == [(later,)]


def test_a_page_with_nothing_in_common_is_no_successor(db: Connection) -> None:
    assert outcomes(db, captured(FIRST, 1), captured(ENTIRELY_OTHER, 2), captured(MOVED, 3)) == [
        ("loaded", None),
        ("loaded", "shares no session, paper or listing with what was here before, so both stay"),
        ("replaced", "replaces the capture of 2021-07-01 00:00: 2 slots kept, 1 moved, 1 room changed"),
    ]
    assert db.query("SELECT title FROM sessions ORDER BY title") == [("Deep One",), ("Wide Two",)]


def test_the_same_bytes_again_at_a_later_time_are_current_again(db: Connection) -> None:
    assert [status for status, _ in outcomes(db, captured(FIRST, 1), captured(MOVED, 2), captured(FIRST, 3))] == [
        "loaded",
        "replaced",
        "replaced",
    ]
    assert db.query("SELECT room FROM sessions") == [("Hall A",)]


def test_a_kept_document_is_not_replaced(db: Connection) -> None:
    list(ingest(db, [captured(FIRST, 1)]))
    list(ingest(db, [replace(captured(MOVED, 2), is_kept=True)]))
    assert len(db.query("SELECT id FROM slots")) == 4


def test_a_moving_window_replaces_only_the_same_day(db: Connection) -> None:
    eleventh, twelfth, later = (
        daily_page(day, [(title, "We study graphs at length and find that they are good.")])
        for day, title in (("Aug 11", "Graph Moons"), ("Aug 12", "Sparse Nets"), ("Aug 11", "Odd Rakes"))
    )
    statuses = [status for status, _ in outcomes(db, captured(eleventh, 1), captured(twelfth, 2), captured(later, 3))]
    assert statuses == ["loaded", "loaded", "replaced"]
    assert db.query("SELECT title FROM papers ORDER BY title") == [("Odd Rakes",), ("Sparse Nets",)]


def test_forgetting_the_current_capture_brings_back_the_one_before(db: Connection) -> None:
    list(ingest(db, [captured(FIRST, 1)]))
    alone = facts(db)
    list(ingest(db, [captured(MOVED, 2)]))
    assert forget(db, "file:///page.txt").restored == [(captured(FIRST, 1).sha256[:12], "2021-07-01T00:00:00Z")]
    assert facts(db) == alone


def test_every_order_gives_the_same_facts(db: Connection, tmp_path: Path) -> None:
    captures = [captured(FIRST, 1), captured(MOVED, 2), captured(ENTIRELY_OTHER, 3), captured(FIRST + b"\n", 4)]
    list(ingest(db, captures))
    expected = facts(db)
    for number, order in enumerate(permutations(captures)):
        connection = open_database(tmp_path / f"{number}.db", create=True)
        list(ingest(connection, order, batch_threshold=number % 2 * 32))
        assert facts(connection) == expected
        connection.close()


uris = st.sampled_from(("file:///a.txt", "file:///b.txt"))
daily_lists = st.builds(
    daily_page,
    st.sampled_from(("Aug 11", "Aug 12")),
    st.lists(
        st.tuples(st.sampled_from(("Graph Learning at Dawn", "Sparse Moons")), st.just("We study graphs at length.")),
        min_size=1,
        max_size=2,
        unique_by=lambda entry: entry[0],
    ),
)
capture_lists = st.lists(
    st.builds(captured, session_pages | paper_lists | daily_lists, st.integers(1, 4), uris), min_size=2, max_size=6
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capture_lists, st.randoms(use_true_random=False))
def test_any_captures_in_any_order_with_forgets_between(
    tmp_path_factory: pytest.TempPathFactory, captures: list[Document], random: Random
) -> None:
    folder = tmp_path_factory.getbasetemp() / "captures"
    if not folder.exists():
        folder.mkdir()
        open_database(folder / "empty.db", create=True).close()

    def facts_of(runs: Sequence[Sequence[Document]], forgotten: Document | None = None) -> list[list[str]]:
        """The facts of these runs, and those after one document of them is forgotten."""
        shutil.copy(folder / "empty.db", folder / "copy.db")
        with closing(open_database(folder / "copy.db")) as connection:
            for run in runs:
                list(ingest(connection, run, batch_threshold=random.choice((0, 32)), batch_size=2))
            found = [facts(connection)]
            if forgotten:
                assert connection.query("PRAGMA foreign_key_check") == []
                forget(connection, forgotten.sha256)
                found.append(facts(connection))
            assert connection.query("PRAGMA foreign_key_check") == []
            return found

    again = [*captures, *random.sample(captures, len(captures) // 2)]
    random.shuffle(again)
    cut = random.randrange(len(again) + 1)
    gone = random.choice(captures)
    rest = [document for document in captures if document.sha256 != gone.sha256]
    assert facts_of([again[:cut], again[cut:]], gone) == facts_of([captures]) + facts_of([rest])
