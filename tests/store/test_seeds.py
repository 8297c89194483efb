"""The five documents the project began with, compared fact by fact with what a person read in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import documents_from
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest


@pytest.fixture
def truth(shared: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((shared / "truth" / "seeds.json").read_text(encoding="utf-8"))
    return truth


@pytest.fixture
def seeded(database_url: str, shared: Path) -> Connection:
    connection = open_database(database_url, create=True)
    outcomes = list(ingest(connection, documents_from([shared / "seeds"])))
    assert [(o.status, o.coverage, o.problems) for o in outcomes] == [("loaded", 1.0, ())] * 5
    return connection


def test_counts(seeded: Connection) -> None:
    def count(sql: str) -> int:
        return int(seeded.query(f"SELECT COUNT(*) FROM {sql}")[0][0])

    assert {
        "documents": count("documents"),
        "sessions": count("sessions"),
        "slots": count("slots"),
        "questions": count("slots WHERE kind = 'qa' AND paper_id IS NULL"),
        "papers": count("papers"),
        "with authors": count("(SELECT DISTINCT paper_id FROM authorships) p"),
        "authorships": count("authorships"),
        "authors": count("(SELECT DISTINCT author_id FROM authorships) a"),
        "moderators": count("session_moderators"),
        "links": count("repo_links"),
        "entries": count("listing_entries"),
        "problems": count("document_problems"),
    } == {
        "documents": 5,
        "sessions": 4,
        "slots": 39,
        "questions": 3,
        "papers": 93,
        "with authors": 36,
        "authorships": 167,
        "authors": 162,
        "moderators": 4,
        "links": 22,
        "entries": 57,
        "problems": 0,
    }
    assert sorted(seeded.query("SELECT slug, year FROM editions")) == [("icml-2021", 2021), ("icml-2022", 2022)]
    # One name is printed as mojibake.
    ((printed, cleaned),) = seeded.query(
        "SELECT raw_name, name FROM authorships s JOIN authors a ON a.id = s.author_id WHERE raw_name LIKE '%Ă%'"
    )
    assert printed == cleaned.encode().decode("cp1250") != cleaned


def test_sessions(seeded: Connection, truth: dict[str, Any]) -> None:
    expected = {name: page for name, page in truth.items() if page["kind"] == "session"}
    for name, page in expected.items():
        ((session_id, title, room, edition),) = seeded.query(
            "SELECT s.id, s.title, s.room, e.slug FROM sessions s JOIN editions e ON e.id = s.edition_id "
            "JOIN session_sources f ON f.session_id = s.id JOIN documents d ON d.id = f.document_id WHERE d.uri LIKE ?",
            (f"%{name}",),
        )
        moderators = seeded.query(
            "SELECT raw_name FROM session_moderators WHERE session_id = ? ORDER BY position", (session_id,)
        )
        assert title == page["title"]
        assert edition == f"{page['venue']}-{page['year']}"
        assert [room] == (page["room"] or [None])
        assert [raw for (raw,) in moderators] == page["moderators"]
        assert _slots(seeded, session_id) == [_expected_slot(slot) for slot in page["slots"]]


def test_listing(seeded: Connection, truth: dict[str, Any]) -> None:
    (page,) = (page for page in truth.values() if page["kind"] == "daily_papers")
    assert seeded.query("SELECT listed_on, listed_month, listed_day FROM listings") == [
        (None, page["month"], page["day"])
    ]
    entries = seeded.query("SELECT paper_id FROM listing_entries ORDER BY position")
    assert [_paper(seeded, paper_id) for (paper_id,) in entries] == [_expected_paper(paper) for paper in page["papers"]]


def _slots(connection: Connection, session_id: int) -> list[dict[str, Any]]:
    rows = connection.query(
        "SELECT raw_kind, title, starts_at, ends_at, paper_id FROM slots WHERE session_id = ? ORDER BY position",
        (session_id,),
    )
    return [
        {"kind": kind, "starts_at": starts, "ends_at": ends}
        | (_paper(connection, paper_id) if paper_id else {"label": title})
        for kind, title, starts, ends, paper_id in rows
    ]


def _expected_slot(slot: dict[str, Any]) -> dict[str, Any]:
    facts = {field: slot[field] for field in ("kind", "starts_at", "ends_at")}
    return facts | (_expected_paper(slot["paper"]) if slot.get("paper") else {"label": slot["label"]})


def _paper(connection: Connection, paper_id: int) -> dict[str, Any]:
    ((title, abstract),) = connection.query(
        "SELECT p.title, COALESCE(s.abstract, p.abstract) FROM papers p JOIN paper_sources s ON s.paper_id = p.id "
        "WHERE p.id = ?",
        (paper_id,),
    )
    authors = connection.query(
        "SELECT a.name FROM authorships s JOIN authors a ON a.id = s.author_id WHERE paper_id = ? ORDER BY position",
        (paper_id,),
    )
    repositories = connection.query(
        "SELECT r.host || '/' || r.path FROM repo_links l JOIN repositories r ON r.id = l.repository_id "
        "WHERE l.paper_id = ?",
        (paper_id,),
    )
    return {
        "title": title,
        "authors": [name for (name,) in authors],
        "abstract": (len(abstract), abstract[:40], abstract[-40:]),
        "repositories": sorted(place for (place,) in repositories),
    }


def _expected_paper(paper: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": paper["title"],
        "authors": paper.get("authors", []),
        "abstract": (paper["abstract_chars"], paper["abstract_start"], paper["abstract_end"]),
        "repositories": sorted(paper["repositories"]),
    }
