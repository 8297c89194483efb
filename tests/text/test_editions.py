from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from loaders.text.editions import editions, find_edition, infer_edition, stated_edition

TUE, THU = 1, 3


def test_the_table_is_consistent() -> None:
    assert max(Counter(edition.slug for edition in editions()).values()) == 1
    for edition in editions():
        assert edition.starts_on is not None
        assert edition.ends_on is not None
        assert edition.starts_on.year == edition.year
        assert 1 <= (edition.ends_on - edition.starts_on).days <= 12
        assert (edition.city == "online") == (edition.time_zone is None)
        assert edition.time_zone is None or ZoneInfo(edition.time_zone)
        assert edition.source


def test_the_core_venues_are_there() -> None:
    slugs = {edition.slug for edition in editions()}
    assert {f"{venue}-{year}" for venue in ("icml", "neurips", "iclr", "mlsys") for year in range(2018, 2027)} <= slugs


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
        ([(5, 17, 7)], "ICML 2021"),
    ],
)
def test_inference(days: list[tuple[int | None, int, int]], name: str) -> None:
    inferred = infer_edition(days)
    assert inferred.problem is None
    assert inferred.edition is not None
    assert inferred.edition.name == name


def test_ties_and_strangers_stay_unknown() -> None:
    tie = infer_edition([(TUE, 8, 12)])
    assert tie.edition is None
    assert tie.problem == "Tue 8 Dec fits NeurIPS 2020 and NeurIPS 2026; give --venue and --year"
    assert infer_edition([]).problem == "no day is printed; give --venue and --year"
    assert infer_edition([(TUE, 20, 7), (0, 31, 2)]).edition is None


def test_the_curator_narrows_or_decides() -> None:
    assert infer_edition([(TUE, 8, 12)], year=2020).edition == find_edition("neurips", 2020)
    assert infer_edition([(None, 20, 7)], venue="ICML", year=2021).edition == find_edition("icml", 2021)
    assert infer_edition([(TUE, 24, 5)], venue="acl").edition == find_edition("acl", 2022)
    assert infer_edition([(TUE, 24, 5)], venue="nowhere").edition is None


def test_an_edition_the_table_lacks_can_be_stated() -> None:
    known, unknown = stated_edition("NIPS", 2011), infer_edition([], venue="tiny", year=2031).edition
    assert (known.slug, known.name, known.starts_on) == ("neurips-2011", "NeurIPS 2011", None)
    assert unknown is not None
    assert (unknown.slug, unknown.name, unknown.venue_url) == ("tiny-2031", "TINY 2031", None)
