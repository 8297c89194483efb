"""RIS, as Zotero, EndNote, Mendeley, Scopus, the Web of Science and publishers write it: a tag to a line.

Reads:

- Each record from `TY` to `ER` as a paper: `TI` or `T1`, `AU` and `A1`, `AB` or `N2`, identifiers from `DO`, `UR`, `L1`
  to `L3`, repositories in `UR` and `N1`.
- The edition that `T2`, `BT`, `JO`, `JF` or `C3` names, with the year of `PY`, `Y1` or `DA`.

Ignores: all other tags, and records that are books, data sets or web pages.
"""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.records import Hints, Record
from programme.patterns import lazy_pattern

NAME = "ris"
DESCRIPTION = "References in the RIS form."
YIELDS = "papers with their identifiers and editions"
EXAMPLE = "references.ris"
VERSION = 2

_START = lazy_pattern(r"^[^\S\n]*+TY {1,2}- ?\w", re.MULTILINE)
_TITLE = lazy_pattern(r"^[^\S\n]*+(?:TI|T1) {1,2}- ?\S", re.MULTILINE)


def sniff(document: Document) -> Sniff:
    """Look for the line that begins a record, and for a title."""
    head = document.head[:20_000]
    if "TY" not in head or not _START.search(head):
        return Sniff(0.0, "no line 'TY  - …' near the top")
    return Sniff(0.9 if _TITLE.search(head) else 0.4, "records that begin with 'TY  -'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper for each record with a title, and a problem for each other one."""
    from programme.loaders.formats.references.parsing.ris import papers

    return papers(document)
