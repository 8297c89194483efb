"""Tables of contents of dblp: the XML of a conference or a person, and answers of the search for publications as JSON.

Reads: `title` (without the full stop that dblp adds), `author` (without the number that tells namesakes apart), `ee` as
the address and identifiers; the edition that `booktitle`, `venue` or `journal` names, with `year`.

Ignores: editors, pages, keys, ORCIDs, and records that are books, theses or volumes.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import is_json
from programme.loaders.records import Hints, Record
from programme.patterns import lazy_pattern

NAME = "dblp"
DESCRIPTION = "A table of contents or a search of dblp, as XML or JSON."
YIELDS = "papers with their identifiers and editions"
EXAMPLE = "dblp_toc.xml"
VERSION = 1

_RECORD = lazy_pattern(r"<(?:inproceedings|article)\s[^<>]{0,200}\bkey=\"")


def sniff(document: Document) -> Sniff:
    """Look for a record with a key, or for the hits of a search."""
    head = document.head
    if is_json(document):
        is_search = '"hits"' in head[:3000] and '"hit"' in head and '"info"' in head
        return Sniff(0.9 if is_search else 0.0, "hits of a search of dblp" if is_search else "no hits of dblp")
    if "key=" in head and head.lstrip("\ufeff \t\r\n").startswith("<") and _RECORD.search(head):
        return Sniff(0.9, "records of publications with keys")
    return Sniff(0.0, "no <inproceedings key=…> or <article key=…>")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each paper, and a problem for each without a title and each damaged place."""
    from programme.loaders.formats.references.parsing.dblp import papers

    return papers(document)
