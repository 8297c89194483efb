"""Which lines of a page are titles that link to the page of an event, `/virtual/2024/poster/12345`."""

import re

from programme.loaders.documents import Document
from programme.loaders.formats.virtual_site.parsing.markdown import strip_markup

_EVENT = re.compile(r"/virtual/20\d\d/([a-z][a-z-]*)/\d+/?$")


def event_addresses(document: Document) -> dict[int, str]:
    """Return the numbers of the lines that are nothing but the link to an event, and the kind its address names.

    Raises MalformedDocument.
    """
    if "/virtual/20" not in document.text:
        return {}
    if document.is_html:
        return _of_html(document)
    found: dict[int, str] = {}
    for number, line in enumerate(document.lines, 1):
        if "](" in line and (kind := _linked_kind(line)):
            found[number] = kind
    return found


def _linked_kind(line: str) -> str | None:
    r"""Return the kind of event that a line of Markdown links to, when the link is all of it.

    >>> _linked_kind("* [Trees for All](/virtual/2024/poster/12345)"), _linked_kind("See [it](/virtual/2024/poster/1)!")
    ('poster', None)
    """
    text, addresses = strip_markup(line)
    if len(addresses) != 1 or strip_markup(line[line.index("[") : line.rindex(")") + 1])[0] != text:
        return None
    found = _EVENT.search(addresses[0])
    return found[1] if found else None


def _of_html(document: Document) -> dict[int, str]:
    """The same of a saved web page, whose lines have lost the addresses within the site."""
    from selectolax.lexbor import LexborHTMLParser

    kinds: dict[str, str] = {}
    for link in LexborHTMLParser(document.text).css("a[href*='/virtual/20']"):
        found = _EVENT.search(link.attributes.get("href") or "")
        if found and (text := " ".join(link.text().split())):
            kinds[text] = found[1]
    return {number: kinds[line.strip()] for number, line in enumerate(document.lines, 1) if line.strip() in kinds}
