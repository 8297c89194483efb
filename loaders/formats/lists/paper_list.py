"""Lists of papers in Markdown: awesome lists, "papers with code" of a conference, reading lists, weekly lists.

Reads:

- Headings as sections: each with papers is a listing, whose source is the title of the whole list.
- An entry as a paper: bold or linked text at the start of a line, a heading with labelled links below it, plain text
  before labelled links, a linked title behind its authors and year, or a row of a table. Tags before a title
  (`[ICML'23]`, a checkbox) are none of it. Authors in italics, after a label, or in the text; venue, year and kind;
  identifiers from links to papers; project pages. What prints no venue is of the edition that the list names in its
  title.
- A plain list of accepted papers, as a page (HTML or text) prints it: titles with their authors on the next line, below
  a heading that says so.
- Links by reference: `[Slow Maps][1]`, `[Slow Maps][]` or `[Slow Maps]`, with `[1]: https://…` anywhere in the list.
- Code: a link that is labelled as code, or the only repository of the entry without another label, is the paper's own.
  What is labelled as somebody else's (unofficial, third-party) or as a data set is not.

An item that links to a paper and whose title is not certain is a problem.

Ignores: badges, tables of contents, comments, prose, and entries that have neither a link to a paper nor authors and
code, such as tools and courses.
"""

import re
from collections.abc import Iterator
from itertools import islice

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import yaml_keys
from programme.loaders.records import Hints, ListingRecord, Record
from programme.patterns import lazy_pattern

NAME = "paper-list"
DESCRIPTION = "A list of papers with links, in Markdown: an awesome list, a reading list, papers with code."
YIELDS = "a listing for each section, with its papers"
EXAMPLE = "paper_list.md"
VERSION = 2

MIN_PAPERS = 2
"""A text with fewer entries that are papers is prose."""

SNIFFED_LINES = 600
_HOST = lazy_pattern(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|arxiv\.org|openreview\.net|aclanthology\.org|doi\.org)/"
)
_ACCEPTED = lazy_pattern(
    r"\b(?:papers|posters|orals|contributions|publications|proceedings|abstracts)\b", re.IGNORECASE
)
_NESTED = lazy_pattern(r"^ *- [^\n:]{1,60}: +[^\n]*\n +- ", re.MULTILINE)
"""Items below an item with a value, which Markdown has and YAML has not."""


def sniff(document: Document) -> Sniff:
    """Look for entries that are papers near the top."""
    if plain := _accepted(document):
        return plain
    head = document.head
    start = head.lstrip("\ufeff \t\r\n")[:2]
    is_linked = len(_HOST.findall(head, 0, 60_000)) >= MIN_PAPERS or "][" in head  # addresses may stand at the end
    # An element of HTML may stand above a list, such as a centred heading.
    if start[:1] == "{" or start == "<?" or document.is_html or document.opener is not None or not is_linked:
        return Sniff(0.0, "no links to papers or code")
    if "](" not in head and "title" in yaml_keys(document) and not _NESTED.search(head):
        return Sniff(0.0, "YAML")
    if not ("](" in head or "**" in head or "\n#" in head or "\n- " in head or "\n|" in head):
        return Sniff(0.0, "no list in Markdown")
    from programme.loaders.formats.lists.parsing.records import MISSED, papers_in

    try:
        papers = (found for found, _ in papers_in(document, SNIFFED_LINES) if found)
        count = sum(1 for _ in islice(papers, 50))
    except MalformedDocument:
        return Sniff(0.0, "not a text")
    return Sniff(0.6, f"{count} entries that are papers") if count >= MIN_PAPERS else Sniff(0.1 * count, MISSED)


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a listing for each section that has papers."""
    from programme.loaders.formats.lists.parsing.accepted import accepted
    from programme.loaders.formats.lists.parsing.records import records

    found = list(accepted(document)) if _says_accepted(document) else []
    return iter(found) if found else records(document)


def _says_accepted(document: Document) -> bool:
    """Return whether a page, HTML or text, may be a plain list of accepted papers."""
    head = document.head
    return head.lstrip("\ufeff \t\r\n")[:1] not in ("{", "[") and _ACCEPTED.search(head) is not None


def _accepted(document: Document) -> Sniff | None:
    """Return how sure it is that a page is a plain list of accepted papers; None for anything else."""
    if document.opener is not None or not _says_accepted(document):
        return None
    from programme.loaders.formats.lists.parsing.accepted import accepted

    listings = [one for one in accepted(document) if isinstance(one, ListingRecord)]
    count = sum(len(one.entries) for one in listings)
    # A virtual site lists events of one kind in the same way.
    is_said = bool(listings) and "accept" in listings[0].source.lower() and "/virtual/20" not in document.head
    return Sniff(0.85 if is_said else 0.6, f"{count} titles, each with authors below it") if listings else None
