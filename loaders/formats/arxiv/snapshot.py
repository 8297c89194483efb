"""The metadata snapshot of arXiv, as JSON lines.

`arxiv-metadata-oai-snapshot.json` has an object to each line for each preprint, read in pieces of bounded size.

- Read: `title` and `abstract` with their wrapped lines joined, and the identifiers in `id` and `doi`.
- Authors come from `authors_parsed`, whose parts (last name, first name, suffix, affiliation) are put in natural order,
  or where that is missing from `authors`, without what stands in parentheses.
- `comments` are kept as a field with links when they hold an address: authors state their code there.
- Left alone: `submitter` (a person, often no author), `journal-ref`, `report-no`, `categories`, `license`, `versions`,
  `update_date`. No edition is read: a preprint belongs to none.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Record
from programme.loaders.text.identifiers import arxiv

NAME = "arxiv-snapshot"
DESCRIPTION = "The metadata snapshot of arXiv, as JSON lines (arxiv-metadata-oai-snapshot.json)."
YIELDS = "papers with authors, abstract, identifiers and the links in their comments"
EXAMPLE = "arxiv_snapshot.json"


def sniff(document: Document) -> Sniff:
    """Look for an arXiv identifier and the fields that only arXiv has in the first record."""
    record = first_record(document)
    identifier = record.get("id")
    if "title" not in record or not isinstance(identifier, str) or arxiv(identifier) is None:
        return Sniff(0.0, "no 'title' and 'id' of arXiv in the first record")
    if not record.keys().isdisjoint({"authors_parsed", "journal-ref"}):
        return Sniff(1.0, f"the record of arXiv {identifier}")
    if {"abstract", "categories"} <= record.keys():
        return Sniff(0.7, f"a part of the record of arXiv {identifier}")
    return Sniff(0.2, "no 'authors_parsed' in the first record")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each preprint, and a problem for each record without a title or with an identifier of another kind."""
    from programme.loaders.formats.arxiv.parsing.snapshot import papers

    return papers(document)
