"""Sessions and listings: slots, moderators, sources, and feeds."""

import asyncio
from typing import Any
from xml.etree import ElementTree

import pytest

from programme.site.pages import sessions
from tests.site.pages import get, get_json

ATOM = "{http://www.w3.org/2005/Atom}"
DAILY = "/listing/cffc84cd0979ef8a"


def key_of(site: Any, title: str) -> str:
    """Return the key of the session with this title."""
    rows = get_json(site, "/programme/sessions.json?_shape=array&_size=max")
    return str(next(row["key"] for row in rows if row["title"] == title))


def page_of(site: Any, title: str) -> str:
    return get(site, f"/session/{key_of(site, title)}")


def test_a_session_shows_its_slots_with_times(site: Any) -> None:
    shown = get_json(site, f"/session/{key_of(site, 'Graphs and Trees')}.json")
    assert [(slot["local_start"], slot["title"]) for slot in shown["parts"][0]["slots"]] == [
        ("07:00", "Walking on Graphs"),
        ("07:20", "Resting on Trees"),
        ("07:25", "Q&A"),
    ]
    assert [person["name"] for person in shown["moderators"]] == ["Cy Ode"]
    assert shown["edition"] == "icml-2021"
    page = page_of(site, "Graphs and Trees")
    assert "Tuesday 20 July 2021" in page
    assert f'<a href="/author/{shown["moderators"][0]["key"]}">Cy Ode</a>' in page
    assert f'<a href="/paper/{shown["parts"][0]["slots"][0]["paper_key"]}">Walking on Graphs</a>' in page
    assert '<p class="title">Q&amp;A</p>' in page
    assert "Moderated by" in page


def test_a_session_shows_its_source_lines(site: Any) -> None:
    source = get_json(site, f"/session/{key_of(site, 'Graphs and Trees')}.json")["sources"][0]
    assert source["document"]["uri"].endswith("/session.txt")
    assert {"fact": "Moderators", "value": "Cy Ode"} in source["statements"]
    assert {"fact": "Edition", "value": "inferred from weekday and date"} in source["statements"]
    texts = [line["pieces"][0]["text"] for line in source["lines"]]
    assert "Graphs and Trees" in texts
    assert [slot["title"] for slot in source["slots"]] == ["Walking on Graphs", "Resting on Trees", "Q&A"]
    assert all(slot["line_start"] <= slot["line_end"] for slot in source["slots"])


def test_a_session_of_an_unknown_edition_says_so(demo: Any) -> None:
    page = page_of(demo, "Systems for Small Models")
    assert 'href="/editions#unknown">edition unknown</a>' in page
    assert '<p class="title">Break</p>' in page
    assert "time not stated" in page


def test_a_session_links_to_those_at_the_same_time(demo: Any) -> None:
    meanwhile = get_json(demo, f"/session/{key_of(demo, 'Contrastive and Self-Supervised Learning')}.json")["meanwhile"]
    assert [other["title"] for other in meanwhile] == ["Oral Session 4B", "Poster Session 3"]


def test_a_session_of_one_event_does_not_repeat_its_title(demo: Any) -> None:
    page = page_of(demo, "Counting What Nobody Counts")
    assert "What is on" not in page
    assert "keynote" in page


def test_a_session_without_slots_says_so(large: Any) -> None:
    page = page_of(large, "Nothing Yet")
    assert "No document states the slots" in page
    assert "Hall Z" in page


def test_a_large_session_is_paged(large: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "PAGE_SIZE", 20)
    path = f"/session/{key_of(large, 'Many Posters')}"
    assert get_json(large, f"{path}.json")["pages"] == 2
    assert "Poster 29" in get(large, f"{path}?page=2")
    assert "Poster 29" not in get(large, path).partition(">Sources<")[0]


@pytest.mark.parametrize("path", ["/session/none", "/session/none.ics", "/listing/none", "/listing/none.atom"])
def test_unknown_keys_are_not_found(demo: Any, path: str) -> None:
    get(demo, path, status=404)


def test_listings_are_sorted_newest_first_and_without_a_year_last(demo: Any) -> None:
    shown = get_json(demo, "/listings.json")
    assert [month["month"] for month in shown["months"]] == ["2031-12", "2025-08", None]
    newest = shown["months"][1]["listings"][0]
    assert (newest["papers"], newest["papers_with_code"]) == (3, 2)
    assert "3 March, year not stated" in get(demo, "/listings")


def test_a_listing_shows_upvotes_code_and_editions(demo: Any) -> None:
    first = get_json(demo, f"{DAILY}.json")["entries"][0]
    assert (first["title"], first["upvotes"]) == ("Contrastive Learning with Crossed Views", 23), "corrected"
    assert first["code_url"] == "https://github.com/lanternworks/crossview"
    assert first["editions"] == [{"slug": "icml-2022", "name": "ICML 2022", "year": 2022}]
    page = get(demo, DAILY)
    assert '<a class="tag" href="/edition/icml-2022">also at ICML 2022</a>' in page
    assert 'type="application/atom+xml"' in page


def test_a_listing_as_a_feed(demo: Any) -> None:
    response = asyncio.run(demo.client.get(f"{DAILY}.atom"))
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.text)  # noqa: S314  our own text
    entries = feed.findall(f"{ATOM}entry")
    assert entries[0].findtext(f"{ATOM}title") == "Contrastive Learning with Crossed Views"
    assert {entry.findtext(f"{ATOM}updated") for entry in entries} == {"2025-08-11T00:00:00Z"}
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    links = [link.get("href") or "" for link in entries[0].findall(f"{ATOM}link")]
    assert links[0].startswith("http://localhost/paper/")


def test_text_of_documents_is_escaped(site: Any) -> None:
    listings = get_json(site, "/listings.json")["months"][0]["listings"]
    path = f"/listing/{listings[0]['key']}"
    page = get(site, path)
    assert "Sleeping &lt;img&gt; Soundly &amp; Long" in page
    assert "<img> Soundly" not in page
    assert "Sleeping <img> Soundly & Long" in {entry["title"] for entry in get_json(site, f"{path}.json")["entries"]}


def test_pages_load_nothing_from_elsewhere(demo: Any) -> None:
    for path in ("/", "/editions", "/edition/icml-2022", "/listings", DAILY):
        page = get(demo, path)
        assert 'src="http' not in page, path
        assert 'rel="stylesheet" href="http' not in page, path
