"""The lines of a saved page with the links in them, whether it was saved as text, as Markdown or as HTML."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from programme.loaders.documents import Document
from programme.patterns import lazy_pattern

_LINK = lazy_pattern(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,100}\]){0,400})\]\((https?://[^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)\)"
)


class PageLine(NamedTuple):
    """A line that is not blank: its number in the document, its text without links, and the links as (text, URL)."""

    number: int
    text: str
    links: tuple[tuple[str, str], ...] = ()


def page_lines(document: Document, site: str) -> Iterator[PageLine]:
    """Yield the lines of a page that are not blank; `site` is the URL that its links within the site are of.

    >>> page = Document.of("file:///a.html", b"<html><p><a href='/forum?id=Moss01'>Moss</a> by <b>Ada</b>")
    >>> list(page_lines(page, "https://openreview.net"))
    [PageLine(number=1, text='Moss by Ada', links=(('Moss', 'https://openreview.net/forum?id=Moss01'),))]
    """
    lines = linked = document.lines
    if document.is_html:
        from programme.loaders.text.html import html_to_text

        within = html_to_text(document.text, site).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        linked = within if len(within) == len(lines) else lines
    for number, (plain, full) in enumerate(zip(lines, linked, strict=True), 1):
        line = plain.strip()
        if line and "](" in full:
            links = tuple((found[1].strip(), found[2]) for found in _LINK.finditer(full))
            yield PageLine(number, _LINK.sub(_shown, line).strip(), links)
        elif line:
            yield PageLine(number, line)


def _shown(found: re.Match[str]) -> str:
    """Return the text of a link, apart from a word that touches it."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return f"{' ' * before.isalnum()}{found[1]}{' ' * after.isalnum()}"
