"""Strip the Markdown markup of a page that an HTML-to-text tool wrote: headings, emphasis, links, escapes.

What remains reads like the page as a browser copies it, line for line. A link within the site becomes its text; a link
that leads elsewhere stays as `[text](URL)`, as in the lines of a saved web page.

No Markdown library is used: what these tools write is not CommonMark (links and headings that wrap over lines, half
links, numbered URLs), and the formulas and names of the authors (`x_1`, `f*g*h`) must be kept.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from programme.patterns import lazy_pattern

Link = tuple[str, str]
"""The text of a link and its URL: `("OpenReview", "https://openreview.net/forum?id=zuNM3eoPVi")`."""


class PlainLines(NamedTuple):
    """The lines of a page without markup, and the numbers (from 1) of those that were headings.

    Lines that were nothing but markup, such as rules and definitions of URLs, are empty.
    """

    lines: list[str]
    headings: frozenset[int]


_FIRST_CHARACTERS = frozenset("#*_=[+- \t")
"""The characters that a line of `_MARKUP` begins with; most lines need no closer look."""

_MARKUP = lazy_pattern(
    r"[ \t]*(?:#{1,6}[ \t]+\S|(?:\*\*|__)\S.*(?:\*\*|__)[ \t]*$|={4,}[ \t]*$|\[\d+\]: \S|\[1\]\w|(?:[*+-][ \t]+)?"
    r"\[[^\[\]\n]+\](?:\((?:(?:[/#]|https?://[^()\s]+/virtual/)[^()\s]*)?\)|\[\d+\])[ \t]*$)"
)
MARKUP_LINES = 300
"""How many lines of a page are searched for markup."""

_LEFT_LINK = lazy_pattern(r"\[([^\[\]]*)\]\((https?://[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")

# These are texts, not compiled patterns: only pages in Markdown need them, and `re` keeps what it has compiled.
_URL = r"<?((?:(?:https?:|mailto:|/|\#|\?|\.\.?/)[^()<>\"]*(?:\([^()<>\"]*\)[^()<>\"]*)*)?)>?"
_LINK = (
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\]){0,1000}?)\]"
    rf"(?:\(\s?{_URL}(?:\s+\"[^\"\n]*\")?\s?\)|\[(\d+)\])"
)
_DEFINITION = r"(?m)^[ \t]*\[(\d+)\]:[ \t]*<?(\S*?)>?[ \t]*$"
_REFERENCES = r"(?m)^References[ \t]*\n(?=\s*(?:Visible links:?\s*)?1\.[ \t]+(?:https?|file)://)"
_NUMBERED = r"(?m)^[ \t]*\d+\.[ \t]+(?:https?|file)://\S+[ \t]*$"

# Of single lines.
_RULE = lazy_pattern(r"(?:[-=_*]{3,}|`{3,}\w*|[-*_](?:[ \t]+[-*_]){2,}|[─┬┴┼│]{3,}|\|?(?:[ :]*-{3,}[ :]*\|)+)")
_HEADING = lazy_pattern(r"^#{1,6}[ \t]+")
_BULLET = lazy_pattern(r"^[*+•-][ \t]+(?=\S)")
_HALF_LINK = lazy_pattern(r"^((?:\*\*)?)\[(?=[^\[\]]*$)|(?<=\S)\](?:\([^()\s]*\)|\[\d+\])(?=(?:\*\*)?$)")
_BOLD = lazy_pattern(r"(?<![\w*])(?:\*\*|__)(?=[^\s*_]|$)|(?<=[^\s*_])(?:\*\*|__)(?![\w*])")
_EMPHASIS = lazy_pattern(r"(?<![\w*\\$])([*_])(?=[^\s*_])([^*_$\n]+)(?<=[^\s\\])\1(?![\w*])")
_FORMULA = lazy_pattern(r"(\$[^$\n]+\$)")
_ESCAPE = lazy_pattern(r"\\([_*#`<>])|(?<=^\d)\\(?=\.)|^\\(?=[-+])")
_ESCAPED_BRACKETS = lazy_pattern(r"\\\[([^\\=^\n]*?)\\\]")


def is_markdown(lines: Sequence[str]) -> bool:
    r"""Return whether some line near the top of a page has markup of a kind that only HTML-to-text tools write.

    >>> is_markdown(["# Session", ""]), is_markdown(["Session", "#36", "See *this* [link](https://example.org/a)."])
    (True, False)
    """
    return any(_MARKUP.match(line) for line in lines[:MARKUP_LINES] if line and line[0] in _FIRST_CHARACTERS)


def strip_markup(line: str) -> tuple[str, tuple[str, ...]]:
    r"""Return the text of a line without any markup, and the URLs of its links.

    >>> strip_markup("##### **[Trees for *All* of Us](/virtual/2025/poster/1)**")
    ('Trees for All of Us', ('/virtual/2025/poster/1',))
    >>> strip_markup("* [ [OpenReview][33] ] x\\_1 of $x_1$"), strip_markup("##### Generation][34]**")
    (('[ OpenReview ] x_1 of $x_1$', ()), ('Generation', ()))
    """
    urls: list[str] = []

    def text_of(link: re.Match[str]) -> str:
        urls.extend([link[3]] if link[3] else [])
        return "" if link[1] else link[2]

    for _ in range(2):  # twice, for a link may contain an image: [![logo](/logo.svg)](/)
        line = re.sub(_LINK, text_of, line)
    return _strip_line(line, has_half_links=True)[0], tuple(urls)


def strip_page_markup(text: str) -> PlainLines:
    r"""Return the lines of a page without markup; what wraps over several lines keeps them.

    >>> strip_page_markup("### **[Elm and\n### Roots][7]**\n\nOur [code](https://example.org/a).\n\n[7]: /virtual/7")
    PlainLines(lines=['Elm and', 'Roots', '', 'Our [code](https://example.org/a).', '', ''], headings=frozenset({1, 2}))
    """
    from programme.loaders.text.html import display_link

    defined: dict[str, str] = dict(re.findall(_DEFINITION, text))
    text = re.sub(_DEFINITION, "", text)
    # Text browsers number every link and list the URLs at the end: "[1]Skip to main content … References 1. https://…".
    if re.search(_REFERENCES, text):
        text = re.sub(r"\[\d+\](?=\S)", "", re.sub(_NUMBERED, "", re.sub(_REFERENCES, "\n", text)))

    def display(link: re.Match[str]) -> str:
        if link[4] and link[2].strip().isdigit():  # citations such as [12][13] are not links
            return link[0]
        url = "".join((link[3] or defined.get(link[4] or "", "")).split())
        found = "" if link[1] else display_link(link[2], url)
        return found + "\n" * (link[0].count("\n") - found.count("\n"))

    for _ in range(2):  # twice, for a link may contain an image
        text = re.sub(_LINK, display, text)
    return _strip_lines(text.split("\n"))


def split_links(text: str) -> tuple[str, tuple[Link, ...]]:
    """Return a text in which the text alone of each `[text](URL)` remains, and those links.

    >>> split_links("[ [OpenReview](https://openreview.net/forum?id=a) ] and more")
    ('[ OpenReview ] and more', (('OpenReview', 'https://openreview.net/forum?id=a'),))
    """
    if "](" not in text:
        return text, ()
    return _LEFT_LINK.sub(r"\1", text), tuple((label.strip(), url) for label, url in _LEFT_LINK.findall(text))


def _strip_lines(raw_lines: list[str]) -> PlainLines:
    """Strip lines whose links are stripped already; a line underlined with a rule is a heading.

    >>> _strip_lines(["Trees", "-----", "* an *old* one"])
    PlainLines(lines=['Trees', '', 'an old one'], headings=frozenset({1}))
    """
    lines: list[str] = []
    headings: set[int] = set()
    for raw in raw_lines:
        if _RULE.fullmatch(raw.strip()):
            if lines and lines[-1] and raw.strip()[0] in "=-":
                headings.add(len(lines))
            lines.append("")
            continue
        line, is_heading = _strip_line(raw)
        lines.append(line)
        if is_heading:
            headings.add(len(lines))
    return PlainLines(lines, frozenset(headings))


def _strip_line(line: str, has_half_links: bool = False) -> tuple[str, bool]:
    """Return a line without headings, bullets, emphasis and escapes, and whether it was a heading.

    >>> _strip_line("## **Trees** and $x_1$"), _strip_line("- one")
    (('Trees and $x_1$', True), ('one', False))
    """
    line = line.strip()
    body = _HEADING.sub("", line, count=1) if line.startswith("#") else line
    is_heading = body is not line and body != line
    if body[:1] in "*+•-":
        body = _BULLET.sub("", body, count=1)
    if body.startswith("|") and body.endswith("|"):
        body = body.strip("|").strip().replace(" | ", "  ")
    if has_half_links:
        body = _HALF_LINK.sub(r"\1", body)
    if "*" in body or "_" in body or "\\" in body:
        pieces = _FORMULA.split(body)  # every second piece is a formula, whose underscores and stars stay
        pieces[::2] = [_strip_emphasis(piece) for piece in pieces[::2]]
        body = "".join(pieces)
    return body.strip(), is_heading


def _strip_emphasis(text: str) -> str:
    text = _EMPHASIS.sub(r"\2", _BOLD.sub("", text))
    return _ESCAPED_BRACKETS.sub(r"[\1]", _ESCAPE.sub(r"\1", text))
