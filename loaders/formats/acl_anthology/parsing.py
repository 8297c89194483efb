"""The volumes and papers of a file of the ACL Anthology, as papers."""

import re
from collections.abc import Iterator
from typing import Any

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers import EXCERPT_CHARS, UnknownFields, XmlDamage, XmlEvent, element_text, read_elements
from programme.loaders.records import PaperRecord, Problem, Record, StatedEdition, StatedLink
from programme.loaders.text.editions import venue_slug
from programme.loaders.text.identifiers import Identifier, acl, doi, identifiers_from_url
from programme.loaders.text.venues import find_edition_named, find_venue
from programme.patterns import lazy_pattern

TAGS = frozenset({"collection", "volume", "meta", "paper"})
_IGNORED = """
    address attachment award bibkey bibtype booktitle dataset editor erratum href ISBN isbn issue journal language month
    mrf note pages presentation publisher pwcdataset removed retracted revision software video volume year
"""
IGNORED_FIELDS = frozenset(_IGNORED.split())
USED = frozenset({"title", "author", "abstract", "doi", "url", "pwccode"})
MATHS = {"tex-math": "$"}

_RESUME = lazy_pattern(r"<(?:paper|volume)\s")
"""Where reading can continue after damage."""

_CJK = lazy_pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_OLD_COLLECTION = lazy_pattern(r"[A-Z]\d\d")


class Collection:
    """Reads a file from top to bottom; what papers need from around them (collection, volume, edition) is kept."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._collection: str | None = None
        self._volume: str | None = None
        self._edition: StatedEdition | None = None
        self._published_in: str | None = None
        self._published_year: int | None = None
        self._is_journal = False
        self._open_paper: str | None = None
        self._unknown = UnknownFields(set(USED), IGNORED_FIELDS)

    def records(self) -> Iterator[Record]:
        """Yield the papers and problems of the document; raises MalformedDocument when there is no paper in it."""
        found = False
        for event in read_elements(self._document, TAGS, _RESUME, self._reopened):
            records = [self._damaged(event)] if isinstance(event, XmlDamage) else list(self._read(event))
            found = found or any(record.path for record in records)
            yield from records
        if not found:
            raise MalformedDocument(self._document.uri, None, "contains no <paper>; save the whole file and try again")
        yield from self._unknown.problems()

    def _read(self, event: XmlEvent) -> Iterator[PaperRecord | Problem]:
        element = event.element
        if element.tag == "paper":
            path = self._path(element)
            self._open_paper = path if event.kind == "start" else None
            if event.kind == "end":
                yield from self._paper(element, path, event.line)
                element.clear()  # or the parser keeps the text of the whole file
        elif event.kind == "end":
            if element.tag == "meta" and any(parent.tag == "volume" for parent in element.iterancestors()):
                self._edition = _edition(element)
                self._published_in, self._published_year = _first(element, "booktitle"), _year(element)
        elif element.tag == "collection":
            self._collection = element.get("id")
        elif element.tag == "volume" and element.get("id") != self._volume:
            self._volume, self._edition = element.get("id"), None
            self._published_in = self._published_year = None
            self._is_journal = element.get("type") == "journal"

    def _reopened(self, matched: str) -> str:
        """Return the start tags around the paper or volume at which reading continues after damage."""
        from html import escape

        tags = "" if self._collection is None else f'<collection id="{escape(self._collection)}">'
        if matched.startswith("<paper") and self._volume is not None:
            tags += f'<volume id="{escape(self._volume)}">'
        return tags.replace("\n", " ")

    def _damaged(self, damage: XmlDamage) -> Problem:
        lost, self._open_paper = self._open_paper, None
        effect = f"{lost} is left out" if lost else "save the file again if papers are missing"
        problem = f"not XML here ({damage.reason}); {effect}"
        return Problem(max(damage.line, 1), damage.text, problem, lost, is_lost=bool(lost))

    def _path(self, paper: Any) -> str:
        number = paper.get("id") or sum(1 for _ in paper.itersiblings("paper", preceding=True)) + 1
        return f"volume[{self._volume}]/paper[{number}]" if self._volume else f"paper[{number}]"

    def _paper(self, paper: Any, path: str, line: int) -> Iterator[PaperRecord | Problem]:
        """Yield the paper that a `<paper>` states, and a problem for what it lacks."""
        title = _first(paper, "title")
        self._unknown.note({child.tag: child for child in paper.iterchildren(tag="*")}, path, line)
        if title is None:
            excerpt = " ".join(paper.itertext())[:EXCERPT_CHARS].strip()
            yield Problem(line, excerpt, f"{path}: has no title", path, is_lost=True)
            return
        people = [(_name(author), _first(author, "affiliation")) for author in paper.iterchildren("author")]
        if not all(name for name, _ in people):
            yield Problem(line, title, f"{path}.author: has no name; this author is left out", path)
        people = [person for person in people if person[0]]
        affiliations = tuple(affiliation for _, affiliation in people)
        yield PaperRecord(
            title=title,
            line_start=line,
            line_end=line + sum(text.count("\n") for text in paper.itertext()),
            authors=tuple(name for name, _ in people),
            abstract=_first(paper, "abstract"),
            affiliations=affiliations if any(affiliations) else (),
            identifiers=self._identifiers(paper),
            links=tuple(
                StatedLink("pwccode", url, "own") for code in paper.iterchildren("pwccode") if (url := code.get("url"))
            ),
            edition=self._edition or _edition(paper),
            published_in=self._published_in,
            published_year=self._published_year,
            is_journal=self._is_journal and bool(self._published_in),
            path=path,
        )

    def _identifiers(self, paper: Any) -> tuple[Identifier, ...]:
        """Return the identifier in the Anthology first, then those that the DOI and the URL state."""
        url = _first(paper, "url") or ""
        own = acl(url) or acl(_anthology_id(self._collection or "", self._volume or "", paper.get("id") or ""))
        stated = [*doi(_first(paper, "doi") or ""), *(identifiers_from_url(url) if "://" in url else ())]
        return tuple(dict.fromkeys([*([own] if own else []), *stated]))


def _first(element: Any, tag: str) -> str | None:
    """Return the text of the first child with that tag and some text."""
    return next((text for child in element.iterchildren(tag) if (text := element_text(child, MATHS))), None)


def _name(person: Any) -> str:
    """Return a name as `Family, Given`; in Chinese, Japanese and Korean script as it is written.

    >>> from lxml import etree
    >>> _name(etree.fromstring("<author><first>Ann</first><last>Lee</last></author>"))
    'Lee, Ann'
    >>> _name(etree.fromstring("<author><first>芳</first><last>王</last></author>"))
    '王芳'
    """
    given, family = _first(person, "first") or "", _first(person, "last") or ""
    if _CJK.fullmatch(given) and _CJK.fullmatch(family):
        return family + given
    return ", ".join(part for part in (family, given) if part) or " ".join((person.text or "").split())


def _year(meta: Any) -> int | None:
    printed = _first(meta, "year") or ""
    return int(printed) if re.fullmatch(r"[12]\d{3}", printed, re.ASCII) else None


def _edition(meta: Any) -> StatedEdition | None:
    """Return the edition that `venue` and `year` state, or else the title of the volume."""
    year = _year(meta)
    venues = [element_text(venue, {}) for venue in meta.iterchildren("venue")]
    if not venues:
        return find_edition_named(_first(meta, "booktitle") or "", year)
    series = [venue for venue in venues if venue and venue != "ws"]  # "ws" marks volumes of workshops
    if "findings" in series:  # belongs to the conference that the title of the volume names, if any
        series.remove("findings")
        if not series:
            return find_edition_named(_first(meta, "booktitle") or "", year)
    if year is None or not series:
        return None
    return StatedEdition(venue_slug(next((venue for venue in series if find_venue(venue)), series[0])), year)


def _anthology_id(collection: str, volume: str, paper: str) -> str:
    """Return the identifier of a paper in the Anthology.

    In old collections, `W06`, volume and paper make one number of four digits, two for each where a year had many
    volumes: the workshops (W), COLING 1969 (C69), and the workshops of EMNLP 2019 (D19, volumes from 10 on).

    >>> _anthology_id("2022.acl", "long", "1"), _anthology_id("J89", "1", "1"), _anthology_id("W06", "16", "2")
    ('2022.acl-long.1', 'J89-1001', 'W06-1602')
    >>> _anthology_id("", "W00", "0101")
    'W00-0101'
    """
    if not collection:
        return f"{volume}-{paper}"
    if not _OLD_COLLECTION.fullmatch(collection):
        return f"{collection}-{volume}.{paper}"
    has_many_volumes = collection[0] == "W" or collection == "C69" or (collection == "D19" and len(volume) == 2)
    return collection + "-" + (volume.zfill(2) + paper.zfill(2) if has_many_volumes else volume + paper.zfill(3))
