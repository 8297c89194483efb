"""Bounds on the markup of web pages, beyond which the time of the HTML parser grows with the square of the page."""

import re
from collections import Counter
from collections.abc import Iterator

from programme.patterns import lazy_pattern

MAX_DEPTH = 256
"""Deeper tags are removed and their text is kept: every tag makes the parser look through those that are open."""

MAX_FORMATTING = 32
"""More tags of formatting are removed: the parser opens those that are not closed again in every later block."""

MAX_ATTRIBUTES = 100
"""Further attributes of a tag are removed: the parser compares each with all before it."""


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_WITHOUT_CONTENT = _tags("area base br col embed hr img input link meta param source track wbr")
# HTML lets authors leave the last ten unclosed; counted, a long list would look deep.
_LEFT_OPEN = _WITHOUT_CONTENT | _tags("dd dt li option p tbody td th thead tr")
_FORMATTING = _tags("b big code em font i nobr s small strike strong tt u")
_SPACE = "[ \t\n\f\r]"
_ATTRIBUTE = (
    rf"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)?+)?+"
)
_EACH_ATTRIBUTE = lazy_pattern(_ATTRIBUTE)
# Every alternative consumes what it has looked at, so that the page is passed over once.
_MARKUP = lazy_pattern(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))|(?:script|style)\b[^>]*+>.*?(?:</(?:script|style)\b|\Z)"
    rf"|(/?)([a-z][^ \t\n\f\r/>]*+)(?:[ \t\n\f\r/]++|{_ATTRIBUTE})*+(?:>|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_MIN_CHARS_PER_ATTRIBUTE = 2


def within_limits(html: str) -> str:
    """Return a page without the tags and attributes that exceed the limits; almost every page is returned as it is.

    >>> within_limits("<b>" * 40 + "x") == "<b>" * 32 + "x"
    True
    """
    kept: list[str] = []
    done = 0
    for start, end in _excess(html):
        kept.append(html[done:start])
        done = end
    return "".join(kept) + html[done:] if kept else html


class _OpenTags:
    """The tags that are open at a place in a page."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: Counter[str] = Counter()
        self._formatting = 0

    def exceeds(self, name: str, *, is_end: bool) -> bool:
        """Open or close a tag; return whether more are open than the limits allow."""
        if name in _FORMATTING:
            # Not counted among the others, since the end of a block around it does not end its effect.
            self._formatting = max(0, self._formatting - 1) if is_end else self._formatting + 1
            return self._formatting > MAX_FORMATTING
        if not is_end:
            self._names.append(name)
            self._counts[name] += 1
        is_deep = len(self._names) > MAX_DEPTH
        while is_end and self._counts[name]:
            closed = self._names.pop()
            self._counts[closed] -= 1
            if closed == name:
                break
        return is_deep


def _excess(html: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of tags and attributes that exceed the limits."""
    open_tags = _OpenTags()
    for tag in _MARKUP.finditer(html):
        if tag[2] is None:  # a comment or a script
            continue
        name = tag[2].lower()
        has_end = name in _FORMATTING or not (name in _LEFT_OPEN or tag[0].endswith("/>"))
        if has_end and open_tags.exceeds(name, is_end=bool(tag[1])):
            yield tag.span()
        elif tag.end() - tag.start() > MAX_ATTRIBUTES * _MIN_CHARS_PER_ATTRIBUTE:
            yield from _excess_attributes(html, tag)


def _excess_attributes(html: str, tag: re.Match[str]) -> list[tuple[int, int]]:
    """Return the range of the attributes of a tag after the first MAX_ATTRIBUTES."""
    end = tag.end() - html.startswith(">", tag.end() - 1)
    attributes = list(_EACH_ATTRIBUTE.finditer(html, tag.end(2), end))
    return [(attributes[MAX_ATTRIBUTES].start(), end)] if len(attributes) > MAX_ATTRIBUTES else []
