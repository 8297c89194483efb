"""What changed between captures, the captures of a source, two texts side by side, and keys that went."""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.site import build_site
from programme.site.pages import changes as changes_page
from programme.site.parts import changes, differences
from tests.pages import Talk, daily_page, paper_list, paper_record, session_page
from tests.site.pages import get, get_json

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE, DAILY = "file:///pages/page.txt", "file:///pages/daily.txt"
WALK = Talk("Walking on Graphs", "Ada Byron", "We walk, in three weathers.", "Tue 20 July 7:00 - 7:20 PDT")
REST = Talk("Resting on Trees", "Bo Lindqvist", "We rest.", "Tue 20 July 7:20 - 7:25 PDT", "Spotlight")
LATER = Talk("Walking on Graphs", "Ada Byron", "We walk, in four weathers.", "Tue 20 July 8:00 - 8:20 PDT")
RENAMED = Talk("Walking Far on Graphs", "Ada Byron", "We walk, in four weathers.", "Tue 20 July 8:00 - 8:20 PDT")
RINGS = Talk("Running <b>on Rings</b>", "Di Eng", "We run.", "Tue 20 July 8:20 - 8:40 PDT")
CAPTURES = (
    (PAGE, 1, session_page("Deep One", [WALK, REST], room="Hall A")),
    (PAGE, 2, session_page("Deep One", [REST, LATER], room="Hall B")),
    (PAGE, 5, session_page("Deep One", [RENAMED, RINGS], room="Hall <B>")),
    (DAILY, 3, daily_page("Jul 21", [("Sparse Nets", "We net.")])),
    (DAILY, 4, daily_page("Jul 21", [("Sparse Nets", "We net."), ("Dense Nets", "We net more.")])),
)
SOURCE = f"/source?uri={quote(PAGE)}"


def site_over(folder: Path, captures: Sequence[tuple[str, int, bytes]]) -> Any:
    """The site over captures, taken at 09:14 on these days of July 2021."""
    path = folder / "programme.db"
    connection = open_database(path, create=True)
    for uri, day, content in captures:
        instant = datetime(2021, 7, day, 9, 14, tzinfo=UTC)
        list(ingest(connection, [Document.of(uri, content, captured_at=instant, basis="given")]))
    connection.close()
    return build_site(path)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The site over three captures of a session page and two of a listing."""
    return site_over(tmp_path_factory.mktemp("moved"), CAPTURES)


def digests(site: Any) -> list[str]:
    """The SHA-256 of the captures of the session page, the oldest first."""
    return [row["sha256"] for row in get_json(site, f"/source.json?uri={quote(PAGE)}")["captures"]][::-1]


def lines(days: Any) -> list[str]:
    """Each change as `day: group: subject: label: before > after`."""
    found = []
    for day in days:
        for group in day["groups"]:
            for item in group["items"]:
                about = f"{day['day'][-2:]} {group['kind']} {group['title']}: {item['title'] or item['subject']}"
                if item["change"] != "changed":
                    found.append(f"{about} {item['change']} {item['details']}".rstrip())
                for field in item["fields"]:
                    before, after = ("".join(p["text"] for p in field[side]) for side in ("before", "after"))
                    found.append(f"{about} {field['label']}: {before} > {after}")
    return found


SECOND_CAPTURE = [
    "02 session Deep One: session start: Tue 20 Jul 07:00 PDT > Tue 20 Jul 07:20 PDT",
    "02 session Deep One: session end: Tue 20 Jul 07:25 PDT > Tue 20 Jul 08:20 PDT",
    "02 session Deep One: session room: Hall A > Hall B",
    "02 session Deep One: Walking on Graphs start: Tue 20 Jul 07:00 PDT > Tue 20 Jul 08:00 PDT",
    "02 session Deep One: Walking on Graphs end: Tue 20 Jul 07:20 PDT > Tue 20 Jul 08:20 PDT",
]
ABSTRACT = "02 paper Walking Far on Graphs: paper abstract: We walk, in three weathers. > We walk, in four weathers."
THIRD_CAPTURE = [
    "05 session Deep One: session start: Tue 20 Jul 07:20 PDT > Tue 20 Jul 08:00 PDT",
    "05 session Deep One: session end: Tue 20 Jul 08:20 PDT > Tue 20 Jul 08:40 PDT",
    "05 session Deep One: session room: Hall B > Hall <B>",
    "05 session Deep One: Resting on Trees removed spotlight, Tue 20 Jul 07:20 – 07:25 PDT, Hall B",
    "05 session Deep One: Running on Rings added oral, Tue 20 Jul 08:20 – 08:40 PDT, Hall <B>",
    "05 session Deep One: Walking Far on Graphs title: Walking on Graphs > Walking Far on Graphs",
]
RENAMING = "05 paper Walking Far on Graphs: paper title: Walking on Graphs > Walking Far on Graphs"


def test_an_edition_shows_what_changed_by_day(moved: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = get_json(moved, "/edition/icml-2021.json")["changes"]
    assert lines(shown["days"]) == [*THIRD_CAPTURE, RENAMING, *SECOND_CAPTURE, ABSTRACT]
    page = get(moved, "/edition/icml-2021")
    assert 'type="application/atom+xml" title="What changed at ICML 2021"' in page
    assert "Hall &lt;B&gt;" in page
    assert "<B>" not in page
    monkeypatch.setattr(changes, "MAX_ON_PAGE", 3)
    page = get(moved, "/edition/icml-2021")
    assert re.search(r'<a href="/changes\?edition=icml-2021">All \d+ changes</a>', page)


def test_a_session_shows_what_changed_under_all_its_keys(moved: Any) -> None:
    (session,) = get_json(moved, "/programme/sessions.json?_shape=array")
    shown = get_json(moved, f"/session/{session['key']}.json")["changes"]
    assert lines(shown["days"]) == [*THIRD_CAPTURE, *SECOND_CAPTURE]


def test_a_paper_shows_what_changed_under_all_its_titles(moved: Any) -> None:
    (paper,) = get_json(moved, "/programme/papers.json?_shape=array&title=Walking+Far+on+Graphs")
    shown = get_json(moved, f"/paper/{paper['key']}.json")["changes"]
    assert lines(shown["days"]) == [THIRD_CAPTURE[-1], RENAMING, *SECOND_CAPTURE[-2:], ABSTRACT]


def test_every_change_is_on_one_of_the_pages_of_changes(moved: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = get_json(moved, "/changes.json")
    assert lines(whole["days"]) == [
        *THIRD_CAPTURE,
        RENAMING,
        "04 listing Daily Papers: Dense Nets added",
        *SECOND_CAPTURE,
        ABSTRACT,
    ]
    monkeypatch.setattr(changes_page, "PAGE_SIZE", 1)
    pages = range(1, whole["total"] + 1)
    found = [line for page in pages for line in lines(get_json(moved, f"/changes.json?page={page}")["days"])]
    assert set(found) >= set(lines(whole["days"]))


def test_the_list_of_changes_is_of_what_the_url_names(moved: Any) -> None:
    only = f"/changes.json?uri={quote(DAILY)}&scope=--07-21"
    assert lines(get_json(moved, only)["days"]) == ["04 listing Daily Papers: Dense Nets added"]
    assert "What changed" in get(moved, "/changes?edition=icml-2021")
    assert "0 changes." in get(
        moved, f"/changes?paper={get_json(moved, '/programme/papers.json?_shape=array&title=Sparse+Nets')[0]['key']}"
    )
    get(moved, "/changes?edition=icml-1999", status=404)


def test_a_database_without_changes_shows_none(site: Any) -> None:
    assert 'id="changes"' not in get(site, "/edition/icml-2021")
    assert "0 changes." in get(site, "/changes")
    assert len(ElementTree.fromstring(get(site, "/edition/icml-2021/changes.atom"))) == 6  # noqa: S314  our own feed


def entries(site: Any) -> dict[str, tuple[str, str]]:
    """The entries of the feed by id: title and day."""
    feed = ElementTree.fromstring(get(site, "/edition/icml-2021/changes.atom"))  # noqa: S314  our own feed
    found = {}
    for entry in feed.findall(f"{ATOM}entry"):
        texts = [entry.findtext(f"{ATOM}{name}") or "" for name in ("id", "title", "updated")]
        found[texts[0]] = texts[1], texts[2]
    return found


def test_the_feed_has_an_entry_for_each_group_and_keeps_its_ids(moved: Any, tmp_path: Path) -> None:
    assert list(entries(moved).values()) == [
        ("Deep One", "2021-07-05T09:14:00Z"),
        ("Walking Far on Graphs", "2021-07-05T09:14:00Z"),
        ("Deep One", "2021-07-02T09:14:00Z"),
        ("Walking Far on Graphs", "2021-07-02T09:14:00Z"),
    ]
    before = entries(site_over(tmp_path, CAPTURES[:2]))
    assert set(before) < set(entries(moved))
    response = asyncio.run(moved.client.get("/edition/icml-2021/changes.atom"))
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"


def test_a_source_shows_its_captures_side_by_side(moved: Any) -> None:
    shown = get_json(moved, f"/source.json?uri={quote(PAGE)}")
    assert [(row["captured_at"], row["is_current"], row["basis"]) for row in shown["captures"]] == [
        ("2021-07-05T09:14:00Z", True, "given"),
        ("2021-07-02T09:14:00Z", False, "given"),
        ("2021-07-01T09:14:00Z", False, "given"),
    ]
    rows = shown["captures"][1]["comparison"]["rows"]
    changed = [tuple(line_text(row[side]) for side in ("before", "after")) for row in rows if row["kind"] != "same"]
    assert changed[:2] == [(None, None), ("Hall A", "Hall B")]
    assert ("Tue 20 July 7:00 - 7:20 PDT", None) in changed
    assert (None, "Tue 20 July 8:00 - 8:20 PDT") in changed
    assert shown["captures"][2]["comparison"] is None
    page = get(moved, SOURCE)
    assert "<del>Hall <mark>A</mark></del>" in page
    assert "Running &lt;b&gt;on Rings&lt;/b&gt;" in page
    assert "The first capture." in page


def test_a_source_is_found_by_its_uri_and_scope(moved: Any) -> None:
    assert get_json(moved, f"/source.json?uri={quote(DAILY)}")["scope"] == "--07-21"
    assert "No document was taken from this place" in get(moved, "/source?uri=file:///none", status=404)
    get(moved, f"{SOURCE}&scope=2020-01-01", status=404)
    assert '<a href="/source?uri=pages%2Fpage.txt">' in get(moved, "/programme/sources")


def test_two_documents_are_compared_whether_or_not_one_replaced_the_other(moved: Any) -> None:
    first, second, third = digests(moved)
    assert lines(get_json(moved, f"/document/{second[:8]}/since/{first[:8]}.json")["changes"]["days"]) == [
        *SECOND_CAPTURE,
        ABSTRACT,
    ]
    page = get(moved, f"/document/{third}/since/{first}")
    assert "Neither of these documents directly replaced the other." in page
    assert "The lines are the same" in get(moved, f"/document/{third}/since/{third}")
    get(moved, f"/document/{third}/since/0000", status=404)


def test_history_is_listed_on_request_and_marked(moved: Any) -> None:
    first, second, third = digests(moved)
    # Without the folder that holds them all.
    documents = get_json(moved, "/documents.json")["documents"]
    assert [row["uri"] for row in documents] == ["pages/daily.txt", "pages/page.txt"]
    assert get_json(moved, "/documents.json?history=1")["total"] == 5
    assert '3 more are history, replaced by later captures: <a href="/documents?history=1">' in get(moved, "/documents")
    page = get(moved, f"/document/{second}")
    assert "History: a later capture replaced this document" in page
    for link in (SOURCE, f"/document/{second[:16]}/since/{first[:16]}", f"/document/{third[:16]}/since/{second[:16]}"):
        assert f'href="{link.replace(quote(PAGE), "pages%2Fpage.txt")}"' in page
    assert "History:" not in get(moved, f"/document/{third}")


def redirected(site: Any, path: str) -> str:
    """Where a path redirects to for good."""
    response = asyncio.run(site.client.get(path))
    assert response.status_code == 301, (path, response.status_code)
    return str(response.headers["location"])


def test_keys_of_any_capture_redirect_to_the_present_page(moved: Any) -> None:
    (session,) = get_json(moved, "/programme/sessions.json?_shape=array")
    stated = {row["session_key"] for row in get_json(moved, "/programme/changes.json?_shape=array&subject=session")}
    assert len(stated) == 2
    for key in stated:
        assert redirected(moved, f"/session/{key}") == f"/session/{session['key']}"
        assert redirected(moved, f"/session/{key}.ics") == f"/session/{session['key']}.ics"
        assert redirected(moved, f"/session/{key}.json") == f"/session/{session['key']}.json"
    (paper,) = get_json(moved, "/programme/papers.json?_shape=array&title=Walking+Far+on+Graphs")
    assert paper["key"] != paper["title_key"]
    assert redirected(moved, f"/paper/{paper['title_key']}") == f"/paper/{paper['key']}"
    assert redirected(moved, f"/paper/{paper['title_key']}.bib") == f"/paper/{paper['key']}.bib"
    for kind in ("session", "paper", "author"):
        get(moved, f"/{kind}/0123456789abcdef", status=404)


def test_redirects_are_followed_to_their_end(tmp_path: Path) -> None:
    site = site_over(tmp_path, CAPTURES[:1])
    tables = {"session": "sessions", "paper": "papers", "author": "authors"}
    keys = {kind: get_json(site, f"/programme/{table}.json?_shape=array")[0]["key"] for kind, table in tables.items()}
    connection = open_database(tmp_path / "programme.db")
    for kind, key in keys.items():
        for old, new in (("one", "two"), ("two", key), ("round", "about"), ("about", "round")):
            connection.run("INSERT INTO redirects (kind, key, target) VALUES (?, ?, ?)", (kind, old, new))
    connection.close()
    for kind, key in keys.items():
        assert redirected(site, f"/{kind}/one") == f"/{kind}/{key}"
        get(site, f"/{kind}/round", status=404)


def line_text(line: dict[str, Any] | None) -> str | None:
    """Return the text of a line on one side; None where the side has none."""
    return "".join(piece["text"] for piece in line["pieces"]) if line else None


def kinds(found: differences.Differences) -> list[tuple[str, int]]:
    return [(row["kind"], row["lines"]) for row in found.rows]


def test_long_stretches_of_equal_lines_are_folded() -> None:
    before = [f"line {n}" for n in range(100)]
    after = [*before[:50], "new", *before[50:]]
    same = ("same", 1)
    expected = [("fold", 47), same, same, same, ("added", 1), same, same, same, ("fold", 47)]
    assert kinds(differences.differences(before, after)) == expected
    assert kinds(differences.differences(before, before)) == [("fold", 97), same, same, same]


def test_huge_texts_are_compared_from_their_first_difference_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "MAX_COMPARED", 10)
    before = [f"line {n}" for n in range(100)]
    found = differences.differences(before, [*before[:50], "new", *before[50:]])
    assert found.is_cut
    assert (found.removed, found.added) == (0, 1)


def test_json_on_one_line_is_compared_indented(tmp_path: Path) -> None:
    site = site_over(tmp_path, [])
    connection = open_database(tmp_path / "programme.db")
    for word in ("Asleep", "Awake"):
        titles = (word, *(f"Number {n}" for n in range(20)))
        records = [paper_record(f"Nets, {title}", "Ann Lee", "", "Home", None) for title in titles]
        list(ingest(connection, [Document.of("file:///list.json", paper_list(records))]))
    first, second = (sha256 for (sha256,) in connection.query("SELECT sha256 FROM documents ORDER BY id"))
    connection.close()
    page = get(site, f"/document/{second}/since/{first}")
    assert "they are shown indented" in page
    assert "<mark>Asleep&#34;,</mark>" in page
