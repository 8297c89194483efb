from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from programme.loaders.records import PrintedTime
from programme.loaders.text.instants import WITHOUT_ZONE, Instants, instants, local_parts
from programme.loaders.text.times import MAX_TIME_LINE_LENGTH, PrintedDay, parse_day, parse_time
from programme.loaders.text.zones import find_zone, stated_zone

PACIFIC = "America/Los_Angeles"
READ_AS = "leaves out a.m. or p.m.; read as "


def long(line: str, year: int, starts: str, ends: str) -> tuple[str, int, Instants]:
    return line, year, Instants(f"{starts}:00Z", f"{ends}:00Z")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Tue 20 July 7:00 - 7:20 PDT", PrintedTime(1, 20, 7, None, time(7), time(7, 20), PACIFIC)),
        ("Thu 22 Jul 19:00 - 19:20 PDT", PrintedTime(3, 22, 7, None, time(19), time(19, 20), PACIFIC)),
        ("Tue 20 July 7:00 – 7:20 PDT", PrintedTime(1, 20, 7, None, time(7), time(7, 20), PACIFIC)),
        ("  Tue Jul 20 7:00 - 7:20 EST ", PrintedTime(1, 20, 7, None, time(7), time(7, 20), "America/New_York")),
        ("Sat 23 Jul 2022 8:00 a.m. - 5:00 p.m. PDT", PrintedTime(5, 23, 7, 2022, time(8), time(17), PACIFIC)),
        (
            "Tuesday, July 20, 2021, 11:00 - 1:00 PM PDT",
            PrintedTime(1, 20, 7, 2021, time(11), time(13), PACIFIC, None, READ_AS + "11:00 to 13:00"),
        ),
        ("7:00 a.m. - 7:20 a.m. PDT", PrintedTime(None, None, None, None, time(7), time(7, 20), PACIFIC)),
        ("Mon 18 Jul 07:00 a.m.", PrintedTime(0, 18, 7, None, time(7), None, None)),
        ("Fri 3 Dec 12:05 a.m. CET", PrintedTime(4, 3, 12, None, time(0, 5), None, "Europe/Paris")),
        ("Fri 3 Dec 23:00 - 24:00 XYZ", PrintedTime(4, 3, 12, None, time(23), time(0), None, None, None, True)),
        (
            "Wed, Jul 8, 2026 • 10:30 PM – 12:15 AM PDT",
            PrintedTime(2, 8, 7, 2026, time(22, 30), time(0, 15), PACIFIC),
        ),
        (
            "Thu 18 Jul 4:30 p.m. CST — 6 p.m. CST",
            PrintedTime(3, 18, 7, None, time(16, 30), time(18), "Asia/Shanghai"),
        ),
        ("Thu 14 Dec noon CST — 2 p.m. CST", PrintedTime(3, 14, 12, None, time(12), time(14), "America/Chicago")),
        ("Fri 3 Dec 10 p.m. GMT — midnight GMT", PrintedTime(4, 3, 12, None, time(22), time(0), "UTC")),
        ("Sun 19 Oct 06:00 PM UTC", PrintedTime(6, 19, 10, None, time(18), None, "UTC")),
        ("Tue Jul 20 2021 | 9:00\u202fAM", PrintedTime(1, 20, 7, 2021, time(9), None, None)),
        (
            "Thu 23 Apr 10:30 - 12:00 (America/Sao_Paulo)",
            PrintedTime(3, 23, 4, None, time(10, 30), time(12), "America/Sao_Paulo"),
        ),
        ("Tue 23 Jul 9:00 - 9:30 UTC+2", PrintedTime(1, 23, 7, None, time(9), time(9, 30), "Etc/GMT-2")),
        ("Jul 20, 2021 7:00 AM - 7:20 AM PDT", PrintedTime(None, 20, 7, 2021, time(7), time(7, 20), PACIFIC)),
        ("2021-07-20 07:00 - 07:20 PDT", PrintedTime(None, 20, 7, 2021, time(7), time(7, 20), PACIFIC)),
        ("2021-07-20T07:00:00+02:00", PrintedTime(None, 20, 7, 2021, time(7), None, "Etc/GMT-2")),
        (
            "Tue 20 July 11:30 - 1:00 PDT",
            PrintedTime(1, 20, 7, None, time(11, 30), time(13), PACIFIC, None, READ_AS + "11:30 to 13:00"),
        ),
        (
            "Tue 20 July 10:30 - 12:15 AM PDT",
            PrintedTime(1, 20, 7, None, time(22, 30), time(0, 15), PACIFIC, None, READ_AS + "22:30 to 00:15"),
        ),
        (
            "Tue 20 July 11:00 p.m. - 1:00 PDT",
            PrintedTime(1, 20, 7, None, time(23), time(1), PACIFIC, None, READ_AS + "23:00 to 01:00"),
        ),
        (
            "Fri 10 Dec 11 p.m. PST — Sat 11 Dec 1 a.m. PST",
            PrintedTime(4, 10, 12, None, time(23), time(1), PACIFIC),
        ),
        (
            "Sun 10 Dec 8 a.m. CST — Sat 16 Dec 5 p.m. CST",
            PrintedTime(6, 10, 12, None, time(8), time(17), "America/Chicago", (12, 16)),
        ),
        ("Sat 6:15 a.m. - 6:25 a.m.", PrintedTime(5, None, None, None, time(6, 15), time(6, 25), None)),
        ("Saturday, 9:00 - 9:30 CET", PrintedTime(5, None, None, None, time(9), time(9, 30), "Europe/Paris")),
        ("Wed Dec 08 04:30 PM -- 06:00 PM (PST)", PrintedTime(2, 8, 12, None, time(16, 30), time(18), PACIFIC)),
        ("Tue 20 July 7:00‑7:20 PDT", PrintedTime(1, 20, 7, None, time(7), time(7, 20), PACIFIC)),
        ("Tue 20 July 7:00 UTC - 8:00 UTC", PrintedTime(1, 20, 7, None, time(7), time(8), "UTC")),
        ("Thu 23 Apr 10:30 a.m. -03 — noon -03", PrintedTime(3, 23, 4, None, time(10, 30), time(12), "Etc/GMT+3")),
        ("Thu 24 Apr 10 a.m. +08", PrintedTime(3, 24, 4, None, time(10), None, "Etc/GMT-8")),
        ("Tue, 20 Jul 2021 07:00:00 -0700", PrintedTime(1, 20, 7, 2021, time(7), None, "Etc/GMT+7")),
        ("2021-07-20 07:00:00+00:00", PrintedTime(None, 20, 7, 2021, time(7), None, "UTC")),
        ("Mon 6 Jul 7 p.m. - 8 p.m. +0545", PrintedTime(0, 6, 7, None, time(19), time(20), "Asia/Kathmandu")),
        ("Tue 20 July 12 noon - 1 pm CEST", PrintedTime(1, 20, 7, None, time(12), time(13), "Europe/Paris")),
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
        "Tue 20 July 7:00 PDT - 10:00 EDT",
        "2021-13-20 7:00 PDT",
        "Marginal likelihoods of 3 models",
        "Tue 20 July 24:00 PDT",
        "Sunrise 6:00 a.m.",
        "Sun 3",
        "9:30 -08:00 -07:00",
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
        ("Tue 20 July 13:00 - 1:00 PDT", 2021, Instants("2021-07-20T20:00:00Z", "2021-07-21T08:00:00Z")),
        ("Sun 7 Nov 1:30 - 1:50 PDT", 2021, Instants("2021-11-07T08:30:00Z", "2021-11-07T08:50:00Z")),
        ("Sun 7 Nov 1:30 - 1:50 PST", 2021, Instants("2021-11-07T09:30:00Z", "2021-11-07T09:50:00Z")),
        ("Sun 7 Nov 1:30 a.m. PDT — 1:10 a.m. PST", 2021, Instants("2021-11-07T08:30:00Z", "2021-11-07T09:10:00Z")),
        ("Wed 31 Mar 9:00 - 9:30 BST", 2021, Instants("2021-03-31T08:00:00Z", "2021-03-31T08:30:00Z")),
        ("Mon 5 Dec 9:00 - 9:30 AEDT", 2022, Instants("2022-12-04T22:00:00Z", "2022-12-04T22:30:00Z")),
        ("Mon 6 Jul 9:00 - 9:30 KST", 2026, Instants("2026-07-06T00:00:00Z", "2026-07-06T00:30:00Z")),
        ("Sun 14 Mar 1:30 - 3:30 PST", 2021, Instants("2021-03-14T09:30:00Z", "2021-03-14T10:30:00Z")),
        ("Sun 7 Nov 1:50 - 1:10 US/Pacific", 2021, Instants("2021-11-07T08:50:00Z", "2021-11-07T09:10:00Z")),
        ("Sun 28 October 1:01 BST - 1 a.m. GMT", 2018, Instants("2018-10-28T00:01:00Z", "2018-10-28T01:00:00Z")),
        ("Sat 31 October 7 p.m. CDT - 1 a.m. CST", 2020, Instants("2020-11-01T00:00:00Z", "2020-11-01T07:00:00Z")),
        ("Sun 4 Nov 1:30 a.m. PDT - 1:10 PST", 2018, Instants("2018-11-04T08:30:00Z", "2018-11-04T09:10:00Z")),
        ("Sun 31 Oct 1:50 BST - 1:10 GMT", 2021, Instants("2021-10-31T00:50:00Z", "2021-10-31T01:10:00Z")),
        ("Sun 1 Nov 1:10 MDT - 1:20 MST", 2020, Instants("2020-11-01T07:10:00Z", "2020-11-01T08:20:00Z")),
        ("Mon 9 Mar 9:00 - 9:30 MST", 2026, Instants("2026-03-09T16:00:00Z", "2026-03-09T16:30:00Z")),
        (
            "Sun 14 Mar 2:30 - 3:30 US/Pacific",
            2021,
            Instants(None, None, "prints 02:30, which the clocks of US/Pacific skip that day"),
        ),
        ("Sat 7:00 a.m. PDT", 2021, Instants(None, None, "prints no date")),
        (
            "Sun 10 Dec 8 a.m. CST — Sat 16 Dec 5 p.m. CST",
            2023,
            Instants("2023-12-10T14:00:00Z", "2023-12-16T23:00:00Z"),
        ),
        (
            "Sun 31 Dec 8 a.m. GMT — Tue 2 Jan 5 p.m. GMT",
            2023,
            Instants("2023-12-31T08:00:00Z", "2024-01-02T17:00:00Z"),
        ),
        ("Sun 7 Mar 9:00 PST - Sun 14 Mar 9:00 PDT", 2021, Instants("2021-03-07T17:00:00Z", "2021-03-14T16:00:00Z")),
        (
            "Sun 10 Dec 8 a.m. CST — Sat 9 Dec 5 p.m. CST",
            2023,
            Instants("2023-12-10T14:00:00Z", None, "ends before it starts, or more than a month after"),
        ),
        (
            "Tue 20 July 11:30 - 1:00 PDT",
            2021,
            Instants("2021-07-20T18:30:00Z", "2021-07-20T20:00:00Z", READ_AS + "11:30 to 13:00"),
        ),
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
        ("Tue 20 July 7:00 XYZ", 2021, Instants(None, None, WITHOUT_ZONE, ("2021-07-20", "07:00", None))),
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


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("THU 23 APR", PrintedDay(3, 23, 4, None)),
        ("Thursday, April 23, 2026", PrintedDay(3, 23, 4, 2026)),
        ("Sep 5th:", PrintedDay(None, 5, 9, None)),
        ("2026-04-23", PrintedDay(None, 23, 4, 2026)),
        ("THU 23 APR 10:30", None),
        ("Sun and wind", None),
        ("", None),
    ],
)
def test_parse_day(line: str, expected: PrintedDay | None) -> None:
    assert parse_day(line) == expected


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Timezone: America/New_York", "America/New_York"),
        ("Time zone: Europe/Vienna", "Europe/Vienna"),
        ("All times are in PDT.", "America/Los_Angeles"),
        ("**Timezone:** US/Pacific", None),
        ("Timezone: US/Pacific »", "US/Pacific"),
        ("Timezone: GMT-3", "Etc/GMT+3"),
        ("Timezone: Mars/Olympus", None),
        ("Timezones are hard", None),
    ],
)
def test_zone_lines(line: str, zone: str | None) -> None:
    stated = stated_zone(line)
    assert (find_zone(stated) if stated else None) == zone


DATES = ("%a {} %B", "%a {} %b %Y", "%a %b {}", "%a, %b {}, %Y", "%A, %B {}, %Y", "%B {}, %Y", "%Y-%m-%d", "%A {} %B")
SEPARATORS = (" - ", " – ", " — ", " -- ", "-", "–", " to ", " until ")
AFTER_DATES = (" ", ", ", " • ", " | ", " at ")
ABBREVIATIONS = (
    *("America/Los_Angeles", "America/Denver", "America/Phoenix", "America/Chicago", "America/New_York"),
    *("Europe/London", "Europe/Paris", "Europe/Helsinki", "Asia/Tokyo", "Asia/Seoul", "Asia/Kolkata", "UTC"),
    *("Australia/Sydney", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Singapore", "Asia/Kathmandu", "Asia/Dubai"),
)
ZONE_NAMES = (*ABBREVIATIONS, "US/Pacific", "Europe/Vienna", "Asia/Shanghai", "Africa/Kigali", "Australia/Adelaide")
BEGIN, END = datetime(2018, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)


@cache
def changes(zone: str) -> list[datetime]:
    """Return the first moments of the days on which the clocks of a zone change."""
    days = [BEGIN + timedelta(days=number) for number in range((END - BEGIN).days)]
    offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days]
    return [day for day, offset, following in zip(days, offsets, offsets[1:], strict=False) if offset != following]


@st.composite
def slots(draw: st.DrawFn) -> tuple[datetime, datetime]:
    """Draw start and end of a slot in a zone, often on days when the clocks change, or around midnight."""
    zone = draw(st.sampled_from(ZONE_NAMES))
    days = changes(zone) if draw(st.booleans()) else []
    first = draw(st.sampled_from(days) if days else st.datetimes(BEGIN.replace(tzinfo=None), END.replace(tzinfo=None)))
    start = first.replace(tzinfo=UTC, second=0, microsecond=0)
    start += timedelta(minutes=draw(st.integers(0, 24 * 60 - 1)))
    if draw(st.booleans()):
        start = start.replace(minute=0)
    end = start + timedelta(minutes=draw(st.sampled_from([0, 5, 20, 60, 90]) | st.integers(0, 12 * 60 - 1)))
    return start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))


HALVES = {"site": (" a.m.", " p.m."), "AM": (" AM", " PM"), "am": ("am", "pm")}


def clock(moment: datetime, style: str, *, has_half: bool) -> str:
    """Return a clock time: `07` and `7` of a 24-hour clock; `site` as on the virtual sites; else of a 12-hour clock."""
    if style not in HALVES:
        return f"{moment:%H:%M}" if style == "07" else f"{moment.hour}:{moment:%M}"
    is_whole = style == "site" and moment.minute == 0
    if is_whole and moment.hour % 12 == 0:
        return "noon" if moment.hour else "midnight"
    shown = str(moment.hour % 12 or 12) + ("" if is_whole else f":{moment:%M}")
    return shown + (HALVES[style][moment.hour >= 12] if has_half or is_whole else "")


def is_repeated(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


@given(
    slot=slots(),
    date_style=st.sampled_from(DATES),
    between=st.sampled_from(AFTER_DATES),
    style=st.sampled_from(["07", "7", "site", "AM", "am"]),
    halves=st.sampled_from([(True, True), (True, True), (False, True), (True, False)]),
    separator=st.sampled_from(SEPARATORS),
    zones=st.sampled_from(["both", "last", "brackets", "dates"]),
    is_abbreviated=st.booleans(),
    has_end=st.booleans(),
)
@example(
    slot=(
        datetime(2018, 10, 28, 1, 1, tzinfo=ZoneInfo("Europe/London")),
        datetime(2018, 10, 28, 1, 0, tzinfo=ZoneInfo("Europe/London"), fold=1),
    ),
    date_style="%a {} %B",
    between=" ",
    style="site",
    halves=(False, True),
    separator=" - ",
    zones="both",
    is_abbreviated=True,
    has_end=True,
)
@example(
    slot=(
        datetime(2020, 10, 31, 19, 0, tzinfo=ZoneInfo("America/Chicago")),
        datetime(2020, 11, 1, 1, 0, tzinfo=ZoneInfo("America/Chicago"), fold=1),
    ),
    date_style="%a {} %B",
    between=" ",
    style="07",
    halves=(True, True),
    separator=" - ",
    zones="both",
    is_abbreviated=True,
    has_end=True,
)
@settings(max_examples=300)
def test_a_slot_printed_in_any_spelling_reads_back_as_the_same_instants(
    slot: tuple[datetime, datetime],
    date_style: str,
    between: str,
    style: str,
    halves: tuple[bool, bool],
    separator: str,
    zones: str,
    is_abbreviated: bool,
    has_end: bool,
) -> None:
    start, end = slot
    name = str(start.tzinfo)
    is_abbreviated = is_abbreviated and name in ABBREVIATIONS
    is_unambiguous = is_abbreviated and zones in ("both", "dates") and str(start.tzname()).isalpha()
    assume(is_unambiguous or start.utcoffset() == end.utcoffset())
    assume(is_abbreviated or not (is_repeated(start) or is_repeated(end)))
    assume(separator.strip() != separator or zones in ("last", "brackets"))
    assume(all(halves) or end.astimezone(UTC) - start.astimezone(UTC) <= timedelta(hours=10))
    sides = [
        (f"{moment.strftime(date_style).format(moment.day)}{between}", clock(moment, style, has_half=has_half), moment)
        for moment, has_half in zip(slot, halves if has_end else (True, True), strict=True)
    ]
    printed_zones = [side[2].tzname() if is_abbreviated else name for side in sides]
    (date_text, first, _), (last_date, last, _) = sides
    if not has_end:
        line = f"{date_text}{first} {printed_zones[0]}"
    elif zones == "dates":
        line = f"{date_text}{first} {printed_zones[0]}{separator}{last_date}{last} {printed_zones[1]}"
    elif zones == "both":
        line = f"{date_text}{first} {printed_zones[0]}{separator}{last} {printed_zones[1]}"
    else:
        zone = f"({printed_zones[1]})" if zones == "brackets" else printed_zones[1]
        line = f"{date_text}{first}{separator}{last} {zone}"
    assume(len(line) <= MAX_TIME_LINE_LENGTH)
    expected = [f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for moment in slot]
    read = instants(printed(line), start.year)
    assert (read.starts_at, read.ends_at) == (expected[0], expected[1] if has_end else None), line
    assert read.problem is None or not all(halves), line
