"""The entries of a bibliography as papers, with what they inherit from their volumes."""

import re
from collections.abc import Iterable, Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.bibliography.parsing.bibtex_entries import Entry, read_entries
from programme.loaders.formats.bibliography.parsing.bibtex_text import address, people, plain
from programme.loaders.records import PaperRecord, Problem, Record, StatedEdition, StatedLink
from programme.loaders.text.identifiers import Identifier, arxiv, doi, from_address
from programme.loaders.text.links import find_links
from programme.loaders.text.venues import find_edition_named

VOLUMES = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection", "periodical"})
IN_VENUES = frozenset({"inproceedings", "conference", "article", "incollection", "misc"})
OWN_CODE = frozenset({"code", "github", "software", "repository", "repo", "code_url", "url_code", "codeurl"})
OTHER_LINKS = frozenset({"url", "note", "howpublished", "annote", "website", "project"})
ADDRESSES = ("url", "pdf", "ee", "html", "link", "arxiv")
NUMBERS = ("eprint", "openreview", "doi", "journal", "volume")

_PREPRINT = re.compile(r"\barxiv:\s*(\S+\d)|^abs/(\S+)$", re.IGNORECASE)
_PMLR_KEY = re.compile(r"pmlr-(v\d+)-(\w+)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNDECIDED = re.compile(r"under review|submitted|rejected|withdrawn", re.IGNORECASE)


def papers(document: Document) -> Iterator[Record]:
    """Yield each entry that has a title as a paper, and a problem for each that has none or is damaged."""
    volumes = _Volumes()
    parts: Iterable[Entry | Problem] = read_entries(document)
    if document.opener is None:
        parts = list(parts)
        for part in parts:
            volumes.note(part)
    is_empty = True
    for part in parts:
        volumes.note(part)
        if isinstance(part, Problem) or part.type not in VOLUMES:
            is_empty = False
            yield part if isinstance(part, Problem) else _paper(part, volumes.inherited(part))
    if is_empty:
        raise MalformedDocument(document.uri, None, "no entry like '@inproceedings{key, title = {…}}' in it")


class _Volumes:
    """The volumes of a file and what entries inherit from them; a file read in pieces has only those above an entry."""

    def __init__(self) -> None:
        self._by_key: dict[str, dict[str, str]] = {}
        self._opening: dict[str, str] | None = None

    def note(self, part: Entry | Problem) -> None:
        """Keep an entry that others may inherit from."""
        if isinstance(part, Entry):
            if part.type in VOLUMES or part.type == "book":
                self._by_key.setdefault(part.key.lower(), part.fields)
            if self._opening is None:
                self._opening = part.fields if part.type in VOLUMES else {}

    def inherited(self, entry: Entry) -> dict[str, str]:
        """The fields of an entry, and those that it leaves to its volume."""
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
    """What an entry states of its paper, or a problem when it has no title."""
    path = f"{entry.type}[{entry.key}]" if entry.key else f"line[{entry.line_start}]"
    title = plain(fields.get("title", ""))
    if not title:
        problem = f"the entry {entry.key!r} has no title; add one and load the file again"
        return Problem(entry.line_start, f"@{entry.type}{{{entry.key}", problem, path, is_lost=True)
    return PaperRecord(
        title,
        entry.line_start,
        entry.line_end,
        authors=people(fields.get("author", "")),
        abstract=plain(fields.get("abstract", "")) or None,
        identifiers=_identifiers(entry.key, fields),
        links=tuple(_links(fields)),
        edition=_edition(entry.type, fields),
        path=path,
    )


def _identifiers(key: str, fields: dict[str, str]) -> tuple[Identifier, ...]:
    """The identifiers in fields and key; of each scheme the first."""
    texts = {name: address(fields[name]) for name in (*ADDRESSES, *NUMBERS) if name in fields}
    found: list[Identifier | None] = []
    if "eprint" in texts and _archive(fields) == "arxiv":
        found.append(arxiv(texts["eprint"]))
    if forum := re.fullmatch(r"[\w-]{6,}", texts.get("openreview", "")):
        found.append(("openreview", forum[0]))
    if slug := _PMLR_KEY.fullmatch(key):
        found.append(("pmlr", f"{slug[1]}/{slug[2]}"))
    found += doi(texts.get("doi", ""))
    for name, text in texts.items():
        if name in ADDRESSES:
            found += from_address(text)
        elif name in ("journal", "volume") and (preprint := _PREPRINT.search(text)):
            found.append(arxiv(preprint[1] or preprint[2]))
    if "arxiv" in texts:
        found.append(arxiv(texts["arxiv"]))
    first: dict[str, Identifier] = {}
    for identifier in found:
        if identifier:
            first.setdefault(identifier[0], identifier)
    return tuple(first.values())


def _archive(fields: dict[str, str]) -> str:
    """The archive whose number `eprint` is, where one is named; arXiv's is the usual one."""
    return fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).strip("{} ").lower()


def _links(fields: dict[str, str]) -> Iterator[StatedLink]:
    """The fields in which repositories stand; those that are for code say that it is the paper's own."""
    for name, value in fields.items():
        if (name in OWN_CODE or name in OTHER_LINKS) and "/" in value:
            text = address(value)
            if any(link.kind == "repository" for link in find_links(text)):
                yield StatedLink(name, text, "own" if name in OWN_CODE else None)


def _edition(kind: str, fields: dict[str, str]) -> StatedEdition | None:
    """The edition that the first of the fields names in which an entry says where it appeared."""
    if kind not in IN_VENUES or _UNDECIDED.search(fields.get("note", "") + fields.get("pubstate", "")):
        return None
    year = _YEAR.search(fields.get("year") or fields.get("date") or "")
    names = (fields.get(name) for name in ("booktitle", "journal", "journaltitle", "series"))
    name = next((name for name in names if name and name.strip()), "")
    return find_edition_named(plain(name), int(year[0]) if year else None)
