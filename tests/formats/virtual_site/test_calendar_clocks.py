from datetime import time

import pytest

from programme.loaders.records import PrintedTime
from tests.formats.virtual_site.test_calendar import TOP, calendar, clocks, only, printed, sessions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3:15 p.m.\n\nOral Session 1 [3:15-4:45]\n\n[3:15] A\n\n[4:03] B\n", ["15:15", "16:03"]),
        ("Oral Session 1 [3:15-4:45]\n\n[3:15] A\n\n[4:03] B\n\n(ends 4:45 PM)\n", ["15:15", "16:03"]),
        ("Oral Session 1 [11:30-1:00]\n\n[11:30] A\n\n[12:45] B\n\n(ends 1:00 PM)\n", ["11:30", "12:45"]),
        ("Oral Session 1 [3:15 PM - 4:45 PM]\n[3:15] A\n[4:03 PM] B\n", ["15:15", "16:03"]),
        ("15:15\n\nOral Session 1 [15:15-16:45]\n\n[15:15] A\n\n[16:03] B\n", ["15:15", "16:03"]),
        ("3:15 p.m. - 4:45 p.m.\n\nOral Session 1\n\n[3:15-3:30] A\n\n[4:03-4:15] B\n", ["15:15", "16:03"]),
        ("3:15 PM\n\nOral Session 1 [3:15-4:45]\n\n[3:15]\nA\n\n[4:03]\nB\n", ["15:15", "16:03"]),
    ],
)
def test_am_and_pm_are_inferred(text: str, expected: list[str]) -> None:
    record = only(TOP + text)
    assert (record.title, clocks(record)) == ("Oral Session 1", expected)


def test_an_entry_after_midnight_is_on_the_next_day() -> None:
    record = only(
        "Timezone: UTC\n\nThursday, April 30, 2026\n\n11:00 p.m.\n\nOral Session 9 [11:00-1:00]\n\n[12:15] A\n"
    )
    assert printed(record.slots[0]) == PrintedTime(4, 1, 5, 2026, time(0, 15), None, "UTC")


def test_a_doubtful_hour_is_a_problem() -> None:
    parsed = calendar(TOP + "Oral Session 1 [3:15-4:45]\n\n[3:15] A\n")
    (record,) = sessions(parsed)
    assert clocks(record) == ["03:15"]
    assert [(problem.line, problem.text, problem.problem) for problem in parsed.problems] == [
        (
            5,
            "3:15-4:45",
            "this time prints neither a.m. nor p.m.; read as 3:15 to 4:45; compare it with the page",
        )
    ]


def test_a_heading_without_am_or_pm_is_read_in_order_and_reported() -> None:
    parsed = calendar(f"{TOP}10:30 a.m.\n\nOral Session 1\n\n[10:30] A\n\n3:15\n\nOral Session 2\n\n[3:15] B\n")
    assert [clocks(record) for record in sessions(parsed)] == [["10:30"], ["15:15"]]
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(11, "3:15")]


def test_an_entry_outside_its_session_is_a_problem() -> None:
    parsed = calendar(f"{TOP}10:30 a.m.\n\nOral Session 1 [10:30-12:00]\n\n[10:00] A\n")
    assert clocks(sessions(parsed)[0]) == ["10:00"]
    assert [(problem.line, problem.problem) for problem in parsed.problems] == [
        (9, "this time is not between 10:30 and 12:00; compare it with the page")
    ]


def test_ends_that_contradict_each_other_are_a_problem() -> None:
    parsed = calendar(f"{TOP}10:30 a.m.\n\nPoster Session 1 [10:30-12:00]\n\n(ends 1:00 PM)\n")
    assert [problem.problem for problem in parsed.problems] == [
        "this time prints two different ends; compare it with the page"
    ]
