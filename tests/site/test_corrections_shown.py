"""Corrections on the site and in queries: marked with their reasons, and a denied link is code of nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

from programme.engines import run_query
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.queries import catalogue
from programme.site import build_site
from tests.pages import Talk, session_page
from tests.site.pages import get, get_json
from tests.store.test_captures import captured

DENIED = "ada/walks"
TALK = Talk("Walking on Graphs", "Ada Byron", f"We walk on graphs. Code: https://github.com/{DENIED}.")
PAGE = session_page(
    "Deep One", [TALK, Talk("Resting on Trees", "Bo Lind", time="Tue 20 July 7:20 - 7:25 PDT")], room="A"
)
PAPER = {"title": "Walking on Graphs", "edition": "icml-2021"}
SESSION = {"title": "Deep One", "edition": "icml-2021"}
ENTRIES = [
    {
        "paper": PAPER,
        "title": "Walks on Graphs",
        "deny_repositories": [f"https://github.com/{DENIED}"],
        "because": "Ada",
    },
    {"session": SESSION, "room": "Hall G", "because": "The sign at the door."},
    {"slot": {"session": SESSION, "title": "Resting on Trees"}, "cancelled": True, "because": "It rained."},
    {"paper": "arxiv:2101.00001", "title": "Nowhere", "because": "It will come."},
]
OLDER = [{"session": SESSION, "room": "Hall B", "because": "An older sign."}]
SHOWING_PROVENANCE = {"paper", "document_contribution", "search_papers"}
"""Queries about what documents state: two say of a link that it is denied, one shows the words of abstracts."""


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corrected") / "programme.db"
    connection = open_database(path, create=True)
    documents = [
        captured(PAGE, 1),
        captured(b"corrections: " + json.dumps(OLDER).encode(), 2, "file:///older.yaml"),
        captured(b"corrections: " + json.dumps(ENTRIES).encode(), 3, "file:///corrections.yaml"),
    ]
    statuses = [outcome.status for document in documents for outcome in ingest(connection, [document])]
    assert statuses == ["loaded"] * 3
    connection.close()
    return path


@pytest.fixture(scope="module")
def site(corrected: Path) -> Any:
    return build_site(str(corrected))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_denied_repository_is_in_no_answer(name: str, corrected: Path) -> None:
    query = catalogue()[name]
    given = {param.name: "icml-2021" for param in query.params if param.name == "edition"}
    given |= {param.name: DENIED for param in query.params if param.name == "repository"}
    rows = run_query(corrected, name, given)[1]
    assert name in SHOWING_PROVENANCE or DENIED not in str(rows)


def test_no_paper_has_code(corrected: Path) -> None:
    columns, rows = run_query(corrected, "code_share", {})
    assert [row[columns.index("papers_with_code")] for row in rows] == [0]
    assert run_query(corrected, "papers_with_code", {})[1] == []


def paper_key(corrected: Path) -> str:
    connection = open_database(corrected)
    ((key,),) = connection.query("SELECT key FROM papers WHERE title = 'Walks on Graphs'")
    return str(key)


def test_a_paper_shows_what_is_corrected_and_why(site: Any, corrected: Path) -> None:
    shown = get_json(site, f"/paper/{paper_key(corrected)}.json")
    assert [(row["label"], row["value"], row["reason"]) for row in shown["corrections"]] == [
        ("Repository denied", f"https://github.com/{DENIED}", "Ada"),
        ("Title", "Walks on Graphs", "Ada"),
    ]
    assert [(row["name"], row["role"]) for row in shown["repositories"]] == [(f"github.com/{DENIED}", "denied")]
    (source,) = shown["sources"]
    assert {"fact": "Title", "value": "Walking on Graphs", "note": None} in source["statements"]
    assert source["differs_in"] == [{"field": "title", "rule": "a correction is shown"}]
    page = get(site, f"/paper/{paper_key(corrected)}")
    assert 'title="Ada">corrected</a>' in page
    assert "no code of this paper" in page


def test_a_session_shows_the_newest_correction_and_the_overruled_one(site: Any, corrected: Path) -> None:
    ((key,),) = open_database(corrected).query("SELECT key FROM sessions")
    shown = get_json(site, f"/session/{key}.json")
    assert shown["room"] == "Hall G"
    rows = [(row["label"], row["about"], row["value"], row["is_overruled"]) for row in shown["corrections"]]
    assert rows == [
        ("Cancelled", "Resting on Trees", "yes", False),
        ("Room", None, "Hall G", False),
        ("Room", None, "Hall B", True),
    ]
    assert "cancelled</span>" in get(site, f"/session/{key}")


def test_checks_name_corrections_that_apply_to_nothing_or_are_overruled(corrected: Path) -> None:
    columns, rows = run_query(corrected, "check_corrections", {})
    names = ("rule", "subject", "value", "newer")
    assert [tuple(row[columns.index(name)] for name in names) for row in rows] == [
        ("it applies to something", "arxiv:2101.00001", '"Nowhere"', None),
        ("no newer correction says otherwise", json.dumps(SESSION, sort_keys=True), '"Hall B"', '"Hall G"'),
    ]
