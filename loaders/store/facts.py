"""Records to facts: the canonical value beside the stated one, and natural keys; nothing of the database yet.

A pure function of one document's records and the curator's hints. `loader check` stops here.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.loaders.records import (
    Hints,
    ListingRecord,
    Moments,
    PaperRecord,
    PrintedTime,
    Problem,
    SessionRecord,
    SlotRecord,
)
from programme.loaders.store.editions import EditionBasis, EditionOf, stated_editions
from programme.loaders.store.fact_types import (
    ANY_EDITION,
    DocumentFacts,
    ListingFacts,
    PaperFacts,
    SessionFacts,
    SlotFacts,
)
from programme.loaders.store.identity import SITE, site_number
from programme.loaders.store.keys import listing_key, session_key, title_key
from programme.loaders.store.zones import ZoneOf
from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.clocks import infer_afternoons
from programme.loaders.text.editions import EditionFact
from programme.loaders.text.identifiers import identifier_text
from programme.loaders.text.instants import WITHOUT_ZONE, Instants, instants
from programme.loaders.text.links import Link, find_links
from programme.loaders.text.titles import clean_title, title_form


def read_facts(document: Document, format_name: str | None, hints: Hints) -> DocumentFacts:
    """Read a document and return its facts; raises MalformedDocument also where the hints settle nothing."""
    facts = document_facts(read(document, format_name, hints), hints)
    if problem := unsettled(facts, hints):
        raise MalformedDocument(document.uri, None, problem)
    return facts


def unsettled(facts: DocumentFacts, hints: Hints) -> str | None:
    """Return why a venue or a year alone says nothing of a document; None where its own days say the rest."""
    if (hints.venue is None) == (hints.year is None):
        return None
    editions = chain((one.edition for one in facts.sessions), (one.edition for one in facts.mentions()))
    if any(editions) or (hints.venue is None and any(listing.record.listed_on for listing in facts.listings)):
        return None
    given, missing = (f"--venue {hints.venue}", "--year") if hints.year is None else (f"--year {hints.year}", "--venue")
    return f"{given} says nothing here without {missing}: no printed day tells the edition; give both"


def document_facts(parsed: Parsed, hints: Hints) -> DocumentFacts:
    """Return the facts that the records of a document state."""
    facts = DocumentFacts(parsed, [], [], [], list(parsed.corrections), list(parsed.problems))
    sessions = [record for record in parsed.records if isinstance(record, SessionRecord)]
    edition_of, zone_of = EditionOf(sessions, hints), ZoneOf(sessions, parsed.problems, hints)
    for record in parsed.records:
        if isinstance(record, SessionRecord):
            basis = edition_of.session(record)
            facts.sessions.append(_session(zone_of.session(record, basis[0]), basis, facts.problems))
        elif isinstance(record, ListingRecord):
            facts.listings.append(_listing(record, edition_of))
        elif isinstance(record, PaperRecord):
            facts.papers.append(_paper(record, edition_of.paper(record)))
    # In place here and below, because a named tuple cannot be given another list.
    facts.problems[:] = dict.fromkeys((*facts.problems, *edition_of.problems, *zone_of.problems))
    _merge_repeated(facts)
    editions = stated_editions(parsed.editions, facts.problems)
    return facts._replace(editions=editions, refers_to=frozenset(_editions_referred_to(facts, edition_of.candidates)))


def _editions_referred_to(facts: DocumentFacts, candidates: Collection[str]) -> Iterator[str]:
    """Yield the slugs of the editions whose papers a document may name by number alone."""
    for mention in facts.mentions():
        if mention.is_reference:
            if number := site_number(mention.identifiers):
                yield number.partition("/")[0]
            else:
                yield from candidates or (ANY_EDITION,)


def _merge_repeated(facts: DocumentFacts) -> None:
    """Merge what a document states twice: sessions of one key and line with the slots of both, equal listings."""
    sessions: dict[tuple[str, int], SessionFacts] = {}
    for session in facts.sessions:
        first = sessions.setdefault((session.key, session.record.line_start), session)
        if first is not session:
            first.slots.extend(
                slot._replace(record=slot.record._replace(position=len(first.slots) + number))
                for number, slot in enumerate(session.slots, 1)
            )
    facts.sessions[:] = sessions.values()
    listings = {listing.key: listing for listing in reversed(facts.listings)}
    facts.listings[:] = reversed(listings.values())


def _paper(
    record: PaperRecord, basis: EditionBasis, title: str | None = None, of_session: EditionFact | None = None
) -> PaperFacts:
    title = title or clean_title(record.title)
    links = [("title", link) for link in find_links(record.title)]
    if record.abstract:
        links += [("abstract", link) for link in find_links(record.abstract)]
    if record.links:
        links += _stated_links(record)
    byline, authors = (record.byline, None) if not record.authors else _stated_authors(record)
    identifiers = tuple(dict.fromkeys(identifier_text(*pair) for pair in record.identifiers))
    if record.site_id and (edition := of_session or basis[0]):
        identifiers = (*identifiers, f"{SITE}:{edition.slug}/{'_'.join(record.site_id.split())}")
    key = title_key(title_form(title or record.site_id or ""))
    abstract = (clean_abstract(record.abstract) or None) if record.abstract else None
    return PaperFacts(record, title, key, links, byline, authors, identifiers, *basis, abstract)


def _stated_links(record: PaperRecord) -> Iterator[tuple[str, Link]]:
    """Yield the links in fields of their own. Such a field may say whose a repository is."""
    for stated in record.links:
        for link in find_links(stated.text):
            if link.kind == "repository" and stated.role:
                link = link._replace(role=stated.role)
            elif link.kind == "other" and "project" in stated.field.lower():
                link = link._replace(kind="project_page")
            yield stated.field, link


def _stated_authors(record: PaperRecord) -> tuple[str, str | None]:
    """Return the byline, and the authors with affiliations as JSON where splitting the byline would not give them."""
    if record.byline is not None and not record.affiliations:
        return record.byline, None
    byline = record.byline if record.byline is not None else " · ".join(record.authors)
    if not any(record.affiliations) and split_byline(byline) == record.authors:
        return byline, None
    affiliations = (*record.affiliations, *(None for _ in record.authors))
    pairs = zip(record.authors, affiliations, strict=False)
    return byline, json.dumps(
        [[name, affiliation] if affiliation else name for name, affiliation in pairs], ensure_ascii=False
    )


def _listing(record: ListingRecord, edition_of: EditionOf) -> ListingFacts:
    entries = [_paper(entry, edition_of.entry(entry)) for entry in record.entries]
    date = record.listed_on.isoformat() if record.listed_on else f"--{record.month or 0:02}-{record.day or 0:02}"
    key = listing_key(record.source, record.title, date, [entry.title_key for entry in entries])
    return ListingFacts(record, key, entries)


def _session(record: SessionRecord, edition_basis: EditionBasis, problems: list[Problem]) -> SessionFacts:
    edition, basis = edition_basis
    slots = [_slot(slot, edition, problems) for slot in _in_order(record.slots)]
    title = clean_title(record.title)
    own = _moments(record.time, edition, record.line_start, record.raw_time, record.path, problems)
    starts_at, ends_at = own.starts_at, own.ends_at
    first_start = min((slot.starts_at for slot in slots if slot.starts_at), default=starts_at) or _printed_start(record)
    if edition is None and not first_start:
        first_start = " ".join(title_key(title_form(slot.title)) for slot in slots)
    key = session_key(edition.slug if edition else "", title_form(title), first_start)
    moderators = record.moderators or " · ".join(record.moderator_names) or None
    names = record.moderator_names if record.moderators or not moderators else split_byline(moderators)
    return SessionFacts(record, key, title, starts_at, ends_at, moderators, names, edition, basis, slots)


def _in_order(slots: Sequence[SlotRecord]) -> Sequence[SlotRecord]:
    """Return the slots with the halves of the day (am or pm) that only their order shows."""
    timed = [slot for slot in slots if isinstance(slot.time, PrintedTime)]
    times = [slot.time for slot in timed if isinstance(slot.time, PrintedTime)]
    resolved = infer_afternoons(times, [slot.raw_time or "" for slot in timed])
    if resolved == times:
        return slots
    replaced = iter(resolved)
    return [slot._replace(time=next(replaced)) if isinstance(slot.time, PrintedTime) else slot for slot in slots]


def _printed_start(record: SessionRecord) -> str:
    """Return the first printed time, the only thing that separates sessions of an unknown edition."""
    for slot in record.slots:
        if isinstance(slot.time, PrintedTime):
            time = slot.time
            return f"{time.year or ''}-{time.month}-{time.day} {time.weekday} {time.starts:%H:%M} {time.zone}"
    return ""


def _moments(
    time: PrintedTime | Moments | None,
    edition: EditionFact | None,
    line: int | None,
    raw_time: str | None,
    path: str | None,
    problems: list[Problem],
) -> Instants:
    """Return start and end of a time, in its own year or its edition's; a contradiction in it adds a problem."""
    if time is None or isinstance(time, Moments):
        return Instants(time.starts_at, time.ends_at) if time else Instants(None, None)
    year = time.year or (edition.year if edition else None)
    if year is None:
        return Instants(None, None)
    moments = instants(time, year)
    # Once for a document: a page without a zone has none in any line.
    if moments.problem and (moments.problem != WITHOUT_ZONE or all(one.problem != WITHOUT_ZONE for one in problems)):
        problems.append(Problem(line, raw_time or "", moments.problem, path))
    return moments


def _slot(record: SlotRecord, edition: EditionFact | None, problems: list[Problem]) -> SlotFacts:
    title = clean_title(record.title)
    time = record.time
    found = _moments(time, edition, record.time_line, record.raw_time, record.path, problems)
    paper = None
    if record.paper:
        stated = record.paper.edition
        basis = EditionOf.stated(stated) if stated else (None, None)
        paper = _paper(record.paper, basis, title if record.paper.title == record.title else None, edition)
    return SlotFacts(record, title, found.starts_at, found.ends_at, time.zone if time else None, paper, found.local)
