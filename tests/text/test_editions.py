from collections import defaultdict
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from programme.loaders.text import editions as module
from programme.loaders.text.editions import EditionFact, editions, find_edition, infer_edition, stated_edition
from programme.loaders.text.venues import find_venue

TUE, THU, SAT, SUN = 1, 3, 5, 6

YEARS = range(2018, 2027)
EVERY_YEAR = (
    *("icml", "neurips", "iclr", "aistats", "mlsys", "uai", "colt", "corl"),
    *("cvpr", "wacv", "acl", "emnlp", "aaai", "ijcai", "kdd", "icra", "iros"),
)
SOME_YEARS = {
    "iccv": (2019, 2021, 2023, 2025),
    "eccv": (2018, 2020, 2022, 2024, 2026),
    "naacl": (2018, 2019, 2021, 2022, 2024, 2025),
    "colm": (2024, 2025, 2026),
    "eacl": (2021, 2023, 2024),
    # Only those whose sites are read as files.
    "acml": (2021,),
    "midl": (2024,),
    "pldi": (2021,),
}
LEFT_OUT = {
    "icra-2020": "shown on demand for months, not held on days",
    "iros-2020": "shown on demand for months, not held on days",
    "ijcai-2020": "put off to January 2021; no list states the days it was held then",
    "wacv-2022": "proceedings state two days more than the conference; no list has it",
    "wacv-2024": "lists and proceedings disagree on its last day",
    "corl-2026": "lists disagree on its days",
}


def days_of(edition: EditionFact) -> list[date]:
    assert edition.starts_on is not None
    assert edition.ends_on is not None
    return [
        edition.starts_on + timedelta(days=number) for number in range((edition.ends_on - edition.starts_on).days + 1)
    ]


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.slug)
def test_a_row_of_the_table_is_consistent(edition: EditionFact) -> None:
    days = days_of(edition)
    assert {day.year for day in days} == {edition.year}
    assert 2 <= len(days) <= 12
    assert (edition.city == "online") == (edition.time_zone is None)
    assert edition.time_zone is None or ZoneInfo(edition.time_zone)
    assert find_venue(edition.venue_name) == edition.venue
    assert edition.venue_url is not None
    assert edition.venue_url.startswith("https://")
    assert edition.source


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.slug)
def test_an_edition_meets_mostly_on_working_days(edition: EditionFact) -> None:
    working = sum(day.weekday() < SAT for day in days_of(edition))
    assert working >= (1 if edition.slug == "aistats-2025" else 2)


def test_the_columns_of_the_table_are_the_fields_of_an_edition() -> None:
    header = Path(module.__file__).with_name("editions.csv").read_text(encoding="utf-8").splitlines()[0]
    assert tuple(header.split(",")) == EditionFact._fields


def test_the_table_is_sorted_without_duplicates() -> None:
    venues = [venue for venue, _ in groupby(edition.venue for edition in editions())]
    assert len(venues) == len(set(venues))
    for venue, group in groupby(editions(), key=lambda edition: edition.venue):
        rows = list(group)
        years = [edition.year for edition in rows]
        assert years == sorted(set(years)), venue
        assert all(days_of(one)[-1] < days_of(following)[0] for one, following in pairwise(rows)), venue
        assert len({(edition.venue_name, edition.venue_url) for edition in rows}) == 1, venue


def test_a_city_has_one_zone() -> None:
    zones = defaultdict(set)
    for edition in editions():
        zones[edition.city].add(edition.time_zone)
    assert [city for city, found in zones.items() if len(found) > 1] == []


def test_the_table_has_the_editions_of_the_field_except_uncertain_ones() -> None:
    held = {f"{venue}-{year}" for venue in EVERY_YEAR for year in YEARS}
    held |= {f"{venue}-{year}" for venue, years in SOME_YEARS.items() for year in years}
    assert {edition.slug for edition in editions()} == held - LEFT_OUT.keys()


def test_no_day_of_the_virtual_site_belongs_to_two_venues() -> None:
    venues = defaultdict(set)
    for edition in editions():
        if edition.on_virtual_site:
            for day in days_of(edition):
                venues[day.weekday(), day.day, day.month].add(edition.venue)
    assert [day for day, found in venues.items() if len(found) > 1] == []


@pytest.mark.parametrize(
    ("slug", "starts", "ends", "city", "zone", "on_site"),
    [
        ("aistats-2022", "2022-03-28", "2022-03-30", "online", None, True),
        ("cvpr-2023", "2023-06-18", "2023-06-22", "Vancouver", "America/Vancouver", True),
        ("cvpr-2025", "2025-06-11", "2025-06-15", "Nashville", "America/Chicago", True),
        ("neurips-2025", "2025-11-30", "2025-12-07", "San Diego", "America/Los_Angeles", True),
        ("wacv-2026", "2026-03-06", "2026-03-10", "Tucson", "America/Phoenix", True),
        ("eccv-2026", "2026-09-08", "2026-09-13", "Malmö", "Europe/Stockholm", True),
        ("wacv-2025", "2025-02-28", "2025-03-04", "Tucson", "America/Phoenix", False),
        ("colt-2019", "2019-06-25", "2019-06-28", "Phoenix", "America/Phoenix", False),
        ("ijcai-2023", "2023-08-19", "2023-08-25", "Macao", "Asia/Macau", False),
        ("kdd-2024", "2024-08-25", "2024-08-29", "Barcelona", "Europe/Madrid", False),
        ("icra-2021", "2021-05-30", "2021-06-05", "Xi'an", "Asia/Shanghai", False),
        ("iros-2024", "2024-10-14", "2024-10-18", "Abu Dhabi", "Asia/Dubai", False),
        ("emnlp-2026", "2026-10-24", "2026-10-29", "Budapest", "Europe/Budapest", False),
    ],
)
def test_pinned_editions(slug: str, starts: str, ends: str, city: str, zone: str | None, on_site: bool) -> None:
    venue, year = slug.split("-")
    edition = find_edition(venue, int(year))
    assert edition is not None
    assert (str(edition.starts_on), str(edition.ends_on), edition.city) == (starts, ends, city)
    assert (edition.time_zone, edition.on_virtual_site) == (zone, on_site)


def test_find_edition() -> None:
    edition = find_edition("icml", 2022)
    assert edition is not None
    assert (edition.name, edition.slug, edition.starts_on, edition.ends_on, edition.city, edition.time_zone) == (
        "ICML 2022",
        "icml-2022",
        date(2022, 7, 17),
        date(2022, 7, 23),
        "Baltimore",
        "America/New_York",
    )
    assert find_edition("icml", 1999) is None


@pytest.mark.parametrize(
    ("days", "name"),
    [
        ([(TUE, 20, 7)], "ICML 2021"),
        ([(THU, 22, 7)], "ICML 2021"),
        ([(THU, 21, 7)], "ICML 2022"),
        ([(TUE, 20, 7), (THU, 22, 7), (THU, 21, 7)], "ICML 2021"),
        ([(SAT, 17, 7)], "ICML 2021"),
        ([(SUN, 30, 11)], "NeurIPS 2025"),
        ([(TUE, 28, 4)], "ICLR 2020"),
        ([(SUN, 15, 12)], "NeurIPS 2024"),
        ([(SUN, 12, 7)], "ICML 2020"),
        ([(SUN, 8, 3)], "WACV 2026"),
    ],
)
def test_inference(days: list[tuple[int | None, int, int]], name: str) -> None:
    inferred = infer_edition(days)
    assert inferred.problem is None
    assert inferred.edition is not None
    assert inferred.edition.name == name


def test_ties_and_unknown_days_give_no_edition() -> None:
    tie = infer_edition([(TUE, 8, 12)])
    assert tie.edition is None
    assert tie.problem == "Tue 8 Dec fits NeurIPS 2020 and NeurIPS 2026; give --venue and --year"
    between = infer_edition([(SUN, 5, 5)])
    assert between.problem == "Sun 5 May fits ICLR 2019 and AISTATS 2024; give --venue and --year"
    assert infer_edition([]).problem == "no day is printed; give --venue and --year"
    assert infer_edition([(TUE, 20, 7), (0, 31, 2)]).edition is None


def test_venue_narrows_the_choice_and_venue_with_year_decides() -> None:
    assert infer_edition([(TUE, 8, 12)], year=2020).edition == find_edition("neurips", 2020)
    assert infer_edition([(None, 20, 7)], venue="ICML", year=2021).edition == find_edition("icml", 2021)
    assert infer_edition([(TUE, 24, 5)], venue="acl").edition == find_edition("acl", 2022)
    assert infer_edition([(TUE, 24, 5)], venue="nowhere").edition is None


def test_an_edition_outside_the_table_can_be_stated() -> None:
    known, unknown = stated_edition("NIPS", 2011), infer_edition([], venue="tiny", year=2031).edition
    assert (known.slug, known.name, known.starts_on) == ("neurips-2011", "NeurIPS 2011", None)
    assert unknown is not None
    assert (unknown.slug, unknown.name, unknown.venue_url) == ("tiny-2031", "TINY 2031", None)
