"""Taking the Markdown dress off a page that an HTML-to-text tool wrote: headings, emphasis, links, escapes.

What remains reads like the page as a browser copies it, line for line: a link within the site is its text, one that
leads elsewhere is `[text](address)`, as in the lines of a saved web page.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

Address = tuple[str, str]
"""The text of a link and where it leads: `("OpenReview", "https://openreview.net/forum?id=zuNM3eoPVi")`."""


class Plain(NamedTuple):
    """The lines of a page without its dress, and the numbers (from 1) of those that were dressed as headings.

    Lines that were nothing but dress, such as rules and definitions of addresses, are empty.
    """

    lines: list[str]
    headings: frozenset[int]


_MARKS = frozenset("#*_=[+- \t")
_DRESSED = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]+\S|(?:\*\*|__)\S.*(?:\*\*|__)[ \t]*$|={4,}[ \t]*$|\[\d+\]: \S|\[1\]\w|(?:[*+-][ \t]+)?"
    r"\[[^\[\]\n]+\](?:\((?:(?:[/#]|https?://[^()\s]+/virtual/)[^()\s]*)?\)|\[\d+\])[ \t]*$)"
)
TOP = 300
"""Lines among which a dressed page shows its dress."""

_SHOWN = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")

# What only dressed pages need is compiled when the first of them comes.
_ADDRESS = r"<?((?:(?:https?:|mailto:|/|\#|\?|\.\.?/)[^()<>\"]*(?:\([^()<>\"]*\)[^()<>\"]*)*)?)>?"
_LINK = (
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\]){0,1000}?)\]"
    rf"(?:\(\s?{_ADDRESS}(?:\s+\"[^\"\n]*\")?\s?\)|\[(\d+)\])"
)
_DEFINITION = r"(?m)^[ \t]*\[(\d+)\]:[ \t]*<?(\S*?)>?[ \t]*$"
_REFERENCES = r"(?m)^References[ \t]*\n(?=\s*(?:Visible links:?\s*)?1\.[ \t]+(?:https?|file)://)"
_NUMBERED = r"(?m)^[ \t]*\d+\.[ \t]+(?:https?|file)://\S+[ \t]*$"


def is_markdown(lines: Sequence[str]) -> bool:
    r"""Return whether some line near the top of a page is dressed as only an HTML-to-text tool does it.

    >>> is_markdown(["# Session", ""]), is_markdown(["Session", "#36", "See *this* [link](https://example.org/a)."])
    (True, False)
    """
    return any(_DRESSED.match(line) for line in lines[:TOP] if line and line[0] in _MARKS)


def strip_markup(line: str) -> tuple[str, tuple[str, ...]]:
    r"""Return the text of one line without any dress, and the addresses its links lead to.

    >>> strip_markup("##### **[Trees for *All* of Us](/virtual/2025/poster/1)**")
    ('Trees for All of Us', ('/virtual/2025/poster/1',))
    >>> strip_markup("* [ [OpenReview][33] ] x\\_1 of $x_1$"), strip_markup("##### Generation][34]**")
    (('[ OpenReview ] x_1 of $x_1$', ()), ('Generation', ()))
    """
    from programme.loaders.formats.virtual_site.parsing.markdown_lines import strip_line_markup

    addresses: list[str] = []

    def text_of(link: re.Match[str]) -> str:
        addresses.extend([link[3]] if link[3] else [])
        return "" if link[1] else link[2]

    for _ in range(2):  # an image may stand in a link
        line = re.sub(_LINK, text_of, line)
    return strip_line_markup(line, has_half_links=True)[0], tuple(addresses)


def strip_page_markup(text: str) -> Plain:
    r"""Return the lines of a page without dress; links that wrap over lines keep their lines.

    >>> strip_page_markup("### **[Trees and\n### Roots][7]**\n\nOur [code](https://example.org/a).\n\n[7]: /virtual/7")
    Plain(lines=['Trees and', 'Roots', '', 'Our [code](https://example.org/a).', '', ''], headings=frozenset({1, 2}))
    """
    from programme.loaders.formats.virtual_site.parsing.markdown_lines import strip_lines_markup
    from programme.loaders.text.html import display_link

    defined: dict[str, str] = dict(re.findall(_DEFINITION, text))
    text = re.sub(_DEFINITION, "", text)
    if re.search(_REFERENCES, text):
        text = re.sub(r"\[\d+\](?=\S)", "", re.sub(_NUMBERED, "", re.sub(_REFERENCES, "\n", text)))

    def shown(link: re.Match[str]) -> str:
        if link[4] and link[2].strip().isdigit():
            return link[0]
        address = "".join((link[3] or defined.get(link[4] or "", "")).split())
        found = "" if link[1] else display_link(link[2], address)
        return found + "\n" * (link[0].count("\n") - found.count("\n"))

    for _ in range(2):  # an image may stand in a link
        text = re.sub(_LINK, shown, text)
    return strip_lines_markup(text.split("\n"))


def split_links(text: str) -> tuple[str, tuple[Address, ...]]:
    """Return a text without the addresses that stand in it as `[text](address)`, and those links.

    >>> split_links("[ [OpenReview](https://openreview.net/forum?id=a) ] and more")
    ('[ OpenReview ] and more', (('OpenReview', 'https://openreview.net/forum?id=a'),))
    """
    if "](" not in text:
        return text, ()
    return _SHOWN.sub(r"\1", text), tuple((label.strip(), address) for label, address in _SHOWN.findall(text))
