"""The cheap looks before patterns that are slow to compile see every text that a pattern matches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.loaders.text import link_roles
from programme.loaders.text.link_roles import role_of


def matching(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(pattern.pattern, pattern.flags))


@given(matching(link_roles._BORROWS) | matching(link_roles._NAMED))
def test_borrowing_is_looked_for_wherever_it_may_be(sentence: str) -> None:
    assert link_roles._may_borrow(sentence)


@pytest.mark.parametrize(
    ("before", "after", "role"),
    [
        ("It EXTENDS Kiln (", ").", "other"),
        ("It is ba\u017fed on Kiln (", ").", "other"),
        ("It is built using\nKiln (", ").", "other"),
        ("We fine-tune Kiln [ ", "].", "other"),
        ("Kiln (", ") is a baseline.", "other"),
        ("Kiln (", ") of Roe\net al.", "other"),
        ("The data of Roe ET AL. (", ").", "other"),
        ("Code: ", ".", "own"),
        ("We compare with Kiln. See ", ".", "own"),
    ],
)
def test_each_way_to_name_others(before: str, after: str, role: str) -> None:
    address = "https://github.com/x/kiln"
    assert role_of(before + address + after, len(before), len(before + address)) == role
