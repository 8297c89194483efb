"""Elements of an XML document, one after the other: no entities, no DTD, no network; damage costs one record."""

import re
from collections.abc import Callable, Generator, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers.shapes import EXCERPT_CHARS
from programme.patterns import lazy_pattern

CHUNK_CHARS = 64 * 1024

_ROOT = lazy_pattern(r"<\w")
_PLACE = lazy_pattern(r", line \d+, column \d+$")
"""The place at the end of lxml's messages, which counts from where reading went on after damage."""


class XmlEvent(NamedTuple):
    """The `start` or the `end` of an element (an `lxml` element), and the line the element starts on, from 1."""

    kind: str
    element: Any
    line: int


class XmlDamage(NamedTuple):
    """A place that is not XML: its line from 1, the text there, the reason, and its offset in the whole text."""

    line: int
    text: str
    reason: str
    offset: int


def read_elements(
    document: Document, tags: frozenset[str], resume: re.Pattern[str], reopen: Callable[[str], str]
) -> Iterator[XmlEvent | XmlDamage]:
    """Yield the start and the end of every element called one of `tags`, and every damage.

    After damage, reading continues where `resume` matches next; `reopen` takes the text it matched and returns the
    start tags of the elements around it, on one line. Raises MalformedDocument when entities are declared, which
    `--xml-entities` allows.
    """
    text = document.text
    allowed = document.limits.xml_entities
    if not allowed and "<!ENTITY" in text[: root.start() if (root := _ROOT.search(text)) else None]:
        line = text.count("\n", 0, text.index("<!ENTITY")) + 1
        problem = "declares XML entities, which may hide any amount of text; remove them, or give --xml-entities"
        raise MalformedDocument(document.uri, line, problem)
    at, prefix = 0, ""
    while damage := (yield from _read(text, at, prefix, tags, resolve="internal" if allowed else False)):
        yield damage
        found = resume.search(text, max(damage.offset, at + 1))
        if found is None:
            return
        at, prefix = found.start(), reopen(found[0])


def _read(
    text: str, at: int, prefix: str, tags: frozenset[str], resolve: str | bool
) -> Generator[XmlEvent, None, XmlDamage | None]:
    """Yield the elements of `prefix` and of the text from `at` on; return the damage that ends it early."""
    # By name, so that neither start-up nor the type checker has to load lxml.
    etree: Any = import_module("lxml.etree")
    parser = etree.XMLPullParser(
        ("start", "end"), tag=tags, encoding="utf-8", resolve_entities=resolve, no_network=True, load_dtd=False
    )
    before = text.count("\n", 0, at)
    pieces = (text[start : start + CHUNK_CHARS] for start in range(at, len(text), CHUNK_CHARS))
    error = None
    try:
        parser.feed(prefix.encode())
        for piece in pieces:
            parser.feed(piece.encode())
            yield from (XmlEvent(kind, element, before + element.sourceline) for kind, element in parser.read_events())
        parser.close()
    except etree.XMLSyntaxError as found:
        error = found
    # What was parsed before the error is still in the parser's queue.
    yield from (XmlEvent(kind, element, before + element.sourceline) for kind, element in parser.read_events())
    if error is None:
        return None
    line, column = error.position
    offset = _offset(text, at, line, column - 1 - (len(prefix) if line == 1 else 0))
    excerpt = text[offset : offset + EXCERPT_CHARS].strip()
    return XmlDamage(before + line, excerpt, _PLACE.sub("", error.msg or "not XML"), offset)


def _offset(text: str, start: int, line: int, column: int) -> int:
    """Return the offset of a line, counted from 1 at `start`, and a column."""
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    end = text.find("\n", start)
    return min(start + max(column, 0), end if end >= 0 else len(text))


def element_text(element: Any, marks: dict[str, str]) -> str:
    r"""Return the text of an element and everything in it on one line; `marks` puts a mark around the text of a tag.

    >>> from lxml import etree
    >>> element_text(etree.fromstring("<t>Up to <m>n</m>\n <b>Times</b></t>"), {"m": "$"})
    'Up to $n$ Times'
    """
    if not len(element):
        return " ".join((element.text or "").split())
    parts = (
        f"{marks[part.getparent().tag]}{part}{marks[part.getparent().tag]}"
        if part.is_text and part.getparent().tag in marks
        else part
        for part in element.xpath("descendant::text()")
    )
    return " ".join("".join(parts).split())
