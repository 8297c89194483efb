"""The table of sources: every entry is whole, names a format, and gives addresses for what it has."""

from datetime import date

import pytest

from programme.loaders.formats import formats
from programme.loaders.sources.catalogue import (
    Source,
    SourceError,
    find_source,
    requests_for_days,
    requests_for_edition,
    sources,
)
from programme.loaders.text.editions import editions
from programme.loaders.text.venues import known_venues


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_every_source_is_whole(source: Source) -> None:
    assert source.format in {found.NAME for found in formats()}
    assert all((source.title, source.gives, source.terms, source.coverage()))
    assert source.home.startswith("https://")
    assert all(url.startswith("https://") for url in source.urls)
    assert bool(source.first_day) != bool(source.venues or source.editions)
    venues = {*source.venues, *(name.rpartition("-")[0] for name in source.editions)}
    assert venues <= known_venues() | {one.venue for one in editions()}
    for venue, values in source.venues.items():
        assert requests_for_edition(f"{venue}-{values['first']}", source.name)


def test_an_edition_is_asked_of_every_source_that_has_it() -> None:
    found = requests_for_edition("ICML 2024")
    assert [(request.source.name, request.url) for request in found] == [
        ("virtual-site", "https://icml.cc/static/virtual/data/icml-2024-orals-posters.json"),
        ("virtual-site", "https://icml.cc/static/virtual/data/icml-2024-abstracts.json"),
        (
            "openreview",
            "https://api2.openreview.net/notes?content.venueid=ICML.cc/2024/Conference&limit=1000&offset={offset}",
        ),
        ("pmlr", "https://proceedings.mlr.press/v235/assets/bib/bibliography.bib"),
        ("papercopilot", "https://raw.githubusercontent.com/papercopilot/paperlists/main/icml/icml2024.json"),
        ("dblp", "https://dblp.org/db/conf/icml/icml2024.xml"),
    ]
    assert [request.is_optional for request in found] == [False, True, False, False, False, False]
    (only,) = requests_for_edition("nips2024", "papercopilot")
    assert (only.url[-18:], only.file) == (
        "/nips/nips2024.json",
        "papercopilot/neurips-2024/nips2024.json",
    ) or only.file


def test_days() -> None:
    found = requests_for_days("daily-papers", date(2025, 2, 28), date(2025, 3, 1))
    assert [request.url[-10:] for request in found] == ["2025-02-28", "2025-03-01"]
    assert (found[0].file, found[0].settled) == ("daily-papers/2025-02-28.json", date(2025, 3, 7))
    (found_there,) = requests_for_days("arxiv", date(2025, 2, 28), date(2025, 2, 28))
    assert "submittedDate:%5B202502280000+TO+202502282359%5D" in found_there.url
    assert found_there.file == "arxiv/2025-02-28.xml"


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (lambda: find_source("daily-paper"), "no source is called 'daily-paper'; did you mean daily-papers?"),
        (lambda: requests_for_edition("icml-1999"), "no source has icml-1999; `loader sources` lists what each has"),
        (
            lambda: requests_for_edition("icml-2024", "acl-anthology"),
            "the source acl-anthology does not have icml-2024",
        ),
        (lambda: requests_for_edition("daily-papers"), "daily-papers is a source of days; give them too"),
        (lambda: requests_for_days("pmlr", date(2025, 1, 1), date(2025, 1, 2)), "has editions and no days"),
        (lambda: requests_for_days("daily-papers", date(2025, 1, 2), date(2025, 1, 1)), "ends before it begins"),
        (lambda: requests_for_days("daily-papers", date(2001, 1, 1), date(2001, 1, 2)), "no day to ask for"),
    ],
)
def test_what_no_source_has(ask: object, problem: str) -> None:
    with pytest.raises(SourceError, match=problem.replace("?", r"\?")):
        ask()  # type: ignore[operator]
