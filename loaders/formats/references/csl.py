"""References in the form of CSL: CSL-JSON, as Zotero, Mendeley, Manubot and DOI servers write it, and PMLR's YAML.

Reads:

- Each item as a paper: `title`, `author` by parts of names or as a group, `abstract`, identifiers from `DOI`, `URL`,
  `PDF` and `openreview`, repositories in `software`, `URL` and `note`.
- The edition that `container-title` names, with the year of `issued`.

Ignores: editors, pages, publishers, and items that are no papers, such as books, data sets and web pages.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record, is_json, is_yaml, yaml_keys
from programme.loaders.records import Hints, Record

NAME = "csl"
DESCRIPTION = "References as CSL-JSON, or as the citeproc.yaml of a volume of PMLR."
YIELDS = "papers with their identifiers and editions"
EXAMPLE = "references_csl.json"
VERSION = 2


def sniff(document: Document) -> Sniff:
    """Look for names by their parts, and for fields that only CSL has."""
    if is_json(document):
        item = first_record(document)
        people = item.get("author")
        first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
        is_named = bool({"family", "literal"} & first.keys())
        marks = {"container-title", "issued", "DOI", "type"} & item.keys()
        if "title" in item and (is_named or len(marks) > 2):
            return Sniff(0.85, f"a title beside {', '.join(sorted(marks)) or 'names by their parts'}")
        return Sniff(0.1 if marks else 0.0, "no list of references with names by their parts")
    if is_yaml(document) and "title" in (keys := yaml_keys(document)):
        if {"family", "given"} <= keys or "container-title" in keys:
            return Sniff(0.85, "a title beside names by their parts")
        return Sniff(0.1, "a title, but no names by their parts")
    return Sniff(0.0, "no references in JSON or YAML")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper for each item with a title, and a problem for each other one."""
    from programme.loaders.formats.references.parsing.csl import papers

    return papers(document)
