"""Rows of CSV documents: their lines, and the effect of damage."""

import pytest

from programme.loaders.documents import MalformedDocument
from programme.loaders.readers import Located, csv_header, read_rows
from programme.loaders.records import Boilerplate, Problem
from tests.formats.pages import document


def rows(text: str) -> list[tuple[int, int, list[str]]]:
    return [
        (row.line_start, row.line_end, list(row.value.values()))
        for row in read_rows(document(text))
        if isinstance(row, Located)
    ]


def problems(text: str) -> list[tuple[int | None, str]]:
    return [(row.line, row.problem) for row in read_rows(document(text)) if isinstance(row, Problem)]


def test_rows_have_their_lines() -> None:
    text = 'UID, Paper Title ,note\n1,Oak,"We\n\ncount"\n\n2,"Ash, tall", "it said ""x"""\n'
    assert list(read_rows(document(text))) == [
        Boilerplate(1, 1),
        Located({"uid": "1", "paper_title": "Oak", "note": "We\n\ncount"}, "[0]", 2, 4),
        Located({"uid": "2", "paper_title": "Ash, tall", "note": 'it said "x"'}, "[1]", 6, 6),
    ]


def test_line_endings_do_not_matter() -> None:
    text = 'a,b\n1,"x\ny"\n2,z\n'
    assert rows(text.replace("\n", "\r\n")) == rows(text) == [(2, 3, ["1", "x\ny"]), (4, 4, ["2", "z"])]


@pytest.mark.parametrize(
    ("row", "problem_start"),
    [
        ("1", "[1]: 1 cells where the header has 3"),
        ("1,2,3,4", "[1]: 4 cells where the header has 3"),
        ('1,"two,3', "[1]: a quoted cell is not closed"),
        ('1,"two,3 "x,4', "[1]: a quoted cell is not closed"),
    ],
)
def test_a_damaged_row_does_not_affect_others(row: str, problem_start: str) -> None:
    text = f"a,b,c\n1,x,y\n{row}\n2,x,y\n3,x,y\n"
    assert rows(text) == [(2, 2, ["1", "x", "y"]), (4, 4, ["2", "x", "y"]), (5, 5, ["3", "x", "y"])]
    ((line, problem),) = problems(text)
    assert (line, problem.startswith(problem_start)) == (3, True)


def test_a_lost_quote_does_not_swallow_the_next_quoted_row() -> None:
    text = 'a,b,c\n1,"x, y,z\n2,"x, y",z\n3,"x, y",z\n'
    assert rows(text) == [(3, 3, ["2", "x, y", "z"]), (4, 4, ["3", "x, y", "z"])]


def test_quotes_that_should_be_doubled() -> None:
    assert rows('a,b\n1,"the "slow" snail, again"\n') == [(2, 2, ["1", 'the "slow" snail, again'])]


def test_empty_cells_beyond_the_header_and_columns_without_a_name() -> None:
    assert rows("a,b,\n1,2,,,\n3,4\n") == [(2, 2, ["1", "2"]), (3, 3, ["3", "4"])]


def test_a_repeated_header_is_boilerplate() -> None:
    assert [type(row).__name__ for row in read_rows(document("a,b\n1,2\na,b\n"))] == [
        "Boilerplate",
        "Located",
        "Boilerplate",
    ]


def test_a_huge_cell_is_a_problem() -> None:
    text = f'a,b\n1,"{"x" * 140_000}"\n2,y\n'
    assert (rows(text), [line for line, _ in problems(text)]) == ([(3, 3, ["2", "y"])], [2])


def test_header() -> None:
    assert csv_header(document("\n\nUID,Paper Title\n")) == ("uid", "paper_title")
    assert csv_header(document("One line of a page\n")) == ()
    with pytest.raises(MalformedDocument, match=r"line 2: no header with the names of columns"):
        list(read_rows(document("\nOne line of a page\n")))
