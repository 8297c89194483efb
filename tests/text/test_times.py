from datetime import time

import pytest

from loaders.records import PrintedTime
from loaders.text.times import Instants, instants, local_parts, parse_time

PACIFIC = "America/Los_Angeles"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Tue 20 July 7:00 - 7:20 PDT", PrintedTime(1, 20, 7, None, time(7), time(7, 20), PACIFIC)),
        ("Thu 22 Jul 19:00 - 19:20 PDT", PrintedTime(3, 22, 7, None, time(19), time(19, 20), PACIFIC)),
        ("Tue 20 July 7:00 – 7:20 PDT", PrintedTime(1, 20, 7, None, time(7), time(7, 20), PACIFIC)),
        ("  Tue Jul 20 7:00 - 7:20 EST ", PrintedTime(1, 20, 7, None, time(7), time(7, 20), "America/New_York")),
        ("Sat 23 Jul 2022 8:00 a.m. - 5:00 p.m. PDT", PrintedTime(5, 23, 7, 2022, time(8), time(17), PACIFIC)),
        ("Tuesday, July 20, 2021, 11:00 - 1:00 PM PDT", PrintedTime(1, 20, 7, 2021, time(11), time(13), PACIFIC)),
        ("7:00 a.m. - 7:20 a.m. PDT", PrintedTime(None, None, None, None, time(7), time(7, 20), PACIFIC)),
        ("Mon 18 Jul 07:00 a.m.", PrintedTime(0, 18, 7, None, time(7), None, None)),
        ("Fri 3 Dec 12:05 a.m. CET", PrintedTime(4, 3, 12, None, time(0, 5), None, "Europe/Paris")),
        ("Fri 3 Dec 23:00 - 24:00 XYZ", PrintedTime(4, 3, 12, None, time(23), time(0), None)),
    ],
)
def test_parse_time(line: str, expected: PrintedTime) -> None:
    assert parse_time(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "THU 23 APR",
        "Tuesday we met at 7:00",
        "Mon Ami: A Title",
        "2025 Poster",
        "3D Nets",
        "100 - 200",
        "7:00",
        "Wed 3 Nov 25:00 - 26:00 PDT",
        "Tue 20 July 7:00 - 7:20 PDT in the hall",
        "Sun and Wind " + "are long words " * 9,
    ],
)
def test_other_lines(line: str) -> None:
    assert parse_time(line) is None


def printed(line: str) -> PrintedTime:
    parsed = parse_time(line)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("line", "year", "expected"),
    [
        ("Tue 20 July 7:00 - 7:20 PDT", 2021, Instants("2021-07-20T14:00:00Z", "2021-07-20T14:20:00Z")),
        ("Thu 22 July 19:00 - 19:20 PDT", 2021, Instants("2021-07-23T02:00:00Z", "2021-07-23T02:20:00Z")),
        ("Tue 20 July 23:50 - 0:10 PDT", 2021, Instants("2021-07-21T06:50:00Z", "2021-07-21T07:10:00Z")),
        ("Tue 20 July 2021 7:00 PDT", 1999, Instants("2021-07-20T14:00:00Z", None)),
        ("Sun 14 Mar 1:30 - 3:30 PST", 2021, Instants("2021-03-14T09:30:00Z", "2021-03-14T10:30:00Z")),
        (
            "Tue 20 July 7:20 - 7:00 PDT",
            2021,
            Instants("2021-07-20T14:20:00Z", None, "ends at 07:00, before it starts at 07:20"),
        ),
        (
            "Tue 20 July 7:00 - 7:20 PDT",
            2022,
            Instants(None, None, "prints Tuesday 20 July, but 20 July 2022 is a Wednesday"),
        ),
        ("Thu 31 June 7:00 PDT", 2021, Instants(None, None, "prints 31 June, which 2021 does not have")),
        ("Tue 20 July 7:00 XYZ", 2021, Instants(None, None, "prints no time zone that is known")),
        ("7:00 a.m. PDT", 2021, Instants(None, None, "prints no date")),
        (
            "Tue 20 July 7:00 PDT",
            None,
            Instants(None, None, "prints no year and the edition is unknown; give --venue and --year"),
        ),
    ],
)
def test_instants(line: str, year: int | None, expected: Instants) -> None:
    assert instants(printed(line), year) == expected


def test_local_parts() -> None:
    assert local_parts("2021-07-23T02:00:00Z", PACIFIC) == ("2021-07-22", "19:00")
    assert local_parts("2021-12-31T23:30:00Z", "Asia/Kolkata") == ("2022-01-01", "05:00")
