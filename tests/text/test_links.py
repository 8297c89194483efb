from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.loaders.text.links import find_links, path_rank


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
        ("https://github.com/lab/ tool/tree/main.", "github.com/lab/tool"),
        ("https://github.com/lab/tool-", "github.com/lab/tool"),
        ("https://github/lab/tool", "github.com/lab/tool"),
        ("https://gitlab. example.org/lab/tool.", "gitlab.example.org/lab/tool"),
        ("https://anonymous.4open. science/r/tool-1A2B.", "anonymous.4open.science/r/tool-1A2B"),
        ("https://huggingface.co/ datasets/lab/data-x", "huggingface.co/datasets/lab/data-x"),
        ("https://huggingface.co/datasets/lab/ data-x.", "huggingface.co/datasets/lab/data-x"),
        ("https://lab@bitbucket.org/lab/tool.git", "bitbucket.org/lab/tool"),
        ("http://code.google.com/archive/p/tool/", "code.google.com/p/tool"),
        ("https://campus-gitlab.example.org/group/tool", "campus-gitlab.example.org/group/tool"),
        ("https://example.org/gitlab/group/tool", "example.org/gitlab/group/tool"),
    ],
)
def test_repositories(text: str, path: str) -> None:
    assert found(text) == [("repository", path)]


@pytest.mark.parametrize(
    "text",
    [
        "htps://github.com/lab/tool",
        "htttps://github.com/lab/tool",
        "https//github.com/lab/tool",
        "https:/github.com/lab/tool",
        "https:github.com/lab/tool",
        "https;//github.com/lab/tool",
        "https://https://github.com/lab/tool",
        "https://github.com//lab/tool",
        "https:\n//github.com/lab/tool",
        "https://\ngithub.com/lab/tool",
        "https://github.com/\nlab/tool",
        "https://github .com/lab/tool",
        "https://git hub.com/lab/tool",
        "https://github.com/lab /tool.",
        "https : / / github . com / lab / tool .",
        "https: II Igithub. coml lab/tool.",
        "https:llgithub.com/lab/tool.",
        "https://githubcom/lab/tool",
        "https://github,com/lab/tool",
        "https://gihtub.com/lab/tool",
        "https://guthub.com/lab/tool",
        "git@github.com:lab/tool.git",
        "bluehttps://github.com/lab/tool",
        "Github11https://github.com/lab/tool.",
        "codegithub.com/lab/tool",
        "https://github.com/lab/tool.In this work",
        "https://github.com/lab/tool.Our code",
        "https://github.com/lab/tool,which",
        "https://github.com/lab/tool/,we",
        "https://github.com/lab/toolhttps://lab.github.io",
        "url{https://github.com/lab/tool}",
        r"\\url{https://github.com/lab/tool}",
        r"\url {https://github.com/lab/tool}",
        r"\footnote{\url{https://github.com/lab/tool}}",
        r"\textcolor{blue}{https://github.com/lab/tool}",
        r"$\href{https://github.com/lab/tool}{\text{code}}$",
        "href{https://github.com/lab/tool}{https://github.com/lab/tool}.",
        "[code](https://github.com/lab/tool).",
        "**https://github.com/lab/tool**",
        "`https://github.com/lab/tool`",
        '<a href="https://github.com/lab/tool">https://github.com/lab/tool</a>',
        "<https://github.com/lab/tool>",
        "&lt;https://github.com/lab/tool&gt;",
        "“https://github.com/lab/tool”",
        "‘https://github.com/lab/tool’.",
        "https://github.com/lab/tool。",
        "https://github.com/lab/tool\u200b.",
        "https://github.com/lab/tool…",
        "https://github.com/lab/tool#readme",
        "https://github.com/lab/tool/blob/main/README.md",
        "https://github.com/lab/tool\\",
    ],
)
def test_damage(text: str) -> None:
    repositories = [(link.host, link.path) for link in find_links(text) if link.kind == "repository"]
    assert repositories == [("github.com", "lab/tool")]


CLEAN = ("Our code is available at ", "https://", "github.com", "/", "lab-x", "/", "my_tool-2", "", ".")
DAMAGE = (
    (
        "code (",
        "see [",
        "available at",
        "blue",
        "Github1",
        "<",
        "“",
        "\\url{",
        "url{",
        "\\footnote{\\url{",
        "**",
        "[x](",
    ),
    (
        *(
            "http://",
            "",
            "https: //",
            "https:// ",
            "https : //",
            "https:/",
            "https//",
            "htps://",
            "ttps://",
            "https;//",
        ),
        *("https:\n//", "HTTPS://", "https://www.", "www.", "https:///", "https:\\\\", "https:\\/\\/", "ht tps://"),
    ),
    (
        *("GitHub.com", "github. com", "github .com", "git hub.com", "github.\ncom", "githubcom", "github,com"),
        *("gihub.com", "gtihub.com", "github.con", "github.co", "github。com", "github.com:", "git\u200bhub.com"),
    ),
    (" /", "/ ", "//", "/\n", "\\/", "\u200b/", "／"),
    ("lab-\nx", "lab–x"),
    (" /", "/ ", "//", "/\n", "\\/", "/\u200b", "⁄"),
    (
        r"my\_tool-2",
        "my_ tool-2",
        "my _tool-2",
        "my_tool-\n2",
        "my_tool–2",
        r"my{\_}tool-2",
        r"my\textunderscore tool-2",
    ),
    (
        ".git",
        "/",
        "/tree/main",
        "/blob/main/README.md",
        "?tab=readme-ov-file",
        "#readme",
        "/releases/tag/v1.0",
        ".git/",
    ),
    (
        *(
            "",
            " .",
            ",",
            ").",
            ";",
            ":",
            "”.",
            "’",
            '".',
            "}.",
            "}{here}.",
            "](x).",
            ">",
            "&gt;",
            "**.",
            "`",
            "\\\\",
            "…",
        ),
        *(
            "。",
            " We show it",
            ".We show it",
            ".In this work",
            ", which is",
            ",which is",
            " for more.",
            "\nWe show",
            "</a>",
        ),
        *("\u200b.", "^1", ".Keywords: a"),
    ),
)


@pytest.mark.parametrize(("one", "other"), list(combinations(range(len(DAMAGE)), 2)))
def test_damage_of_two_kinds_at_once(one: int, other: int) -> None:
    for first in DAMAGE[one]:
        for second in DAMAGE[other]:
            if {one, other} <= {2, 3, 4} and first not in ("GitHub.com", "github. com"):
                continue
            parts = [{one: first, other: second}.get(place, part) for place, part in enumerate(CLEAN)]
            text = "We study tools. " + "".join(parts)
            found = [(link.host, link.path) for link in find_links(text) if link.kind == "repository"]
            assert found == [("github.com", "lab-x/my_tool-2")], text


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (r"my\_tool", "my_tool"),
        (r"my{\_}tool", "my_tool"),
        (r"my$\_$tool", "my_tool"),
        (r"my\textunderscore tool", "my_tool"),
        (r"my\textunderscore{}tool", "my_tool"),
        ("my–tool", "my-tool"),
        ("my‑tool", "my-tool"),
        ("my−tool", "my-tool"),
        ("my-\ntool.", "my-tool"),
        ("my_ tool-x.", "my_tool-x"),
        ("tool.git/", "tool"),
        ("tool.v2.", "tool.v2"),
    ],
)
def test_disguised_repository_names(name: str, path: str) -> None:
    assert found(f"Code: https://github.com/lab/{name}") == [("repository", f"github.com/lab/{path}")]


@pytest.mark.parametrize("owner", ["xxx", "XXXX", "anonymous", "your-username", "USERNAME", "user"])
def test_placeholders_are_not_repositories(owner: str) -> None:
    assert [kind for kind, _ in found(f"Code: https://github.com/{owner}/tool.")] == ["other"]


@pytest.mark.parametrize(
    "text",
    [
        "at github.com/lab / we show",
        "at github.com/lab / huggingface.co/lab",
        "see github.com/lab: more",
        "https://github.com/features/copilot",
        "https://huggingface.co/collections/lab/tools-12ab",
        "https: II we show",
        "at github.com/lab/ and more",
        "at https://github.com/lab/ upon acceptance we",
        "https://github.com/lab/{tool,data}",
        "chrome.com/lab/tool",
        "on github. We read foo.org/lab/tool",
        "https://huggingface.co/datasets / and",
    ],
)
def test_texts_that_resemble_repositories(text: str) -> None:
    assert not any(kind == "repository" for kind, _ in found(text))


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
        ("Our project page is at https://example.org/tool.", "project_page", "https://example.org/tool"),
        ("Website: www.example.org/tool", "project_page", "https://example.org/tool"),
        ("[https://lab.github.io/](https://lab.github.io/)", "project_page", "https://lab.github.io"),
        ("Code available at lab.example.org/~roe/tool.", "other", "https://lab.example.org/~roe/tool"),
        ("https://tool.pages.dev/.", "project_page", "https://tool.pages.dev"),
        ("http://tiny.cc/tool", "short_link", "http://tiny.cc/tool"),
        ("https://doi.org/10.5281/zenodo.1.", "dataset", "https://doi.org/10.5281/zenodo.1"),
        ("doi.org/10.6084/m9.figshare.1", "dataset", "https://doi.org/10.6084/m9.figshare.1"),
        ("https://doi.org/10.1145/1.2", "other", "https://doi.org/10.1145/1.2"),
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
        "see node.js/react, from 01.AI/Yi at 1.5/2.5",
    ],
)
def test_no_links(text: str) -> None:
    assert find_links(text) == []


def test_several_links_and_their_positions() -> None:
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


def test_own_code_and_baselines_of_others() -> None:
    links = find_links("Code is available at https://github.com/a/b; baselines from https://github.com/c/d.")
    assert [(link.path, link.role) for link in links] == [("a/b", "own"), ("c/d", "other")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("We build on the implementation of Kiln [1] (https://github.com/a/b).", "other"),
        ("We extend the codebase of Kiln (https://github.com/a/b).", "other"),
        ("Our code is available at https://github.com/a/b.", "own"),
        ("https://github.com/a/b", "own"),
        ("We build on Tool https://github.com/a/b and go further.", "other"),
        ("Adapted from the official \\url{https://github.com/a/b}.", "other"),
        ("In the design of Tool https://github.com/a/b model, tokens are transferred.", "other"),
        ("It is based on the open library Kiln (https://github.com/a/b).", "other"),
        ("We compare with Kiln (https://github.com/a/b) and win.", "other"),
        ("Our code, based on Kiln, is released (https://github.com/a/b).", "own"),
        ("We test on the data of Roe et al. (https://github.com/a/b).", "other"),
        ("Our tool extends Kiln\\footnote{https://github.com/a/b} with glazes.", "other"),
        ("git clone https://github.com/a/b now", "own"),
        ("Code (built with Kiln): https://github.com/a/b", "own"),
        ("We release our data and baselines (https://github.com/a/b).", "own"),
        ("We release weights of models such as Kiln (https://github.com/a/b).", "own"),
        ("The resulting corpus https://github.com/a/b holds pots.", "own"),
        ("Kiln is our fork of Clay (https://github.com/a/b).", "own"),
        ("Results can be reproduced using the code (https://github.com/a/b).", "own"),
        ("Following common practice, we release our code (https://github.com/a/b).", "own"),
        ("It can be found by following the link: https://github.com/a/b", "own"),
        ("Following [1] (https://github.com/a/b), we train nets.", "other"),
        ("We use the official implementation of Kiln (https://github.com/a/b).", "other"),
        ("The official implementation of Kiln (https://github.com/a/b) is a baseline.", "other"),
        ("The baselines are taken from https://github.com/a/b.", "other"),
        ("Our code is forked from https://github.com/a/b.", "other"),
        ("We adopt the code from https://github.com/a/b.", "other"),
        ("Unlike Kiln (https://github.com/a/b), we need no labels.", "other"),
        ("We fine-tune Kiln (https://github.com/a/b) on pots.", "other"),
        ("Training uses the tools https://github.com/a/b of Roe et al.", "other"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert [link.role for link in find_links(text)] == [role]


@given(
    st.lists(st.sampled_from(["https://", "github.com", "/", " ", "a", "-b", ".", "{", "}", "İ", "www.", "\\_", "\n"]))
)
def test_positions_of_links_are_consistent(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for link in find_links(text):
        assert text[link.start : link.end] == link.raw
        assert end <= link.start < link.end
        end = link.end


def test_path_rank_does_not_depend_on_order() -> None:
    assert {max(order, key=path_rank) for order in permutations(["lab/tool", "LAB/TOOL", "Lab/Tool"])} == {"Lab/Tool"}
