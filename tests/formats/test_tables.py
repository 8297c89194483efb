"""Rows of CSV documents and values of YAML documents: their lines, and what damage costs."""

from itertools import pairwise

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.documents.limits import Limits
from programme.loaders.readers import Located, YamlTree, csv_header, is_yaml, read_rows
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


def test_line_ends_do_not_matter() -> None:
    text = 'a,b\n1,"x\ny"\n2,z\n'
    assert rows(text.replace("\n", "\r\n")) == rows(text) == [(2, 3, ["1", "x\ny"]), (4, 4, ["2", "z"])]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1", "[1]: 1 cells where the header has 3"),
        ("1,2,3,4", "[1]: 4 cells where the header has 3"),
        ('1,"two,3', "[1]: a quoted cell is not closed"),
        ('1,"two,3 "x,4', "[1]: a quoted cell is not closed"),
    ],
)
def test_a_damaged_row_costs_itself(row: str, told: str) -> None:
    text = f"a,b,c\n1,x,y\n{row}\n2,x,y\n3,x,y\n"
    assert rows(text) == [(2, 2, ["1", "x", "y"]), (4, 4, ["2", "x", "y"]), (5, 5, ["3", "x", "y"])]
    ((line, problem),) = problems(text)
    assert (line, problem.startswith(told)) == (3, True)


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


def test_yaml_scalars_are_texts_and_containers_have_lines() -> None:
    tree = YamlTree(
        document("# c\nlist:\n- on: yes\n  at: 12:00\n  none: ~\n  text: '~'\n- {a: [1, 2.0]}\n- >\n  b\n  c\n")
    )
    assert tree.value == {
        "list": [{"on": "yes", "at": "12:00", "none": None, "text": "~"}, {"a": ["1", "2.0"]}, "b c\n"]
    }
    assert [tree.lines(item) for item in tree.value["list"][:2]] == [(3, 6), (7, 7)]


def test_yaml_aliases() -> None:
    assert YamlTree(document("a: &x [1]\nb: *x\n")).value == {"a": ["1"], "b": ["1"]}


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a: [1\n", 2, "not YAML: did not find expected ',' or ']'"),
        ("a: 1\nb:\n\tc: 1\n", 3, "not YAML: found character that cannot start any token"),
        ("a: 1\n---\nb: 1\n", 3, "a second YAML document begins here"),
        ("a: 1\nb: \x07\n", 2, "not YAML: control characters are not allowed"),
        ("a: *x\n", 1, "the alias *x stands for no value that is complete here"),
        ("a: &x [*x]\n", 1, "the alias *x stands for no value that is complete here"),
        ("a:\n- " + "[" * 100, 2, "nested deeper than 64 levels"),
    ],
)
def test_yaml_that_is_malformed(text: str, line: int, told: str) -> None:
    with pytest.raises(MalformedDocument) as caught:
        YamlTree(document(text))
    assert (caught.value.line, caught.value.problem.startswith(told)) == (line, True)


def test_yaml_bomb() -> None:
    names = "abcdefghij"
    text = f"a: &a [{'x, ' * 10}]\n"
    text += "".join(f"{one}: &{one} [{f'*{before}, ' * 10}]\n" for before, one in pairwise(names))
    with pytest.raises(MalformedDocument, match="more than 2,000,000 values"):
        YamlTree(document(text))


def test_yaml_too_deep_for_the_machine() -> None:
    page = document("[" * 900 + "]" * 900)
    deep = Document(page.uri, page.content, page.sha256, limits=Limits(json_depth=100_000))
    with pytest.raises(MalformedDocument):
        YamlTree(deep)


@pytest.mark.parametrize(("text", "expected"), [("# c\n\n- a: 1\n", True), ("a: 1\n", True), ("---\n", True)])
def test_yaml_is_recognised(text: str, expected: bool) -> None:
    assert is_yaml(document(text)) is expected


@pytest.mark.parametrize(
    "text", ["", "Session\n\nDeep One\n", '{"a": 1}', "UID,title\n", "@inproceedings{a,\n", "<a>\n"]
)
def test_other_documents_are_no_yaml(text: str) -> None:
    assert not is_yaml(document(text))
