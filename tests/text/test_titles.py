from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.titles import mend_title, title_form, title_rank


def test_mend_title_takes_latex_and_mojibake_away() -> None:
    assert (
        mend_title("  \\textsc{Fields} of\n Poincar\\'e, MÃ¶bius &\u200b $\\mu$ ") == "Fields of Poincaré, Möbius & μ"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deep Fields: A Re-Look?", "DEEP FIELDS – a relook"),
        ("ﬁne β²", "Fine Β2"),
        ("Straße", "STRASSE"),
        ("Tool\u00a0X", "Tool X"),
    ],
)
def test_same_titles_share_a_form(one: str, other: str) -> None:
    assert title_form(one) == title_form(other)


def test_other_titles_differ() -> None:
    assert len({title_form(title) for title in ("Nets", "Nets 2", "Nets II", "Nëts", "???", "!!!")}) == 6


@given(st.text(min_size=1))
def test_form_is_never_empty(title: str) -> None:
    assert title_form(title)


@pytest.mark.parametrize(
    ("best", "worse"),
    [
        ("Graph nets", "GRAPH NETS"),
        ("Möbius nets", "Mobius nets"),
        ("Graph-nets", "Graphnets"),
        ("Graph Nets", "graph nets"),
    ],
)
def test_rank(best: str, worse: str) -> None:
    assert max([worse, best], key=title_rank) == best


def test_rank_does_not_depend_on_order() -> None:
    spellings = ["Graph nets", "Graph Nets", "GRAPH NETS", "Gräph nets"]
    assert {max(order, key=title_rank) for order in permutations(spellings)} == {"Gräph nets"}
