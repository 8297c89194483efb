import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.loaders.text.latex import unlatex
from programme.loaders.text.latex_symbols import TEXT


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        (r"R\'enyi", "Rényi"),
        (r"G\"odel and {\"o} and \"{o}", "Gödel and ö and ö"),
        (r"\c{C}elik, \c c, \v{S}ik, \H{o}, \k{a}, \r{a}, \.I", "Çelik, ç, Šik, ő, ą, å, İ"),
        (r"Mart\'{\i}n, Mart{\'\i}n, Mart\'{i}n", "Martín, Martín, Martín"),
        (r"\O stergaard, {\ss}, \L{}ukasz, \aa", "Østergaard, ß, Łukasz, å"),
        (r"\textsc{Tool}: \texttt{run} \emph{very {\em deep}}", "Tool: run very deep"),
        (r"Q\&A for 50\% of A\_B \#1", "Q&A for 50% of A_B #1"),
        (r"$60\%$ off", "60% off"),
        (r"$\beta{\geq}0$ and $\ell_1$ and $10^{-3}$", "β≥0 and ℓ₁ and 10⁻³"),
        (r"$\mathcal{O}(1/\varepsilon)$ steps", "O(1/ε) steps"),
        ("X^{2}-Net and D$^3$", "X²-Net and D³"),
        ("{BERT}-like {A}gents", "BERT-like Agents"),
        (r"\href{https://example.org}{Tool}", "Tool"),
        (r"one~\two{three} $\sqrt{n}$ $x_q$", r"one~\two{three} $\sqrt{n}$ $x_q$"),
        (r"The \ell_1 norm, O(n\log n) and a 360{\deg} view", "The ℓ₁ norm, O(n log n) and a 360° view"),
        (r"O~(\epsilon^2) and \to{A,B}", "O~(ε^2) and →{A,B}"),
        (r"5\textdegree C, a \textemdash b, 2\texttimes{}3, A\texttrademark glaze", "5°C, a — b, 2×3, A™ glaze"),
        (r"\textquotedblleft Kiln\textquotedblright and \textalpha-rays", "“Kiln” and α-rays"),
        (r"$\mu\text{P}$, $\rm K^2$, $3\textsuperscript{rd}$, X$\!$Y", "μP, K², 3rd, XY"),
        (r"X\^{}\lbrace 2\rbrace -Kilns", "X²-Kilns"),
        (r"$\mathbf{\texttt{{K}iln-{X}}}$", "Kiln-X"),
        (r"C:\textbackslash Kilns and \${\textbackslash}eta\$", r"C:\Kilns and η"),
        ("50% of a, $5 and $10, {0,1}^n", "50% of a, $5 and $10, {0,1}^n"),
    ],
)
def test_unlatex(source: str, plain: str) -> None:
    assert unlatex(source) == plain


def test_all_text_symbols_are_converted() -> None:
    assert len(TEXT) > 130
    assert [name for name in TEXT if "\\" in unlatex(f"a \\{name}{{}} b")] == []


@given(st.text(alphabet="\\{}$'\"^_~ abcouvi\ue000%&"))
def test_random_text_never_raises(text: str) -> None:
    assert isinstance(unlatex(text), str)
