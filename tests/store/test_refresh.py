"""Refreshing: addresses are asked again, politely, and what has changed there is a newer capture."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from programme.loaders.documents import documents_from, web
from programme.loaders.records import NO_HINTS, Hints
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest
from programme.loaders.store.refresh import planned, refresh
from tests.documents.sites import Site, running_site
from tests.pages import Talk, daily_page, session_page
from tests.store.test_faults import failing

MOONS = Talk("Graph Moons", "Ada Quill")
FIRST = session_page("Deep One", [MOONS], room="Hall A")
LATER = session_page("Deep One", [MOONS], room="Hall B")
SHORT = session_page("Deep Two", [Talk("Odd Rakes", "Cy Lund", time="Mon 1 Aug 7:00 - 7:20 PDT")])
LIST = daily_page("Aug 11", [("Sparse Nets", "We study graphs at length and find that they are good.")])


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(web, "FIRST_WAIT_S", 0.0)
    with running_site() as found:
        yield found


def load(database: str | Path, urls: list[str], hints: Hints = NO_HINTS) -> Connection:
    connection = open_database(database, create=True)
    assert [outcome.status for outcome in ingest(connection, documents_from(urls), hints=hints)] == ["loaded"] * len(
        urls
    )
    return connection


def refreshed(connection: Connection, *named: str) -> list[tuple[str, str, str | None]]:
    outcomes = refresh(connection, planned(connection, named))
    return [(outcome.uri.rpartition("/")[2], outcome.status, outcome.note) for outcome in outcomes]


def test_what_has_changed_is_a_newer_capture_and_what_has_not_is_not_sent(site: Site, database_url: str) -> None:
    urls = [site.page("/a", FIRST, ETag='"1"'), site.page("/b", LIST, Last_Modified="Sun, 06 Nov 1994 08:49:37 GMT")]
    connection = load(database_url, urls)
    site.page("/a", LATER, ETag='"2"', Date="Fri, 01 Jan 2100 00:00:00 GMT")
    site.page("/b", status=304)
    site.requests.clear()
    (first, second) = refreshed(connection)
    assert first[:2] == ("a", "replaced")
    assert str(first[2]).endswith("1 slot kept, 1 room changed")
    assert second[:2] == ("b", "unchanged")
    asked = [(path, headers) for path, headers in site.requests if path != "/robots.txt"]
    assert [headers.get("If-None-Match") for _, headers in asked] == ['"1"', None]
    assert asked[1][1]["If-Modified-Since"] == "Sun, 06 Nov 1994 08:49:37 GMT"
    assert connection.query("SELECT room FROM sessions") == [("Hall B",)]


def test_format_and_hints_are_those_of_the_current_capture(site: Site, sqlite_url: str) -> None:
    connection = load(sqlite_url, [site.page("/a", SHORT)], Hints("icml", 2022))
    site.page("/a", SHORT + b"\n")
    assert [status for _, status, _ in refreshed(connection)] == ["replaced"]
    assert connection.query("SELECT slug FROM editions") == [("icml-2022",)]
    assert connection.query("SELECT given_venue, given_year FROM documents WHERE is_current") == [("icml", 2022)]


def test_one_that_fails_does_not_keep_the_others_from_being_asked(site: Site, sqlite_url: str) -> None:
    connection = load(sqlite_url, [site.page(path, FIRST + path.encode()) for path in ("/a", "/b", "/c")])
    before = connection.query("SELECT COUNT(*) FROM sessions")
    site.page("/a", status=500)
    site.page("/b", b"<html>nothing that any format reads</html>")
    assert [status for _, status, _ in refreshed(connection)] == ["refused", "refused", "unchanged"]
    assert connection.query("SELECT COUNT(*) FROM sessions") == before


def test_only_what_is_named_and_kept_documents_only_then(site: Site, sqlite_url: str, tmp_path: Path) -> None:
    connection = load(sqlite_url, [site.page("/x/a", FIRST), site.page("/y/b", SHORT)])
    list(ingest(connection, documents_from([site.page("/kept", LIST)], keep=True)))
    (tmp_path / "file.txt").write_bytes(LATER)
    list(ingest(connection, documents_from([tmp_path / "file.txt"])))
    assert [name for name, _, _ in refreshed(connection)] == ["a", "b"]
    assert [name for name, _, _ in refreshed(connection, f"{site.address}/y")] == ["b"]
    assert [name for name, _, _ in refreshed(connection, f"{site.address}/kept")] == ["kept"]
    (outcome,) = refresh(connection, planned(connection, [f"{site.address}/x/aa"]))
    assert outcome.status == "refused"
    assert outcome.problems[0].problem == f"no document came from this address; did you mean {site.address}/x/a?"


@pytest.mark.slow
def test_any_statement_may_fail(site: Site, tmp_path: Path) -> None:
    original = tmp_path / "original.db"
    load(original, [site.page("/a", FIRST)]).close()
    site.page("/a", LATER, Date="Fri, 01 Jan 2100 00:00:00 GMT")
    connection = open_database(original)
    states = [list(dump(connection))]
    connection.close()
    statement, was_spent = 0, True
    while was_spent:
        statement += 1
        shutil.copy(original, tmp_path / "copy.db")
        connection = open_database(tmp_path / "copy.db")
        with failing(connection, statement) as broken:
            list(refresh(connection, planned(connection)))
        was_spent = broken.is_spent
        interrupted = list(dump(connection))
        list(refresh(connection, planned(connection)))
        states[1:] = [list(dump(connection))]
        assert interrupted in states, f"half a refresh is in after statement {statement}"
        assert states[0] != states[1]
        connection.close()


def test_robots_txt_is_obeyed(site: Site, sqlite_url: str) -> None:
    connection = load(sqlite_url, [site.page("/open/a", FIRST), site.page("/closed/b", LIST)])
    site.page("/robots.txt", b"User-agent: *\nDisallow: /closed\n")
    site.page("/open/a", LATER)
    site.requests.clear()
    assert [status for _, status, _ in refreshed(connection)] == ["refused", "replaced"]
    assert [path for path, _ in site.requests] == ["/robots.txt", "/open/a"]
