"""Text functions and formats take a time in proportion to their input, whatever is repeated in it."""

from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from benchmarks.adversaries import Text, variants
from benchmarks.repeats import FIRST_SIZES, Call, Growth, documents, functions, growth, is_suspect
from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.hyphens import join_split_words
from programme.loaders.text.latex_maths import plain_maths
from programme.loaders.text.links import find_links
from programme.loaders.text.markup import strip_markup
from programme.loaders.text.names import clean_name, name_form
from programme.loaders.text.venues import find_venue

MAX_EXPONENT = 1.5
"""Between linear (1) and quadratic (2), since other programs share the machine."""

TRIED = 25
"""Texts tried of each function and format; `python -m benchmarks.repeats` tries thousands."""


def exponent(name: str, call: Call, of: Callable[[int], str]) -> float:
    """Return the better of two measurements where the first is bad."""
    first = growth(name, call, of, FIRST_SIZES).exponent
    return first if first <= MAX_EXPONENT else min(first, growth(name, call, of, FIRST_SIZES).exponent)


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (strip_markup, Text("**Code** at https://a.org/x ", "x", "")),
        (strip_markup, Text("Code ", "<a href=x>", "")),
        (strip_markup, Text("\\thanks{ a", " ", "!")),
        (clean_abstract, Text("", "\\cite[", "")),
        (join_split_words, Text("Nets- A ", "a", "")),
        (find_venue, Text("Proceedings ", "1", "")),
        (find_links, Text("", ".github.io", "")),
        (find_links, Text("see https://a.org/", ")", "")),
        (find_links, Text("", "A.www.", "")),
        (find_links, Text("", "https: II Igithub. coml lab/Tool, ", "")),
        (plain_maths, Text("\\alpha ", " ~", "x")),
        (plain_maths, Text("{\\bf ", " ", "")),
        (clean_name, Text("Bo ", "¹,", "x")),
        (clean_name, Text(" ⁵", ",¹⁰", "\n!")),
        (name_form, Text("Ann ", "**", "x")),
        (split_byline, Text("Ann Lee", "; ", "x et al")),
    ],
)
def test_what_once_was_quadratic(function: Call, text: Text) -> None:
    assert exponent("", function, text.of) <= MAX_EXPONENT


def slow(name: str, call: Call, texts: Iterator[Callable[[int], str]], usual: float = 0.0) -> list[Growth]:
    """Return the growth of what is slow and grows too fast."""
    suspects = [of for of in islice(texts, TRIED) if is_suspect(call, of, usual)]
    return [growth(name, call, of, FIRST_SIZES) for of in suspects if exponent(name, call, of) > MAX_EXPONENT]


def test_every_text_function_is_linear() -> None:
    found = [one for name, call, texts in functions() for one in slow(name, call, (text.of for text in texts))]
    assert [str(one) for one in found] == []


def test_every_format_is_linear() -> None:
    found = [one for name, call, sample in documents() for one in slow(name, call, variants(sample, seed=1), 0.1)]
    assert [str(one) for one in found] == []


def test_growth_is_told_by_its_exponent() -> None:
    assert Growth("", "", {10: 0.1, 20: 0.2, 40: 0.4}).exponent == 1.0
    assert Growth("", "", {10: 0.1, 20: 0.4, 40: 1.6}).exponent == 2.0
    assert Growth("", "", {10: 0.0001, 20: 0.0009}).exponent == 0.0


def test_repeats_are_of_any_size() -> None:
    assert Text("a", "bc", "d").of(4) == "abcbcd"
    assert len(next(variants("one\ntwo", seed=0))(1000)) >= 1000
