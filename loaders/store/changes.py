"""What changed between two captures of a source: a pure function of the facts that both state.

>>> from programme.loaders.documents import Document
>>> from programme.loaders.formats import read
>>> from programme.loaders.records import NO_HINTS
>>> from programme.loaders.store.facts import document_facts
>>> entry = "@inproceedings{moss, title = {%s}, doi = {10.1000/moss}, booktitle = {ICML}, year = 2020}"
>>> pages = [Document.of("file:///a.bib", (entry % title).encode()) for title in ("On Moss", "On Mosses")]
>>> before, after = (document_facts(read(page), NO_HINTS) for page in pages)
>>> [(change.subject, change.field, change.before, change.after) for change in compare(before, after)]
[('paper', 'title', 'On Moss', 'On Mosses')]
"""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

from programme.loaders.store.contents import Contents, Entry, Paper
from programme.loaders.store.fact_types import DocumentFacts, PaperFacts, SessionFacts, SlotFacts
from programme.loaders.store.identity import display_abstract
from programme.loaders.store.matching import Match, Pairs, listing_name, match, start_of
from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.editions import EditionFact
from programme.loaders.text.names import clean_name
from programme.loaders.text.titles import title_form

Fields = dict[str, str | None]
Difference = tuple[str, str | None, str | None]
"""A field, its value before and its value after."""


_WHEN_AND_WHERE = ("kind", "starts_at", "ends_at", "room")


class Change(NamedTuple):
    """A difference between two captures, as the table `changes` has it.

    Keys are the natural ones of the later capture, or of the earlier one for what was removed. `former_key` is that of
    the session, or of the paper's title, in the earlier capture where it differs. Of a session or slot that was added
    or removed, `after` or `before` holds what is known of when and where, as JSON.
    """

    subject: str
    change: str
    field: str | None
    before: str | None
    after: str | None
    edition: str | None
    session_key: str | None
    listing_key: str | None
    title_key: str | None
    title: str
    former_key: str | None


def related(before: DocumentFacts, after: DocumentFacts) -> bool:
    """Return whether a document can be a newer capture of another: they share a session, paper, listing or edition.

    Two files of corrections at one place are versions of one, even where the later takes all corrections back.
    """
    if before.parsed.format == after.parsed.format == "corrections":
        return True
    every = (_session_names, _listing_names, _paper_names, _edition_names)
    return any(not set(names(before)).isdisjoint(names(after)) for names in every)


def compare(before: DocumentFacts, after: DocumentFacts) -> list[Change]:
    """Return the differences between two captures: of sessions, slots, papers and entries, in the later order.

    What was removed comes after the rest of its kind.
    """
    found = match(Contents(before), Contents(after))
    return [
        *_changes(found.sessions, _session, _session_differences, found),
        *_changes(found.slots, _slot, _slot_differences, found),
        *_changes(found.papers, _paper, _paper_differences, found),
        *_changes(found.entries, _entry, _entry_differences, found),
    ]


def _session_names(facts: DocumentFacts) -> Iterator[str | tuple[str, str]]:
    for session in facts.sessions:
        yield session.key
        if session.edition:
            yield session.edition.slug, title_form(session.title)


def _listing_names(facts: DocumentFacts) -> Iterator[Hashable]:
    for listing in facts.listings:
        yield from (listing.key, listing_name(listing))


def _paper_names(facts: DocumentFacts) -> Iterator[str]:
    for mention in facts.mentions():
        yield from (mention.title_key, *mention.identifiers)


def _edition_names(facts: DocumentFacts) -> Iterator[str]:
    return (stated.edition.slug for stated in facts.editions)


def _changes(
    pairs: Pairs,
    stated: Callable[[Contents, int], Change],
    differences: Callable[[Match, int, int], Iterable[Difference]],
    found: Match,
) -> Iterator[Change]:
    """Yield the changes of one kind of subject; `stated` makes the row of one that is removed."""
    for after, before in enumerate(pairs.before_of):
        if before is None:
            row = stated(found.after, after)
            yield row._replace(change="added", before=None, after=row.before)
            continue
        for field, value_before, value_after in differences(found, before, after):
            row = stated(found.after, after)
            former = _key(stated(found.before, before))
            yield row._replace(
                change="changed",
                field=field,
                before=value_before,
                after=value_after,
                former_key=former if former != _key(row) else None,
            )
    for before in pairs.removed():
        yield stated(found.before, before)


def _key(change: Change) -> str | None:
    """Return the key that identifies a session or paper in its capture; None for slots and entries, which have none."""
    return {"session": change.session_key, "paper": change.title_key}.get(change.subject)


def _row(subject: str, title: str, edition: str | None, facts: Fields | None = None, **keys: str | None) -> Change:
    every = {"session_key": None, "listing_key": None, "title_key": None, **keys}
    known = {name: facts[name] for name in _WHEN_AND_WHERE if facts[name]} if facts else None
    before = json.dumps(known, ensure_ascii=False) if known else None
    return Change(subject, "removed", None, before, None, edition, title=title, former_key=None, **every)


def _different(before: Fields, after: Fields) -> list[Difference]:
    return [(field, before[field], value) for field, value in after.items() if before[field] != value]


def _slug(edition: EditionFact | None) -> str | None:
    return edition.slug if edition else None


def _names(names: tuple[str, ...]) -> str | None:
    return " · ".join(map(clean_name, names)) or None


def _listed(values: Iterable[str | None]) -> str | None:
    return ", ".join(sorted(set(filter(None, values)))) or None


def _session(contents: Contents, place: int) -> Change:
    session = contents.sessions[place]
    edition = _slug(session.edition)
    return _row("session", session.title, edition, _session_fields(session), session_key=session.key)


def _session_differences(found: Match, before: int, after: int) -> list[Difference]:
    one, other = found.before.sessions[before], found.after.sessions[after]
    # Without an edition or a time the slots make the key, and it can change alone.
    return _different(_session_fields(one), _session_fields(other)) or _different({"key": one.key}, {"key": other.key})


def _session_fields(session: SessionFacts) -> Fields:
    ends = filter(None, (session.ends_at, *(slot.ends_at for slot in session.slots)))
    return {
        "title": session.title,
        "kind": session.record.kind,
        "track": session.record.track,
        "room": session.record.room,
        "abstract": clean_abstract(session.record.abstract or "") or None,
        "starts_at": start_of(session),
        "ends_at": max(ends, default=None),
        "edition": _slug(session.edition),
        "moderators": _names(session.moderator_names),
    }


def _slot(contents: Contents, place: int) -> Change:
    slot = contents.slots[place]
    session = contents.sessions[slot.session]
    title_key = slot.facts.paper.title_key if slot.facts.paper else None
    fields = _slot_fields(slot.facts)
    fields["room"] = fields["room"] or session.record.room
    return _row("slot", slot.facts.title, _slug(session.edition), fields, session_key=session.key, title_key=title_key)


def _slot_differences(found: Match, before: int, after: int) -> list[Difference]:
    place, other_place = found.before.slots[before], found.after.slots[after]
    one, other = place.facts, other_place.facts
    differences = _different(_slot_fields(one), _slot_fields(other))
    if not one.starts_at and not other.starts_at and one.record.raw_time != other.record.raw_time:
        # The days of an unknown edition have no year, so its times are known as printed only.
        differences.append(("raw_time", one.record.raw_time, other.record.raw_time))
    if found.sessions.before_of[other_place.session] != place.session:
        titles = found.before.sessions[place.session].title, found.after.sessions[other_place.session].title
        differences.insert(0, ("session", *titles))
    return differences


def _slot_fields(slot: SlotFacts) -> Fields:
    return {
        "title": slot.title,
        "kind": slot.record.kind,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "room": slot.record.room,
        "poster_number": slot.record.poster_number,
        "award": slot.record.award,
    }


def _paper(contents: Contents, place: int) -> Change:
    paper = contents.papers[place]
    return _row("paper", paper.first.title, paper.edition, title_key=paper.first.title_key)


def _paper_differences(found: Match, before: int, after: int) -> list[Difference]:
    one, other = found.before.papers[before], found.after.papers[after]
    if list(map(_signature, one.mentions)) == list(map(_signature, other.mentions)):
        return []
    return [
        *_different(_paper_fields(one), _paper_fields(other)),
        *_identifier_differences(one.identifiers, other.identifiers),
        *_repository_differences(_repositories(one), _repositories(other)),
    ]


def _signature(mention: PaperFacts) -> Hashable:
    """Return all of a mention that can differ; its links follow from these texts."""
    record = mention.record
    texts = (record.title, record.authors, record.affiliations, record.abstract, record.raw_kind, record.links)
    return *texts, mention.identifiers, mention.edition


def _paper_fields(paper: Paper) -> Fields:
    records = [mention.record for mention in paper.mentions]
    placed = next((record for record in records if any(record.affiliations)), None)
    affiliations = zip(placed.authors, placed.affiliations, strict=False) if placed else ()
    return {
        "title": paper.first.title,
        "byline": _names(next((record.authors for record in records if record.authors), ())),
        "affiliations": " · ".join(f"{clean_name(name)}: {place}" for name, place in affiliations if place) or None,
        "abstract": display_abstract(record.abstract for record in records),
        "presentation": _listed(record.raw_kind for record in records),
        "edition": _listed(_slug(mention.edition) for mention in paper.mentions),
    }


def _identifier_differences(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[Difference]:
    """Yield the identifiers that differ; one that took the place of another of its scheme is a single difference."""
    removed = sorted(set(one) - set(other))
    for identifier in sorted(set(other) - set(one)):
        scheme = identifier.partition(":")[0] + ":"
        former = next((name for name in removed if name.startswith(scheme)), None)
        if former:
            removed.remove(former)
        yield "identifier", former, identifier
    yield from (("identifier", identifier, None) for identifier in removed)


def _repositories(paper: Paper) -> dict[tuple[str, str], str]:
    links = (link for mention in paper.mentions for _, link in mention.links if link.kind == "repository")
    # Spellings of one repository differ in case; the alphabetically first is shown.
    return {(link.host, link.path.casefold()): link.url for link in sorted(links, key=lambda link: link.url)[::-1]}


def _repository_differences(one: dict[tuple[str, str], str], other: dict[tuple[str, str], str]) -> Iterator[Difference]:
    yield from (("repository", one[name], None) for name in sorted(one.keys() - other.keys()))
    yield from (("repository", None, other[name]) for name in sorted(other.keys() - one.keys()))


def _entry(contents: Contents, place: int) -> Change:
    entry = contents.entries[place]
    facts = entry.facts
    listing_key = contents.listings[entry.listing].key
    return _row("entry", facts.title, _slug(facts.edition), listing_key=listing_key, title_key=facts.title_key)


def _entry_differences(found: Match, before: int, after: int) -> list[Difference]:
    return _different(*map(_entry_fields, (found.before.entries[before], found.after.entries[after])))


def _entry_fields(entry: Entry) -> Fields:
    upvotes = entry.facts.record.upvotes
    return {"upvotes": None if upvotes is None else str(upvotes)}
