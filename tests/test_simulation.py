"""A few seconds of the simulation with a fresh seed; `python -m tests.simulation` runs it for an hour."""

import secrets
from pathlib import Path

import pytest

import programme
from programme.loaders.documents import web
from tests.pages import Talk, session_page
from tests.postgres import Server
from tests.simulation.__main__ import in_files, on_server, run

SECONDS = 15


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "FIRST_WAIT_S", 0.0)


@pytest.mark.slow
def test_any_history_with_faults_gives_what_a_fresh_load_does(tmp_path: Path) -> None:
    print(run(SECONDS, secrets.randbelow(10**6), in_files(tmp_path)))


@pytest.mark.slow
def test_any_history_in_postgresql_gives_what_a_fresh_load_does(postgres_server: Server) -> None:
    print(run(SECONDS, secrets.randbelow(10**6), on_server(postgres_server)))


def test_a_dump_is_of_one_moment(postgres_url: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_bytes(session_page("Deep One", [Talk("Graph Moons", "Ada Quill")]))
    second.write_bytes(session_page("Deep Two", [Talk("Odd Rakes", "Cy Lund")]))
    with programme.open(postgres_url, create=True) as database:
        database.ingest(first)
        before = list(database.dump())
        lines = database.dump()
        begun = next(lines)
        with programme.open(postgres_url) as other:
            other.ingest(second)
        assert [begun, *lines] == before
