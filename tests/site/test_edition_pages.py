"""Editions, by day and session or as papers of a list, and their calendars."""

import asyncio
import re
from datetime import datetime, tzinfo
from html import unescape
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import icalendar
import pytest

from programme.site.pages import editions
from programme.site.parts import calendars, edition_papers, slots
from programme.site.parts.slots import Filters, SlotCounts
from tests.site.pages import get, get_json

NEW_YORK = ZoneInfo("America/New_York")
CONTRASTIVE = "/edition/icml-2022.json?q=contrastive&code=1"


def slots_shown(shown: Any) -> list[tuple[str, str, str]]:
    """Return day, start and title of every slot on a page."""
    return [
        (day["day"], slot["local_start"] or "", slot["title"])
        for day in shown["programme"]
        for session in day["sessions"]
        for slot in session["slots"]
    ]


def events(site: Any, path: str) -> list[Any]:
    """Return the events of a calendar, which must be valid."""
    response = asyncio.run(site.client.get(path))
    assert response.status_code == 200, response.text[:300]
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.ics"', response.headers["content-disposition"])
    calendar: Any = icalendar.Calendar.from_ical(response.content)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    found: list[Any] = calendar.walk("VEVENT")
    zones = {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
    assert {str(event["dtstart"].params.get("tzid", "UTC")) for event in found} <= zones | {"UTC"}
    uids = [str(event["uid"]) for event in found]
    assert len(set(uids)) == len(uids)
    assert all(event["dtstamp"] for event in found)
    return found


def test_the_home_page_shows_counts_and_links_to_editions(demo: Any) -> None:
    page = get(demo, "/")
    assert '<a href="/edition/icml-2022">ICML 2022</a>' in page
    assert "25 papers, 48% with code" in page
    assert "Friday 5 December 2031" in page, "of the newest listing"
    assert page.count("<h1>") == 1
    questions = re.findall(r'<li><a href="(/programme/\w+)">', page)
    assert len(questions) == 6
    for question in questions:
        get(demo, question)


def test_editions_are_listed_by_year_and_sessions_without_one_at_the_end(demo: Any) -> None:
    page = get(demo, "/editions")
    assert re.findall(r'<h2 id="y(\d+)">', page) == [
        *["2033", "2032", "2031", "2030"],  # of lists of deadlines
        *["2026", "2025", "2024", "2023", "2022", "2021", "2020"],
    ]
    assert page.index("Sessions of unknown editions") > page.index("ICLR 2020")
    assert "Systems for Small Models</a>" in page


def test_words_and_code_filter_an_edition(demo: Any) -> None:
    shown = get_json(demo, CONTRASTIVE)
    assert slots_shown(shown)[:3] == [
        ("2022-07-21", "11:15", "Where Do Hard Negatives Come From?"),
        ("2022-07-21", "13:50", "Contrastive Captioning from Noisy Alt Text"),
        ("2022-07-21", "15:30", "Contrastive Learning with Crossed Views"),
    ]
    assert shown["found"] == 12
    assert all(slot["code_url"] for day in shown["programme"] for each in day["sessions"] for slot in each["slots"])
    assert [(day["day"], day["slots"]) for day in shown["days"]] == [
        ("2022-07-21", 10),
        ("2022-07-22", 1),
        ("unknown", 1),
    ]


def test_times_are_local_to_the_venue_and_scripts_can_convert_them(demo: Any) -> None:
    page = get(demo, "/edition/icml-2022?q=crossed&kind=oral")
    assert '<time datetime="2022-07-21T19:30:00Z">15:30 – 17:00</time> <span class="quiet small">EDT</span>' in page
    assert 'data-instant="2022-07-21T19:30:00Z" data-local="15:30" hidden></span>' in page
    assert "time not stated" in page


def test_the_form_keeps_its_values_when_nothing_matches(demo: Any) -> None:
    page = get(demo, "/edition/icml-2022?q=zebra&kind=poster&code=1&day=2022-07-20")
    assert 'value="zebra"' in page
    assert '<option value="poster" selected>' in page
    assert '<option value="2022-07-20" selected>' in page
    assert "checked>" in page
    assert "No slot matches" in page


def test_a_day_has_a_permalink(demo: Any) -> None:
    shown = get_json(demo, "/edition/icml-2022/2022-07-20.json")
    assert slots_shown(shown) == [
        ("2022-07-20", "09:00", "What Hedges Know"),
        ("2022-07-20", "10:00", "Coffee Break"),
        ("2022-07-20", "18:00", "Growing Hedges by Message Passing"),
    ]
    assert get_json(demo, "/edition/icml-2022.json?day=2022-07-20")["programme"] == shown["programme"]


def test_a_slot_without_a_day_has_that_of_its_session_if_there_is_one(demo: Any) -> None:
    saturday = get_json(demo, "/edition/icml-2022/2022-07-23.json")
    assert ("2022-07-23", "", "Snails as Optimisers") in slots_shown(saturday)
    apart = get_json(demo, "/edition/icml-2022/unknown.json")
    assert [title for _, _, title in slots_shown(apart)] == [
        "Contrastive Learning with Crossed Views",
        "Pruning at Birth: How Sparse Can a Network Be Before It Has Seen a Single Label?",
    ]


def test_a_session_of_several_days_shows_the_times_of_each(demo: Any) -> None:
    times = {
        (day["day"], session["time"])
        for day in get_json(demo, "/edition/icml-2022.json?q=crossed")["programme"]
        for session in day["sessions"]
        if session["title"] == "Poster Session 3"
    }
    assert times == {("2022-07-21", "18:00 – 20:00"), ("2022-07-22", "09:00 – 10:00")}


def test_an_edition_known_from_lists_only_shows_its_papers(demo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition_papers, "PAGE_SIZE", 2)
    shown = get_json(demo, "/edition/acl-2025.json")
    assert [paper["title"] for paper in shown["papers"]] == [
        "Counting Sheep in Forty Languages",
        "Do Embeddings Dream of Electric Neighbours?",
    ]
    assert (shown["view"], shown["found"], shown["pages"]) == ("papers", 3, 2)
    page = get(demo, "/edition/acl-2025")
    assert "no document with the programme has been loaded" in page
    assert 'href="/edition/acl-2025/papers?page=2"' in page
    second = get_json(demo, "/edition/acl-2025/papers.json?page=2")
    assert [paper["title"] for paper in second["papers"]] == ["α-Glossing of Endangered Proverbs"]
    coded = get_json(demo, "/edition/acl-2025.json?code=1&q=embeddings")
    assert [paper["code_url"] for paper in coded["papers"]] == ["https://github.com/harbourlab/dreams"]


def test_papers_of_an_edition_link_to_their_sessions(demo: Any) -> None:
    papers = get_json(demo, "/edition/icml-2022/papers.json")["papers"]
    place = next(paper for paper in papers if paper["title"] == "k-Means in the Dark")["places"][0]
    assert (place["session"], place["local_day"], place["local_start"]) == ("Oral Session 4A", "2022-07-21", "11:20")
    oral = get_json(demo, "/edition/icml-2022/papers.json?kind=oral")
    assert len(oral["papers"]) == 8
    # Only a list says so of this one.
    assert "Contrastive Learning with Crossed Views" in {paper["title"] for paper in oral["papers"]}


def test_a_large_session_is_cut_short_without_filters(large: Any) -> None:
    assert "10 more slots in this session" in get(large, "/edition/icml-2021").replace("</a>", "")
    whole = get_json(large, "/edition/icml-2021.json?kind=poster")
    assert len(slots_shown(whole)) == 30


def test_a_large_programme_shows_its_first_day(large: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "MAX_UNDIVIDED", 20)
    assert {day for day, _, _ in slots_shown(get_json(large, "/edition/icml-2021.json"))} == {"2021-07-20"}
    every = get_json(large, "/edition/icml-2021.json?day=all")
    assert {day for day, _, _ in slots_shown(every)} == {"2021-07-20", "2021-07-21"}
    assert [title for _, _, title in slots_shown(get_json(large, "/edition/icml-2021.json?q=night"))] == [
        "Nets at Night"
    ]


def test_a_programme_opens_on_the_day_that_is_today(large: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(2021, 7, 21, 12, tzinfo=tz)

    monkeypatch.setattr(editions, "datetime", Clock)
    assert {day for day, _, _ in slots_shown(get_json(large, "/edition/icml-2021.json"))} == {"2021-07-21"}


def test_slots_are_paged(large: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "PAGE_SIZE", 25)
    path = "/edition/icml-2021/2021-07-20.json?kind=poster"
    first, second = get_json(large, path), get_json(large, f"{path}&page=2")
    assert (first["pages"], len(slots_shown(first)), len(slots_shown(second))) == (2, 25, 5)
    assert not set(slots_shown(first)) & set(slots_shown(second))
    link = re.search(r'rel="next" href="([^"]+)"', get(large, path.replace(".json", "")))
    assert link
    assert slots_shown(get_json(large, unescape(link[1]).replace("?", ".json?"))) == slots_shown(second)


def test_no_page_runs_one_query_per_row(large: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: list[str] = []
    database = large.databases["programme"]
    execute = database.execute

    async def counting(sql: str, *args: Any, **kwargs: Any) -> Any:
        statements.append(sql)
        return await execute(sql, *args, **kwargs)

    monkeypatch.setattr(database, "execute", counting)
    for path in ("/edition/icml-2021?kind=poster", "/edition/icml-2021/papers", "/editions"):
        statements.clear()
        get(large, path)
        assert len([sql for sql in statements if "sqlite_master" not in sql]) <= 9, (path, len(statements))


@pytest.mark.parametrize(
    "path", ["/edition/none-1999", "/edition/icml-2022/yesterday", "/edition/icml-2022/yesterday.ics"]
)
def test_unknown_editions_and_days_are_not_found(demo: Any, path: str) -> None:
    get(demo, path, status=404)


@pytest.mark.parametrize("q", ['"', "a AND (", "*", "'); --", "NEAR(", "\0", "%", "🦔"])
def test_any_words_can_be_searched(demo: Any, q: str) -> None:
    assert get_json(demo, f"/edition/icml-2022.json?q={quote(q)}")["found"] >= 0
    assert get_json(demo, f"/edition/icml-2022/papers.json?q={quote(q)}&page={quote('²')}")["found"] >= 0


def test_a_day_as_a_calendar(demo: Any) -> None:
    found = {str(event["summary"]): event for event in events(demo, "/edition/icml-2022/2022-07-21.ics")}
    talk = found["Contrastive Learning on Tables: What Is a View of a Row?"]
    assert talk["dtstart"].dt == datetime(2022, 7, 21, 16, 0, tzinfo=NEW_YORK)
    assert talk["dtend"].dt == datetime(2022, 7, 21, 16, 5, tzinfo=NEW_YORK)
    assert str(talk["location"]) == "Ballroom 1 & 2"
    assert "Marisol Etxaniz, Abel Thorsgaard" in str(talk["description"])
    assert {event["dtstart"].dt.astimezone(NEW_YORK).date().isoformat() for event in found.values()} == {"2022-07-21"}


def test_filtered_slots_as_a_calendar(demo: Any) -> None:
    found = events(demo, "/edition/icml-2022.ics?q=contrastive&code=1")
    assert "Temperature-Free Contrastive Learning" in {str(event["summary"]) for event in found}
    assert "Collapse Is a Phase Transition" not in {str(event["summary"]) for event in found}


def test_calendars_are_reproducible_and_agree_with_those_of_sessions(demo: Any) -> None:
    whole = get(demo, "/edition/icml-2022.ics")
    assert whole == get(demo, "/edition/icml-2022.ics")
    session = get_json(demo, "/edition/icml-2022.json?q=temperature-free")["programme"][0]["sessions"][0]["key"]
    uids = {str(event["uid"]) for event in events(demo, f"/session/{session}.ics")}
    assert len(uids) == 6
    assert uids <= {str(event["uid"]) for event in events(demo, "/edition/icml-2022.ics")}


def test_a_calendar_with_too_many_slots_is_refused_and_not_linked(large: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MAX_SLOTS", 10)
    monkeypatch.setattr(editions, "MAX_SLOTS", 10)
    assert "day by day" in get(large, "/edition/icml-2021.ics", status=400)
    assert "/edition/icml-2021.ics" not in get(large, "/edition/icml-2021")


def test_slots_are_counted_by_day_and_kind() -> None:
    rows = [
        {"day": "unknown", "kind": "oral", "has_code": 0, "slots": 2},
        {"day": "2022-07-21", "kind": "oral", "has_code": 1, "slots": 3},
        {"day": "2022-07-20", "kind": "poster", "has_code": 0, "slots": 4},
    ]
    counts = SlotCounts(rows)
    assert list(counts.days(Filters("", "", "", "", 1)).items()) == [
        ("2022-07-20", 4),
        ("2022-07-21", 3),
        ("unknown", 2),
    ]
    assert counts.days(Filters("2022-07-19", "oral", "1", "", 1)) == {
        "2022-07-19": 0,
        "2022-07-20": 0,
        "2022-07-21": 3,
        "unknown": 0,
    }
    assert counts.kinds(Filters("", "qa", "", "", 1)) == {"oral": 5, "poster": 4, "qa": 0}
    assert counts.total() == 9


@pytest.mark.parametrize("day", ["2022-13-45", "2022-02-30"])
def test_impossible_days_are_not_found(demo: Any, day: str) -> None:
    get(demo, f"/edition/icml-2022/{day}", status=404)


def test_wildcards_match_themselves(demo: Any) -> None:
    assert get_json(demo, "/edition/icml-2022.json?q=%25")["found"] == 0
