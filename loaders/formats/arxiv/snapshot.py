"""The metadata snapshot of arXiv, as JSON lines.

`arxiv-metadata-oai-snapshot.json` has one preprint per line. It is read in pieces of bounded size.

Reads:

- `title` and `abstract`, with their wrapped lines joined, and the identifiers in `id` and `doi`.
- `authors_parsed`: last name, first name, suffix and affiliations, put in natural order; where it is missing, `authors`
  without the text in parentheses.
- `comments`, as a field with links, when they contain one: authors state their code there.

Ignores: `submitter` (often not an author), `journal-ref`, `report-no`, `categories`, `license`, `versions`,
`update_date`. A preprint belongs to no edition.
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
VERSION = 1
BY_RECORD = True


def sniff(document: Document) -> Sniff:
    """Look for an arXiv identifier and the fields that only arXiv has in the first record."""
    record = first_record(document)
    identifier = record.get("id")
    if "title" not in record or not isinstance(identifier, str) or arxiv(identifier) is None:
        return Sniff(0.0, "no 'title' and arXiv 'id' in the first record")
    if not record.keys().isdisjoint({"authors_parsed", "journal-ref"}):
        return Sniff(1.0, f"the record of arXiv:{identifier}")
    if {"abstract", "categories"} <= record.keys():
        return Sniff(0.7, f"part of the record of arXiv:{identifier}")
    return Sniff(0.2, "no 'authors_parsed' in the first record")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each preprint, and a problem for each record without a title or with another kind of identifier."""
    from programme.loaders.formats.arxiv.parsing import papers

    return papers(document)
