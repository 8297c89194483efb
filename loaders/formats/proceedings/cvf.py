"""The pages of CVF open access (openaccess.thecvf.com), as text or HTML: the papers of a conference, or one paper.

Reads: title, authors and abstract; the edition that the page names; from the links, where they were saved, the
identifier on arXiv and the PDF. The papers of workshops belong to no edition.

Ignores: the search form, the terms of use, and the BibTeX entry of each paper, which says nothing else.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.records import Hints, Record

NAME = "cvf"
DESCRIPTION = "A page of CVF open access (CVPR, ICCV, WACV): the papers of a conference, or one paper, as text or HTML."
YIELDS = "papers with their edition and identifiers"
EXAMPLE = "cvf_open_access.html"
VERSION = 1


def sniff(document: Document) -> Sniff:
    """Look for the sentence that says who provides the papers."""
    head = document.head
    at = head.find("Open Access version")
    if at < 0 or "Computer Vision Foundation" not in head[at : at + 400] or document.opener is not None:
        return Sniff(0.0, "no papers provided by the Computer Vision Foundation")
    return Sniff(0.95, "open access versions, provided by the Computer Vision Foundation")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each paper, and a problem for each line that fits no part."""
    from programme.loaders.formats.proceedings.parsing import CVF, read_pages

    return read_pages(document, CVF)
