"""What a document leaves out: said by the curator, by its edition, or by the name of its file."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from programme.loaders.documents import Document
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS, Hints
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.facts import document_facts
from programme.loaders.store.ingest import check, ingest
from programme.loaders.text.file_names import name_hints
from tests.pages import Talk, daily_page, session_page

MORNING = datetime(2026, 11, 25, 9, tzinfo=UTC)


def page(time: str, name: str = "page.txt") -> Document:
    talk = Talk("Graph Moons", "Bo Renn", "Moons and graphs.", time)
    return Document.of(f"file:///pages/{name}", session_page("Deep One", [talk], "Ada Quill"))


def facts(document: Document, hints: Hints = NO_HINTS) -> DocumentFacts:
    named = hints._replace(named=name_hints(document.uri))
    return document_facts(read(document, None, named), named)


def known(document: Document, hints: Hints = NO_HINTS) -> tuple[str | None, str | None, list[str]]:
    """Return the edition of the session, the start of its slot and the problems."""
    found = facts(document, hints)
    (session,) = found.sessions
    problems = [problem.problem for problem in found.problems]
    return session.edition.slug if session.edition else None, session.slots[0].starts_at, problems


def test_the_zone_of_the_edition_is_taken_and_said() -> None:
    assert known(page("Tue 19 July 9:00 - 9:20")) == (
        "icml-2022",
        "2022-07-19T13:00:00Z",
        ["prints no time zone; that of ICML 2022, America/New_York, is taken (--time-zone names another)"],
    )


def test_the_curator_names_the_zone() -> None:
    given = Hints(time_zone="Europe/Vienna")
    assert known(page("Tue 19 July 9:00 - 9:20"), given) == ("icml-2022", "2022-07-19T07:00:00Z", [])
    assert known(page("Tue 19 July 9:00 - 9:20 PDT"), given) == ("icml-2022", "2022-07-19T16:00:00Z", [])


def test_a_zone_that_nobody_knows_is_not_that_of_the_edition() -> None:
    problem = "prints no time zone that is known; give --time-zone"
    assert known(page("Tue 19 July 9:00 - 9:20 XYZ")) == ("icml-2022", None, [problem])


def test_a_venue_alone_narrows_the_inference_and_the_edition_is_said() -> None:
    note = "with --venue icml alone, the printed days fit ICML 2022, which is taken"
    assert known(page("Tue 19 July 9:00 - 9:20 PDT"), Hints("icml")) == ("icml-2022", "2022-07-19T16:00:00Z", [note])


@pytest.mark.parametrize(
    ("hints", "problem"),
    [
        (Hints("icml"), "--venue icml says nothing here without --year: no printed day tells the edition; give both"),
        (
            Hints(year=2021),
            "--year 2021 says nothing here without --venue: no printed day tells the edition; give both",
        ),
    ],
)
def test_a_venue_or_year_that_says_nothing_is_refused(hints: Hints, problem: str) -> None:
    (outcome,) = check([page("9:00 - 9:20 PDT")], "virtual-session", hints)
    assert (outcome.status, outcome.problems[0].problem) == ("refused", problem)


def test_a_year_alone_dates_a_listing() -> None:
    (outcome,) = check([Document.of("test:list", daily_page("Aug 11", [("Graph Moons", "")]))], hints=Hints(year=2025))
    assert (outcome.status, outcome.problems) == ("loaded", ())


def test_a_given_edition_that_the_days_contradict_is_said() -> None:
    _, _, problems = known(page("Tue 19 April 9:00 - 9:20 PDT"), Hints("icml", 2022))
    assert problems == ["prints Tue 19 Apr, but ICML 2022 was from 17 Jul 2022 to 23 Jul 2022"]


def test_a_venue_that_nobody_knows_is_said() -> None:
    edition, _, problems = known(page("Tue 19 July 9:00 - 9:20 PDT"), Hints("icmll", 2022))
    assert (edition, problems) == (
        "icmll-2022",
        ["no venue that is known is called 'icmll'; did you mean icml?"],
    )


@pytest.mark.parametrize(
    ("name", "time", "hints", "edition"),
    [
        ("icml2022.html", "9:00 - 9:20 PDT", Hints(), "icml-2022"),
        ("icml2022.html", "Sat 4 March 9:00 - 9:20 PDT", Hints(), None),
        ("icml2022.html", "9:00 - 9:20 PDT", Hints("mlsys", 2024), "mlsys-2024"),
        ("neurips2021.html", "Tue 19 July 9:00 - 9:20 PDT", Hints(), "icml-2022"),
        ("icml2022-workshop.html", "9:00 - 9:20 PDT", Hints(), None),
    ],
)
def test_an_edition_in_the_name_of_a_file_counts_last(name: str, time: str, hints: Hints, edition: str | None) -> None:
    found, _, problems = known(page(time, name), hints)
    is_named = "the edition ICML 2022 is taken from the file's name" in problems
    assert (found, is_named) == (edition, edition == "icml-2022" and "icml" in name)


@pytest.mark.parametrize(
    ("printed", "name", "hints", "listed_on"),
    [
        ("Aug 11", "2025-08-11.txt", Hints(), date(2025, 8, 11)),
        ("Aug 11", "2025-08-12.txt", Hints(), None),
        ("Aug 11, 2024", "2025-08-11.txt", Hints(), date(2024, 8, 11)),
        ("Aug 11", "2025-08-11.txt", Hints(year=2024), date(2024, 8, 11)),
        ("Aug 11", "2025-08-11-2025-08-12.txt", Hints(), None),
    ],
)
def test_a_day_in_the_name_of_a_file_counts_last(printed: str, name: str, hints: Hints, listed_on: date | None) -> None:
    found = facts(Document.of(f"file:///pages/{name}", daily_page(printed, [("Graph Moons", "")])), hints)
    (listing,) = found.listings
    assert listing.record.listed_on == listed_on
    notes = [problem.problem for problem in found.problems]
    is_named = listed_on == date(2025, 8, 11)
    assert notes == (["the day 2025-08-11 is taken from the file's name"] if is_named else [])


@pytest.mark.parametrize("names", [("a.txt", "icml2022.html"), ("icml2022.txt", "a-longer-name.txt")])
def test_the_order_of_copies_with_other_names_does_not_matter(names: tuple[str, str], tmp_path: Path) -> None:
    dumps = []
    for number, order in enumerate((names, names[::-1])):
        connection = open_database(tmp_path / f"{number}.db", create=True)
        documents = [replace(page("9:00 - 9:20 PDT", name), captured_at=MORNING, basis="file") for name in order]
        list(ingest(connection, documents, "virtual-session"))
        dumps.append(list(dump(connection)))
    assert dumps[0] == dumps[1]


def listed(name: str = "page.txt") -> Document:
    found = Document.of(f"file:///pages/{name}", daily_page("Aug 11", [("Graph Moons", "Moons.")]))
    return replace(found, captured_at=MORNING, basis="file")


@pytest.mark.parametrize("batch_threshold", [0, 32])
@pytest.mark.parametrize("names", [("a.txt", "2025-08-11.txt"), ("2025-08-11.txt", "a-longer-name.txt")])
def test_the_day_of_a_listing_follows_the_name_that_a_document_keeps(
    names: tuple[str, str], batch_threshold: int, tmp_path: Path
) -> None:
    dumps = []
    for number, order in enumerate((names, names[::-1])):
        connection = open_database(tmp_path / f"{number}.db", create=True)
        list(ingest(connection, map(listed, order), batch_threshold=batch_threshold, batch_size=1))
        dumps.append([*dump(connection), *connection.query("SELECT uri, scope FROM sources ORDER BY uri, scope")])
        assert len(connection.query("SELECT listing_id FROM listing_entries")) == 1
    assert dumps[0] == dumps[1]


def test_a_day_given_later_has_the_effect_of_a_day_given_at_once(tmp_path: Path) -> None:
    given = Hints(on=date(2025, 8, 11))
    dumps = []
    for number, steps in enumerate(((given,), (NO_HINTS, given))):
        connection = open_database(tmp_path / f"{number}.db", create=True)
        for hints in steps:
            (outcome,) = ingest(connection, [listed()], hints=hints)
        assert outcome.status == "loaded"
        dumps.append([*dump(connection), *connection.query("SELECT uri, scope FROM sources")])
    assert dumps[0] == dumps[1]
