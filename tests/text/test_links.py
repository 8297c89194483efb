import json
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.links import find_links, path_rank

TRUTH = Path(__file__).parents[3] / "shared" / "truth" / "repo_links.jsonl"


def found(text: str) -> list[tuple[str, str]]:
    return [(link.kind, f"{link.host}/{link.path}") for link in find_links(text)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Code: https://github.com/lab/tool.", "github.com/lab/tool"),
        ("code (http://www.github.com/lab/tool), and", "github.com/lab/tool"),
        ("GitHub.com/Lab/Tool-X", "github.com/Lab/Tool-X"),
        ("at github.com/lab/tool.js.", "github.com/lab/tool.js"),
        ("https://github.com/lab/tool.git.", "github.com/lab/tool"),
        ("https://github.com/lab/tool/tree/main/sub now", "github.com/lab/tool"),
        ("https://github.com/lab/tool?tab=readme-ov-file#use.", "github.com/lab/tool"),
        (r"\url{https://github.com/lab/my\_tool}.", "github.com/lab/my_tool"),
        (r"\href{https://github.com/lab/tool}{https://github.com/lab/tool}", "github.com/lab/tool"),
        (r"\href{https://github.com/lab/tool}{here}", "github.com/lab/tool"),
        ("[github.com/lab/tool](https://github.com/lab/tool)", "github.com/lab/tool"),
        ("https: //github.com/lab/tool", "github.com/lab/tool"),
        ("https: / /github. com/lab/tool.", "github.com/lab/tool"),
        ("https://github. com/lab/tool", "github.com/lab/tool"),
        ("at https://github.com/ lab/tool. We", "github.com/lab/tool"),
        ("at https://github.com/lab/ Tool. We", "github.com/lab/Tool"),
        ("at https://github.com/lab/\r\nlong-tool and", "github.com/lab/long-tool"),
        ("at https://github.com/lab/long- Tool-Name.", "github.com/lab/long-Tool-Name"),
        ("see Toolhttps://github.com/lab/tool and", "github.com/lab/tool"),
        ("a package11https://github.com/lab/tool.", "github.com/lab/tool"),
        ("at github.com/lab/tool.This is good", "github.com/lab/tool"),
        ("https://gitlab.com/group/sub/tool/-/tree/main", "gitlab.com/group/sub/tool"),
        ("gitlab.example.org/group/tool.", "gitlab.example.org/group/tool"),
        ("https://git.example.org/group/tool", "git.example.org/group/tool"),
        ("https://bitbucket.org/lab/tool/src/master/", "bitbucket.org/lab/tool"),
        ("https://codeberg.org/lab/tool", "codeberg.org/lab/tool"),
        ("https://gitee.com/lab/tool", "gitee.com/lab/tool"),
        ("https://hf.co/lab/model-1.5b", "huggingface.co/lab/model-1.5b"),
        ("huggingface.co/datasets/lab/data, and", "huggingface.co/datasets/lab/data"),
        ("https://huggingface.co/spaces/lab/demo{here}", "huggingface.co/spaces/lab/demo"),
        ("https://anonymous.4open.science/r/tool-1A2B/README.md.", "anonymous.4open.science/r/tool-1A2B"),
        ("http://code.google.com/p/tool/", "code.google.com/p/tool"),
        ("https://sourceforge.net/projects/tool/files", "sourceforge.net/projects/tool"),
        ("https://raw.githubusercontent.com/lab/tool/main/x", "github.com/lab/tool"),
    ],
)
def test_repositories(text: str, path: str) -> None:
    assert found(text) == [("repository", path)]


@pytest.mark.parametrize(
    ("text", "kind", "url"),
    [
        ("at github.com/lab.", "account", "https://github.com/lab"),
        ("at https://github.com/lab/, where we", "account", "https://github.com/lab"),
        ("at https://github.com/lab/ and more", "account", "https://github.com/lab"),
        ("https://huggingface.co/lab", "account", "https://huggingface.co/lab"),
        ("https://huggingface.co/papers/2401.00001", "other", "https://huggingface.co/papers/2401.00001"),
        ("https://github.com/xxx/tool", "other", "https://github.com/xxx/tool"),
        ("https://lab.github.io/tool/.", "project_page", "https://lab.github.io/tool/"),
        ("at lab-tool.github.io.", "project_page", "https://lab-tool.github.io"),
        ("https: //sites.google.com/view/tool", "project_page", "https://sites.google.com/view/tool"),
        ("https://youtu.be/a_b-1.", "video", "https://youtu.be/a_b-1"),
        ("bit.ly/tool", "short_link", "https://bit.ly/tool"),
        ("(https://zenodo.org/record/1)", "dataset", "https://zenodo.org/record/1"),
        ("http://www.example.org/~a\\_b/c(d).", "other", "http://example.org/~a_b/c(d)"),
        ("www.example.org for more", "other", "https://example.org"),
    ],
)
def test_other_links(text: str, kind: str, url: str) -> None:
    links = find_links(text)
    assert [(link.kind, link.url, link.role) for link in links] == [(kind, url, None)]


@pytest.mark.parametrize(
    "text",
    [
        "and/or",
        "www",
        "We use GitHub and/or 3.5/4 images.In 01.AI.",
        "https://",
        "http:",
        "github.com",
        "e.g./i.e. github",
    ],
)
def test_no_links(text: str) -> None:
    assert find_links(text) == []


def test_several_links_and_their_places() -> None:
    text = (
        "Code https://github.com/lab/a.git, data huggingface.co/datasets/lab/b; page www.lab.org; "
        "again github.com/lab/a."
    )
    links = find_links(text)
    assert [link.path for link in links] == ["lab/a", "datasets/lab/b", "", "lab/a"]
    assert [link.raw for link in links] == [
        "https://github.com/lab/a.git",
        "huggingface.co/datasets/lab/b",
        "www.lab.org",
        "github.com/lab/a",
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Our code is available at https://github.com/a/b.", "own"),
        ("https://github.com/a/b", "own"),
        ("We build on Tool https://github.com/a/b and go further.", "other"),
        ("Adapted from the official \\url{https://github.com/a/b}.", "other"),
        ("In the design of Tool https://github.com/a/b model, tokens are transferred.", "other"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert [link.role for link in find_links(text)] == [role]


@given(
    st.lists(st.sampled_from(["https://", "github.com", "/", " ", "a", "-b", ".", "{", "}", "İ", "www.", "\\_", "\n"]))
)
def test_a_link_is_where_it_says(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for link in find_links(text):
        assert text[link.start : link.end] == link.raw
        assert end <= link.start < link.end
        end = link.end


def test_path_rank_does_not_depend_on_order() -> None:
    assert {max(order, key=path_rank) for order in permutations(["lab/tool", "LAB/TOOL", "Lab/Tool"])} == {"Lab/Tool"}


@pytest.mark.skipif(not TRUTH.exists(), reason="the labelled abstracts are not here")
def test_accuracy_on_labelled_abstracts() -> None:
    stated: set[tuple[str, ...]] = set()
    recognised: set[tuple[str, ...]] = set()
    right_role = 0
    for line in TRUTH.read_text().splitlines():
        row = json.loads(line)
        if not row["certain"]:
            continue
        roles = {(row["id"], row["title"], host, path.casefold()): role for host, path, role in row["repositories"]}
        links = [link for link in find_links(row["abstract"]) if link.kind == "repository"]
        mine = {(row["id"], row["title"], link.host, link.path.casefold()): link.role for link in links}
        stated |= roles.keys()
        recognised |= mine.keys()
        right_role += sum(roles[key] == role for key, role in mine.items() if key in roles)
    right = len(stated & recognised)
    assert right / len(recognised) >= 0.99
    assert right / len(stated) >= 0.99
    assert right_role / right >= 0.99
