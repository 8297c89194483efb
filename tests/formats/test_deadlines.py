"""Lists of deadlines: each entry is an edition with its days and city."""

from datetime import date

import pytest

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read
from programme.loaders.records import EditionRecord, StatedEdition
from tests.formats.pages import sample


def listed(text: str) -> Parsed:
    return read(Document.of("file:///conferences.yml", text.encode()), "deadlines")


def days(fields: str) -> tuple[date | None, date | None]:
    (found,) = listed(f"- title: MossConf\n  year: 2031\n{fields}").editions
    return found.starts_on, found.ends_on


def test_sample() -> None:
    parsed = read(sample("deadlines.yml"))
    assert (parsed.format, parsed.records, parsed.problems, parsed.coverage) == ("deadlines", (), (), 1.0)
    assert parsed.editions == (
        EditionRecord(
            edition=StatedEdition("mossconf", 2031),
            venue_name="MossConf",
            line_start=2,
            line_end=15,
            starts_on=date(2031, 7, 1),
            ends_on=date(2031, 7, 4),
            city="Fenwick",
            url="https://mossconf.example/2031",
            path="[0]",
        ),
        EditionRecord(
            edition=StatedEdition("cofr", 2030),
            venue_name="CoFR",
            line_start=17,
            line_end=24,
            starts_on=date(2030, 11, 6),
            ends_on=date(2030, 11, 9),
            city="online",
            path="[1]",
        ),
        EditionRecord(
            edition=StatedEdition("icml", 2032),
            venue_name="ICML",
            line_start=31,
            line_end=38,
            starts_on=date(2032, 12, 30),
            ends_on=date(2033, 1, 3),
            city="Quillhaven",
            url="https://icml.example/2032",
            path="[2].confs[0]",
        ),
        EditionRecord(StatedEdition("icml", 2033), "ICML", 39, 45, path="[2].confs[1]"),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("  date: July 1 - 4, 2031\n", (date(2031, 7, 1), date(2031, 7, 4))),
        ("  date: July 1, 2031\n", (date(2031, 7, 1), date(2031, 7, 1))),
        ("  start: 2031-07-01\n  end: 2031-07-04\n  date: soon\n", (date(2031, 7, 1), date(2031, 7, 4))),
        ("  date: summer 2031\n", (None, None)),
        ("  date: July 1 - 4, 2013\n", (None, None)),
        ("  date: February 31, 2031\n", (None, None)),
    ],
)
def test_days(fields: str, expected: tuple[date | None, date | None]) -> None:
    assert days(fields) == expected


def test_days_that_cannot_be_are_reported_and_those_printed_taken() -> None:
    parsed = listed("- title: Fen\n  year: 2031\n  date: 3-5 May 2031\n  start: 2031-05-03\n  end: 2030-05-05\n")
    assert [(one.starts_on, one.ends_on) for one in parsed.editions] == [(date(2031, 5, 3), date(2031, 5, 5))]
    assert [one.problem for one in parsed.problems] == [
        "[0]: 2031-05-03 to 2030-05-05 cannot be its days; 'date' is taken"
    ]


def test_an_entry_without_a_year_does_not_affect_others() -> None:
    parsed = listed("- title: Workshop on Fens\n- a text\n- title: Fen 2031\n  year: 2031\n")
    assert [(one.edition, one.venue_name) for one in parsed.editions] == [(StatedEdition("fen", 2031), "Fen")]
    assert [one.problem for one in parsed.problems] == [
        "[0]: no title and year; the entry is left out",
        "expected a conference",
    ]
    assert (parsed.line_count, parsed.claimed_line_count) == (3, 1)
