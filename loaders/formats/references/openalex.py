"""Answers of OpenAlex: works, alone or in `results`.

Reads: `title` or `display_name`, the names in `authorships` with their institutions, the abstract (which OpenAlex gives
as an index from words to places), identifiers from `doi` and `locations`; the edition that the source of the primary
location names, with `publication_year`.

Ignores: citations, concepts, grants, and the numbers of people and institutions there.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Record

NAME = "openalex"
DESCRIPTION = "An answer of OpenAlex: works, as JSON."
YIELDS = "papers with affiliations and identifiers"
EXAMPLE = "openalex_works.json"
VERSION = 1
BY_RECORD = True


def sniff(document: Document) -> Sniff:
    """Look for authorships."""
    record = first_record(document)
    if "authorships" in record and {"title", "display_name"} & record.keys():
        return Sniff(0.95, "works with 'authorships'")
    return Sniff(0.0, "no works with 'authorships'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield the paper of each work, and a problem for each without a title."""
    from programme.loaders.formats.references.parsing.graphs import openalex

    return openalex(document)
