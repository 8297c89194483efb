"""Answers of the arXiv API: an Atom feed with an entry for each preprint.

Reads: `title`, `author` with `arxiv:affiliation`, `summary`, identifiers from `id` and `arxiv:doi`, and the comment
(`arxiv:comment`) as a field with links when it contains one. A preprint belongs to no edition.

Ignores: categories, journal references, dates and the links to pages and PDFs.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.records import Hints, Record

NAME = "arxiv-atom"
DESCRIPTION = "An answer of the arXiv API, as Atom."
YIELDS = "papers with authors, abstract, identifiers and the links in their comments"
EXAMPLE = "arxiv_atom.xml"
VERSION = 1


def sniff(document: Document) -> Sniff:
    """Look for a feed with entries of arXiv."""
    head = document.head
    if "<feed" not in head or "arxiv.org/abs/" not in head:
        return Sniff(0.0, "no feed of arXiv")
    return Sniff(0.95 if "<entry" in head else 0.3, "a feed with entries of arXiv")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield the paper of each entry, and a problem for each without a title and each damaged place."""
    from programme.loaders.formats.arxiv.parsing import entries

    return entries(document)
