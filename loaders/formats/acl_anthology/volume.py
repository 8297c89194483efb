"""A file of the ACL Anthology (`data/xml` of its repository): a `<collection>` of volumes, each with its papers.

Reads:

- For each paper: `title`, `author`, `abstract`, `doi`, its identifier in the Anthology, and `pwccode`, the repository
  that Papers with Code took for the paper's own (its `additional` only says that there were others). `tex-math` becomes
  `$…$`; other markup is removed.
- For each volume: `booktitle` and `year`, in which its papers were published, a journal where `type` says so; `venue`
  and `year`, which give the edition, unless it is a volume of Findings or of workshops that names no other venue. A
  volume without `venue` gets its edition from its title.
- Old files, a `<volume>` of papers without `<meta>`.

Ignores: editors, front matter, events with their talks, data sets, videos, attachments (software among them is a file
in the Anthology, not a repository), revisions, awards, pages, notes and languages.
"""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.records import Hints, Record

NAME = "acl-anthology"
DESCRIPTION = "A collection of the ACL Anthology, as the XML of its repository."
YIELDS = "papers with their identifiers in the Anthology and their code"
EXAMPLE = "acl_anthology.xml"
VERSION = 2

_COLLECTION = r"<collection\s[^>]*\bid\s*="
_VOLUME = r"<volume\s[^>]*\bid\s*="
_CONTENT = r"<(?:meta|booktitle|frontmatter|paper)\b"


def sniff(document: Document) -> Sniff:
    """Look for a volume in a collection, or a volume of papers as in old files."""
    head = document.head
    if "<volume" not in head:
        return Sniff(0.0, "no <volume> near the top")
    if not re.search(_VOLUME, head) or not re.search(_CONTENT, head):
        return Sniff(0.1, "a <volume>, but without an id or without papers")
    if re.search(_COLLECTION, head):
        return Sniff(1.0, "a <collection> with a <volume>")
    return Sniff(0.7 if "<paper" in head else 0.2, "a <volume>, but no <collection> around it")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each paper, and a problem for each without a title, each damaged place and each unknown element."""
    from programme.loaders.formats.acl_anthology.parsing import Collection

    return Collection(document).records()
