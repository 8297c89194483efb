"""Papers taken along from the site as references, tables, feeds and calendars, and by Zotero."""

import asyncio
import csv
import io
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree

import icalendar
import pytest
from selectolax.parser import HTMLParser

from tests.site.pages import get, get_json
from tests.site.test_paper_pages import CROSSED, key_of

FORMS = ("bib", "ris", "csv", "atom", "ics")


def paths(demo: Any) -> dict[str, str]:
    """Return pages that list papers, each with a question mark where arguments follow."""
    edition = get_json(demo, "/edition/icml-2022.json")
    session = next(
        one["key"]
        for day in edition["programme"]
        for one in day["sessions"]
        if any(slot["paper_key"] for slot in one["slots"])
    )
    author = get_json(demo, f"/paper/{key_of(demo, CROSSED)}.json")["authors"][0]["key"]
    listing = get_json(demo, "/listings.json")["months"][0]["listings"][0]["key"]
    return {
        "search": "/search?q=contrastive",
        "edition": "/edition/icml-2022?code=1",
        "author": f"/author/{author}",
        "session": f"/session/{session}",
        "listing": f"/listing/{listing}",
        "query": "/programme/papers_of_edition?edition=icml-2022",
        "view": "/programme/papers_with_code",
    }


def with_ending(path: str, ending: str) -> str:
    path, separator, arguments = path.partition("?")
    return f"{path}.{ending}{separator}{arguments}"


@pytest.mark.parametrize("page", ["search", "edition", "author", "session", "listing", "query", "view"])
def test_every_form_holds_the_same_papers(demo: Any, page: str) -> None:
    path = paths(demo)[page]
    texts = {form: get(demo, with_ending(path, form)) for form in FORMS}
    titles = [line[6:] for line in texts["ris"].splitlines() if line.startswith("TI  - ")]
    assert titles
    assert texts["bib"].count("\n  title = ") == len(titles)
    rows = list(csv.DictReader(io.StringIO(texts["csv"])))
    # Two papers of the samples have one title.
    assert list(dict.fromkeys(row["title"] for row in rows if row["title"] in titles)) == list(dict.fromkeys(titles))
    feed = ElementTree.fromstring(texts["atom"])  # noqa: S314
    assert [entry.text for entry in feed.findall("{*}entry/{*}title")] == titles
    assert texts["ics"].startswith("BEGIN:VCALENDAR")


def test_the_links_are_on_the_pages(demo: Any) -> None:
    for page, path in paths(demo).items():
        shown = HTMLParser(get(demo, path))
        linked = {str(link.attributes["href"]).partition("?")[0] for link in shown.css("a[href]")}
        assert {with_ending(path.partition("?")[0], form) for form in FORMS} <= linked, page


def test_the_calendar_of_a_search_has_the_slots_of_its_papers(demo: Any) -> None:
    events = icalendar.Calendar.from_ical(get(demo, f"/paper/{key_of(demo, CROSSED)}.ics")).walk("VEVENT")
    whole = icalendar.Calendar.from_ical(get(demo, "/edition/icml-2022.ics")).walk("VEVENT")
    uids = {str(event["UID"]) for event in events}
    assert uids
    assert uids <= {str(event["UID"]) for event in whole}
    assert all(str(event["URL"]) in str(event["DESCRIPTION"]).splitlines() for event in events)


def test_rows_that_name_nothing_are_not_offered(demo: Any) -> None:
    assert ".bib" not in get(demo, "/programme/code_share_by_year")
    response = asyncio.run(demo.client.get("/programme/code_share_by_year.bib"))
    assert response.status_code == 400, response.text[:200]
    assert "no column paper_key" in response.text


def test_a_paper_says_what_zotero_reads(demo: Any) -> None:
    shown = HTMLParser(get(demo, f"/paper/{key_of(demo, CROSSED)}"))
    tags = [(tag.attributes["name"], tag.attributes["content"]) for tag in shown.css('meta[name^="citation_"]')]
    assert ("citation_title", CROSSED) in tags
    authors = [content for name, content in tags if name == "citation_author"]
    assert authors == ["Arkwright, Delphine", "Minowa, Satoru", "Vossberg, Henrike", "Llorca, Tadeo"]
    assert dict(tags)["citation_publication_date"] == "2022"
    (span,) = shown.css("span.Z3988")
    coins = parse_qs(str(span.attributes["title"]))
    assert coins["rft.atitle"] == [CROSSED]
    assert coins["rft.aulast"] == ["Arkwright"]
    assert coins["rft.date"] == ["2022"]


def test_the_calendar_of_sql_on_several_lines_is_called_papers(demo: Any) -> None:
    calendar = get(demo, "/programme.ics?sql=SELECT+key+AS+paper_key%0AFROM+papers")
    assert "\r\nNAME:Papers\r\n" in calendar
    assert "BEGIN:VEVENT" in calendar
