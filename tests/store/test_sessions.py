"""Sessions that several documents state: which slots are the same, and in what order they are displayed."""

from itertools import permutations

import pytest

from programme.loaders.documents import Document
from programme.loaders.records import Hints
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, session_page

OPENING = Talk("Graph Moons", "Ada Quill", time="Tue 20 July 7:00 - 7:20 PDT")


def page(*talks: Talk, room: str = "") -> bytes:
    return session_page("Deep One", [OPENING, *talks], room=room)


def slots_of(database_url: str, *pages: bytes) -> list[str]:
    """Ingest the pages one after the other, and return the titles of the slots in order."""
    connection = open_database(database_url, create=True)
    for number, content in enumerate(pages):
        list(ingest(connection, [Document.of(f"test:{number}", content)], hints=Hints("icml", 2021)))
    assert len(connection.query("SELECT id FROM sessions")) == 1
    slots = connection.query("SELECT position, title FROM slots ORDER BY position")
    assert [position for position, _ in slots] == list(range(1, len(slots) + 1))
    return [title for _, title in slots]


def test_a_slot_of_two_documents_is_one(database_url: str) -> None:
    assert slots_of(database_url, page(), page(room="Hall F")) == ["Graph Moons"]


def test_a_slot_that_one_document_states_twice_is_two(database_url: str) -> None:
    assert slots_of(database_url, page(OPENING), page(OPENING, OPENING)) == ["Graph Moons"] * 3


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_slots_of_one_printed_position_are_ordered_by_start(sqlite_url: str, order: tuple[int, ...]) -> None:
    times = ("Tue 20 July 7:20 - 7:40 PDT", "Tue 20 July 7:40 - 8:00 PDT", "Tue 20 July 8:00 - 8:20 PDT")
    names = ("Wide Moons", "Sparse Moons", "Deep Moons")
    pages = [page(Talk(names[place], "Ada Quill", time=time)) for place, time in zip(order, times, strict=True)]
    expected = ["Graph Moons", *(names[place] for place in order)]
    assert slots_of(sqlite_url, *reversed(pages)) == expected


def test_the_room_that_most_documents_state_is_displayed(sqlite_url: str) -> None:
    connection: Connection = open_database(sqlite_url, create=True)
    pages = [page(room="Hall F"), page(Talk("Sparse Moons"), room="Hall G"), page(room="Hall F") + b"\n"]
    list(ingest(connection, [Document.of(f"test:{number}", content) for number, content in enumerate(pages)]))
    assert connection.query("SELECT room FROM sessions") == [("Hall F",)]
