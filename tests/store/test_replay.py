"""The database as it stood at an instant equals one that only ever got the captures of before."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import programme
from programme.exceptions import ProgrammeError, StoreError
from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, session_page
from tests.store.test_reread import DOCUMENTS, fresh


@pytest.mark.parametrize("order", [DOCUMENTS, DOCUMENTS[::-1], DOCUMENTS[4:] + DOCUMENTS[:4]])
def test_as_of_each_day(order: list[Document], database_url: str, tmp_path: Path) -> None:
    with closing(open_database(database_url, create=True)) as connection:
        for document in order:
            list(ingest(connection, [document]))
    database = programme.open(database_url)
    for day in (1, 2, 3):
        before = [one for one in DOCUMENTS if one.captured_at and one.captured_at.day <= day]
        expected = fresh(before, tmp_path)
        assert list(database.dump(as_of=date(2021, 7, day))) == expected
        assert list(database.dump(as_of=datetime(2021, 7, day, tzinfo=UTC))) == expected
    assert list(database.dump(as_of="2022-01-01")) == list(database.dump())


def test_hints_formats_and_kept_captures_are_as_given(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    path = tmp_path / "programme.db"
    with programme.open(path, create=True) as database:
        for day in (1, 2):
            talk = Talk("Graph Moons", "Ada Quill", time=f"Sun 3 Jan {day}:00 - {day}:30 CET")
            page.write_bytes(session_page("Deep One", [talk]))
            database.ingest(
                page, venue="mlsys", year=2021, format="virtual-session", captured=f"2021-01-0{day}", keep=True
            )
        assert list(database.dump(as_of="2021-01-02")) == list(database.dump())
        past = "\n".join(database.dump(as_of="2021-01-01"))
        assert ("T00:00:00Z" in past, "T01:00:00Z" in past) == (True, False)


def test_samples_as_of_now(tmp_path: Path, samples: Path) -> None:
    with programme.open(tmp_path / "programme.db", create=True) as database:
        database.ingest(samples)
        assert list(database.dump(as_of="9999-12-31")) == list(database.dump())


def test_export_as_of(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "programme.db", create=True)) as connection:
        list(ingest(connection, DOCUMENTS))
    with programme.open(tmp_path / "programme.db") as database:
        database.export("sqlite", tmp_path / "past.db", as_of="2021-07-01")
        with programme.open(tmp_path / "past.db") as past:
            assert list(past.dump()) == list(database.dump(as_of="2021-07-01")) != list(database.dump())
        assert "4 papers" in database.export("bibtex", tmp_path / "now.bib")
        assert "3 papers" in database.export("bibtex", tmp_path / "past.bib", as_of="2021-07-01")
        with pytest.raises(StoreError, match="is the database itself"):
            database.export("sqlite", tmp_path / "programme.db", replace=True, as_of="2021-07-01")


@pytest.mark.parametrize(
    ("as_of", "problem"),
    [
        ("2021-06-30", "held nothing as of 2021-06-30T23:59:59Z; its first capture is of 2021-07-01T00:00:00Z"),
        ("June", "--as-of: 'June' is no ISO date or date and time"),
    ],
)
def test_a_moment_without_captures(as_of: str, problem: str, tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "programme.db", create=True)) as connection:
        list(ingest(connection, DOCUMENTS))
    with programme.open(tmp_path / "programme.db") as database, pytest.raises(ProgrammeError, match=problem):
        list(database.dump(as_of=as_of))
