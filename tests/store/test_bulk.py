"""A load into an empty database drops indexes and foreign keys for a while, and restores every one."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from programme.exceptions import StoreError
from programme.loaders.documents import Document, documents_from
from programme.loaders.store import full_text_beside
from programme.loaders.store.bulk import bulk_load
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest


def _schema(connection: Connection) -> list[tuple[str, ...]] | list[list[tuple[str, ...]]]:
    if connection.database.engine == "sqlite":
        return sorted(connection.query("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return [
        sorted(connection.query("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")),
        sorted(connection.query("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'")),
    ]


def test_bulk_gives_the_same_facts_and_leaves_the_same_schema(database_url: str, tmp_path: Path, samples: Path) -> None:
    one_by_one = open_database(tmp_path / "one_by_one.db", create=True)
    list(ingest(one_by_one, documents_from([samples])))
    bulk = open_database(database_url, create=True)
    before = _schema(bulk)
    list(ingest(bulk, documents_from([samples]), batch_threshold=0, batch_size=3))
    assert _schema(bulk) == before
    assert list(dump(bulk)) == list(dump(one_by_one))


@pytest.mark.parametrize("page_count", [2, 8, 12])
def test_full_text_that_has_no_room_beside_the_load_is_built_at_its_end(
    sqlite_url: str, samples: Path, monkeypatch: pytest.MonkeyPatch, page_count: int
) -> None:
    make = full_text_beside._private_database
    made = []

    def small() -> sqlite3.Connection:
        made.append(make())
        made[0].execute(f"PRAGMA max_page_count = {page_count}")
        return made[0]

    monkeypatch.setattr(full_text_beside, "_private_database", small)
    connection = open_database(sqlite_url, create=True)
    list(ingest(connection, documents_from([samples]), batch_threshold=0, batch_size=3))
    assert made
    connection.run("INSERT INTO papers_fts (papers_fts, rank) VALUES ('integrity-check', 1)")
    assert connection.query("SELECT count(*) FROM papers_fts WHERE papers_fts MATCH 'learning'")[0][0] > 0


@pytest.mark.parametrize(("venue_ids", "venue_id"), [((1, 2), 3), ((1, 2), 0), ((1, 3), 2)])
def test_a_bulk_load_that_breaks_a_reference_leaves_nothing(
    sqlite_url: str, venue_ids: tuple[int, ...], venue_id: int
) -> None:
    connection = open_database(sqlite_url, create=True)

    def load(edition_of: int) -> None:
        with bulk_load(connection):
            for id_ in venue_ids:
                connection.run("INSERT INTO venues (id, slug, name) VALUES (?, ?, ?)", (id_, f"venue{id_}", "Venue"))
            columns = ("id", "venue_id", "year", "slug", "name")
            connection.insert("editions", columns, [(1, edition_of, 2031, "venue-2031", "Venue 2031")])

    with pytest.raises(StoreError, match="the load broke a reference from editions; nothing was loaded"):
        load(venue_id)
    assert connection.query("SELECT count(*) FROM venues")[0][0] == 0
    load(venue_ids[-1])
    assert connection.query("SELECT count(*) FROM venues")[0][0] == 2


def test_a_bulk_load_that_fails_leaves_nothing(database_url: str, samples: Path) -> None:
    connection = open_database(database_url, create=True)
    before = _schema(connection)
    documents = [document for document in documents_from([samples]) if isinstance(document, Document)]
    many = [Document.of(f"test:{n}", d.content + b"\n" * n) for n in range(1, 5) for d in documents]

    def broken() -> Iterator[Document]:
        yield from many
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(ingest(connection, broken()))
    assert list(dump(connection)) == []
    assert _schema(connection) == before
