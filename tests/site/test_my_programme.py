"""The plan that an address carries: slots in order, clashes, calendar-ready times, and what is not there any more."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import icalendar
import pytest

from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.site import build_site
from tests.pages import Talk, session_page
from tests.site.pages import get, get_json

MORNING = (
    Talk("Nets of Nine", "Ann Lee", "Nine nets.", "Tue 20 July 9:00 - 9:30 PDT", "Oral"),
    Talk("Q&A", time="Tue 20 July 9:30 - 9:35 PDT", kind="Q&A"),
    Talk("Trees of Ten", "Bo Wu", "Ten trees.", "Tue 20 July 9:35 - 10:00 PDT", "Oral"),
    Talk("Q&A", time="Tue 20 July 10:00 - 10:05 PDT", kind="Q&A"),
)
BESIDE = (Talk("Graphs at Nine", "Cy Ode", "A graph.", "Tue 20 July 9:15 - 9:45 PDT", "Oral"),)
POSTERS = tuple(
    Talk(f"Poster {word}", f"Di {word}", "A poster.", "Tue 20 July 11:00 - 13:00 PDT", "Poster")
    for word in ("One", "Two")
)


@pytest.fixture(scope="module")
def planned_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of three sessions of a morning, two of them at the same time."""
    folder = tmp_path_factory.mktemp("planned")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "a.txt").write_bytes(session_page("Morning", MORNING, room="Hall 10"))
    (documents / "b.txt").write_bytes(session_page("Beside", BESIDE, room="Hall 9"))
    (documents / "c.txt").write_bytes(session_page("Posters", POSTERS, room="Foyer"))
    connection = open_database(folder / "programme.db", create=True)
    list(ingest(connection, documents_from([str(documents)])))
    connection.close()
    return folder / "programme.db"


@pytest.fixture(scope="module")
def planned(planned_database: Path) -> Any:
    """The site over that database."""
    return build_site(planned_database)


def stars(site: Any) -> dict[str, list[str]]:
    """The stars of every slot, by title."""
    found: dict[str, list[str]] = {}
    for day in get_json(site, "/edition/icml-2021.json")["programme"]:
        for session in day["sessions"]:
            for slot in session["slots"]:
                found.setdefault(slot["title"], []).append(slot["star"])
    return found


def plan(site: Any, *chosen: str) -> Any:
    return get_json(site, f"/my-programme.json?s={'.'.join(chosen)}")


def calendar_events(site: Any, path: str) -> dict[str, Any]:
    """The events of a calendar by their UIDs."""
    found = icalendar.Calendar.from_ical(get(site, path)).walk("VEVENT")
    return {str(event["uid"]): event for event in found}


def titles(shown: Any) -> list[str]:
    return [slot["title"] for day in shown["days"] for slot in day["slots"]]


def test_slots_come_by_time_and_say_with_what_they_clash(planned: Any) -> None:
    of = stars(planned)
    shown = plan(planned, *of["Poster Two"], *of["Graphs at Nine"], *of["Nets of Nine"], *of["Poster One"])
    assert [day["day"] for day in shown["days"]] == ["2021-07-20"]
    assert titles(shown) == ["Nets of Nine", "Graphs at Nine", "Poster One", "Poster Two"]
    clashes = {slot["title"]: slot["clashes"] for slot in shown["days"][0]["slots"]}
    assert clashes == {
        "Nets of Nine": ["Graphs at Nine"],
        "Graphs at Nine": ["Nets of Nine"],
        "Poster One": [],
        "Poster Two": [],
    }
    assert shown["clashing"] == 2
    assert [(slot["local_start"], slot["room"]) for slot in shown["days"][0]["slots"][:2]] == [
        ("09:00", "Hall 10"),
        ("09:15", "Hall 9"),
    ]


def test_a_star_on_a_paper_plans_its_slots(planned: Any) -> None:
    key = get_json(planned, "/search.json?q=trees")["results"][0]["key"]
    shown = plan(planned, key)
    assert titles(shown) == ["Trees of Ten"]
    assert (shown["papers"], shown["missing"]) == ([], 0)


def test_slots_that_look_alike_have_stars_of_their_own(planned: Any) -> None:
    first, second = stars(planned)["Q&A"]
    assert second == f"{first}-2"
    (slot,) = plan(planned, second)["days"][0]["slots"]
    assert slot["local_start"] == "10:00"


def test_a_star_on_a_key_that_moved_still_plans(planned_database: Path, tmp_path: Path) -> None:
    moved = tmp_path / "programme.db"
    moved.write_bytes(planned_database.read_bytes())
    (star,) = stars(build_site(moved))["Graphs at Nine"]
    session, paper = star.split("-")
    with closing(sqlite3.connect(moved)) as connection, connection:
        rows = [("session", "aaaaaaaaaaaaaaaa", session), ("paper", "bbbbbbbbbbbbbbbb", paper)]
        connection.executemany("INSERT INTO redirects (kind, key, target) VALUES (?, ?, ?)", rows)
    for old in ("aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb", "bbbbbbbbbbbbbbbb"):
        shown = plan(build_site(moved), old)
        assert (titles(shown), shown["missing"]) == (["Graphs at Nine"], 0)


def test_papers_without_a_slot_stand_below(site: Any) -> None:
    key = get_json(site, "/search.json?q=sleeping")["results"][0]["key"]
    shown = plan(site, key)
    assert shown["days"] == []
    assert [paper["title"] for paper in shown["papers"]] == ["Sleeping <img> Soundly & Long"]


def test_stars_of_nothing_are_counted(planned: Any) -> None:
    (star,) = stars(planned)["Graphs at Nine"]
    shown = plan(planned, star, "0123456789abcdef", f"{star[:16]}-0123456789abcdef", "<script>")
    assert (titles(shown), shown["missing"]) == (["Graphs at Nine"], 2)
    assert "2 stars name nothing in this database" in get(planned, f"/my-programme?s={star}.{'0' * 16}.{'1' * 16}")


def test_a_plan_is_a_calendar_with_the_events_of_its_edition(planned: Any) -> None:
    of = stars(planned)
    chosen = ".".join([*of["Trees of Ten"], *of["Poster Two"], of["Q&A"][1]])
    events = calendar_events(planned, f"/my-programme.ics?s={chosen}")
    whole = calendar_events(planned, "/edition/icml-2021.ics")
    assert [event["summary"] for event in events.values()] == ["Trees of Ten", "Q&A", "Posters"]
    assert events.keys() <= whole.keys()
    (posters,) = (event for event in events.values() if event["summary"] == "Posters")
    assert "Poster Two" in posters["description"]
    assert "Poster One" not in posters["description"]
    assert [events[uid]["dtstart"].dt for uid in events] == [whole[uid]["dtstart"].dt for uid in events]


def test_the_papers_of_a_plan_are_cited_in_its_order(planned: Any) -> None:
    of = stars(planned)
    chosen = ".".join([*of["Trees of Ten"], *of["Poster Two"], *of["Graphs at Nine"], *of["Q&A"]])
    walked = titles(plan(planned, chosen))
    text = get(planned, f"/my-programme.ris?s={chosen}")
    cited = [line[6:] for line in text.splitlines() if line.startswith("TI  - ")]
    assert cited == [title for title in walked if title != "Q&A"]
    assert f"/my-programme.ris?s={chosen}".partition("?")[0] in get(planned, f"/my-programme?s={chosen}")
    assert get(planned, "/my-programme.bib") == ""


def test_the_calendar_of_no_stars_is_empty(planned: Any) -> None:
    assert calendar_events(planned, "/my-programme.ics") == {}


def test_the_address_is_the_same_for_every_order(planned: Any) -> None:
    of = stars(planned)
    one, other = of["Graphs at Nine"][0], of["Trees of Ten"][0]
    assert plan(planned, one, other)["address"] == plan(planned, other, one)["address"]
    assert plan(planned, one)["address"] == f"http://localhost/my-programme?s={one}"


def test_an_empty_plan_says_how_to_begin(planned: Any) -> None:
    assert "Star a talk, a poster or a paper" in get(planned, "/my-programme")


def test_too_many_stars_are_refused(planned: Any) -> None:
    many = ".".join(f"{number:016x}" for number in range(501))
    assert "at most 500 stars" in get(planned, f"/my-programme?s={many}", status=400)


def test_a_session_without_slots_can_be_starred(large: Any) -> None:
    (session,) = get_json(large, "/editions.json")["unplaced"]
    star = f"{session['key']}-0"
    assert f'data-star="{star}"' in get(large, f"/session/{session['key']}")
    assert titles(plan(large, star)) == ["Nothing Yet"]
