"""Records to facts: the canonical value beside the stated one, natural keys, and nothing of the database yet.

A pure function of one document's records and the curator's hints; `loader check` stops here.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from loaders.formats import Parsed
from loaders.records import Hints, ListingRecord, PaperRecord, PrintedTime, Problem, SessionRecord, SlotRecord
from loaders.store.keys import listing_key, session_key, title_key
from loaders.text.editions import EditionFact, infer_edition
from loaders.text.links import Link, find_links
from loaders.text.times import instants
from loaders.text.titles import mend_title, title_form


class PaperFacts(NamedTuple):
    """A mention of a paper, its title's key and the links in its fields as (field, link)."""

    record: PaperRecord
    title: str
    title_key: str
    links: list[tuple[str, Link]]


class SlotFacts(NamedTuple):
    """A slot with its instants as ISO 8601 text in UTC; None where unknown or contradictory."""

    record: SlotRecord
    title: str
    starts_at: str | None
    ends_at: str | None
    paper: PaperFacts | None


class SessionFacts(NamedTuple):
    """A session with its edition and how that is known: `given`, `inferred` or None."""

    record: SessionRecord
    key: str
    title: str
    edition: EditionFact | None
    edition_basis: str | None
    slots: list[SlotFacts]


class ListingFacts(NamedTuple):
    """A listing and its entries in the order printed."""

    record: ListingRecord
    key: str
    entries: list[PaperFacts]


class DocumentFacts(NamedTuple):
    """Everything one document states; `problems` are those of reading it and those of making sense of it."""

    parsed: Parsed
    sessions: list[SessionFacts]
    listings: list[ListingFacts]
    papers: list[PaperFacts]
    problems: list[Problem]

    def mentions(self) -> Iterator[PaperFacts]:
        """Every mention of a paper, in the order of the document's records."""
        for session in self.sessions:
            yield from (slot.paper for slot in session.slots if slot.paper)
        for listing in self.listings:
            yield from listing.entries
        yield from self.papers

    def counts(self) -> dict[str, int]:
        """How many rows of each table the document states."""
        slots = [slot for session in self.sessions for slot in session.slots]
        mentions = list(self.mentions())
        links = [link.kind == "repository" for mention in mentions for _, link in mention.links]
        return {
            "sessions": len(self.sessions),
            "slots": len(slots),
            "papers": len({mention.title_key for mention in mentions}),
            "authorships": sum(len(mention.record.authors) for mention in mentions),
            "repo_links": sum(links),
            "paper_links": len(links) - sum(links),
            "listings": len(self.listings),
            "listing_entries": sum(len(listing.entries) for listing in self.listings),
        }


def document_facts(parsed: Parsed, hints: Hints) -> DocumentFacts:
    """Work out the facts of a document's records."""
    facts = DocumentFacts(parsed, [], [], [], list(parsed.problems))
    for record in parsed.records:
        if isinstance(record, SessionRecord):
            facts.sessions.append(_session(record, hints, facts.problems))
        elif isinstance(record, ListingRecord):
            facts.listings.append(_listing(record))
        elif isinstance(record, PaperRecord):
            facts.papers.append(_paper(record))
    return facts


def _paper(record: PaperRecord, title: str | None = None) -> PaperFacts:
    title = title or mend_title(record.title)
    links = [("title", link) for link in find_links(record.title)]
    if record.abstract:
        links += [("abstract", link) for link in find_links(record.abstract)]
    return PaperFacts(record, title, title_key(title_form(title)), links)


def _listing(record: ListingRecord) -> ListingFacts:
    entries = [_paper(entry) for entry in record.entries]
    date = record.listed_on.isoformat() if record.listed_on else f"--{record.month or 0:02}-{record.day or 0:02}"
    key = listing_key(record.source, record.title, date, [entry.title_key for entry in entries])
    return ListingFacts(record, key, entries)


def _session(record: SessionRecord, hints: Hints, problems: list[Problem]) -> SessionFacts:
    days = _printed_days(slot.time for slot in record.slots)
    inference = infer_edition(days, hints.venue, hints.year)
    edition = inference.edition
    if inference.problem:
        problems.append(Problem(record.line_start, record.title, inference.problem))
    slots = [_slot(slot, edition, problems) for slot in record.slots]
    title = mend_title(record.title)
    first_start = min((slot.starts_at for slot in slots if slot.starts_at), default=None) or _printed_start(record)
    return SessionFacts(
        record,
        session_key(edition.slug if edition else "", title_form(title), first_start),
        title,
        edition,
        None if edition is None else "given" if hints.venue and hints.year else "inferred",
        slots,
    )


def _printed_days(times: Iterable[PrintedTime | None]) -> tuple[tuple[int | None, int, int], ...]:
    return tuple((time.weekday, time.day, time.month) for time in times if time and time.day and time.month)


def _printed_start(record: SessionRecord) -> str:
    """The first time as printed: all there is to tell sessions of an unknown edition apart."""
    for slot in record.slots:
        if slot.time:
            time = slot.time
            return f"{time.year or ''}-{time.month}-{time.day} {time.weekday} {time.starts:%H:%M} {time.zone}"
    return ""


def _slot(record: SlotRecord, edition: EditionFact | None, problems: list[Problem]) -> SlotFacts:
    title = mend_title(record.title)
    starts_at = ends_at = None
    if record.time and (edition or record.time.year):
        moments = instants(record.time, record.time.year or (edition.year if edition else 0))
        starts_at, ends_at = moments.starts_at, moments.ends_at
        if moments.problem:
            problems.append(Problem(record.time_line, record.raw_time or "", moments.problem))
    paper = None
    if record.paper:
        paper = _paper(record.paper, title if record.paper.title == record.title else None)
    return SlotFacts(record, title, starts_at, ends_at, paper)
