"""Calendars: events as sessions, times in every zone, repetitions, and what our own calendars state for programs."""

import json
from collections import Counter
from datetime import time as clock
from pathlib import Path
from typing import Any

import pytest

from programme.export.calendar_text import calendar
from programme.export.calendars import Slot, events_of, zones_of
from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.loaders.records import (
    NO_HINTS,
    Hints,
    Moments,
    PrintedTime,
    SessionRecord,
    SlotRecord,
    StatedEdition,
    StatedLink,
)
from tests.formats.pages import document, sample

ICML = StatedEdition("icml", 2022)
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:{rule}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def event(*lines: str, title: str = "Moss", start: str = "DTSTART:20220719T090000Z") -> str:
    return "\n".join(("BEGIN:VEVENT", f"SUMMARY:{title}", start, *lines, "END:VEVENT", ""))


def parsed(*parts: str, hints: Hints = NO_HINTS) -> Parsed:
    return read(document(f"BEGIN:VCALENDAR\n{''.join(parts)}END:VCALENDAR\n"), "icalendar", hints)


def sessions(found: Parsed) -> list[SessionRecord]:
    assert all(isinstance(record, SessionRecord) for record in found.records)
    return [record for record in found.records if isinstance(record, SessionRecord)]


def slots(found: Parsed) -> list[SlotRecord]:
    return [slot for session in sessions(found) for slot in session.slots]


def moments(found: Parsed) -> list[tuple[str, str | None, str | None]]:
    times = [slot.time for slot in slots(found)]
    return [(time.starts_at, time.ends_at, time.zone) for time in times if isinstance(time, Moments)]


def problems(found: Parsed) -> list[str]:
    return [problem.problem for problem in found.problems]


def test_an_event_is_a_session_with_one_slot() -> None:
    keynote, posters, coffee, later, opening = sessions(read(sample("icalendar.ics")))
    (slot,) = keynote.slots
    assert (keynote.title, keynote.kind, keynote.room) == (
        "Keynote 1: Gardens of Forking Graphs",
        "keynote",
        "Hall A, left",
    )
    assert (keynote.abstract, keynote.edition) == ("Rosa Ebb walks, and counts. Ask her.", StatedEdition("colm", 2025))
    assert (keynote.path, keynote.line_start, keynote.line_end) == ("VEVENT[0]", 15, 32)
    assert isinstance(slot.time, Moments)
    assert slot.time[:2] == ("2025-10-08T13:00:00Z", "2025-10-08T14:00:00Z")
    assert (slot.time.zone, slot.raw_time) == (
        "America/New_York",
        "20251008T090000 America/New_York - 20251008T100000 America/New_York",
    )
    assert (slot.title, slot.room, slot.paper, slot.time_line) == (keynote.title, keynote.room, None, 20)
    assert (posters.title, posters.kind, posters.room) == ("Posters by the Pond", "poster", None)
    assert posters.slots[0].raw_kind == "pos"
    assert (coffee.kind, later.kind, coffee.slots[0].raw_kind) == ("break", "break", "Coffee Break, Catering")
    assert opening.slots[0].room == "Hall A, left"
    assert moments(read(sample("icalendar.ics")))[1:] == [
        ("2025-10-08T15:00:00Z", "2025-10-08T16:30:00Z", "America/New_York"),
        ("2025-10-08T14:30:00Z", "2025-10-08T15:00:00Z", None),
        ("2025-10-09T15:30:00Z", "2025-10-09T16:00:00Z", None),
        ("2025-10-07T13:00:00Z", "2025-10-07T13:15:00Z", "America/New_York"),
    ]


@pytest.mark.parametrize(
    ("title", "lines", "kind", "raw"),
    [
        ("Moss", (), "other", None),
        ("Keynote: Moss", (), "keynote", None),
        ("Workshop on Moss", (), "workshop", None),
        ("Oral traditions", (), "other", None),
        ("Moss", ("CATEGORIES:Room 3,Tutorial",), "tutorial", "Room 3, Tutorial"),
        ("Moss", ("CATEGORIES:Talks\\, long", "CATEGORIES:Poster"), "poster", "Talks, long, Poster"),
        ("#tut T1: Moss", (), "tutorial", "tut"),
    ],
)
def test_kinds(title: str, lines: tuple[str, ...], kind: str, raw: str | None) -> None:
    (slot,) = slots(parsed(event(*lines, title=title)))
    assert (slot.kind, slot.raw_kind) == (kind, raw)


@pytest.mark.parametrize(
    ("start", "starts_at", "zone"),
    [
        ("DTSTART:20220719T090000Z", "2022-07-19T09:00:00Z", "UTC"),
        ("DTSTART;TZID=Europe/Vienna:20220719T090000", "2022-07-19T07:00:00Z", "Europe/Vienna"),
        ('DTSTART;TZID="W. Europe Standard Time":20220719T090000', "2022-07-19T07:00:00Z", "Europe/Berlin"),
        ("DTSTART;TZID=/example.org/20220101/Europe/Vienna:20220719T090000", "2022-07-19T07:00:00Z", "Europe/Vienna"),
        ("DTSTART;TZID=PDT:20220719T090000", "2022-07-19T16:00:00Z", "America/Los_Angeles"),
        ("dtstart;tzid=Europe/Vienna:20221119T090000", "2022-11-19T08:00:00Z", "Europe/Vienna"),
    ],
)
def test_zones(start: str, starts_at: str, zone: str) -> None:
    assert moments(parsed(event(start=start))) == [(starts_at, None, zone)]


@pytest.mark.parametrize(("day", "starts_at"), [("0719", "2022-07-19T06:00:00Z"), ("1119", "2022-11-19T07:00:00Z")])
def test_a_zone_that_the_calendar_defines(day: str, starts_at: str) -> None:
    zone = OWN_ZONE.format(name="Pond Time", rule="FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10")
    assert moments(parsed(zone, event(start=f"DTSTART;TZID=Pond Time:2022{day}T090000"))) == [(starts_at, None, None)]


def test_a_calendar_does_not_define_zones_for_others() -> None:
    zone = OWN_ZONE.format(name="Pond Time", rule="FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10")
    start = "DTSTART;TZID=Pond Time:20220719T090000"
    assert moments(parsed(zone, event(start=start)))
    assert moments(parsed(event(start=start))) == []


def test_a_zone_with_other_rules_or_of_no_place_is_unknown() -> None:
    zone = OWN_ZONE.format(name="Pond Time", rule="FREQ=SECONDLY")
    found = parsed(zone, *2 * [event(start="DTSTART;TZID=Pond Time:20220719T090000")])
    assert problems(found) == [
        "TZID: no time zone is called 'Pond Time', and the calendar defines none; give --time-zone"
    ]
    (slot, _) = slots(found)
    assert isinstance(slot.time, PrintedTime)
    assert (slot.time.day, slot.time.month, slot.time.year, slot.time.starts.hour, slot.time.zone) == (
        19,
        7,
        2022,
        9,
        None,
    )
    given = parsed(event(start="DTSTART;TZID=Pond Time:20220719T090000"), hints=Hints(time_zone="Asia/Tokyo"))
    assert moments(given) == [("2022-07-19T00:00:00Z", None, "Asia/Tokyo")]


def test_times_without_a_zone_are_in_that_of_the_calendar_or_the_given_one() -> None:
    floating = event("DTEND:20220719T233000", start="DTSTART:20220719T230000")
    shown = "X-WR-TIMEZONE:Asia/Tokyo\n"
    assert moments(parsed(shown, floating)) == [("2022-07-19T14:00:00Z", "2022-07-19T14:30:00Z", "Asia/Tokyo")]
    given = parsed(shown, floating, hints=Hints(time_zone="Europe/Vienna"))
    assert moments(given) == [("2022-07-19T21:00:00Z", "2022-07-19T21:30:00Z", "Europe/Vienna")]
    found = parsed(floating, event(title="Fern", start="DTSTART:20220719T230000"))
    assert problems(found) == ["DTSTART: 3 times name no time zone, nor does the calendar; give --time-zone"]
    assert slots(found)[0].time == PrintedTime(None, 19, 7, 2022, clock(23, 0), clock(23, 30), None)


def test_times_in_utc_are_shown_in_the_zone_of_the_calendar() -> None:
    (slot,) = slots(parsed("X-WR-TIMEZONE:Asia/Tokyo\n", event(start="DTSTART:20220719T200000Z")))
    assert isinstance(slot.time, Moments)
    assert (slot.time.starts_at, slot.time.day.day, slot.time.zone) == ("2022-07-19T20:00:00Z", 20, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("lines", "start", "problem"),
    [
        ((), "DTSTART;VALUE=DATE:20220719", "VEVENT[0].DTSTART: a whole day; the slot has no time"),
        ((), "DTSTART:soon", "VEVENT[0].DTSTART: expected a time like 20220721T193000Z"),
        ((), "DTSTART:00010101T000000", "VEVENT[0].DTSTART: expected a time like 20220721T193000Z"),
        (
            ("DTEND:20220719T080000Z",),
            "DTSTART:20220719T090000Z",
            "VEVENT[0].DTEND: ends before it starts; the slot has no end",
        ),
        (
            ("DURATION:-PT1H",),
            "DTSTART:20220719T090000Z",
            "VEVENT[0].DURATION: expected a length like PT1H30M; the slot has no end",
        ),
        (
            ("RRULE:FREQ=MONTHLY;COUNT=2",),
            "DTSTART:20220719T090000Z",
            "VEVENT[0].RRULE: this rule of repetition is not read; only the first time is loaded",
        ),
        (
            ("nonsense",),
            "DTSTART:20220719T090000Z",
            "VEVENT[0]: expected a name and a value, like 'SUMMARY:Poster session'; the line is left out",
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem(lines: tuple[str, ...], start: str, problem: str) -> None:
    found = parsed(event(*lines, start=start))
    assert problems(found) == [problem]
    assert [slot.title for slot in slots(found)] == ["Moss"]
    assert found.coverage == 1.0


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", [19, 20, 21]),
        ("FREQ=DAILY;UNTIL=20220721", [19, 20, 21]),
        ("FREQ=DAILY;UNTIL=20220721T085959Z", [19, 20]),
        ("FREQ=DAILY;INTERVAL=2;COUNT=3", [19, 21, 23]),
        ("FREQ=DAILY;BYDAY=TU,FR;COUNT=3", [19, 22, 26]),
        ("FREQ=WEEKLY;COUNT=2", [19, 26]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,MO;WKST=MO;UNTIL=20220803", [19, 1, 2]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;UNTIL=20220803", [19, 31, 2]),
    ],
)
def test_repetitions(rule: str, days: list[int]) -> None:
    found = parsed(event(f"RRULE:{rule}"))
    assert [slot.time.day.day for slot in slots(found) if isinstance(slot.time, Moments)] == days
    assert found.problems == ()


def test_repetitions_keep_the_clock_of_their_zone() -> None:
    found = parsed(event("RRULE:FREQ=DAILY;COUNT=2", start="DTSTART;TZID=Europe/Vienna:20221029T090000"))
    assert [time[0] for time in moments(found)] == ["2022-10-29T07:00:00Z", "2022-10-30T08:00:00Z"]


def test_a_rule_without_an_end_stops_and_says_so() -> None:
    found = parsed(event("RRULE:FREQ=DAILY"))
    assert len(sessions(found)) == 51
    assert problems(found) == [
        "VEVENT[0].RRULE: repeated more than 50 times or for more than 400 days; no more are loaded"
    ]


def test_times_that_are_added_left_out_and_moved() -> None:
    every = event(
        "UID:1", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20220720T090000Z", "RDATE:20220725T090000Z,20220726T090000Z"
    )
    moved = event("UID:1", "RECURRENCE-ID:20220721T090000Z", start="DTSTART:20220721T100000Z")
    gone = event("UID:1", "RECURRENCE-ID:20220726T090000Z", "STATUS:CANCELLED", start="DTSTART:20220726T090000Z")
    found = parsed(every, moved, gone)
    assert [time[0][8:13] for time in moments(found)] == ["19T09", "25T09", "21T10"]
    assert problems(found) == ["VEVENT[2]: cancelled, and not loaded; cancelled events: 1"]


def test_events_with_the_same_title_and_start_are_one_session() -> None:
    (session,) = sessions(parsed(event("LOCATION:Hall A"), event("LOCATION:Hall B", title="moss")))
    assert [(slot.position, slot.room, slot.path) for slot in session.slots] == [
        (1, "Hall A", "VEVENT[0]"),
        (2, "Hall B", "VEVENT[1]"),
    ]


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("X-WR-CALNAME:ICML 2022", ICML),
        ("NAME:International Conference on Machine Learning", ICML),
        ("PRODID:ICML 2021 calendar", StatedEdition("icml", 2021)),
        ("PRODID:-//ICML 2021//EN", None),
        ("X-WR-CALNAME:ALTS 2022 Programme", StatedEdition("alts", 2022)),
        ("X-WR-CALNAME:ALTS 2021 Programme", None),
        ("X-WR-CALNAME:My days", None),
        ("X-WR-CALNAME:Workshop at ICML 2022", None),
    ],
)
def test_the_edition_in_the_name_of_the_calendar(name: str, edition: StatedEdition | None) -> None:
    assert sessions(parsed(f"{name}\n", event()))[0].edition == edition


def test_days_tell_no_edition_of_another_conference() -> None:
    (session,) = sessions(parsed("X-WR-CALNAME:Workshop at ICML 2022\n", event()))
    assert session.is_of_unknown


def test_what_is_not_an_event_is_named() -> None:
    todo = "BEGIN:VTODO\nSUMMARY:Weed\nEND:VTODO\n"
    found = parsed("stray\n", todo, todo, event(title=""), event())
    assert problems(found) == [
        "VCALENDAR[0]: expected a name and a value, like 'SUMMARY:Poster session'; the line is left out",
        "VTODO[0]: 2 parts of this kind, which hold no programme; they are not loaded",
        "VEVENT[0].SUMMARY: empty; expected the title of the event, which is left out",
    ]
    assert found.coverage == 0.5


def test_an_event_without_an_end_costs_only_itself() -> None:
    cut = event(title="Cut").removesuffix("END:VEVENT\n")
    found = parsed(cut, event(title="Fern"), cut)
    assert [session.title for session in sessions(found)] == ["Fern"]
    assert problems(found) == [
        "VEVENT[0]: has no END:VEVENT; it is left out",
        "VEVENT[2]: has no END:VEVENT; it is left out",
    ]


@pytest.mark.parametrize("text", ["", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "SUMMARY:Moss\n", "END:VEVENT\n"])
def test_what_holds_no_event_is_refused(text: str) -> None:
    with pytest.raises(MalformedDocument, match="no calendar with events"):
        read(document(text), "icalendar")


def test_deadlines_are_refused() -> None:
    with pytest.raises(MalformedDocument, match="a calendar of deadlines"):
        parsed(event(title="ICML 2022 paper submission deadline"), event(title="Camera-ready"), event())


TALK = Slot(
    "5e55", "Graphs, Nets; and more", "oral", "2022-07-21T19:30:00Z", "2022-07-21T21:00:00Z", "ICML 2022",
    "America/New_York", "Hall F; left, \\ right", None, 1, "oral", "Walks \\alpha, \u200b slowly – (Extended)",
    "2022-07-21T19:30:00Z", "2022-07-21T19:50:00Z", "Ada Lee · Bo Wu, Jr.", None, "Best, Paper", "aa11",
    "https://github.com/a/b", "icml-2022",
)  # fmt: skip
BREAK = TALK._replace(
    position=2, kind="break", title="Coffee", authors=None, award=None, paper_key=None, code=None,
    starts_at="2022-07-21T19:50:00Z", ends_at=None,
)  # fmt: skip
POSTERS = TALK._replace(session_key="6f66", session="Posters 1", session_kind="poster", room="Hall E", award=None)
POSTER = POSTERS._replace(position=1, kind="poster", title="Trees", starts_at=None, ends_at=None, poster_number="#12")


def exported(*rows: Slot) -> Parsed:
    return read(document("".join(calendar("ICML 2022", events_of(rows), zones_of(rows)))))


def test_our_own_calendars_give_back_sessions_slots_and_papers() -> None:
    found = exported(TALK, BREAK, POSTER, POSTER._replace(position=2, title="Woods", code=None))
    talks, posters = sessions(found)
    assert (talks.title, talks.kind, talks.room, talks.edition) == (TALK.session, "oral", TALK.room, ICML)
    assert isinstance(talks.time, Moments)
    assert talks.time[:2] == (TALK.session_starts_at, TALK.session_ends_at)
    talk, coffee = talks.slots
    assert (talk.title, talk.kind, talk.room, talk.award) == (TALK.title, "oral", TALK.room, "Best, Paper")
    assert isinstance(talk.time, Moments)
    assert (talk.time[:2], talk.time.zone) == ((TALK.starts_at, TALK.ends_at), "America/New_York")
    assert talk.paper is not None
    assert talk.paper.authors == ("Ada Lee", "Bo Wu, Jr.")
    assert talk.paper.links == (StatedLink("code", "https://github.com/a/b", "own"),)
    assert (coffee.title, coffee.kind, coffee.paper, coffee.position) == ("Coffee", "break", None, 2)
    assert (posters.title, posters.kind, posters.room) == ("Posters 1", "poster", "Hall E")
    assert [(slot.title, slot.poster_number, slot.time) for slot in posters.slots] == [
        ("Trees", "#12", None),
        ("Woods", "#12", None),
    ]
    assert (found.format, found.problems, found.coverage) == ("icalendar", (), 1.0)


def test_a_session_without_slots_comes_back_without_slots() -> None:
    (session,) = sessions(exported(POSTERS._replace(position=None, title=None, paper_key=None)))
    assert (session.title, session.slots, session.room) == ("Posters 1", (), None)


def test_what_our_own_calendars_cancel_is_not_loaded() -> None:
    listed = POSTER._replace(position=2, title="Woods", is_cancelled=True)
    found = exported(TALK._replace(is_cancelled=True), POSTER, listed)
    assert [slot.title for slot in slots(found)] == ["Trees"]
    assert problems(found) == [
        "VEVENT[0]: cancelled, and not loaded; cancelled events: 1",
        "VEVENT[1].X-PROGRAMME-SLOT[1]: cancelled; it is not loaded",
    ]


@pytest.mark.parametrize(
    ("stated", "problem"),
    [
        ("{", "Input data was truncated"),
        (json.dumps({"key": "5e", "title": 7}), "X-PROGRAMME-SESSION.title: expected text, got a number"),
        (json.dumps({"key": "5e", "title": " "}), "X-PROGRAMME-SESSION: has no title"),
    ],
)
def test_what_was_changed_by_hand_is_a_problem(stated: str, problem: str) -> None:
    found = parsed(event(f"X-PROGRAMME-SESSION:{stated}"))
    (only,) = found.problems
    assert problem in only.problem
    assert (only.is_lost, found.records) == (True, ())


def test_our_own_calendars_of_before_are_read_event_by_event() -> None:
    found = parsed("PRODID:-//Programme//loader export//EN\n", event())
    assert [session.title for session in sessions(found)] == ["Moss"]
    assert "export the calendar again" in problems(found)[0]


def test_people_are_not_stated() -> None:
    found = read(sample("icalendar.ics"))
    assert not any(text in repr(found) for text in ("rosa@", "shore", "Wei Wu"))


def test_the_real_calendar_of_ismir_2022(shared: Path) -> None:
    path = shared / "wild" / "icalendar" / "ISMIR_2022.ics"
    found = read(Document.of(path.as_uri(), path.read_bytes()))
    every = sessions(found)
    assert (len(every), len(slots(found)), found.problems, found.coverage) == (36, 36, (), 1.0)
    assert {session.edition for session in every} == {StatedEdition("ismir", 2022)}
    assert Counter(session.kind for session in every) == {
        "other": 12, "poster": 7, "tutorial": 6, "break": 4, "social": 4, "keynote": 2, "workshop": 1,
    }  # fmt: skip
    first: Any = every[0].slots[0].time
    assert (every[0].title[:24], first.starts_at, first.zone) == (
        "T1(M): An Introduction t",
        "2022-12-04T03:30:00Z",
        "Asia/Kolkata",
    )
