"""Texts that make a program slow: the beginning of what it looks for, again and again, without the end.

They are made of the signs of LaTeX, HTML, Markdown, URLs and bylines, and of samples of the parts of the regular
expressions themselves.
"""

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_SIGNS = r"""
    a A é 王 1 ¹ . , ; : ! ? - – _ ~ * ** ` `` ' " ( ) [ ] { } < > / // \ | & # % @ $ ^ = + a. A. a- a_ a, a: a; 1.
    1, 1: a1 (a {a [a <a a( a) a] a} {} () [] <> \a \a{ {\a \{ \$ $a $a$ a$ ^{ _{ &a; &amp; &#1; \u00e9 </a> <a>
    <!-- --> [a](b) ![ ]( https:// http://a.org/ www. a.www. a.org/ .github.io github.com/a/b /a /) ): 10:00 July
    2020 and Dr. et jr. (a) †
"""
SIGNS = tuple(_SIGNS.split())
UNITS = tuple(dict.fromkeys((*SIGNS, *(f"{a}{b}" for a, b in product(SIGNS, " \n")), " ", "\n", "\t", "\xa0", " \n")))
BEFORE = ("", "a ", "**Code** at https://a.org/x ", "$", "{", "https://github.com/", "Nets- A ", "(", "@")
AFTER = ("", "!", "\n")

DOCUMENT_UNITS = (
    *UNITS, '"a",', '{"a":1},', '"a":1,', "[1],", "[1],a,\n", "- a\n", "a: b\n", "\\n", '\\"', "\\u00e9", "<p>", "</p>",
    "<td>", "BEGIN:VEVENT\n", "@misc{a,", "title = {a},\n", "* * *\n", "Poster\n", "Session\n", "Mon 20 July\n",
    "10:00 AM - 11:00 AM\n", "Ann Lee · ", "Ann Lee, ", "&&", "| a ", "|---", "WARC/1.0\n", "<!---->",
)  # fmt: skip
LONGEST_PATTERN = 5_000
"""A longer one is a list of words."""


class Text(NamedTuple):
    """A text of any size that repeats a unit."""

    before: str
    unit: str
    after: str

    def of(self, size: int) -> str:
        """Return the text with about `size` characters of repeats."""
        return self.before + self.unit * max(1, size // len(self.unit)) + self.after


def texts_of_signs() -> list[Text]:
    """Return texts that repeat signs."""
    return [Text(before, unit, after) for before, unit, after in product(BEFORE, UNITS, AFTER)]


@cache
def texts_of_pattern(pattern: str) -> tuple[Text, ...]:
    """Return texts that begin like a match of a pattern again and again."""
    if len(pattern) > LONGEST_PATTERN:
        return ()
    rng = random.Random(len(pattern))
    texts: list[Text] = []
    for sequence in (*_sequences(_parser.parse(pattern)),) * 2:
        parts = [_sample(node, rng) for node in sequence]
        for at, part in enumerate(parts):
            begun = "".join(parts[:at])
            texts += [Text("", begun + part, ""), Text(begun, part, ""), Text(begun, part, "\n!")]
    return tuple(dict.fromkeys(text for text in texts if text.unit))


def _sequences(parsed: Any) -> Iterator[list[Any]]:
    """Yield the sequences of nodes in a parsed pattern: its own, and those of its groups and branches."""
    yield list(parsed)
    for node in parsed:
        for inner in _inner(*node):
            yield from _sequences(inner)


def _inner(code: Any, value: Any) -> list[Any]:
    if code is op.BRANCH:
        return list(value[1])
    if code is op.SUBPATTERN:
        return [value[3]]
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [value[2]]
    return [value] if code is op.ATOMIC_GROUP else []


def _sample(node: Any, rng: random.Random) -> str:
    """Return a text that a node of a pattern matches, or nearly."""
    code, value = node
    if code is op.LITERAL:
        return chr(value)
    if code in (op.NOT_LITERAL, op.ANY):
        return rng.choice("a 1-.")
    if code is op.IN:
        return _sample_class(value, rng)
    if code is op.BRANCH:
        return "".join(_sample(inner, rng) for inner in rng.choice(value[1]))
    count = 1
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        count = min(max(value[0], rng.choice((1, 1, 2))), value[1], 20)
    return "".join(_sample(inner, rng) for _ in range(count) for part in _inner(code, value) for inner in part)


def _sample_class(members: list[Any], rng: random.Random) -> str:
    categories = {op.CATEGORY_DIGIT: "7", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "w"}
    candidates: list[str] = []
    for code, value in members:
        if code is op.NEGATE:
            return rng.choice("ab1 -.x")
        if code is op.LITERAL:
            candidates.append(chr(value))
        elif code is op.RANGE:
            candidates.append(chr(rng.randint(*value)))
        elif code is op.CATEGORY:
            candidates.append(categories.get(value, "-"))
    return rng.choice(candidates)


def patterns_in(namespace: dict[str, Any]) -> Iterator[str]:
    """Yield the regular expressions of a module."""
    for value in namespace.values():
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            yield value.pattern


def variants(sample: str, seed: int) -> Iterator[Callable[[int], str]]:
    """Yield copies of a document, each with repeats of a unit somewhere: a function of their size."""
    rng = random.Random(seed)
    lines = sample.split("\n")
    while True:
        at, line = (chosen := rng.randrange(len(lines))), lines[chosen]
        unit = rng.choice((*DOCUMENT_UNITS, f"{line[:200]}\n"))
        cut = rng.choice((0, len(line), max(0, len(line) - 2), len(line) // 2))
        is_end = rng.random() < 0.2
        before = "\n".join((*lines[:at], line[:cut]))
        after = "" if is_end else "\n".join((line[cut:] if rng.random() < 0.8 else "", *lines[at + 1 :]))
        yield Text(before, unit, after).of
