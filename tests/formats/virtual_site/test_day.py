from datetime import time
from pathlib import Path

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.formats.virtual_site.day import sniff
from programme.loaders.records import PaperRecord, PrintedTime, Record, SessionRecord, StatedEdition
from tests.formats.pages import document, sample

CHICAGO = "America/Chicago"
NAME = "virtual-day"


def sessions(parsed: Parsed) -> list[SessionRecord]:
    return [record for record in parsed.records if isinstance(record, SessionRecord)]


def day(text: str) -> Parsed:
    return read(document(text), NAME)


def only(text: str) -> SessionRecord:
    parsed = day(text)
    (record,) = sessions(parsed)
    assert (parsed.problems, parsed.coverage) == ((), 1.0)
    return record


def test_sample() -> None:
    parsed = read(sample("neurips2023_day_12_14.txt"))
    found = sessions(parsed)
    assert (parsed.format, parsed.coverage, parsed.problems) == (NAME, 1.0, ())
    assert [(record.title, record.kind, record.slots[0].raw_kind, record.room) for record in found] == [
        ("Badges and Bags", "other", "Registration Desk", None),
        ("Breakfast", "break", None, None),
        ("What Slime Moulds Compute", "keynote", "Invited Talk", "Hall F"),
        ("Offline Policies That Know When to Stop", "oral", "Oral", "Room R06-R09 (level 2)"),
        (
            "Gardeners in Machine Learning, an Afternoon of Posters and Soil",
            "workshop",
            "Affinity Workshop",
            "Room 220 - 222",
        ),
        ("Small Models Workshop", "workshop", None, None),
        ("Curiosity Kills the Gradient", "poster", "Poster", None),
        ("Late Chess", "social", "Social", None),
    ]
    assert all(len(record.slots) == 1 and record.slots[0].title == record.title for record in found)
    assert [record.moderator_names for record in found] == [
        (),
        (),
        ("Marguerite Okonjo",),
        (),
        ("Fenella Ostrander", "Tariq Belmahi", "Yuki Sandoval"),
        ("Ludmila Harrow-Obi", "Casper Nyqvist"),
        (),
        (),
    ]
    assert found[5].abstract == "One day of models that fit on a watch.\n\nTalks come first, posters after."
    assert [record.slots[0].time for record in found] == [
        PrintedTime(3, 14, 12, None, time(7, 30), None, CHICAGO),
        PrintedTime(3, 14, 12, None, time(8), None, CHICAGO),
        PrintedTime(3, 14, 12, None, time(8, 30), None, CHICAGO),
        PrintedTime(3, 14, 12, None, time(10), None, CHICAGO),
        PrintedTime(3, 14, 12, None, time(13), None, CHICAGO),
        PrintedTime(3, 14, 12, None, time(13, 30), time(17, 30), CHICAGO),
        PrintedTime(3, 14, 12, None, time(17), time(19), CHICAGO),
        PrintedTime(3, 14, 12, None, time(22), time(0, 30), CHICAGO),
    ]


def test_people_and_abstract_of_an_oral_are_those_of_its_paper() -> None:
    record = sessions(read(sample("neurips2023_day_12_14.txt")))[3]
    assert (record.moderators, record.abstract) == (None, None)
    assert record.slots[0].paper == PaperRecord(
        "Offline Policies That Know When to Stop",
        23,
        31,
        "Brigid Ahluwalia · Samuele Contarin · Ren Yoshimoto-Blake",
        ("Brigid Ahluwalia", "Samuele Contarin", "Ren Yoshimoto-Blake"),
        "Offline reinforcement learning fails silently when the policy leaves the data.\n\n"
        "Our code is at https://github.com/quietpolicies/stopper.",
        raw_kind="Oral",
    )


def test_a_wrapped_heading_keeps_its_lines() -> None:
    record = sessions(read(sample("neurips2023_day_12_14.txt")))[4]
    slot = record.slots[0]
    assert (slot.line_start, slot.line_end, slot.time_line) == (34, 35, 35)
    assert (record.line_start, record.line_end) == (34, 40)
    assert slot.raw_time == "Thu 14 Dec 01:00 p.m."


@pytest.mark.parametrize(
    ("name", "events"),
    [
        (
            "icml2022_day_7_18.txt",
            [
                ("Registration Check-in Desk", "other", time(7), None, 0, True),
                ("LatinX in AI (LXAI) LXAI Research Workshop", "workshop", time(8), None, 0, True),
                ("Women in Machine Learning (WiML) Un-Workshop", "workshop", time(8, 30), None, 0, True),
            ],
        ),
        (
            "neurips2022_day_12_3.txt",
            [
                ("Registration Desk", "other", time(7, 15), CHICAGO, 0, False),
                ("Temporal Graph Learning Workshop", "workshop", time(7, 30), CHICAGO, 9, True),
                (
                    "Reinforcement Learning for Real Life (RL4RealLife) Workshop",
                    "workshop",
                    time(7, 30),
                    CHICAGO,
                    8,
                    True,
                ),
                ("Gaze meets ML", "workshop", time(7, 30), CHICAGO, 7, False),
            ],
        ),
    ],
)
def test_real_pages(shared: Path, name: str, events: list[tuple[str, str, time, str | None, int, bool]]) -> None:
    path = shared / "corpus" / "virtual_site_text" / name
    parsed = read(Document.of(path.as_uri(), path.read_bytes()))
    assert (parsed.format, parsed.coverage, parsed.problems) == (NAME, 1.0, ())
    found: list[tuple[str, str, time, str | None, int, bool]] = []
    for record in sessions(parsed):
        printed = record.slots[0].time
        assert isinstance(printed, PrintedTime)
        people = len(record.moderator_names)
        found.append((record.title, record.kind, printed.starts, printed.zone, people, record.abstract is not None))
    assert found == events


@pytest.mark.parametrize(
    "heading",
    [
        "Workshop: Trees in AI Sat 23 Jul 08:30 a.m.",
        "### Workshop: Trees in AI Sat 23 Jul 08:30 a.m.",
        "**Workshop: [Trees in AI](/virtual/2022/workshop/13456) Sat 23 Jul 08:30 a.m.**",
        "Workshop: Trees\nin AI Sat 23 Jul 08:30 a.m.",
        "Workshop: Trees in AI\nSat 23 Jul 08:30 a.m.",
        "Workshop\nTrees in AI\nSat 23 Jul 08:30 a.m.",
        "Workshop:\n\nTrees in AI Sat 23 Jul 08:30 a.m.",
    ],
)
def test_spellings_of_a_heading(heading: str) -> None:
    record = only(f"Timezone: America/New_York\n\n{heading}\n\nAda Quill · Bo Marsh\n\n[ Hall F ]\n")
    slot = record.slots[0]
    assert (record.title, record.kind, slot.raw_kind, record.room) == ("Trees in AI", "workshop", "Workshop", "Hall F")
    assert record.moderator_names == ("Ada Quill", "Bo Marsh")
    assert slot.time == PrintedTime(5, 23, 7, None, time(8, 30), None, "America/New_York")


def test_a_saved_web_page() -> None:
    record = only(
        "<!DOCTYPE html><html><body><div>Timezone: America/New_York</div>"
        "<h4>Workshop: <a href='/virtual/2022/workshop/13456'>Trees in AI</a> <span>Sat 23 Jul 08:30 a.m.</span></h4>"
        "<div>Ada Quill · Bo Marsh</div><div>[ Hall F ]</div><p>We plant.</p></body></html>"
    )
    assert (record.title, record.room, record.abstract) == ("Trees in AI", "Hall F", "We plant.")
    assert record.moderator_names == ("Ada Quill", "Bo Marsh")


def test_a_zone_on_the_line_wins_over_that_of_the_page() -> None:
    record = only("Timezone: America/New_York\n\nBreak: Tea Sat 23 Jul 08:30 a.m. CEST\n")
    assert record.slots[0].time == PrintedTime(5, 23, 7, None, time(8, 30), None, "Europe/Paris")


def test_an_unknown_zone_is_a_problem() -> None:
    parsed = day("Timezone: Mars/Olympus\n\nBreak: Tea Sat 23 Jul 08:30 a.m.\n")
    printed = sessions(parsed)[0].slots[0].time
    assert isinstance(printed, PrintedTime)
    assert printed.zone is None
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(1, "Timezone: Mars/Olympus")]


def test_a_day_in_the_middle_of_a_text_is_no_heading() -> None:
    record = only("Workshop: Trees in AI Sat 23 Jul 08:30 a.m.\n\nWe plant.\nThe dinner is on Sat 23 Jul 8 p.m.\n")
    assert record.abstract == "We plant. The dinner is on Sat 23 Jul 8 p.m."


def test_a_title_that_reads_like_the_site_stays() -> None:
    record = only(
        "Skip to main content\n\nTimezone: UTC\n\nWorkshop: Trees Sat 23 Jul 08:30 a.m.\n\n"
        "ICML 2022 Workshop on trees\n\nSource: a forest\n"
    )
    assert record.abstract == "ICML 2022 Workshop on trees\n\nSource: a forest"


def test_the_same_event_twice_is_yielded_once() -> None:
    event = "Break: Tea Sat 23 Jul 08:30 a.m.\n\nBring a cup.\n\n"
    parsed = day(event + event + "Break: Tea Sat 23 Jul 03:30 p.m.\n")
    assert [record.slots[0].raw_time for record in sessions(parsed)] == [
        "Sat 23 Jul 08:30 a.m.",
        "Sat 23 Jul 03:30 p.m.",
    ]
    assert parsed.coverage == 1.0


def test_lines_above_the_first_event_are_problems() -> None:
    parsed = day("Good morning.\n\nBreak: Tea Sat 23 Jul 08:30 a.m.\n")
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(1, "Good morning.")]


def test_the_venue_and_the_year_a_page_states() -> None:
    record = only("URL Source: https://icml.cc/virtual/2022/day/7/23\n\nBreak: Tea Sat 23 Jul 08:30 a.m.\n")
    assert record.edition == StatedEdition("icml", 2022)


def test_a_page_without_events_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="no event that ends with day and time"):
        day("Timezone: America/New_York\n\nNothing today.\n")


@pytest.mark.parametrize(
    ("text", "is_recognised"),
    [
        ("Workshop: Trees Sat 23 Jul 08:30 a.m.\n", True),
        ("Trees Sat 23 Jul 08:30 a.m.\nRoots Sat 23 Jul 08:30 a.m.\n", True),
        ("Timezone: UTC\nTrees Sat 23 Jul 08:30 a.m.\n", True),
        ("Trees Sat 23 Jul 08:30 a.m.\n", False),
        ("Poster  Wed, Dec 3, 2025 • 4:30 PM – 7:30 PM PST\nTrees\nAda Quill · Bo Marsh\n", False),
        ("Session\n\nTrees\n\nAbstract:\n\nSat 23 Jul 7:00 - 7:20 PDT\n\nOral\nTrees\n", False),
        ("Daily Papers\n\nAug 11\n\nTrees for All\n\nWe met on Sat 23 Jul 08:30 a.m.\n", False),
    ],
)
def test_sniff(text: str, is_recognised: bool) -> None:
    assert (sniff(document(text)).confidence >= 0.5) is is_recognised


def test_records_are_placed() -> None:
    records: tuple[Record, ...] = read(sample("neurips2023_day_12_14.txt")).records
    assert recognise(sample("neurips2023_day_12_14.txt")).NAME == NAME
    assert all(record.path is None for record in records if isinstance(record, SessionRecord))
