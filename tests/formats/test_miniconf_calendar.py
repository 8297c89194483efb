"""A Mini-Conf site besides its papers: calendars, speakers, socials, schedules and settings."""

import json
from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.formats.miniconf.calendar import sniff
from programme.loaders.records import Moments, PaperRecord, PrintedTime, SessionRecord, StatedEdition
from tests.formats.pages import document, sample

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "miniconf_iclr2020"
ICLR = StatedEdition("iclr", 2020)


def parsed(text: str) -> Parsed:
    return read(document(text), "miniconf-calendar")


def sessions(found: Parsed) -> list[SessionRecord]:
    return [record for record in found.records if isinstance(record, SessionRecord)]


def entry(title: str, start: str = "2020-04-27T05:00:00+00:00", **fields: Any) -> dict[str, Any]:
    return {"title": title, "start": start, "end": None, "location": None, "link": None, "calendarId": "---", **fields}


def calendar(*entries: dict[str, Any]) -> Parsed:
    return parsed(json.dumps(entries))


def starts(session: SessionRecord) -> list[str | None]:
    return [slot.time.starts_at if isinstance(slot.time, Moments) else None for slot in session.slots]


def test_an_entry_is_a_session_with_one_slot() -> None:
    (found,) = sessions(calendar(entry("<b>Moss Town</b>", end="2020-04-27T06:00:00+00:00", location="Garden 2")))
    (slot,) = found.slots
    assert (found.title, slot.title, found.room, slot.room) == ("Moss Town", "Moss Town", "Garden 2", "Garden 2")
    assert slot.time is not None
    assert (starts(found), slot.time.ends_at) == (["2020-04-27T05:00:00Z"], "2020-04-27T06:00:00Z")  # type: ignore[union-attr]
    assert slot.raw_time == "2020-04-27T05:00:00+00:00 - 2020-04-27T06:00:00+00:00"
    assert (slot.paper, slot.path) == (None, "[0]")


def test_entries_with_the_same_title_and_start_are_one_session() -> None:
    found = sessions(calendar(entry("Walk"), entry("walk", view="day"), entry("Walk", "2020-04-28T05:00:00+00:00")))
    assert [[(slot.path, slot.position) for slot in one.slots] for one in found] == [
        [("[0]", 1), ("[1]", 2)],
        [("[2]", 1)],
    ]


@pytest.mark.parametrize(
    ("title", "fields", "kind", "raw"),
    [
        ("Poster Day 1 Session 3 (P1S3)", {}, "poster", None),
        ("Live Q&A: Ada Quill", {"calendarId": "qa"}, "qa", "qa"),
        ("QA Session 10A", {"type": "QA Sessions"}, "qa", "QA Sessions"),
        ("Opening Remarks", {"type": "Plenary Sessions"}, "other", "Plenary Sessions"),
        ("Keynote by Ada Quill", {"type": "Plenary Sessions"}, "keynote", "Plenary Sessions"),
        ("Trees A", {"type": "Socials"}, "social", "Socials"),
        ("Oral Track 2", {"calendarId": "oral"}, "oral", "oral"),
        ("Lunch", {}, "break", None),
        ("Workshops", {}, "workshop", None),
        ("Moral Trees and Social Science", {}, "other", None),
    ],
)
def test_kinds(title: str, fields: dict[str, str], kind: str, raw: str | None) -> None:
    (found,) = sessions(calendar(entry(title, **fields)))
    assert (found.kind, found.slots[0].kind, found.slots[0].raw_kind) == (kind, kind, raw)


@pytest.mark.parametrize(
    ("links", "edition"),
    [
        (["https://iclr.cc/virtual/speaker_1.html", None], ICLR),
        (["https://iclr.cc/virtual_2020/speaker_1.html", "papers.html"], ICLR),
        (["https://iclr.cc/virtual/a.html", "https://moss.example/", "https://fern.example/"], None),
        (["papers.html"], None),
    ],
)
def test_editions(links: list[str | None], edition: StatedEdition | None) -> None:
    found = sessions(calendar(*(entry(f"Walk {number}", link=link) for number, link in enumerate(links))))
    assert {one.edition for one in found} == {edition}


def test_unreadable_times_are_problems() -> None:
    found = calendar(
        entry("A", "2020-13-40T05:00:00"), entry("B", end="2020-04-27T04:00:00+00:00"), entry("C", "tomorrow")
    )
    assert [starts(one) for one in sessions(found)] == [[None], ["2020-04-27T05:00:00Z"], [None]]
    wanted = "expected a time like 2020-04-27T12:00:00+00:00"
    assert [problem.problem for problem in found.problems] == [
        f"[0]: {wanted}; the slot has no time",
        f"[1]: ends before it starts, or {wanted}; the slot has no end",
        f"[2]: {wanted}; the slot has no time",
    ]
    assert found.coverage == 1.0


def test_an_entry_without_a_title_is_lost() -> None:
    found = calendar(entry(""), entry("A"))
    assert [(problem.problem, problem.is_lost) for problem in found.problems] == [
        ("[0].title: empty; expected the title of the session", True)
    ]
    assert (len(found.records), found.coverage) == (1, 0.5)


def test_a_calendar_in_yaml() -> None:
    text = (
        "- title: <b>Walk</b>\n  start: 2021-02-04 6:45:00-08:00\n  end: 2021-02-04 07:30:00-08:00\n  type: Plenary\n"
    )
    found = read(document(text))
    assert (found.format, [starts(one) for one in sessions(found)]) == ("miniconf-calendar", [["2021-02-04T14:45:00Z"]])


def test_speakers_are_keynotes() -> None:
    head = "UID,image,title,institution,speaker,abstract,bio,session\n"
    row = '1,https://iclr.cc/virtual_2020/a.jpg,What Moss Knows,"Moss, Inc.", Ada Quill,We ask.,She asks.,1\n'
    found = read(document(head + row))
    (session,) = sessions(found)
    assert (found.format, found.problems, found.coverage) == ("miniconf-calendar", (), 1.0)
    assert (session.title, session.kind, session.edition) == ("What Moss Knows", "keynote", ICLR)
    assert session.slots[0].paper == PaperRecord(
        *("What Moss Knows", 2, 2),
        authors=("Ada Quill",),
        abstract="We ask.",
        affiliations=("Moss, Inc.",),
        edition=ICLR,
        path="[0]",
    )


def test_workshops_under_a_key() -> None:
    text = 'workshops:\n  - name: Slow Trees\n    organizers: "Ada Quill · Bo Marsh"\n    description: Come.\n'
    found = read(document(f"{text}    chat: a\n"))
    (session,) = sessions(found)
    assert (session.title, session.moderator_names, session.abstract, session.path) == (
        *("Slow Trees", ("Ada Quill", "Bo Marsh"), "Come.", "workshops[0]"),
    )
    assert found.problems == ()


def test_sessions_whose_papers_are_numbers() -> None:
    text = "- name: Mon Session 1\n  posters:\n  - UID: x1\n    join_link: https://a.example/\n  - UID: x2\n"
    found = read(document(text + "- name: Mon Session 2\n  posters:\n  - UID: x1\n"))
    papers = [(slot.title, slot.paper.site_id) for one in sessions(found) for slot in one.slots if slot.paper]
    assert papers == [("x1", "x1"), ("x2", "x2"), ("x1", "x1")]
    assert found.problems == ()


def test_sessions_whose_papers_are_titles() -> None:
    found = read(document('code: 1A\ntitle: Slow Nets\npapers:\n  - "Walks in Rain"\n  - "Moss: A Study"\n'))
    (session,) = sessions(found)
    assert (found.format, session.title) == ("miniconf-calendar", "Slow Nets")
    assert [slot.paper.title for slot in session.slots if slot.paper] == ["Walks in Rain", "Moss: A Study"]


def test_a_paper_of_a_session_may_have_a_time_of_its_own() -> None:
    text = (
        "S2:\n  name: Evening\n  start_time: 2021-06-22T18:00:00-04:00\n  end_time: 2021-06-22T19:00:00-04:00\n"
        "  papers:\n  - p1\n  - UID: p3\n    start_time: 2021-06-22T18:30:00-04:00\n"
        "    end_time: 2021-06-22T18:45:00-04:00\n  - UID: p4\n    start_time: soon\n"
    )
    parsed = read(document(text))
    (session,) = parsed.records
    assert isinstance(session, SessionRecord)
    times = [slot.time for slot in session.slots]
    assert [isinstance(time, Moments) and (time.starts_at, time.ends_at) for time in times] == [
        ("2021-06-22T22:00:00Z", "2021-06-22T23:00:00Z"),
        ("2021-06-22T22:30:00Z", "2021-06-22T22:45:00Z"),
        False,
    ]
    assert [slot.paper and slot.paper.site_id for slot in session.slots] == ["p1", "p3", "p4"]
    assert [problem.text for problem in parsed.problems] == ["soon"]


def test_sessions_by_name() -> None:
    text = "D1A-1:\n  date: 2020-07-06_05:00:00+00:00\n  papers:\n  - demo.35\n"
    found = read(document(f"{text}D1B-1:\n  date: 2020-07-06_05:45:00\n  papers: []\n"))
    assert [(one.title, starts(one)) for one in sessions(found)] == [
        ("D1A-1", ["2020-07-06T05:00:00Z"]),
        ("D1B-1", ["2020-07-06T05:45:00Z"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "name: Trees\ntagline: Tree Conference\norganization: Trees\nchat_server: a.example\nlogo:\n  width: 1\n",
        "name: COLT 2021\ntagline: Calm\n",
        "committee:\n- role: Chair\n  name: Ada Quill\n  aff: Moss\n",
        "FAQ:\n- Section: Trees\n  QA:\n  - Question: Why?\n    Answer: So.\n",
    ],
)
def test_settings_state_nothing(text: str) -> None:
    found = read(document(text))
    assert (found.format, found.records, found.problems, found.coverage) == ("miniconf-calendar", (), (), 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "Session\n",
        "a: 1\n",
        "name: build\non: push\n",
        "UID,title,authors,abstract\n1,A,B,C\n",
        '[{"title": "A", "authors": []}]',
        '[{"name": "A", "eventtype": "Poster", "title": "A", "start": "", "end": ""}]',
    ],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert sniff(document(text)).confidence < 0.5


def test_schedules_of_workshops_by_their_numbers() -> None:
    entry = {"title": "Welcome", "speakers": "Ada Quill", "date": "Jul 5", "startTime": "9:00", "endTime": "9:10"}
    found = read(document(json.dumps({"W1": [entry], "W2": [entry | {"title": "Moss Walks"}]})))
    assert found.format == "miniconf-calendar"
    assert [one.title for one in sessions(found)] == ["Welcome", "Moss Walks"]


def test_samples() -> None:
    calendar_page, socials = read(sample("miniconf_calendar.json")), read(sample("miniconf_socials.yml"))
    assert (calendar_page.problems, calendar_page.coverage, socials.problems, socials.coverage) == ((), 1.0, (), 1.0)
    assert [(one.title, one.kind, starts(one)) for one in sessions(calendar_page)][2:4] == [
        ("The Hedge Social", "social", ["2020-04-29T06:30:00Z"]),
        ("Moss Town", "other", ["2020-04-29T22:00:00Z"]),
    ]
    assert [(one.title, one.kind, starts(one)) for one in sessions(socials)] == [
        ("Gardeners in Learning", "other", ["2020-11-17T01:00:00Z", "2020-11-18T16:00:00Z"]),
        ("Keynote: What Hedges Know", "keynote", ["2020-11-16T15:00:00Z"]),
        ("Tutorial on Moss", "tutorial", [None]),
    ]


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("name", "count"), [("main_calendar.json", 56), ("speakers.csv", 2), ("config.yml", 0)])
def test_real_files(name: str, count: int) -> None:
    path = CORPUS / name
    page = Document.of(path.as_uri(), path.read_bytes())
    found = read(page)
    assert recognise(page).NAME == "miniconf-calendar"
    assert (len(sessions(found)), sum(len(one.slots) for one in sessions(found))) == (count, count)
    assert (found.problems, found.coverage, {one.edition for one in sessions(found)}) == (
        (),
        1.0,
        {ICLR} if count else set(),
    )


def test_a_day_with_a_hyphen() -> None:
    text = '{"W6": [{"title": "Moss Q&A", "type": "LIVE", "date": "09-Jul", "startTime": "7:00", "endTime": "7:15"}]}'
    found = read(document(text), "miniconf-calendar")
    (one,) = sessions(found)
    time = one.slots[0].time
    assert isinstance(time, PrintedTime)
    assert (time.day, time.month, time.starts.hour, time.ends.minute if time.ends else None) == (9, 7, 7, 15)
    assert found.problems == ()
