import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.latex import unlatex


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
        ("50% of a, $5 and $10, {0,1}^n", "50% of a, $5 and $10, {0,1}^n"),
    ],
)
def test_unlatex(source: str, plain: str) -> None:
    assert unlatex(source) == plain


@given(st.text(alphabet="\\{}$'\"^_~ abcouvi\ue000%&"))
def test_any_nonsense_is_survived(text: str) -> None:
    assert isinstance(unlatex(text), str)
