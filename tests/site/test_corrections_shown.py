"""Corrections on the site and in queries: marked with their reasons, and a denied link is code of nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

from programme.engines import run_query
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.loaders.store.keys import author_key
from programme.queries import catalogue
from programme.site import build_site
from tests.pages import Talk, daily_page, session_page
from tests.site.pages import get, get_json
from tests.store.test_captures import captured

DENIED = "ada/walks"
TALK = Talk("Walking on Graphs", "Ada Byron", f"We walk on graphs. Code: https://github.com/{DENIED}.")
REST = Talk("Resting on Trees", "Bo Lind", time="Tue 20 July 7:20 - 7:25 PDT")
PAGES = {
    "deep.txt": session_page("Deep One", [TALK, REST], room="A"),
    "tea.txt": session_page("Tea", [Talk("Mint", time="Tue 20 July 9:00 - 9:20 PDT")], room="A"),
    "more_tea.txt": session_page("Tea", [Talk("Sage", time="Wed 21 July 9:00 - 9:20 PDT")], room="A"),
    "daily.txt": daily_page("Jul 21", [(TALK.title, TALK.abstract), ("Sleeping Soundly", "We sleep.")]),
}
PAPER = {"title": "Walking on Graphs", "edition": "icml-2021"}
SESSION = {"title": "Deep One", "edition": "icml-2021"}
OLDER = [
    {"session": SESSION, "room": "Hall B", "because": "An older sign."},
    {"slot": {"session": SESSION, "title": "Walking on Graphs"}, "award": "Runner-up", "because": "Heard."},
    {"paper": PAPER, "add_repositories": [f"https://github.com/{DENIED}"], "because": "It is in the abstract."},
]


def newer(listing: str) -> list[dict[str, Any]]:
    urls = {"deny_repositories": [f"https://github.com/{DENIED}"], "add_repositories": ["https://github.com/ada/w"]}
    return [
        {"paper": PAPER, "title": "Walks on Graphs", **urls, "because": "Ada wrote to us."},
        {"session": SESSION, "room": "Hall G", "because": "The sign at the door."},
        {"session": SESSION, "starts_at": "2021-07-20T06:50:00-07:00", "because": "Doors open early."},
        {"slot": {"session": SESSION, "title": "Resting on Trees"}, "cancelled": True, "because": "It rained."},
        {"slot": {"session": SESSION, "paper": PAPER}, "award": "Best Walk", "kind": "poster", "because": "Ada."},
        {"session": {"title": "Tea", "edition": "icml-2021"}, "room": "Foyer", "because": "The plan."},
        {"entry": {"listing": listing, "paper": PAPER}, "upvotes": 9, "because": "Counted again."},
        {"author": author_key("bo lind"), "name": "Bo Lindh", "because": "He says so."},
        {"paper": "arxiv:2101.00001", "title": "Nowhere", "because": "It will come."},
    ]


SHOWING_PROVENANCE = {"paper", "document_contribution", "search_papers", "check_corrections", "source_conflicts"}
"""Queries about what is stated: two say of a link that it is denied, one shows abstracts, two are about corrections."""


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corrected") / "programme.db"
    connection = open_database(path, create=True)
    for name, content in PAGES.items():
        list(ingest(connection, [captured(content, 1, f"file:///{name}")]))
    ((listing,),) = connection.query("SELECT key FROM listings")
    for day, (name, entries) in enumerate({"older.yaml": OLDER, "newer.yaml": newer(listing)}.items(), 2):
        document = captured(b"corrections: " + json.dumps(entries).encode(), day, f"file:///{name}")
        assert [outcome.status for outcome in ingest(connection, [document])] == ["loaded"]
    connection.close()
    return path


@pytest.fixture(scope="module")
def site(corrected: Path) -> Any:
    return build_site(str(corrected))


def paths(corrected: Path, kind: str, table: str, where: str) -> list[str]:
    keys = open_database(corrected).query(f"SELECT key FROM {table} WHERE {where} ORDER BY key")
    return [f"/{kind}/{key}" for (key,) in keys]


@pytest.fixture(scope="module")
def paper(corrected: Path) -> str:
    (path,) = paths(corrected, "paper", "papers", "title = 'Walks on Graphs'")
    return path


@pytest.fixture(scope="module")
def session(corrected: Path) -> str:
    (path,) = paths(corrected, "session", "sessions", "title = 'Deep One'")
    return path


@pytest.mark.parametrize("name", sorted(catalogue().keys() - SHOWING_PROVENANCE))
def test_a_denied_repository_is_in_no_answer(name: str, corrected: Path) -> None:
    query = catalogue()[name]
    given = {param.name: "icml-2021" for param in query.params if param.name == "edition"}
    given |= {param.name: DENIED for param in query.params if param.name == "repository"}
    assert DENIED not in str(run_query(corrected, name, given)[1])


def test_a_paper_shows_what_is_corrected_why_and_against_what(site: Any, paper: str) -> None:
    shown = get_json(site, f"{paper}.json")
    rows = [tuple(row[name] for name in ("label", "value", "stated", "reason")) for row in shown["corrections"]]
    url = f"https://github.com/{DENIED}"
    assert rows == [
        ("Title", "Walks on Graphs", ["Walking on Graphs"], "Ada wrote to us."),
        ("Repository denied", url, [url], "Ada wrote to us."),
        ("Repository added", "https://github.com/ada/w", [], "Ada wrote to us."),
        ("Repository added", url, [url], "It is in the abstract."),
    ]
    assert [row["is_overruled"] for row in shown["corrections"]] == [False, False, False, True]
    assert [row["document"]["uri"] for row in shown["corrections"]][2:] == ["newer.yaml", "older.yaml"]
    assert {"fact": "Title", "value": "Walking on Graphs", "note": None} in shown["sources"][0]["statements"]
    assert {"field": "title", "rule": "a correction is shown"} in shown["sources"][0]["differs_in"]
    page = get(site, paper)
    assert 'Walks on Graphs<span class="stated">' in page
    assert 'href="#correction-1" title="Ada wrote to us.">corrected</a></h1>' in page


def test_a_paper_shows_its_denied_repository_apart(site: Any, paper: str) -> None:
    repositories = get_json(site, f"{paper}.json")["repositories"]
    reason = "Ada wrote to us."
    assert [(row["name"], row["role"], row["correction"]) for row in repositories] == [
        ("github.com/ada/w", "own", {"number": 3, "reason": reason}),
        (f"github.com/{DENIED}", "denied", {"number": 2, "reason": reason}),
    ]
    page = get(site, paper)
    apart = f'said to be no code of this paper by a <a href="#correction-2">correction</a>: {reason}'
    assert f"<del>github.com/{DENIED}</del>" in page
    assert apart in page
    assert f'href="https://github.com/{DENIED}">github' not in page


def test_a_paper_marks_what_is_corrected_where_it_is_presented_and_listed(site: Any, paper: str, session: str) -> None:
    shown = get_json(site, f"{paper}.json")
    (slot,) = shown["presented"]
    assert {row["field"] for row in slot["corrections"]} == {"award", "kind", "room", "starts_at"}
    assert (slot["kind"], slot["award"], slot["room"]) == ("poster", "Best Walk", "Hall G")
    assert [(row["upvotes"], row["corrections"][0]["reason"]) for row in shown["listings"]] == [(9, "Counted again.")]
    page = get(site, paper)
    assert f'href="{session}#corrections"' in page
    assert '<span class="tag">poster</span>' in page


def test_a_session_shows_the_newest_correction_and_the_overruled_one(site: Any, session: str) -> None:
    shown = get_json(site, f"{session}.json")
    assert shown["room"] == "Hall G"
    names = ("label", "about", "display", "stated", "is_overruled")
    assert [tuple(row[name] for name in names) for row in shown["corrections"]] == [
        ("Room", None, "Hall G", ["A"], False),
        ("Start", None, "2021-07-20, 06:50 PDT", [], False),
        ("Award", "Walking on Graphs", "Best Walk", [], False),
        ("Kind", "Walking on Graphs", "poster", ["Oral"], False),
        ("Cancelled", "Resting on Trees", "yes", None, False),
        ("Room", None, "Hall B", ["A"], True),
        ("Award", "Walking on Graphs", "Runner-up", [], True),
    ]
    slots = [slot for part in shown["parts"] for slot in part["slots"]]
    assert [[row["field"] for row in slot["corrections"]] for slot in slots] == [["award", "kind"], ["cancelled"]]


def test_a_session_marks_each_corrected_field(site: Any, session: str) -> None:
    page = get(site, session)
    assert 'Hall G <a class="tag corrected" href="#correction-1" title="The sign at the door.">corrected</a>' in page
    assert 'href="#correction-2" title="Doors open early.">corrected</a></p>' in page
    assert 'href="#correction-3" title="Ada.">corrected: award, kind</a>' in page
    assert 'href="#correction-5" title="It rained.">corrected: cancelled</a>' in page
    assert "<del>Hall B</del>" in page
    assert "Documents say: A</span>" in page


def test_every_session_of_a_title_is_marked(site: Any, corrected: Path) -> None:
    teas = paths(corrected, "session", "sessions", "title = 'Tea'")
    assert len(teas) == 2
    for path in teas:
        shown = get_json(site, f"{path}.json")
        assert (shown["room"], [row["reason"] for row in shown["corrections"]]) == ("Foyer", ["The plan."])


def test_authors_and_entries_are_marked(site: Any, corrected: Path) -> None:
    author = get_json(site, f"/author/{author_key('bo lind')}.json")
    assert (author["name"], author["corrections"][0]["stated"]) == ("Bo Lindh", ["Bo Lind"])
    assert 'title="He says so.">corrected</a></h1>' in get(site, f"/author/{author['key']}")
    (path,) = paths(corrected, "listing", "listings", "1 = 1")
    entries = get_json(site, f"{path}.json")["entries"]
    assert [[row["reason"] for row in entry["corrections"]] for entry in entries] == [["Counted again."], []]
    assert 'title="Counted again.">corrected: upvotes</a>' in get(site, path)


def test_checks_name_corrections_that_apply_to_nothing_or_are_overruled(corrected: Path) -> None:
    columns, rows = run_query(corrected, "check_corrections", {})
    names = ("rule", "document", "field", "value", "newer")
    assert [tuple(row[columns.index(name)] for name in names) for row in rows] == [
        ("it applies to something", "file:///newer.yaml", "title", '"Nowhere"', None),
        ("no newer correction says otherwise", "file:///older.yaml", "room", '"Hall B"', '"Hall G"'),
    ]
