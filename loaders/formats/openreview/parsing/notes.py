"""Notes of OpenReview, as declared, and the papers they become."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers import (
    Located,
    edition_of_bibtex,
    is_outside_edition,
    named_authors,
    one_line,
    read_records,
    split_names,
    text_or_none,
)
from programme.loaders.records import PaperRecord, Problem, Record, StatedEdition, StatedLink
from programme.loaders.text.identifiers import Identifier, arxiv, doi, from_address
from programme.loaders.text.venues import find_edition_named, find_venue

UNUSED = frozenset(
    """
    number version original referent license details signatures readers nonreaders writers cdate tcdate mdate tmdate
    ddate tddate odate pdate domain invitation invitations parentInvitations externalId externalIds tauthor
    lastModifiedBy forumContent apiVersion
    """.split()  # noqa: SIM905
)
LINK_FIELDS = (
    ("code", "own"),
    ("code_url", "own"),
    ("code_link", "own"),
    ("Code", "own"),
    ("software", None),
    ("software_url", None),
    ("project_page", None),
    ("project_url", None),
    ("project_website", None),
    ("website", None),
    ("url", None),
    ("URL", None),
    ("dataset_url", None),
    ("data", None),
    ("video", None),
    ("supplementary_material", None),
    ("supplementary", None),
    ("supplementary_materials", None),
)
"""Fields of `content` in which addresses stand, and whose a repository in them is where the field says it."""

_FORUM = re.compile(r"[\w-]{6,}")
_ATTACHMENT = re.compile(r"/?(?:attachment|pdf)/\S*")
_VENUE_ID = re.compile(
    r"(?:.*/)?(?P<venue>[^/]+)/(?P<year>(?:19|20)\d\d)"
    r"(?:/(?:main_?)?conference|/track/[^/]+(?:/round\d)?|/[^/]+_track|/proceedings)?",
    re.IGNORECASE,
)
_KIND = re.compile(r".*?\b(?:19|20)\d\d\b[\s:,-]*(?P<kind>.*)", re.DOTALL)


class Person(msgspec.Struct):
    """An author in a list of objects, which later venues ask for; profiles beside the name are not declared."""

    fullname: str | None = None
    name: str | None = None


class Content(msgspec.Struct, rename={"bibtex": "_bibtex"}, kw_only=True):
    """What a submission says of itself that decides what it is; the fields of links are read as they come."""

    title: str | None = None
    authors: str | list[str | Person] | None = None
    abstract: str | None = None
    venue: str | None = None
    venueid: str | None = None
    bibtex: str | None = None
    pdf: Any = None
    html: Any = None
    arxiv: Any = None
    doi: Any = None
    links: dict[str, Any] = {}


class Note(msgspec.Struct, kw_only=True):
    """A note, its content with plain values."""

    content: Content
    id: str | None = None
    forum: str | None = None
    replyto: str | None = None


def papers(document: Document) -> Iterator[Record]:
    """Yield the submissions; raises MalformedDocument when there are none, and nothing to tell either."""
    is_empty = True
    for found in read_records(document, Note, unused=UNUSED, prepare=_plain):
        for record in (found,) if isinstance(found, Problem) else _submission(found):
            is_empty = False
            yield record
    if is_empty:
        raise MalformedDocument(document.uri, None, "no submission among these notes, only replies to them if anything")


def _plain(note: Any) -> Any:
    """Take the values of API 2 out of their objects; a field without one is hidden from the reader of the note."""
    if not isinstance(note, dict) or not isinstance(note.get("content"), dict):
        return note
    content = {name: _value(field) for name, field in note["content"].items()}
    links = {name: content[name] for name, _ in LINK_FIELDS if content.get(name)}
    return {**note, "content": {**content, "links": links}}


def _value(field: Any) -> Any:
    return field.get("value") if isinstance(field, dict) and field.keys() & {"value", "readers"} else field


def _submission(found: Located[Note]) -> Iterator[Record]:
    """Yield the paper of a note that begins its own forum, or what it lacks to be one; nothing for any other note."""
    note = found.value
    if note.id not in (None, note.forum or note.id) or note.replyto not in (None, note.id):
        return
    if one_line(note.content.title):
        yield from _paper(found, note.content)
    elif note.content.authors or note.content.abstract:
        problem = f"{found.path}.content.title: expected the title of a submission, got none; this record is left out"
        yield Problem(found.line_start, "", problem, found.path, is_lost=True)


def _paper(found: Located[Note], content: Content) -> Iterator[Record]:
    """Yield the paper, and a problem for each of its fields that is not as expected."""
    links = []
    for field, role in LINK_FIELDS:
        value = content.links.get(field)
        if isinstance(value, str):
            if text_or_none(value) and not _ATTACHMENT.fullmatch(value.strip()):
                links.append(StatedLink(field, value.strip(), role))
        elif value is not None:
            problem = f"{found.path}.content.{field}: expected text with addresses, got {value!r:.40}; it is not loaded"
            yield Problem(found.line_start, field, problem, found.path)
    yield PaperRecord(
        title=one_line(content.title),
        line_start=found.line_start,
        line_end=found.line_end,
        authors=_authors(content.authors),
        abstract=text_or_none(content.abstract),
        identifiers=_identifiers(found.value),
        links=tuple(links),
        edition=_edition(content),
        raw_kind=_kind(content.venue or ""),
        path=found.path,
    )


def _authors(stated_authors: str | list[str | Person] | None) -> tuple[str, ...]:
    if isinstance(stated_authors, list):
        names = [author if isinstance(author, str) else author.fullname or author.name for author in stated_authors]
        return named_authors([name for name in names if name])
    return split_names(stated_authors)


def _identifiers(note: Note) -> tuple[Identifier, ...]:
    """The forum, and what the addresses of the paper elsewhere say."""
    forum = note.forum or note.id or ""
    found: list[Identifier] = [("openreview", forum)] if _FORUM.fullmatch(forum) else []
    content = note.content
    for address in (content.pdf, content.html, content.arxiv, content.doi):
        found += from_address(address.strip()) if isinstance(address, str) else ()
    if isinstance(content.arxiv, str) and (own := arxiv(content.arxiv)):
        found.append(own)
    found += doi(content.doi) if isinstance(content.doi, str) else ()
    others = [identifier for identifier in found[1:] if identifier[0] != "openreview"]
    return tuple(dict.fromkeys(found[:1] + others))


def _edition(content: Content) -> StatedEdition | None:
    """The main edition that the note states; its venue id decides, where it has one."""
    if is_outside_edition(content.venue or ""):
        return None
    if text_or_none(content.venueid):
        return edition_of_venue_id(content.venueid or "")
    if edition := find_edition_named(content.venue or ""):
        return edition
    return edition_of_bibtex(content.bibtex or "")


def edition_of_venue_id(text: str) -> StatedEdition | None:
    """Return the edition of a venue id of OpenReview; groups below that of the conference belong to none.

    >>> edition_of_venue_id("robot-learning.org/CoRL/2023/Conference")
    StatedEdition(venue='corl', year=2023)
    >>> edition_of_venue_id("NeurIPS.cc/2022/Track/Datasets_and_Benchmarks").venue
    'neurips'
    >>> edition_of_venue_id("ICLR.cc/2023/Conference/Rejected_Submission"), edition_of_venue_id("TMLR")
    (None, None)
    """
    found = _VENUE_ID.fullmatch(text.strip())
    venue = find_venue(found["venue"]) if found else None
    return StatedEdition(venue, int(found["year"])) if found and venue else None


def _kind(venue: str) -> str | None:
    """Return how a paper was presented: what a venue says after its year, or all of it where it was not accepted.

    >>> _kind("ICLR 2023 notable top 5%"), _kind("ICLR 2024"), _kind("Submitted to ICLR 2024")
    ('notable top 5%', None, 'Submitted to ICLR 2024')
    """
    found = _KIND.fullmatch(venue.strip())
    kind = text_or_none(found["kind"]) if found else None
    return kind or (text_or_none(venue) if is_outside_edition(venue) else None)
