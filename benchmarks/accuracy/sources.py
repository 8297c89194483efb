"""The documents that the tasks read, and second statements that some of them contain about the same papers."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from programme.loaders.documents import Document, MalformedDocument, documents_from
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS
from programme.loaders.store.fact_types import DocumentFacts, PaperFacts
from programme.loaders.store.facts import document_facts

SHARED = Path(__file__).parents[3] / "shared"
"""Folder of real documents, beside the checkout."""


class Statement(NamedTuple):
    """What one source states about a paper; `record` is shared by all columns of one record in a document."""

    source: str
    record: str
    facts: PaperFacts


class Source(NamedTuple):
    """A document and its facts; `name` is the end of its path (`papercopilot/icml2019.json`)."""

    name: str
    document: Document
    facts: DocumentFacts


def sources(folders: Iterable[Path]) -> Iterator[Source]:
    """Read each document in the folders once; documents that no format recognises are skipped."""
    seen: set[str] = set()
    for found in documents_from(folders):
        if not isinstance(found, Document) or found.sha256 in seen:
            continue
        seen.add(found.sha256)
        try:
            facts = document_facts(read(found), NO_HINTS)
        except MalformedDocument:
            continue
        yield Source("/".join(Path(found.uri).parts[-2:]), found, facts)


def statements(source: Source) -> Iterator[Statement]:
    """Yield what a document states about its papers."""
    for number, facts in enumerate(source.facts.mentions()):
        yield Statement(source.name, f"{source.name} {facts.record.path or number}", facts)


def second_statements(source: Source, lost: list[str] | None = None) -> Iterator[Statement]:
    """Yield what additional columns of a document state about the papers it lists.

    Those of papercopilot are `bibtex`, the entry in the proceedings, and `author_site`, the byline on the virtual site.
    Names in the ACL Anthology are read again as its own BibTeX writes them, family name first. Entries that cannot be
    read are skipped, and the names of their records are appended to `lost`.
    """
    if source.facts.parsed.format == "papercopilot":
        rows: list[dict[str, Any]] = json.loads(source.document.content)
        yield from _bylines_of_site(source, rows)
        for number, row in enumerate(rows):
            if row.get("bibtex"):
                read_here = list(_entry(source, f"{source.name} [{number}]", str(row["bibtex"])))
                yield from read_here
                if not read_here and lost is not None:
                    lost.append(f"{source.name} [{number}]")
    elif source.facts.parsed.format == "acl-anthology":
        for path, entry in _acl_entries(source):
            yield from _entry(source, f"{source.name} {path}", entry)


def _bylines_of_site(source: Source, rows: list[dict[str, Any]]) -> Iterator[Statement]:
    """Read the list again, with the byline of the virtual site instead of that of the proceedings."""
    listed = [{**row, "author": row.get("author_site") or "", "authors": "", "aff": ""} for row in rows]
    if not any(row["author"] for row in listed):
        return
    document = Document.of(source.name, json.dumps(listed).encode())
    for facts in document_facts(read(document, "papercopilot"), NO_HINTS).mentions():
        if facts.record.authors:
            yield Statement(f"{source.name}: author_site", f"{source.name} {facts.record.path}", facts)


def _entry(source: Source, record: str, text: str) -> Iterator[Statement]:
    """Read one BibTeX entry."""
    try:
        parsed = read(Document.of(f"{record}: bibtex", text.encode()), "bibtex")
    except MalformedDocument:
        return
    for facts in document_facts(parsed, NO_HINTS).mentions():
        yield Statement(f"{source.name}: bibtex", record, facts)


def _acl_entries(source: Source) -> Iterator[tuple[str | None, str]]:
    """Yield the papers of an ACL Anthology volume as BibTeX entries, each with its path."""
    from lxml import etree  # type: ignore[import-untyped]

    authors = {
        "".join(paper.find("title").itertext()): paper.findall("author")
        for paper in etree.fromstring(source.document.content).iter("paper")
        if paper.find("title") is not None
    }
    for facts in source.facts.mentions():
        names = authors.get(facts.record.title, ())
        inverted = [f"{name.findtext('last')}, {name.findtext('first')}".removesuffix(", None") for name in names]
        if inverted:
            title, byline = facts.record.title, " and ".join(inverted)
            yield facts.record.path, f"@inproceedings{{x,\n title = {{{title}}},\n author = {{{byline}}}\n}}"
