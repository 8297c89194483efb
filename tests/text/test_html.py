"""Saved web pages: lines, links, and markup that must lose no text and take no time."""

import time

import pytest

from programme.loaders.text.html import display_link, html_to_text


def lines(html: str) -> list[str]:
    """Return the lines of a page that are not blank."""
    return [line for line in html_to_text(html).split("\n") if line]


def test_blocks_are_lines_separated_by_blank_lines() -> None:
    page = (
        "<!DOCTYPE html><html><body><h2>Session</h2><div>One\n <b>two</b>\t</div><p>Three<br>four</p>end</body></html>"
    )
    assert html_to_text(page) == "Session\n\nOne two\n\nThree\nfour\n\nend\n"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A &amp; B &middot; C&nbsp;D&#8212;E</p>", ["A & B · C D—E"]),
        ("<p>x<sup>2</sup>, H<sub>2</sub>O</p>", ["x2, H2O"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        (
            "<table><tr><th>Time</th><th>Talk</th></tr><tr><td>9:00<td> Trees </tr></table>",
            ["Time  Talk", "9:00  Trees"],
        ),
        ("<pre>a\n   b</pre>", ["a", "   b"]),
        ("<p>a<span> b </span>c<i> </i>d</p>", ["a b c d"]),
        ("<span class='event-type-badge'>Poster</span><span class='meta-pill'> Hall A </span>", ["Poster", "Hall A"]),
    ],
)
def test_text(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<script>var a = '<p>x</p>';</script>",
        "<style>p {}</style>",
        "<nav><ul><li>Menu</li></ul></nav>",
        "<template><p>x</p></template>",
        "<div hidden>x</div>",
        "<div style='color: red; display:none'>x</div>",
        "<div class='modal fade'>x</div>",
        "<!-- x -->",
        "<select><option>x</option></select>",
    ],
)
def test_hidden_elements_are_left_out(html: str) -> None:
    assert lines(f"<p>before</p>{html}<p>after</p>") == ["before", "after"]


def test_a_collapsed_abstract_is_kept() -> None:
    assert lines('<div id="abstractExample" style="display:none"><p>We plant.</p></div>') == ["We plant."]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/virtual/2022/poster/12">Trees</a>', "Trees"),
        ('<a href="https://icml.cc/virtual/2022/poster/12">Trees</a>', "Trees"),
        ('see <a href="https://github.com/a/b">our code</a>.', "see [our code](https://github.com/a/b)."),
        ('<a href="https://github.com/a/b">https://github.com/a/b</a>', "https://github.com/a/b"),
        ('<a href="https://github.com/a/b"> <b>Code</b> </a>x', "[Code](https://github.com/a/b) x"),
        ('<a href="https://github.com/a/b"><div>Code</div></a>', "[Code](https://github.com/a/b)"),
        ('<a href="https://github.com/a/b"><img src="x.png"></a>', ""),
        ('<a href="javascript:void(0)">Show</a> <a>name</a> <a href="">x</a>', "Show name x"),
        ('<a href="https://proceedings.neurips.cc/p/1">Paper</a>', "[Paper](https://proceedings.neurips.cc/p/1)"),
    ],
)
def test_links(html: str, expected: str) -> None:
    assert html_to_text(f"<div>{html}</div>").strip() == expected


KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow>'
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true">x2</span></span>'
)
MATHJAX_2 = (
    '<span class="MathJax_Preview">x2</span><span class="MathJax"><nobr aria-hidden="true">x2</nobr></span>'
    '<script type="math/tex">x^2</script>'
)
MATHJAX_3 = (
    '<mjx-container><mjx-math aria-hidden="true">x2</mjx-math><math alttext="x^2"><mi>x</mi></math></mjx-container>'
)


@pytest.mark.parametrize("formula", [KATEX, MATHJAX_2, MATHJAX_3])
def test_the_tex_of_a_formula_is_kept_once(formula: str) -> None:
    assert lines(f"<p>Of {formula} trees</p>") == ["Of $x^2$ trees"]


def test_the_text_of_a_formula_without_tex_is_kept() -> None:
    assert lines("<p>Of <math><mi>x</mi><mo>+</mo><mn>2</mn></math> trees</p>") == ["Of x + 2 trees"]


def test_display_link_of_a_disguised_url() -> None:
    assert display_link("example.org/a", "http://example.org/a/") == "http://example.org/a/"


HOSTILE = {
    "deep blocks": "<div>" * 100_000 + "deep" + "</div>" * 100_000,
    "crossed": "<b>" * 100_000 + "deep" + "</i>" * 100_000,
    "unclosed": "<p><span>" * 50_000 + "deep",
    "tables": "<table><tr><td>" * 20_000 + "deep",
    "links": "<a href='https://example.org'>" * 20_000 + "deep",
    "open quotes": "<a title='" * 50_000 + "deep",
    "brackets": "<<<>" * 50_000 + "deep",
    "attributes": "<p " + " ".join(f"a{number}=x" for number in range(100_000)) + ">deep",
    "distinct formatting": "".join(f"<div><b id={number}>deep</div>" for number in range(10_000)),
    "foreign": "<svg><math>" * 20_000 + "</math></svg>deep",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_markup_takes_long_or_crashes_the_parser(html: str) -> None:
    begun = time.process_time()
    assert isinstance(html_to_text(html), str)
    assert time.process_time() - begun < 10


def test_formatting_and_attributes_beyond_the_limits_lose_no_text() -> None:
    page = "<b>" * 40 + "One" + "</b>" * 40 + f"<p {'x ' * 200}class='modal'>Two</p><p class='modal'>Three</p>"
    assert lines(page) == ["One", "Two"]


@pytest.mark.parametrize("page", ["<frameset>é⋅ x", "<p>One</p><!-- <div> --><p>Two</p>", "<p>x</p><p a='"])
def test_damaged_characters_and_tags_are_read(page: str) -> None:
    assert isinstance(html_to_text(page), str)


def test_tags_nested_too_deeply_lose_no_text() -> None:
    page = "<div>" * 400 + "deep" + "</div>" * 400 + "<p>One</p><p>Two</p>"
    assert lines(page) == ["deep", "One", "Two"]
