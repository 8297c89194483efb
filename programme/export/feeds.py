"""Papers, or what changed, as an Atom feed (RFC 4287): rows in, text out.

    text = feed("Papers with code", "papers-with-code", entries)

An entry keeps its id when its title or links change; the feed was updated when its newest entry was.
"""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from programme.patterns import lazy_pattern

ATOM = "http://www.w3.org/2005/Atom"
EPOCH = "1970-01-01"
# Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = lazy_pattern("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class Entry(NamedTuple):
    """A paper in a feed, or something else of which a feed tells."""

    key: str
    """Key of the paper, or what else identifies the entry."""
    title: str
    updated: str
    """Day or instant from which it is known, `2022-07-21` or `2022-07-21T19:30:00Z`."""
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    url: str | None = None
    """Where to read it: its page on a site, else `bibtex.paper_url` of its identifiers."""
    code: str | None = None
    """URL of its own repository."""
    editions: str | None = None
    """Names of the editions it belongs to."""
    kind: str = "paper"
    """What it is: entries of different kinds have different ids."""


def feed(title: str, name: str, entries: Iterable[Entry], *, home: str | None = None, url: str | None = None) -> str:
    r"""Return a feed with its entries in the order given.

    The id of the feed is made from `name`; `home` is the URL of the page it belongs to, `url` its own.

    >>> text = feed("New", "new", [Entry("9f31", "Nets \x00& more", "2022-07-21", ("Ann Lee",))], home="/")
    >>> print("\n".join(text.splitlines()[:9]))
    <?xml version="1.0" encoding="UTF-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom">
      <id>urn:uuid:b67edb94-d667-5655-8888-e08ad0bbd41f</id>
      <title>New</title>
      <updated>2022-07-21T00:00:00Z</updated>
      <author>
        <name>Programme</name>
      </author>
      <link rel="alternate" href="/" />
    """
    entries = list(entries)
    root = Element("feed", xmlns=ATOM)
    _add(root, "id", identity("feed", name))
    _add(root, "title", title)
    _add(root, "updated", max((instant(entry.updated) for entry in entries), default=instant(EPOCH)))
    _add(_add(root, "author"), "name", "Programme")
    _link(root, "alternate", home)
    _link(root, "self", url)
    for entry in entries:
        _add_entry(root, entry)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def identity(kind: str, name: str) -> str:
    """Return the id of a feed or of an entry, the same on every machine.

    >>> identity("paper", "9f31c2aa00000000")
    'urn:uuid:5c0a50bf-99ed-5322-973c-cbb52c5dcc92'
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'programme:{kind}:{name}')}"


def instant(day_or_instant: str) -> str:
    """Return the instant at which a day begins; an instant is returned as it is.

    >>> instant("2022-07-21"), instant("2022-07-21T19:30:00Z")
    ('2022-07-21T00:00:00Z', '2022-07-21T19:30:00Z')
    """
    return day_or_instant if "T" in day_or_instant else f"{day_or_instant}T00:00:00Z"


def _add_entry(root: Element, entry: Entry) -> None:
    element = _add(root, "entry")
    _add(element, "id", identity(entry.kind, entry.key))
    _add(element, "title", entry.title)
    _add(element, "updated", instant(entry.updated))
    for author in entry.authors:
        _add(_add(element, "author"), "name", author)
    _link(element, "alternate", entry.url or entry.code)
    _link(element, "related", entry.code)
    parts = [entry.abstract, entry.editions, entry.code and f"Code: {entry.code}"]
    _add(element, "summary", "\n\n".join(part for part in parts if part))


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    element = SubElement(parent, name)
    if text is not None:
        element.text = _NOT_XML.sub("", text)
    return element


def _link(parent: Element, relation: str, url: str | None) -> None:
    if url:
        _add(parent, "link").attrib.update({"rel": relation, "href": _NOT_XML.sub("", url)})
