"""Notes and groups of OpenReview, as declared, and the papers and editions they become."""

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
from programme.loaders.records import EditionRecord, PaperRecord, Problem, Record, StatedEdition, StatedLink
from programme.loaders.text.date_ranges import printed_days
from programme.loaders.text.identifiers import Identifier, arxiv, doi, identifiers_from_url
from programme.loaders.text.venues import find_edition_named, find_venue
from programme.patterns import lazy_pattern

IGNORED_FIELDS = frozenset(
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
"""Fields of `content` that hold URLs, and the role of a repository in them where the name of the field states it."""

_FORUM = lazy_pattern(r"[\w-]{6,}")
_ATTACHMENT = lazy_pattern(r"/?(?:attachment|pdf)/\S*")
_VENUE_ID = lazy_pattern(
    r"(?:.*/)?(?P<venue>[^/]+)/(?P<year>(?:19|20)\d\d)"
    r"(?:/(?:main_?)?conference|/track/[^/]+(?:/round\d)?|/[^/]+_track|/proceedings)?",
    re.IGNORECASE,
)
_KIND = lazy_pattern(r".*?\b(?:19|20)\d\d\b[\s:,-]*(?P<kind>.*)", re.DOTALL)

_CONFERENCE = lazy_pattern(
    r"(?:[\w.-]+/)*(?P<venue>[\w.-]+)/(?P<year>(?:19|20|21)\d\d)/(?:main_?)?conference", re.IGNORECASE
)
_DOMAIN = lazy_pattern(r"\.(?:cc|org|com|net|io|eu|ac\.\w\w)$", re.IGNORECASE)
_LISTS = frozenset({"venues", "active_venues"})
_GROUP_FIELDS = frozenset(
    """
    invitation invitations parent parentInvitations signatures signatories readers nonreaders writers web webfield host
    domain cdate tcdate mdate tmdate ddate tddate anonids deanonymizers secret impersonators details description
    """.split()  # noqa: SIM905
)


class Person(msgspec.Struct):
    """An author in a list of objects, as later venues have them; the profile beside the name is ignored."""

    fullname: str | None = None
    name: str | None = None


class Content(msgspec.Struct, rename={"bibtex": "_bibtex"}, kw_only=True):
    """The fields of a submission; `links` are those of LINK_FIELDS, of any type."""

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
    """A note whose content has plain values, as in API 1."""

    content: Content
    id: str | None = None
    forum: str | None = None
    replyto: str | None = None


def papers(document: Document) -> Iterator[Record]:
    """Yield the submissions; raises MalformedDocument when there are neither submissions nor problems."""
    is_empty = True
    for found in read_records(document, Note, ignored=IGNORED_FIELDS, prepare=_plain, is_keyed=True):
        for record in (found,) if isinstance(found, Problem) else _submission(found):
            is_empty = False
            yield record
    if is_empty:
        raise MalformedDocument(
            document.uri, None, "no submission among these notes; ask the API for the submissions of a venue"
        )


def _plain(note: Any) -> Any:
    """Turn a note of API 2 into the form of API 1, and collect its links."""
    if not isinstance(note, dict) or not isinstance(note.get("content"), dict):
        return note
    content = {name: _value(field) for name, field in note["content"].items()}
    links = {name: content[name] for name, _ in LINK_FIELDS if content.get(name)}
    return {**note, "content": {**content, "links": links}}


def _value(field: Any) -> Any:
    """Return the value of a field of API 2; None for one with `readers` alone, which this reader may not see."""
    return field.get("value") if isinstance(field, dict) and field.keys() & {"value", "readers"} else field


def _submission(found: Located[Note]) -> Iterator[Record]:
    """Yield the paper of a note that starts its own forum, or a problem without a title; nothing for a reply."""
    note = found.value
    if note.id not in (None, note.forum or note.id) or note.replyto not in (None, note.id):
        return
    if one_line(note.content.title):
        yield from _paper(found, note.content)
    elif note.content.authors or note.content.abstract:
        problem = f"{found.path}.content.title: expected the title of a submission, got none; this record is left out"
        yield Problem(found.line_start, "", problem, found.path, is_lost=True)


def _paper(found: Located[Note], content: Content) -> Iterator[Record]:
    """Yield the paper, and a problem for each of its links that is not a text."""
    links = []
    for field, role in LINK_FIELDS:
        value = content.links.get(field)
        if isinstance(value, str):
            if text_or_none(value) and not _ATTACHMENT.fullmatch(value.strip()):
                links.append(StatedLink(field, value.strip(), role))
        elif value is not None:
            problem = f"{found.path}.content.{field}: expected text with URLs, got {value!r:.40}; it is not loaded"
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
    """Return the forum first, then the identifiers in the URLs of the paper elsewhere."""
    forum = note.forum or note.id or ""
    found: list[Identifier] = [("openreview", forum)] if _FORUM.fullmatch(forum) else []
    content = note.content
    for url in (content.pdf, content.html, content.arxiv, content.doi):
        found += identifiers_from_url(url.strip()) if isinstance(url, str) else ()
    if isinstance(content.arxiv, str) and (own := arxiv(content.arxiv)):
        found.append(own)
    found += doi(content.doi) if isinstance(content.doi, str) else ()
    # The forum of the note is the paper's identifier, whichever other forums its fields link to.
    others = [identifier for identifier in found[1:] if identifier[0] != "openreview"]
    return tuple(dict.fromkeys(found[:1] + others))


def _edition(content: Content) -> StatedEdition | None:
    """Return the main edition that the note states; where it has a venue id, that alone decides."""
    if is_outside_edition(content.venue or ""):
        return None
    if text_or_none(content.venueid):
        return edition_of_venue_id(content.venueid or "")
    if edition := find_edition_named(content.venue or ""):
        return edition
    return edition_of_bibtex(content.bibtex or "")


def edition_of_venue_id(text: str) -> StatedEdition | None:
    """Return the edition of a venue id of OpenReview; None for groups below the conference, which belong to no edition.

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
    """Return how a paper was presented: the words after the year, or the whole text when it was not accepted.

    >>> _kind("ICLR 2023 notable top 5%"), _kind("ICLR 2024"), _kind("Submitted to ICLR 2024")
    ('notable top 5%', None, 'Submitted to ICLR 2024')
    """
    found = _KIND.fullmatch(venue.strip())
    kind = text_or_none(found["kind"]) if found else None
    return kind or (text_or_none(venue) if is_outside_edition(venue) else None)


class Group(msgspec.Struct):
    """A group; its members are read only where they are venues."""

    id: str
    members: Any = None
    content: Any = None


def editions(document: Document) -> Iterator[Record]:
    """Yield the editions of groups; raises MalformedDocument when there are neither editions nor problems."""
    is_empty = True
    for found in read_records(document, Group, ignored=_GROUP_FIELDS):
        for record in (found,) if isinstance(found, Problem) else _venues(found):
            is_empty = False
            yield record
    if is_empty:
        raise MalformedDocument(document.uri, None, "no group of a main conference, like ICLR.cc/2024/Conference")


def _venues(found: Located[Group]) -> Iterator[Record]:
    """Yield the edition of a group, or those of its members where it lists venues."""
    group = found.value
    content = group.content if isinstance(group.content, dict) else {}
    if edition := _group_edition(found, group.id, found.path, content):
        yield edition
    members = group.members if group.id in _LISTS and isinstance(group.members, list) else []
    for number, member in enumerate(members):
        if isinstance(member, str) and (
            edition := _group_edition(found, member, f"{found.path}.members[{number}]", {})
        ):
            yield edition


def _group_edition(found: Located[Group], name: str, path: str, content: dict[str, Any]) -> EditionRecord | None:
    """Return the edition that a group is for; None for a group that is no main conference."""
    conference = _CONFERENCE.fullmatch(name.strip())
    if conference is None:
        return None
    series, year = _DOMAIN.sub("", conference["venue"]), int(conference["year"])
    slug = find_venue(series) or re.sub(r"[\W_]+", "-", series.casefold()).strip("-")
    city, comma, _ = (_group_text(content, "location") or "").partition(",")
    days = printed_days(_group_text(content, "date") or "", year)
    is_span = days is not None and days[0] < days[1]
    if not slug:
        return None
    return EditionRecord(
        edition=StatedEdition(slug, year),
        venue_name=series.replace("_", " "),
        line_start=found.line_start,
        line_end=found.line_end,
        starts_on=days[0] if days and is_span else None,
        ends_on=days[1] if days and is_span else None,
        city=text_or_none(city) if comma else None,
        url=_group_text(content, "website"),
        path=path,
    )


def _group_text(content: dict[str, Any], name: str) -> str | None:
    value = _value(content.get(name))
    return text_or_none(value) if isinstance(value, str) else None
