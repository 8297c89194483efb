"""The entries of a bibliography as papers, with the fields they inherit from their volumes."""

import re
from collections.abc import Iterable, Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.bibliography.parsing.entries import Entry, read_entries
from programme.loaders.formats.bibliography.parsing.values import (
    has_more_authors,
    split_authors,
    strip_braces,
    strip_url_markup,
)
from programme.loaders.readers import first_of_each_scheme
from programme.loaders.records import PaperRecord, Problem, Record, StatedEdition, StatedLink
from programme.loaders.text.identifiers import Identifier, arxiv, doi, identifiers_from_url
from programme.loaders.text.links import find_links
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

VOLUME_TYPES = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection", "periodical"})
TYPES_IN_VENUES = frozenset({"inproceedings", "conference", "article", "incollection", "misc"})
OWN_CODE_FIELDS = frozenset({"code", "github", "software", "repository", "repo", "code_url", "url_code", "codeurl"})
OTHER_LINK_FIELDS = frozenset({"url", "note", "howpublished", "annote", "website", "project"})
URL_FIELDS = ("url", "pdf", "ee", "html", "link", "arxiv")
JOURNAL_FIELDS = ("journal", "journaltitle")
IDENTIFIER_FIELDS = ("eprint", "openreview", "doi", "journal", "volume")

_PREPRINT = lazy_pattern(r"\barxiv:\s*(\S+\d)|^abs/(\S+)$", re.IGNORECASE)
_PMLR_KEY = lazy_pattern(r"pmlr-(v\d+)-(\w+)")
_YEAR = lazy_pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNDECIDED = lazy_pattern(r"under review|submitted|rejected|withdrawn", re.IGNORECASE)


def papers(document: Document) -> Iterator[Record]:
    """Yield a paper for each entry with a title, and a problem for each that has none or is damaged.

    Raises MalformedDocument when there are neither papers nor problems.
    """
    volumes = _Volumes()
    parts: Iterable[Entry | Problem] = read_entries(document)
    # BibTeX wants volumes below the entries that refer to them, so all are noted first where memory allows.
    if document.opener is None:
        parts = list(parts)
        for part in parts:
            volumes.note(part)
    is_empty = True
    for part in parts:
        volumes.note(part)
        if isinstance(part, Problem) or part.type not in VOLUME_TYPES:
            is_empty = False
            yield part if isinstance(part, Problem) else _paper(part, volumes.inherited(part))
    if is_empty:
        raise MalformedDocument(document.uri, None, "contains no entry like '@inproceedings{key, title = {…}}'")


class _Volumes:
    """The volumes of a file, from which entries inherit; in a file read in pieces, only the volumes above an entry."""

    def __init__(self) -> None:
        self._by_key: dict[str, dict[str, str]] = {}
        self._opening: dict[str, str] | None = None

    def note(self, part: Entry | Problem) -> None:
        """Keep an entry if others may inherit from it."""
        if isinstance(part, Entry):
            if part.type in VOLUME_TYPES or part.type == "book":
                self._by_key.setdefault(part.key.lower(), part.fields)
            if self._opening is None:
                self._opening = part.fields if part.type in VOLUME_TYPES else {}

    def inherited(self, entry: Entry) -> dict[str, str]:
        """Return the fields of an entry and those it inherits from its volume."""
        fields = entry.fields
        volume = self._by_key.get(fields.get("crossref", "").strip().lower())
        if volume is None and entry.type == "inproceedings" and not fields.keys() & {"booktitle", "journal", "series"}:
            volume = self._opening
        if not volume:
            return fields
        shared = {name: volume[name] for name in ("booktitle", "series", "year", "date") if name in volume}
        shared.setdefault("booktitle", volume.get("title", ""))
        return {**shared, **fields}


def _paper(entry: Entry, fields: dict[str, str]) -> PaperRecord | Problem:
    """Return the paper that an entry states, or a problem when it has no title."""
    path = f"{entry.type}[{entry.key}]" if entry.key else f"line[{entry.line_start}]"
    title = strip_braces(fields.get("title", ""))
    if not title:
        problem = f"the entry {entry.key!r} has no title; add one and load the file again"
        return Problem(entry.line_start, f"@{entry.type}{{{entry.key}", problem, path, is_lost=True)
    return PaperRecord(
        title=title,
        line_start=entry.line_start,
        line_end=entry.line_end,
        authors=split_authors(fields.get("author", "")),
        abstract=strip_braces(fields.get("abstract", "")) or None,
        identifiers=_identifiers(entry.key, fields),
        links=tuple(_links(fields)),
        edition=_edition(entry.type, fields),
        path=path,
        has_more_authors=has_more_authors(fields.get("author", "")),
        published_in=_published_in(fields),
        published_year=_published_year(fields),
        is_journal=any(map(fields.get, JOURNAL_FIELDS)) and not fields.get("booktitle"),
    )


def _identifiers(key: str, fields: dict[str, str]) -> tuple[Identifier, ...]:
    """Return the identifiers in the fields and the key, the first of each scheme."""
    texts = {name: strip_url_markup(fields[name]) for name in (*URL_FIELDS, *IDENTIFIER_FIELDS) if name in fields}
    found: list[Identifier | None] = []
    if "eprint" in texts and _archive(fields) == "arxiv":
        found.append(arxiv(texts["eprint"]))
    if forum := re.fullmatch(r"[\w-]{6,}", texts.get("openreview", "")):
        found.append(("openreview", forum[0]))
    if slug := _PMLR_KEY.fullmatch(key):
        found.append(("pmlr", f"{slug[1]}/{slug[2]}"))
    found += doi(texts.get("doi", ""))
    for name, text in texts.items():
        if name in URL_FIELDS:
            found += identifiers_from_url(text)
        elif name in ("journal", "volume") and (preprint := _PREPRINT.search(text)):
            found.append(arxiv(preprint[1] or preprint[2]))
    if "arxiv" in texts:
        found.append(arxiv(texts["arxiv"]))
    return first_of_each_scheme(found)


def _archive(fields: dict[str, str]) -> str:
    """Return the archive that `eprint` is a number of; arXiv when no field names one."""
    return fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).strip("{} ").lower()


def _links(fields: dict[str, str]) -> Iterator[StatedLink]:
    """Yield the fields that hold repositories; the name of a field for code states that they are the paper's own."""
    for name, value in fields.items():
        if (name in OWN_CODE_FIELDS or name in OTHER_LINK_FIELDS) and "/" in value:
            text = strip_url_markup(value)
            if any(link.kind == "repository" for link in find_links(text)):
                yield StatedLink(name, text, "own" if name in OWN_CODE_FIELDS else None)


def _edition(kind: str, fields: dict[str, str]) -> StatedEdition | None:
    """Return the edition named by the first field that says where the paper appeared."""
    if kind not in TYPES_IN_VENUES or _UNDECIDED.search(fields.get("note", "") + fields.get("pubstate", "")):
        return None
    return find_edition_named(_published_in(fields) or strip_braces(fields.get("series", "")), _published_year(fields))


def _published_in(fields: dict[str, str]) -> str | None:
    names = (strip_braces(fields.get(name, "")) for name in ("booktitle", *JOURNAL_FIELDS))
    return next(filter(None, names), None)


def _published_year(fields: dict[str, str]) -> int | None:
    year = _YEAR.search(fields.get("year") or fields.get("date") or "")
    return int(year[0]) if year else None
