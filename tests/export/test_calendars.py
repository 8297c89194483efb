"""Calendars: events at the right time and place, equal bytes for equal facts, accepted by a parser."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from programme.export.calendar_text import calendar
from programme.export.calendars import Slot, events_of, zones_of
from programme.export.text_files import write_calendar
from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest

TALKS = Slot(
    "5e55", "Graphs, Nets; and more", "oral", "2022-07-21T19:30:00Z", "2022-07-21T21:00:00Z", "ICML 2022",
    "America/New_York", "Hall F; left, \\ right",
)  # fmt: skip
TALK = TALKS._replace(
    position=1, kind="oral", title="Walking on Graphs, slowly: " + "ÄÖÜ 图 " * 20, starts_at="2022-07-21T19:30:00Z",
    ends_at="2022-07-21T19:50:00Z", authors="Ada Lee · Bo Wu", paper_key="aa11", edition_slug="icml-2022", code="https://github.com/a/b",
)  # fmt: skip
POSTERS = TALKS._replace(session_key="6f66", session="Poster Session 1", session_kind="poster", room="Hall E")
POSTER = POSTERS._replace(position=1, kind="poster", title="Trees", poster_number="#12", paper_key="bb22")


def made(*slots: Slot) -> tuple[str, list[icalendar.Event]]:
    text = "".join(calendar("ICML 2022", events_of(slots), zones_of(slots)))
    parsed = icalendar.Calendar.from_ical(text)
    assert isinstance(parsed, icalendar.Calendar)
    assert not parsed.get_missing_tzids()
    assert all(not component.errors for component in parsed.walk())
    return text, parsed.events


def test_a_talk_is_an_event_with_its_time_place_and_people() -> None:
    text, (event,) = made(TALK)
    assert event.start == datetime(2022, 7, 21, 15, 30, tzinfo=ZoneInfo("America/New_York"))
    assert event.end == datetime(2022, 7, 21, 19, 50, tzinfo=UTC)
    assert datetime(2022, 7, 21, 19, 30, tzinfo=UTC) == event.DTSTAMP
    assert str(event["SUMMARY"]) == TALK.title
    assert str(event["LOCATION"]) == "Hall F; left, \\ right"
    assert str(event["DESCRIPTION"]).splitlines() == [
        "Ada Lee · Bo Wu",
        "Code: https://github.com/a/b",
        "Graphs, Nets; and more, ICML 2022",
    ]
    assert str(event["UID"]) == "icml-2022-aa11-oral@programme"
    assert "LOCATION:Hall F\\; left\\, \\\\ right\r\n" in text


def test_lines_are_folded_at_75_bytes_and_end_with_cr_lf() -> None:
    text, _ = made(TALK, POSTER)
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines.pop() == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert [line for line in lines if not line.startswith(b" ")].count(b"BEGIN:VTIMEZONE") == 1


def test_the_posters_of_a_session_are_one_event() -> None:
    second = POSTER._replace(position=2, title="Woods", poster_number=None, paper_key="cc33", authors="Cy Roe")
    _, (event,) = made(POSTER, second)
    assert str(event["SUMMARY"]) == "Poster Session 1"
    assert str(event["DESCRIPTION"]) == "ICML 2022\n• #12 Trees\n• Woods – Cy Roe"
    assert event.start == datetime(2022, 7, 21, 19, 30, tzinfo=UTC)
    assert event.end == datetime(2022, 7, 21, 21, 0, tzinfo=UTC)


def test_each_poster_is_an_event_on_wish_at_the_time_of_its_session() -> None:
    poster = POSTER._replace(edition_slug="icml-2022")
    second = poster._replace(position=2, title="Woods", paper_key="cc33", starts_at="2022-07-21T20:00:00Z")
    first, other = events_of([poster, second], each=True)
    assert (first.uid, other.uid) == ("icml-2022-bb22-poster@programme", "icml-2022-cc33-poster@programme")
    assert (first.title, first.starts_at, first.ends_at) == ("Trees", POSTER.session_starts_at, POSTER.session_ends_at)
    assert (other.starts_at, other.ends_at) == ("2022-07-21T20:00:00Z", POSTER.ends_at)
    assert first.description.splitlines() == ["Poster #12", "Poster Session 1, ICML 2022"]


def test_a_long_list_ends_with_the_address_of_its_page() -> None:
    posters = [POSTER._replace(position=n, title=f"Nets, {n}", authors="A, B; C" * 9) for n in range(1, 401)]
    text = "".join(calendar("ICML 2022", events_of(posters, site="https://p.example"), zones_of(posters)))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    lines = str(event["DESCRIPTION"]).splitlines()
    assert lines[-1] == str(event["URL"]) == "https://p.example/session/6f66"
    assert lines[-2] == f"… and {400 - (len(lines) - 3)} more"
    written = text.replace("\r\n ", "").split("\r\nDESCRIPTION:")[1].split("\r\n")[0]
    assert 8_000 < len(written) <= 8_192


def test_posters_at_two_times_are_two_events() -> None:
    later = POSTER._replace(position=2, title="Woods", starts_at="2022-07-22T13:00:00Z", ends_at="2022-07-22T14:00:00Z")
    later = later._replace(earlier_posters=1)
    uids = ["6f66-session@programme", "6f66-session.2@programme"]
    assert [str(event["UID"]) for event in made(POSTER, later)[1]] == uids
    assert [str(event["UID"]) for event in made(later)[1]] == uids[1:]


def test_slots_without_a_time_are_listed_in_their_session_or_left_out() -> None:
    _, (event,) = made(TALK._replace(starts_at=None, ends_at=None))
    assert str(event["SUMMARY"]) == TALKS.session
    assert str(TALK.title).strip() in str(event["DESCRIPTION"])
    assert made(TALK._replace(starts_at=None, ends_at=None, session_starts_at=None))[1] == []


def test_an_end_before_the_start_is_left_out_and_an_unknown_zone_is_utc() -> None:
    text, (event,) = made(TALK._replace(ends_at="2022-07-21T19:00:00Z", time_zone="Mars/Olympus"))
    assert "DTEND" not in event
    assert "DTSTART:20220721T193000Z\r\n" in text


def test_an_event_keeps_its_uid_when_it_moves() -> None:
    moved = TALK._replace(position=7, starts_at="2022-07-22T19:30:00Z", room="Hall G", title="Walking")
    assert made(TALK)[1][0]["UID"] == made(moved)[1][0]["UID"]


def test_the_stamp_is_the_day_of_capture_where_it_is_known() -> None:
    _, (event,) = made(TALK._replace(captured_on="2022-07-19"))
    assert datetime(2022, 7, 19, tzinfo=UTC) == event.DTSTAMP


@pytest.mark.parametrize("edition", [None, "icml-2022"])
def test_equal_facts_give_equal_bytes(edition: str | None, sampled: str, samples: Path, tmp_path: Path) -> None:
    """After another order of ingest, and on the other engine."""
    other = open_database(tmp_path / "other.db", create=True)
    for path in sorted(samples.iterdir(), reverse=True):
        list(ingest(other, documents_from([str(path)])))
    count = write_calendar(sampled, tmp_path / "one.ics", edition)
    assert write_calendar(str(tmp_path / "other.db"), tmp_path / "two.ics", edition) == count
    text = (tmp_path / "one.ics").read_bytes()
    assert text == (tmp_path / "two.ics").read_bytes()
    parsed = icalendar.Calendar.from_ical(text)
    assert isinstance(parsed, icalendar.Calendar)
    uids = [str(event["UID"]) for event in parsed.events]
    assert len(set(uids)) == len(uids) > 3
    assert not parsed.get_missing_tzids()
    assert parsed.calendar_name == ("ICML 2022" if edition else "Programme")


def stated(file: Path) -> list[str]:
    """Return what the events of a calendar that are not cancelled state for programs, sorted."""
    parsed = icalendar.Calendar.from_ical(file.read_bytes())
    assert isinstance(parsed, icalendar.Calendar)
    events = [event for event in parsed.events if event.get("STATUS") != "CANCELLED"]
    names = ("DTSTART", "DTEND", "SUMMARY", "LOCATION", "X-PROGRAMME-SESSION", "X-PROGRAMME-SLOT")
    return sorted(str([event.get(name) for name in names]) for event in events)


def test_a_calendar_that_is_ingested_gives_the_same_calendar(sampled: str, tmp_path: Path) -> None:
    """Sessions, slots, papers, times, rooms and code come back; the numbers of UIDs depend on what was left out."""
    write_calendar(sampled, tmp_path / "one.ics")
    database = open_database(tmp_path / "other.db", create=True)
    list(ingest(database, documents_from([str(tmp_path / "one.ics")])))
    write_calendar(str(tmp_path / "other.db"), tmp_path / "two.ics")
    assert stated(tmp_path / "one.ics") == stated(tmp_path / "two.ics")
    assert len(stated(tmp_path / "one.ics")) > 50
