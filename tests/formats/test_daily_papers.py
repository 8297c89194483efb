"""The Daily Papers page: entries that never shift, its date, and lines that fit nowhere."""

from datetime import date

import pytest

from programme.loaders.documents import MalformedDocument
from programme.loaders.formats import read
from programme.loaders.records import Hints, ListingRecord, PaperRecord
from tests.formats.pages import document, listing, sample

HEAD = "new\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nAug 11\n\n"
TREES = "Trees are planted by many but understood by few. " * 6 + "We explain them."
ROOTS = "Roots are what trees stand on, and this work looks at them. " * 5 + "We dig."


def entries(body: str) -> list[tuple[str, bool, int | None]]:
    record, _ = listing(HEAD + body)
    return [(entry.title, entry.abstract is not None, entry.upvotes) for entry in record.entries]


def problem_lines(body: str) -> list[int | None]:
    return [problem.line for problem in listing(HEAD + body)[1].problems]


def test_titles_and_abstracts_alternate() -> None:
    record, parsed = listing(f"{HEAD}Trees\n\n{TREES}\n\nRoots\n\n{ROOTS}\n")
    assert record == ListingRecord(
        title="Daily Papers",
        source="huggingface.co/papers",
        line_start=5,
        line_end=9,
        month=8,
        day=11,
        listed_on=None,
        entries=(PaperRecord("Trees", 11, 13, abstract=TREES), PaperRecord("Roots", 15, 17, abstract=ROOTS)),
    )
    assert (parsed.line_count, parsed.claimed_line_count, parsed.problems) == (9, 9, ())


def test_entry_without_an_abstract_shifts_nothing() -> None:
    assert entries(f"Trees\n\nRoots\n\n{ROOTS}\n\nLeaves\n") == [
        ("Trees", False, None),
        ("Roots", True, None),
        ("Leaves", False, None),
    ]


def test_abstract_without_a_title_is_a_problem_and_shifts_nothing() -> None:
    body = f"Trees\n\n{TREES}\n\n{TREES}\n\nRoots\n\n{ROOTS}\n"
    assert entries(body) == [("Trees", True, None), ("Roots", True, None)]
    assert problem_lines(body) == [15]


def test_short_sentence_below_a_title_is_its_abstract() -> None:
    assert entries(f"Trees\n\nThis paper was withdrawn.\n\nRoots\n\n{ROOTS}\n")[0] == ("Trees", True, None)


def test_upvotes_above_or_below_a_title() -> None:
    assert entries(f"43\n\nTrees\n\n{TREES}\n\n7\n\nRoots\n\n{ROOTS}\n") == [("Trees", True, 43), ("Roots", True, 7)]
    assert entries(f"Trees\n43\n\n{TREES}\n\nRoots\n7\n\n{ROOTS}\n") == [("Trees", True, 43), ("Roots", True, 7)]
    assert listing(f"{HEAD}43\n\nTrees\n\n{TREES}\n")[0].entries[0].line_start == 11


def test_other_numbers_are_problems() -> None:
    body = f"43\n\nTrees\n12\n\n{TREES}\n\n· 4 authors\n\nRoots\n\n{ROOTS}\n\n99\n"
    assert entries(body) == [("Trees", True, 43), ("Roots", True, None)]
    assert problem_lines(body) == [14, 24]


def test_wrapped_lines_are_joined() -> None:
    record, _ = listing(f"{HEAD}Trees\nand Roots\n\n{TREES[:130]}\n{TREES[131:]}\n")
    assert record.entries == (PaperRecord("Trees and Roots", 11, 15, abstract=f"{TREES[:130]} {TREES[131:]}"),)


def test_page_cut_off_inside_a_title_or_abstract() -> None:
    body = f"Trees\n\n{TREES}\n\nRoots and wha"
    assert entries(body) == [("Trees", True, None)]
    assert problem_lines(body) == [15]


def test_second_date_is_a_problem() -> None:
    assert problem_lines(f"Trees\n\n{TREES}\n\nAug 12\n\nRoots\n\n{ROOTS}\n") == [15]


@pytest.mark.parametrize(
    ("printed", "hints", "listed_on"),
    [
        ("Aug 11", Hints(), None),
        ("Aug 11", Hints(year=2025), date(2025, 8, 11)),
        ("Aug 11", Hints(on=date(2025, 8, 11)), date(2025, 8, 11)),
        ("August 11, 2025", Hints(), date(2025, 8, 11)),
        ("Mon, Aug 11, 2025", Hints(year=2025), date(2025, 8, 11)),
    ],
)
def test_day_of_a_listing(printed: str, hints: Hints, listed_on: date | None) -> None:
    record, parsed = listing(f"{HEAD}Trees\n\n{TREES}\n".replace("Aug 11", printed), hints)
    assert (record.month, record.day, record.listed_on, parsed.problems) == (8, 11, listed_on, ())


@pytest.mark.parametrize(
    ("printed", "hints"),
    [
        ("Aug 11", Hints(on=date(2025, 8, 12))),
        ("Aug 11, 2024", Hints(year=2025)),
        ("Aug 11, 2024", Hints(on=date(2025, 8, 11))),
        ("Feb 29", Hints(year=2025)),
    ],
)
def test_a_contradicted_day_is_left_out_and_reported(printed: str, hints: Hints) -> None:
    record, parsed = listing(f"{HEAD}Trees\n\n{TREES}\n".replace("Aug 11", printed), hints)
    assert record.listed_on is None
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(9, printed)]


def test_page_without_a_date() -> None:
    record, parsed = listing(f"Daily Papers\n\nTrees\n\n{TREES}\n", Hints(on=date(2025, 8, 11)))
    assert (record.month, record.day, record.listed_on, parsed.problems) == (None, None, date(2025, 8, 11), ())


def test_line_between_heading_and_date_is_a_problem() -> None:
    page = HEAD.replace("Aug 11", "Sorted by mood\n\nAug 11") + f"Trees\n\n{TREES}\n"
    assert [problem.line for problem in listing(page)[1].problems] == [9]


def test_page_without_heading_or_papers_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="no heading 'Daily Papers'"):
        read(document(f"Aug 11\n\nTrees\n\n{TREES}\n"), "daily-papers")
    with pytest.raises(MalformedDocument, match=r"page.txt, line 5: no paper below the heading"):
        read(document(HEAD), "daily-papers")


@pytest.mark.parametrize(
    ("name", "month", "day", "count"),
    [("daily_papers_representation_learning.txt", 8, 11, 6), ("daily_papers_efficient_models.txt", 3, 3, 5)],
)
def test_samples(name: str, month: int, day: int, count: int) -> None:
    (record,) = read(sample(name)).records
    assert isinstance(record, ListingRecord)
    assert (record.month, record.day, record.listed_on, len(record.entries)) == (month, day, None, count)
    assert all(entry.abstract for entry in record.entries)


@pytest.mark.parametrize("line", ["99999999999999999999999", "1.2k", "Code: https://github.com/mossbank/walks"])
def test_a_line_below_an_abstract_that_cannot_be_a_title_is_a_problem(line: str) -> None:
    abstract = "We walk at dawn and count the steps. " * 10
    page = f"Daily Papers\n\nAug 11\n\nWalks at Dawn\n\n{abstract}\n\n{line}\n\nWalks at Dusk\n\n{abstract}\n"
    record, parsed = listing(page)
    assert [entry.title for entry in record.entries] == ["Walks at Dawn", "Walks at Dusk"]
    assert [problem.text for problem in parsed.problems] == [line]
