"""The markup that HTML-to-text tools add to a page, and the text of authors that must stay."""

import pytest

from programme.loaders.formats.virtual_site.parsing.markdown import (
    PlainLines,
    is_markdown,
    split_links,
    strip_markup,
    strip_page_markup,
)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("# Session", "Session"),
        ("### Session ", "Session"),
        ("**Tue 20 July 7:00 - 7:20 PDT**", "Tue 20 July 7:00 - 7:20 PDT"),
        ("  * [Trees](/virtual/2025/poster/1)", "Trees"),
        ("* [ Login][11]", "Login"),
        ("##### **[Trees over Two", "Trees over Two"),
        ("##### Lines][34]**", "Lines"),
        ("*Trees* and __roots__ of _all_ kinds", "Trees and roots of all kinds"),
        ("Poster\\_1 of 2 \\* 3", "Poster_1 of 2 * 3"),
        ("1\\. First", "1. First"),
        ("\\[Re\\] Trees Revisited", "[Re] Trees Revisited"),
        ("![logo](/static/logo.svg)", ""),
        ("[![logo](/static/logo.svg)](/)", ""),
        ("| Sat 7:00 | Break |", "Sat 7:00  Break"),
    ],
)
def test_markup_is_stripped(line: str, text: str) -> None:
    assert strip_markup(line)[0] == text


@pytest.mark.parametrize(
    "line",
    [
        "#36",
        "x_1 and y_2 in $a_1 * b_1 * c_1$ and $\\mathbf{x}_i$",
        "f*g*h and 2 ** n, snake_case_name",
        "a set [12][13] of [0, 1] and f[i](.)",
        "50\\% of \\alpha, \\textit{so}",
        "[ Poster] [ OpenReview]",
        "Ada Quill ⋅ Bo Marsh",
    ],
)
def test_other_text_stays(line: str) -> None:
    assert strip_page_markup(line).lines == [line]


def test_links_of_a_line() -> None:
    assert strip_markup(
        '[[OpenReview](https://openreview.net/forum?id=a "OpenReview")] [Code](<https://x.org/a_(b)>)'
    ) == (
        "[OpenReview] Code",
        ("https://openreview.net/forum?id=a", "https://x.org/a_(b)"),
    )


def test_page_keeps_its_lines_and_the_links_that_lead_elsewhere() -> None:
    page = (
        "Main Navigation\n---------------\n\n"
        "##### **[Trees and\n##### Roots][7]**\n\n"
        "Our [code][8] and\n[data](https://example.org/a-\nb), [more](https://icml.cc/virtual/2025/poster/1).\n\n"
        "* * *\n\n  [7]: /virtual/2025/poster/1\n  [8]: https://github.com/mossbank/walks"
    )
    assert strip_page_markup(page) == PlainLines(
        [
            *("Main Navigation", "", "", "Trees and", "Roots", ""),
            "Our [code](https://github.com/mossbank/walks) and",
            *("[data](https://example.org/a-b)", ", more.", "", "", "", "", ""),
        ],
        frozenset({1, 4, 5}),
    )


def test_link_numbers_and_references_of_a_text_browser_are_stripped() -> None:
    page = "[1]Skip to main content\n\nSession\n\n[2]Trees\n\nReferences\n\n   1. https://icml.cc/#main\n   2. https://icml.cc/v/2"
    assert strip_page_markup(page).lines == ["Skip to main content", "", "Session", "", "Trees", *[""] * 5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### Session\n", True),
        ("x\n**Session**\n", True),
        ("* [Schedule](/virtual/2025/calendar)\n", True),
        ("Poster\n\nTrees\n=====\n", True),
        ("[1]Skip to yearly menu bar\n", True),
        ("Session\n#36\nTrees\n", False),
        ("We use **bold** words, [links](https://example.org) and a # sign.\n", False),
        ("[Project Page](https://example.org)\n[Poster](https://icml.cc/a.png)", False),
        ("[Trees](https://icml.cc/virtual/2025/poster/1)", True),
    ],
)
def test_recognising_markdown(text: str, expected: bool) -> None:
    assert is_markdown(text.split("\n")) is expected


def test_split_links() -> None:
    assert split_links("[Trees](https://a.org/x_(y)) by Ada") == ("Trees by Ada", (("Trees", "https://a.org/x_(y)"),))
    assert split_links("[ OpenReview ]") == ("[ OpenReview ]", ())


def test_hostile_pages_are_fast() -> None:
    for page in ("[" * 50_000, "[a](" * 20_000, "[a [b] " * 20_000, "**" * 50_000, "_a " * 50_000, "\\[" * 50_000):
        strip_page_markup(page)
        strip_markup(page)
        is_markdown([page])
