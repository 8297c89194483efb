"""Items of CSL-JSON and of the YAML that PMLR writes in its form, as declared, and the papers they become."""

from collections.abc import Iterator
from typing import Any

import msgspec

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.references.parsing.common import Reference, inverted, paper
from programme.loaders.readers import EXCERPT_CHARS, Located, YamlTree, format_error, is_json, read_records
from programme.loaders.records import PaperRecord, Problem

BOOKS = frozenset({"book", "collection", "periodical", "thesis", "dataset", "software", "webpage", "post-weblog"})
"""Types of items that are no papers."""


class Name(msgspec.Struct, rename="kebab"):
    """A name by its parts, or that of a group."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None
    non_dropping_particle: str | None = None
    dropping_particle: str | None = None
    suffix: str | None = None


class Item(msgspec.Struct):
    """A reference; fields of CSL that say nothing of these are left."""

    title: str | None = None
    type: str | None = None
    author: list[Name] | None = None
    abstract: str | None = None
    issued: Any = None
    container_title: str | list[str] | None = msgspec.field(name="container-title", default=None)
    doi: str | None = msgspec.field(name="DOI", default=None)
    url: str | None = msgspec.field(name="URL", default=None)
    pdf: str | None = msgspec.field(name="PDF", default=None)
    openreview: str | None = None
    software: str | None = None
    note: str | None = None
    number: str | int | None = None


def papers(document: Document) -> Iterator[PaperRecord | Problem]:
    """Yield the paper of each item, and a problem for each without a title."""
    for found in read_records(document, Item, ignored=lambda _: True) if is_json(document) else _yaml_items(document):
        if isinstance(found, Problem):
            yield found
        elif found.value.type not in BOOKS:
            yield paper(_reference(found.value), found)


def _yaml_items(document: Document) -> Iterator[Located[Item] | Problem]:
    tree = YamlTree(document)
    items = tree.value.get("references") if isinstance(tree.value, dict) else tree.value
    if not isinstance(items, list):
        raise MalformedDocument(document.uri, None, "expected a list of references")
    for number, item in enumerate(items):
        path = f"[{number}]"
        line_start, line_end = tree.lines(item) if isinstance(item, dict | list) else (1, 1)
        try:
            yield Located(msgspec.convert(item, Item, strict=False), path, line_start, line_end)
        except (msgspec.ValidationError, RecursionError) as error:
            yield Problem(line_start, str(item)[:EXCERPT_CHARS], format_error(error, path), path, is_lost=True)


def _reference(item: Item) -> Reference:
    container = item.container_title
    return Reference(
        title=item.title,
        authors=[_name(name) for name in item.author or ()],
        abstract=item.abstract,
        venue=" ".join(container) if isinstance(container, list) else container,
        year=_year(item.issued),
        doi=item.doi,
        urls=(item.url, item.pdf, item.openreview),
        notes=(item.software, item.note),
        is_journal=(item.type or "").startswith("article"),
    )


def _name(name: Name) -> str:
    particles = (name.dropping_particle, name.non_dropping_particle)
    family = " ".join(part for part in (*particles, name.family) if part)
    if name.literal:  # a group, which BibTeX writes in braces
        return f"{{{name.literal}}}"
    return inverted(", ".join(part for part in (family, name.suffix) if part), name.given)


def _year(issued: Any) -> str | None:
    """Return the year of a date in any form of CSL: `{"date-parts": [[2021, 7]]}`, `{"raw": …}`, or a plain text.

    >>> _year({"date-parts": [["2021", 7]]}), _year({"literal": "July 2021"}), _year(None)
    ('2021', '2021', None)
    """
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        while isinstance(parts, list) and parts:
            parts = parts[0]
        issued = parts or issued.get("raw") or issued.get("literal") or issued.get("year")
    found = next((word for word in str(issued or "").replace("-", " ").split() if word[:4].isdecimal()), None)
    return found[:4] if found and len(found) >= 4 else None
