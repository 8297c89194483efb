"""Search: matches, highlights, facets, pages, people, suggestions; and the feed of new papers."""

import asyncio
import sqlite3
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.site.pages import search
from programme.site.parts import search_results
from programme.site.parts.search_words import match_of
from tests.site.pages import get, get_json

ATOM = "{http://www.w3.org/2005/Atom}"


def found(site: Any, query: str) -> Any:
    """Return the JSON of a search."""
    return get_json(site, f"/search.json?{query}")


def titles(shown: Any) -> list[str]:
    """Return the titles found, in order."""
    return ["".join(piece["text"] for piece in row["title"]) for row in shown["results"]]


def counts(shown: Any, facet: str) -> dict[str, int]:
    """Return the counts of a facet."""
    return {row["value"]: row["papers"] for row in shown["facets"][facet]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("walking", ["Walking on Graphs"]),
        ("WALKING graphs", ["Walking on Graphs"]),
        ('"on graphs"', ["Walking on Graphs"]),
        ('"graphs on"', []),
        ("walk*", ["Walking on Graphs"]),
        ("walkin", ["Walking on Graphs"]),
        ("wlaking", ["Walking on Graphs"]),
        ("tree leaves", ["Resting on Trees"]),
        ("nobody", []),
        ('"', []),
        ("***", []),
    ],
)
def test_words(site: Any, query: str, expected: list[str]) -> None:
    shown = found(site, f"q={quote(query)}")
    assert titles(shown) == expected
    assert shown["total"] == len(expected)


def test_the_best_match_comes_first_with_its_words_highlighted(site: Any) -> None:
    shown = found(site, "q=graphs")
    assert titles(shown) == ["Walking on Graphs"]
    (row,) = shown["results"]
    assert row["title"] == [{"text": "Walking on "}, {"text": "Graphs", "is_marked": True}]
    assert {"text": "graphs", "is_marked": True} in row["snippet"]
    assert '<a href="/paper/' + row["key"] + '">Walking on <mark>Graphs</mark></a>' in get(site, "/search?q=graphs")


def test_without_words_the_newest_come_first(site: Any) -> None:
    shown = found(site, "")
    assert (shown["order"], shown["total"]) == ("newest", 3)
    assert titles(shown)[-1] == "Sleeping <img> Soundly & Long", "its listing prints no year"
    assert "&lt;img&gt; Soundly &amp; Long" in get(site, "/search")


def test_facets_count_and_filter(demo: Any) -> None:
    shown = found(demo, "q=contrastive")
    assert shown["total"] == 6
    assert counts(shown, "venue") == {"icml": 6}
    assert counts(shown, "year") == {"2022": 6}
    assert counts(shown, "code") == {"1": 6}
    assert counts(shown, "kind") == {"spotlight": 4, "poster": 3, "oral": 1}
    for facet in ("venue", "year", "kind", "code"):
        for value, papers in counts(shown, facet).items():
            narrowed = found(demo, f"q=contrastive&{facet}={value}")
            assert narrowed["total"] == papers, (facet, value)
            assert set(titles(narrowed)) <= set(titles(shown))


@pytest.mark.parametrize("query", ["", "q=the", "code=1", "venue=icml", "year=2023", "kind=poster"])
def test_facets_of_any_search_lead_to_as_many_papers(demo: Any, query: str) -> None:
    shown = found(demo, query)
    for facet in ("venue", "year", "kind", "code"):
        for value, papers in counts(shown, facet).items():
            if f"{facet}=" not in query:
                assert found(demo, f"{query}&{facet}={value}")["total"] == papers, (facet, value)


def test_links_of_the_page_work(demo: Any) -> None:
    page = get(demo, "/search?q=contrastive&year=2022")
    assert '<a href="/search?q=contrastive&amp;year=2022&amp;kind=oral">oral <b>1</b></a>' in page
    assert 'aria-current="true" href="/search?q=contrastive"' in page
    assert '<option value="icml">ICML</option>' in page
    assert "<option selected>2022</option>" in page


def test_pages(demo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PAGE_SIZE", 5)
    total = found(demo, "")["total"]
    pages = range(1, -(-total // 5) + 1)
    whole = [row["key"] for page in pages for row in found(demo, f"page={page}")["results"]]
    assert len(whole) == len(set(whole)) == total
    assert titles(found(demo, "page=999")) == titles(found(demo, f"page={-(-total // 5)}"))
    assert titles(found(demo, "page=x")) == titles(found(demo, "page=0")) == titles(found(demo, ""))
    assert 'rel="next" href="/search?page=3&amp;code=1"' in get(demo, "/search?code=1&page=2")


def test_uncounted_matches_are_mentioned(demo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_results, "MAX_HITS", 4)
    assert found(demo, "q=contrastive")["total"] == 6
    assert "6 papers. The best 4 are counted and shown" in get(demo, "/search?q=contrastive")
    page = get(demo, "/search?q=contrastive&venue=icml")
    assert "More than 4 papers. The best 4 are counted" in page
    assert found(demo, "")["total"] == len(get_json(demo, "/programme/papers.json?_shape=array&_size=max"))
    monkeypatch.setattr(search_results, "MAX_RANKED", 2)
    assert "The 4 loaded last are counted" in get(demo, "/search?q=contrastive")


def test_people_are_listed_above_papers(site: Any) -> None:
    assert [row["name"] for row in found(site, "q=byron")["people"]] == ["Ada Byron"]
    assert [row["name"] for row in found(site, "q=ada+byr")["people"]] == ["Ada Byron"]
    assert found(site, "q=ron")["people"] == []
    for words in ("yron", "Byorn,+ADA"):
        assert [row["name"] for row in found(site, f"q={words}")["people"]] == ["Ada Byron"]
    assert found(site, "q=%25")["people"] == []
    page = get(site, "/search?q=byron")
    assert "Walking on <mark>" not in page, "found by its author, not by its words"
    assert "Walking on Graphs" in page
    assert ">Ada Byron</a>" in page


def test_a_name_is_found_without_its_accents(demo: Any) -> None:
    assert [row["name"] for row in found(demo, "q=zbynek+horcice")["people"]] == ["Zbyněk Horčice"]


def test_suggestions_when_nothing_matches(demo: Any) -> None:
    page = get(demo, "/search?q=contrastivly+kettles&venue=icml")
    assert "No papers found." in page
    tries = found(demo, "q=contrastivly+kettles&venue=icml")["try"]
    assert [row["text"] for row in tries] == [
        "the same words without filters",
        "words that start like these: contrastivl* kettle*",
        "only “contrastivly”",
        "only “kettles”",
    ]
    assert found(demo, "q=kettles")["total"] == 1


def test_a_venue_among_the_words_is_suggested_as_a_filter(demo: Any) -> None:
    (first, *_) = found(demo, "q=contrastive+ICML+2022")["try"]
    assert first["text"] == "“contrastive” at ICML 2022"
    assert first["fields"] == {"q": "contrastive", "venue": "icml", "year": "2022", "kind": "", "code": ""}
    assert 'href="/search?q=contrastive&amp;venue=icml&amp;year=2022"' in get(demo, "/search?q=contrastive+ICML+2022")


@pytest.mark.parametrize(
    "query",
    ["q=<script>alert(1)</script>", 'q="><img+src=x>', "q=%00a", "q=a*b*", "q=%F0%9F%A6%8A", "q=NEAR(a+b)", "q=a+AND"]
    + ["kind=%00", "code=0", "q=" + "a" * 5_000, "q=title:a", "q=^a", "q={a", "page=-1"],
)
def test_any_arguments_are_accepted(site: Any, query: str) -> None:
    page = get(site, f"/search?{query}")
    assert "<script>alert" not in page
    assert "<img" not in page


@settings(max_examples=200, deadline=None)
@given(words=st.text(max_size=40))
def test_any_text_becomes_a_valid_fts5_query(words: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE papers USING fts5(title)")
    match = match_of(words)
    if match:
        connection.execute("SELECT rowid FROM papers WHERE papers MATCH ?", (match,)).fetchall()
    connection.close()


@pytest.fixture(scope="module")
def feed(demo: Any) -> Any:
    """The feed of new papers with code, read."""
    response = asyncio.run(demo.client.get("/feed.atom"))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert "content-disposition" not in response.headers
    return ElementTree.fromstring(response.content)  # noqa: S314  our own feed


def test_the_feed_has_every_new_paper_with_code(demo: Any, feed: Any) -> None:
    entries = feed.findall(f"{ATOM}entry")
    with_code = found(demo, "code=1")["total"]
    assert len(entries) == with_code
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert entry.findtext(f"{ATOM}updated").endswith("Z")
        links = {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")}
        page = links["alternate"].removeprefix("http://localhost")
        assert get_json(demo, f"{page}.json")["title"] == entry.findtext(f"{ATOM}title")
        assert links["related"].startswith("https://")


def test_the_feed_keeps_its_ids(site: Any) -> None:
    first, second = (get(site, "/feed.atom") for _ in range(2))
    assert first == second
    assert "<title>Walking on Graphs</title>" in first
