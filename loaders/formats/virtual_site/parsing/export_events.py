"""The declared shape of the events in the export of a virtual site, and what a single event states."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from programme.loaders.readers import (
    Located,
    edition_of_source,
    is_group,
    one_line,
    page_year,
    site_venue,
    text_or_none,
)
from programme.loaders.records import Moments, PaperRecord, Problem, StatedEdition, StatedLink
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.identifiers import Identifier, identifiers_from_url
from programme.loaders.text.iso_times import moments
from programme.loaders.text.kinds import KINDS, KINDS_WITHOUT_PAPER, PAPER_KINDS
from programme.patterns import lazy_pattern

IGNORED_FIELDS = frozenset(
    {
        *("uid", "topic", "keywords", "sourceid", "diversity_event", "show_in_schedule_overview", "visible"),
        *("schedule_html", "latitude", "longitude", "related_events"),
    }
)
"""Fields that are known and not read."""

_BLOCKS = frozenset({"workshop", "tutorial", "social"})
_OWN = lazy_pattern(r"\b(?:code|github|repository|project|web\s?(?:page|site)|home\s?page|demo)\b", re.IGNORECASE)
_PLACEHOLDER = lazy_pattern(r"\{\w*\}\s*")
_UNASSIGNED = lazy_pattern(r"\d{4}-[A-Za-z]+-")
_EVENT_URL = lazy_pattern(r"/events/(\d+)\b|/virtual/\d{4}/[\w-]+/(\d+)\b")
# An unknown kind, such as "Poster Spotlight Talk", counts as the first of these words that occurs in it.
_KIND_WORDS = ("poster", "oral", "spotlight", "keynote", "tutorial", "workshop", "social", "break")


class Author(msgspec.Struct):
    """A person of an event; of the URL of the account only the host is read, which shows whose site it is."""

    fullname: str | None = None
    institution: str | None = None
    url: str | None = None


class Media(msgspec.Struct):
    """A link beside an event."""

    name: str | None = None
    uri: str | None = None
    visible: bool | None = None
    is_live_content: bool | None = None


class Event(msgspec.Struct):
    """An event of the export; only the name is required."""

    name: str
    id: int | str | None = None
    authors: list[Author | str] | str | None = None
    speakers: str | None = msgspec.field(name="speakers/authors", default=None)
    abstract: str | None = None
    decision: str | None = None
    session: str | None = None
    eventtype: str | None = None
    event_type: str | None = None
    type: str | None = None
    room_name: str | None = None
    virtualsite_url: str | None = None
    url: str | None = None
    sourceurl: str | None = None
    starttime: str | None = None
    endtime: str | None = None
    starttime2: str | None = None
    endtime2: str | None = None
    paper_url: str | None = None
    paper_pdf_url: str | None = None
    children: list[Any] | None = None
    children_url: str | None = None
    children_ids: list[Any] | None = None
    parent_id: Any = None
    parent1: Any = None
    parent1_id: Any = None
    parent2: Any = None
    parent2_id: Any = None
    related_events_ids: list[Any] | None = None
    eventmedia: list[Media] | None = None
    poster_position: str | int | None = None


def raw_kind(event: Event) -> str | None:
    """Return the kind as stated: the finer of two, unless it is an unfilled template such as `{location} Poster`."""
    for text in (event.event_type, event.eventtype, event.type):
        if text and text.strip() and "{" not in text:
            return text.strip()
    return _PLACEHOLDER.sub("", event.event_type or "").strip() or None


def kind(event: Event) -> str | None:
    """Return the word of the closed vocabulary; None when neither a field nor the URL of the page states a kind."""
    printed = next((text for text in (event.eventtype, event.event_type, event.type) if text and text.strip()), None)
    if printed is None and event.virtualsite_url:
        parts = event.virtualsite_url.rstrip("/").split("/")
        printed = parts[-2].replace("-", " ") if len(parts) > 2 and parts[-1].isdecimal() else None
    if printed is None:
        return None
    text = _PLACEHOLDER.sub("", printed).strip().lower()
    if is_block_kind(text):
        return "other"
    return KINDS.get(text) or next((word for word in _KIND_WORDS if word in text), "other")


def is_block_kind(text: str) -> bool:
    """Return whether a stated kind is that of a session, which is not a paper even when it is empty.

    >>> is_block_kind("Session"), is_block_kind("Poster Session"), is_block_kind("Poster")
    (True, True, False)
    """
    return text.strip().lower().endswith("session")


def is_paper(event: Event) -> bool:
    """Return whether an event is a paper: posters and orals are, talks if they name people, workshops and breaks never.

    An event that states no kind is a paper unless it has children.
    """
    found = kind(event)
    if found is None:
        return not (event.children or event.children_ids)
    if found in PAPER_KINDS:
        return True
    if found in _BLOCKS or found in KINDS_WITHOUT_PAPER or is_block_kind(event.eventtype or event.event_type or ""):
        return False
    return bool(people(event)[0])


def people(event: Event) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Return the names of an event's people as stated, and their institutions in the same order, if any is stated."""
    listed = event.authors if event.authors else event.speakers
    if listed is None or isinstance(listed, str):
        return split_byline(listed or ""), ()
    named = [Author(author) if isinstance(author, str) else author for author in listed]
    named = [author for author in named if author.fullname and author.fullname.strip()]
    places = tuple(text_or_none(author.institution) for author in named)
    return tuple(str(author.fullname).strip() for author in named), places if any(places) else ()


def site_urls(event: Event) -> list[str]:
    """Return the URLs of an event that show of which edition the export is."""
    found = [event.virtualsite_url, event.sourceurl, event.paper_url, event.children_url, event.parent1, event.parent2]
    if isinstance(event.authors, list):
        found += [author.url for author in event.authors if isinstance(author, Author)]
    return [url for url in found if isinstance(url, str)]


def event_number(value: object) -> str | None:
    """Return the number of the event that a field names: as a number, in a URL, or in an object with an `id`.

    >>> event_number(35281), event_number("http://icml.cc/api/miniconf/events/35281?format=json")
    ('35281', '35281')
    >>> event_number({"id": 35281, "name": "Oral 1A"}), event_number("Oral 1A")
    ('35281', None)
    """
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return None
    if value.isdecimal():
        return value
    found = _EVENT_URL.search(value)
    return (found[1] or found[2]) if found else None


def common_edition(urls: Iterable[str]) -> StatedEdition | None:
    """Return the edition that most URLs of an export name; None when no venue or no year is in any of them.

    The venue of the site outranks those of the sources of papers: sites also show papers of journals and other venues.

    >>> common_edition(["https://openreview.net/group?id=ICML.cc/2024/Conference", "/virtual/2024/poster/1"])
    StatedEdition(venue='icml', year=2024)
    """
    sites: Counter[str] = Counter()
    pages: Counter[int] = Counter()
    sources: Counter[StatedEdition] = Counter()
    for url in urls:
        if venue := site_venue(url):
            sites[venue] += 1
        if year := page_year(url):
            pages[year] += 1
        if edition := edition_of_source(url):
            sources[edition] += 1
    source = max(sources, key=lambda edition: (sources[edition], edition), default=None)
    venue = max(sites, key=lambda slug: (sites[slug], slug), default=source.venue if source else None)
    year = max(pages, key=lambda number: (pages[number], number), default=source.year if source else None)
    return StatedEdition(venue, year) if venue and year else None


def time_of(found: Located[Event], number: str = "") -> tuple[Moments | None, list[Problem]]:
    """Return the first time of an event, or the second for `number` "2", and a problem for one that cannot be read."""
    start, end = getattr(found.value, f"starttime{number}"), getattr(found.value, f"endtime{number}")
    if not start or not start.strip():
        return None, []
    read = moments(start, end)
    if read is None:
        wanted = "expected a time with its offset from UTC, like 2024-07-23T11:30:00+02:00; the slot has no time"
        return None, [_problem(found, f"starttime{number}", start, wanted)]
    if end and end.strip() and read.ends_at is None:
        wanted = "expected a time after the start, like 2024-07-23T11:30:00+02:00; the slot has no end"
        return read, [_problem(found, f"endtime{number}", end, wanted)]
    return read, []


def paper(found: Located[Event], site: StatedEdition | None) -> PaperRecord:
    """Return an event as the mention of a paper; `site` is the edition of the export."""
    event = found.value
    authors, affiliations = people(event)
    media = [entry for entry in event.eventmedia or () if entry.uri and entry.visible is not False]
    urls = [event.paper_url, event.paper_pdf_url, event.url, *(entry.uri for entry in media)]
    links = [StatedLink("url", event.url, "own")] if event.url else []
    links += [
        StatedLink("eventmedia", str(entry.uri), "own" if _OWN.search(entry.name or "") else None)
        for entry in media
        if not entry.is_live_content
    ]
    source = event.sourceurl or event.paper_url or ""
    return PaperRecord(
        one_line(event.name),
        found.line_start,
        found.line_end,
        authors=authors,
        abstract=text_or_none(event.abstract),
        affiliations=affiliations,
        identifiers=_identifiers(urls),
        links=tuple(link for link in links if not identifiers_from_url(link.text)),
        edition=edition_of_source(source) or (None if is_group(source) else site),
        raw_kind=text_or_none(event.decision) or raw_kind(event),
        path=found.path,
        site_id=event_number(event.id),
    )


def _identifiers(urls: list[str | None]) -> tuple[Identifier, ...]:
    """Return the first identifier of each scheme in the URLs of a paper, placeholders such as `2026-Oral--1` aside."""
    found: dict[str, str] = {}
    for scheme, value in (identifier for url in urls if url for identifier in identifiers_from_url(url)):
        if not _UNASSIGNED.match(value):
            found.setdefault(scheme, value)
    return tuple(found.items())


def _problem(found: Located[Event], field: str, text: str, expected: str) -> Problem:
    path = f"{found.path}.{field}"
    return Problem(found.line_start, text[:80], f"{path}: {expected}", path)
