from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.loaders.text.titles import clean_title, title_form, title_rank, typeset


def test_clean_title_converts_latex_and_mojibake() -> None:
    assert (
        clean_title("  \\textsc{Fields} of\n Poincar\\'e, MÃ¶bius &\u200b $\\mu$ ") == "Fields of Poincaré, Möbius & μ"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deep Fields: A Re-Look?", "DEEP FIELDS – a relook"),
        ("ﬁne β²", "Fine Β2"),
        ("Straße", "STRASSE"),
        ("Tool\u00a0X", "Tool X"),
        ("Search & Rescue", "Search and Rescue"),
        ("Poincaré Maps of Bjørn", "Poincare Maps of Bjorn"),
        ("β-Fields of 2×2 Kilns", "Beta-Fields of 2x2 Kilns"),
        (r"Steps of $\tilde{O}(\sqrt{n})$", "Steps of Õ(√n)"),
        (r"$\ell_{\infty}$ Kilns", r"$\ell_∞$ kilns"),
        (r"$\frac{a}{b+c}$-Kilns", "(a/(b+c))-Kilns"),
    ],
)
def test_same_titles_share_a_form(one: str, other: str) -> None:
    assert title_form(one) == title_form(other)


def test_different_titles_differ() -> None:
    assert len({title_form(title) for title in ("Nets", "Nets 2", "Nets II", "Nests", "???", "!!!")}) == 6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"Kiln\textquotesingle s Glaze", "Kiln's Glaze"),
        (r"\textbackslash ell\_1-Glaze", r"$\ell_1$-Glaze"),
        (r"(\textbackslash epsilon, \textbackslash tau)-Kilns", r"$(\epsilon, \tau)$-Kilns"),
        (
            r"Than \textbackslash mathcal\lbrace O\rbrace (1/\textbackslash eta): Kilns",
            r"Than $\mathcal{O}(1/\eta)$: Kilns",
        ),
        (r"Kilns in \textbackslash sqrt\lbrace n\rbrace ", r"Kilns in $\sqrt{n}$"),
        (r"K\${\textasciicircum}2\$-{ILN}: Glazes", "K$^2$-ILN: Glazes"),
        (r"\${\textbackslash}mu\${KILN}", r"$\mu$KILN"),
        (r"K{\texttwosuperior}{ILN}", "K²ILN"),
        (r"\${k}\$-Kilns", "k-Kilns"),
        (r"{K}iln{\textendash}{G}laze", "Kiln–Glaze"),
        (r"K\^{}2-Kilns", "K^2-Kilns"),
        (r"{\textquotedblleft}Kiln{\textquotedblright}", "“Kiln”"),
        ("L<inf>1</inf> Kilns", r"$L_1$ Kilns"),
        ("The &lt;i&gt;k&lt;/i&gt;-Kilns", "The $k$-Kilns"),
        ("Kilns -- a ``Glaze''", "Kilns — a “Glaze”"),
    ],
)
def test_spellings_of_one_title_in_two_sources_share_a_form(one: str, other: str) -> None:
    assert title_form(clean_title(one)) == title_form(clean_title(other))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (r"\textbackslash ell\_1-Glaze", "ℓ₁-Glaze"),
        (r"K\${\textasciicircum}2\$-{ILN}", "K²-ILN"),
        (r"K\^{}2-Kilns, K^2iln, L_0-Glaze", "K²-Kilns, K²iln, L₀-Glaze"),
        (r"Others\textquotesingle Kilns, You\textquotesingle re", "Others' Kilns, You're"),
        ("O<sub>2</sub> and x<sup>2</sup> in <i>Kilns</i><br/>for <b>All</b>", "O₂ and x² in Kilns for All"),
        ("Kilns -- A ''Glaze'' --- the `Best' and ``Worst''", 'Kilns – A "Glaze" — the ‘Best’ and “Worst”'),
        (
            "a--b, --glaze, x_0, data_2, 2^10, f''(x), `kiln.n.01`",
            "a–b, --glaze, x_0, data_2, 2^10, f''(x), `kiln.n.01`",
        ),
        ("Earn \\$1 or \\$20 of $100", "Earn $1 or $20 of $100"),
        ("From <A> to <B> if a < b", "From <A> to <B> if a < b"),
    ],
)
def test_typed_substitutes_become_characters(raw: str, shown: str) -> None:
    assert clean_title(raw) == clean_title(clean_title(raw)) == shown


@given(st.text(min_size=1))
def test_form_is_never_empty(title: str) -> None:
    assert title_form(title)


@pytest.mark.parametrize(
    ("best", "worse"),
    [
        ("Graph nets", "GRAPH NETS"),
        ("Möbius nets", "Mobius nets"),
        ("√n Nets", r"$\sqrt{n}$ Nets"),
        ("β-nets", "Beta-Nets"),
        ("Graph-nets", "Graphnets"),
        ("Graph Nets", "graph nets"),
    ],
)
def test_rank(best: str, worse: str) -> None:
    assert max([worse, best], key=title_rank) == best


def test_rank_does_not_depend_on_order() -> None:
    spellings = ["Graph nets", "Graph Nets", "GRAPH NETS", "Gräph nets"]
    assert {max(order, key=title_rank) for order in permutations(spellings)} == {"Gräph nets"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Pok<U+00E9> Nets", "Poké Nets"),
        (r"Pok\u00e9 Nets", "Poké Nets"),
        ("Nets -- A Study", "Nets – A Study"),
        ("The ''Best'' Nets", 'The "Best" Nets'),
        ("The `Best' Nets", "The ‘Best’ Nets"),
        ("A^2-Nets", "A²-Nets"),
        ("L_0 Nets", "L₀ Nets"),
        ("Nets<br>of Moons", "Nets of Moons"),
        ("Nets of A<sup>Ж</sup>", "Nets of AЖ"),
    ],
)
def test_each_substitute_alone_is_replaced(raw: str, expected: str) -> None:
    assert clean_title(raw) == expected


def test_tags_are_removed_up_to_six_deep() -> None:
    assert typeset("<i>" * 6 + "Nets" + "</i>" * 6) == "Nets"
    assert typeset("<i>" * 7 + "Nets" + "</i>" * 7) == "<i>Nets</i>"


@pytest.mark.parametrize(
    ("best", "other"), [("Poincaré & Nets", "Poincare and Nets"), ("Nets - Poincaré", "Nets — Poincare")]
)
def test_the_spelling_with_accents_is_best(best: str, other: str) -> None:
    assert max(best, other, key=title_rank) == best
