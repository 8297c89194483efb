"""The page of a volume of the Proceedings of Machine Learning Research (proceedings.mlr.press), as HTML or text.

Reads: title and authors; the edition that the heading of the volume names; from the links, where they were saved, the
identifiers at PMLR and OpenReview, and the software.

Ignores: editors, pages, and links to PDFs and supplements.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.records import Hints, Record

NAME = "pmlr"
DESCRIPTION = "The page of a volume of PMLR (proceedings.mlr.press), as HTML or text."
YIELDS = "papers with their edition and identifiers"
EXAMPLE = "pmlr_volume.html"
VERSION = 1


def sniff(document: Document) -> Sniff:
    """Look for the name of the series and a line of links."""
    head = document.head
    if "Download PDF" not in head or "PMLR" not in head or document.opener is not None:
        return Sniff(0.0, "no papers of PMLR with their links")
    if "Volume " in head and "Editors" in head:
        return Sniff(0.9, "a volume of PMLR with its editors")
    return Sniff(0.3, "papers of PMLR, but no heading of a volume")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each paper, and a problem for each line that fits no part."""
    from programme.loaders.formats.proceedings.parsing import PMLR, read_pages

    return read_pages(document, PMLR)
