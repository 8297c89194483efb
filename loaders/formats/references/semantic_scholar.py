"""Answers of the Semantic Scholar Graph API: a paper, a batch of papers, or the results of a search.

Reads: `title`, `authors`, `abstract`; identifiers from `externalIds` (arXiv, DOI, ACL) and `openAccessPdf`; the edition
that `venue`, `publicationVenue` or `journal` names, with `year`.

Ignores: counts, fields of study, summaries, embeddings, and the numbers of papers and authors there.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Record

NAME = "semantic-scholar"
DESCRIPTION = "An answer of the Semantic Scholar API: papers, as JSON."
YIELDS = "papers with their identifiers and editions"
EXAMPLE = "semantic_scholar.json"
VERSION = 1
BY_RECORD = True


def sniff(document: Document) -> Sniff:
    """Look for the number of a paper and its title."""
    record = first_record(document)
    if isinstance(record.get("citedPaper") or record.get("citingPaper"), dict):
        record = record.get("citedPaper") or record.get("citingPaper") or {}
    if {"paperId", "title"} <= record.keys():
        return Sniff(0.95, "papers with 'paperId' and 'title'")
    return Sniff(0.0, "no papers with 'paperId' and 'title'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each paper, and a problem for each without a title."""
    from programme.loaders.formats.references.parsing.graphs import semantic_scholar

    return semantic_scholar(document)
