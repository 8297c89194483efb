"""Values of YAML documents: their lines, and documents that are not YAML."""

from itertools import pairwise

import pytest

from programme.loaders.documents import Document, Limits, MalformedDocument
from programme.loaders.readers import YamlTree, is_yaml
from tests.formats.pages import document


def test_scalars_are_texts_and_containers_have_lines() -> None:
    tree = YamlTree(
        document("# c\nlist:\n- on: yes\n  at: 12:00\n  none: ~\n  text: '~'\n- {a: [1, 2.0]}\n- >\n  b\n  c\n")
    )
    assert tree.value == {
        "list": [{"on": "yes", "at": "12:00", "none": None, "text": "~"}, {"a": ["1", "2.0"]}, "b c\n"]
    }
    assert [tree.lines(item) for item in tree.value["list"][:2]] == [(3, 6), (7, 7)]


def test_places_of_keys_and_items() -> None:
    tree = YamlTree(document("a:\n- b\n-\n- c: 1\n  d: 2\n  c: 3\na: &x [4]\ne: *x\n"))
    assert tree.places(tree.value) == [("a", 1), ("a", 7), ("e", 8)]
    tree = YamlTree(document("a:\n- b\n-\n- c: 1\n  d: 2\n  c: 3\n"))
    assert tree.places(tree.value["a"]) == [("0", 2), ("1", 3), ("2", 4)]
    assert tree.places(tree.value["a"][2]) == [("c", 4), ("d", 5), ("c", 6)]
    assert tree.places(tree.value["a"][0]) == []


def test_aliases() -> None:
    assert YamlTree(document("a: &x [1]\nb: *x\n")).value == {"a": ["1"], "b": ["1"]}


@pytest.mark.parametrize(
    ("text", "line", "problem_start"),
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
def test_malformed_yaml(text: str, line: int, problem_start: str) -> None:
    with pytest.raises(MalformedDocument) as caught:
        YamlTree(document(text))
    assert (caught.value.line, caught.value.problem.startswith(problem_start)) == (line, True)


def test_a_yaml_bomb() -> None:
    names = "abcdefghij"
    text = f"a: &a [{'x, ' * 10}]\n"
    text += "".join(f"{one}: &{one} [{f'*{before}, ' * 10}]\n" for before, one in pairwise(names))
    with pytest.raises(MalformedDocument, match="more than 2,000,000 values"):
        YamlTree(document(text))


def test_yaml_too_deep_for_the_python_stack() -> None:
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
def test_other_documents_are_not_yaml(text: str) -> None:
    assert not is_yaml(document(text))
