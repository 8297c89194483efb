"""The entries of a Mini-Conf calendar, or of a list of speakers, workshops or socials, as sessions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from programme.loaders.documents import Document
from programme.loaders.formats.miniconf.parsing.entry_times import DEFAULT_ZONE, EntryTime, times_of, times_of_papers
from programme.loaders.formats.miniconf.parsing.rows import EntryRow, RecordedTalk, SessionTime, is_ignored
from programme.loaders.formats.miniconf.parsing.tables import read_table
from programme.loaders.readers import (
    Located,
    column_name,
    names_and_affiliations,
    one_line,
    page_year,
    site_venue,
    text_or_none,
)
from programme.loaders.records import (
    Boilerplate,
    Hints,
    Moments,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
)
from programme.loaders.text.kinds import KINDS, PAPER_KINDS
from programme.loaders.text.titles import title_form
from programme.patterns import lazy_pattern

_KINDS = (
    (lazy_pattern(r"\bposters?\b"), "poster"),
    (lazy_pattern(r"\bq\s?(?:&|and)?\s?a\b|\bqas?\b"), "qa"),
    (lazy_pattern(r"\bkeynotes?\b|\binvited (?:talk|speaker)s?\b"), "keynote"),
    (lazy_pattern(r"\btutorials?\b"), "tutorial"),
    (lazy_pattern(r"\bworkshops?\b"), "workshop"),
    (
        lazy_pattern(r"\b(?:socials?|mixer|reception|meet-?ups?|birds of a feather)\b(?! (?:science|media|impact))"),
        "social",
    ),
    (lazy_pattern(r"\b(?:breaks?|lunch)\b"), "break"),
    (lazy_pattern(r"\borals?\b"), "oral"),
    (lazy_pattern(r"\bspotlights?\b"), "spotlight"),
)
"""Words that tell a kind; the first match counts, so the poster session of a workshop is a poster session."""

_WITHOUT_TALK = lazy_pattern(
    r"\b(?:business meeting|awards?|opening|closing|remarks|welcome|ceremony|panel|town hall|social|reception|breaks?"
    r"|meet-?ups?|birds of a feather|q\s?&\s?a)\b",
    re.IGNORECASE,
)
"""Titles of what is no talk, whoever is named beside it."""

_GENERIC = lazy_pattern(
    r"(?:[a-z]-)?(?:live|pre-?recorded|recorded)?\s*(?:presentation|talk|session|event|stream)?\s*[a-z]?\d{0,3}[a-z]?",
    re.IGNORECASE,
)
"""Names of parts that say nothing beyond the title of the whole, such as `P-Live Presentation` or `Session 2`."""

_TAG = lazy_pattern(r"</?(?:b|i|em|strong|u|br|span)\b[^<>]{0,80}>", re.IGNORECASE)
_LINK = lazy_pattern(r"://|\.html\b|^[#/]")


def records(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield each session once, and a problem for each entry and time that is not loaded."""
    rows: list[Located[EntryRow]] = []
    for row in read_table(document, EntryRow, is_ignored):
        if isinstance(row, Problem | Boilerplate):
            yield row
        elif title_of(row.value):
            rows.append(row)
        else:
            problem = f"{row.path}.title: empty; expected the title of the session"
            yield Problem(row.line_start, str(row.value.uid or ""), problem, row.path, is_lost=True)
    yield from _sessions(rows, hints.time_zone)


def _sessions(rows: list[Located[EntryRow]], zone: str | None) -> Iterator[SessionRecord | Problem]:
    """Yield the sessions of all entries; entries with the same title and start are slots of one session."""
    times = {row.path: times_of(row, zone) for row in rows}
    edition = edition_of([row.value for row in rows], [time for found in times.values() for time in found])
    sessions: dict[tuple[str, str], SessionRecord] = {}
    for row in rows:
        own = times_of_papers(row, zone)
        yield from (time.problem for time in (*times[row.path], *own) if time and time.problem)
        session = session_of(row, edition, times[row.path], own)
        starts = [slot.time.starts_at for slot in session.slots if isinstance(slot.time, Moments)]
        key = (title_form(session.title), min(starts, default=""))
        before = sessions.setdefault(key, session)
        if before is not session:
            slots = before.slots + session.slots
            numbered = tuple(slot._replace(position=number) for number, slot in enumerate(slots, 1))
            sessions[key] = before._replace(slots=numbered)
    yield from sessions.values()
    if zone is None:
        yield from _naive(rows, times)


def _naive(rows: list[Located[EntryRow]], times: dict[str, list[EntryTime]]) -> Iterator[Problem]:
    """Yield one problem for all times that state no zone."""
    naive = [(row, time) for row in rows for time in times[row.path] if time.is_naive]
    if naive:
        (row, first), count = naive[0], len(naive)
        note = f"{DEFAULT_ZONE} is taken, as on these sites (--time-zone names another)"
        problem = f"{row.path}: prints no time zone; {note} (times: {count:,})"
        yield Problem(row.line_start, first.written or "", problem, row.path)


def title_of(row: EntryRow) -> str:
    """Return the title of an entry without markup; a talk without one goes by its speaker.

    >>> title_of(EntryRow(title="<b>Job Fair</b>")), title_of(EntryRow(name="Walks"))
    ('Job Fair', 'Walks')
    """
    speaker = row.speaker if isinstance(row.speaker, str) else None
    return one_line(_TAG.sub("", row.title or row.name or speaker or ""))


def kind_of(raw: str | None, title: str) -> str:
    """Return the kind, in the closed vocabulary, of a kind as stated, or else of what the title says.

    >>> kind_of("Socials", "Walks"), kind_of(None, "Live Q&A: Ada Quill"), kind_of("Plenary", "Social Science")
    ('social', 'qa', 'other')
    """
    stated_kind = KINDS.get((raw or "").lower())
    # "Plenary" stands beside opening remarks and business meetings as often as beside keynotes.
    if stated_kind and stated_kind != "keynote":
        return stated_kind
    for text in ((raw or "").lower(), title.lower()):
        for pattern, kind in _KINDS:
            if pattern.search(text):
                return kind
    return "other"


def edition_of(rows: list[EntryRow], times: Iterable[EntryTime]) -> StatedEdition | None:
    """Return the edition to whose site most URLs lead; the year is that of a URL, or else of all times."""
    urls = [
        text for row in rows for text in (row.link, row.location, row.image) if isinstance(text, str) and "://" in text
    ]
    venues = Counter(venue for url in urls if (venue := site_venue(url)))
    # A minority may be links to another conference.
    if not venues or 2 * max(venues.values()) < len(urls):
        return None
    venue = max(venues, key=lambda slug: (venues[slug], slug))
    years = {year for url in urls if (year := page_year(url))}
    years = years or {time.time.day.year for time in times if isinstance(time.time, Moments)}
    return StatedEdition(venue, years.pop()) if len(years) == 1 else None


def session_of(
    found: Located[EntryRow], edition: StatedEdition | None, times: list[EntryTime], own: list[EntryTime | None]
) -> SessionRecord:
    """Return the session that an entry states, with its slots: its papers, or its parts with times of their own.

    `own` are the times that its papers state, in their order.
    """
    row = found.value
    location = text_or_none(row.room) or text_or_none(row.location)
    title = title_of(row)
    is_talk = bool(row.speaker or row.speakers or row.presenter) and not _WITHOUT_TALK.search(title)
    people = [row.organizers or row.authors, row.hosts, row.chair, *_hosts(row)]
    if not is_talk:
        people.append(row.speaker or row.speakers or row.presenter)
    session = SessionRecord(
        title=title,
        line_start=found.line_start,
        line_end=found.line_end,
        kind=_kind(row),
        room=location if location and not _LINK.search(location) else None,
        moderator_names=tuple(dict.fromkeys(name for one in people for name in names_and_affiliations(one)[0])),
        edition=edition,
        path=found.path,
    )
    if not is_talk:
        session = session._replace(abstract=text_or_none(row.abstract) or text_or_none(row.description))
    talk = _talk(found, session) if is_talk else None
    numbered = row.posters or row.papers
    if numbered:
        papers = [(paper, time) for one, time in zip(numbered, own, strict=True) if (paper := _reference(one))]
        slots = list(_paper_slots(session, row, times, papers))
        if len(times) == 1:
            session = session._replace(time=times[0].time, raw_time=times[0].written)
    else:
        slots = [_slot(session, row, time, talk) for time in times]
    slots += [_recorded_slot(session, one) for one in row.prerecorded_talks or () if one.title]
    return session._replace(slots=tuple(slot._replace(position=number) for number, slot in enumerate(slots, 1)))


def _hosts(row: EntryRow) -> list[Any]:
    parts = row.sessions if isinstance(row.sessions, list) else []
    return [part.hosts for part in parts if isinstance(part, SessionTime)]


def _slot(session: SessionRecord, row: EntryRow, time: EntryTime, talk: PaperRecord | None) -> SlotRecord:
    """Return the slot of one of the times of an entry, which may have a name and thus a kind of its own."""
    name = one_line(_TAG.sub("", time.name or ""))
    has_name = bool(name) and not _GENERIC.fullmatch(name)
    return SlotRecord(
        title=name if has_name and not talk else session.title,
        kind=kind_of(None, name) if has_name and not talk else session.kind,
        line_start=session.line_start,
        line_end=session.line_end,
        position=1,
        raw_kind=None if has_name and not talk else _raw_kind(row),
        time=time.time,
        time_line=session.line_start if time.written else None,
        raw_time=time.written,
        room=session.room,
        paper=talk,
        path=session.path,
    )


def _paper_slots(
    session: SessionRecord,
    row: EntryRow,
    times: list[EntryTime],
    papers: list[tuple[PaperRecord, EntryTime | None]],
) -> Iterator[SlotRecord]:
    """Yield the slots of papers at each time of their session; one with a time of its own has one slot, then."""
    for time in times:
        for paper, own in papers:
            if own is None or time is times[0]:
                yield _paper_slot(session, row, own or time, paper)


def _paper_slot(session: SessionRecord, row: EntryRow, time: EntryTime, paper: PaperRecord) -> SlotRecord:
    """Return the slot of a paper that a session names by number or title."""
    kind = session.kind if session.kind in PAPER_KINDS else "other"
    slot = _slot(session, row, time._replace(name=None), None)
    paper = paper._replace(line_start=session.line_start, line_end=session.line_end, path=session.path)
    return slot._replace(title=paper.title or paper.site_id or "", kind=kind, raw_kind=None, paper=paper)


def _recorded_slot(session: SessionRecord, talk: RecordedTalk) -> SlotRecord:
    title = one_line(talk.title)
    names, affiliations = names_and_affiliations(talk.speakers or talk.authors)
    place = (session.line_start, session.line_end)
    paper = PaperRecord(title, *place, authors=names, affiliations=affiliations, path=session.path)
    return SlotRecord(title, "other", *place, 1, "prerecorded talk", paper=paper, path=session.path)


def _reference(value: Any) -> PaperRecord | None:
    """Return the paper that a session names: by its number, or by its title, which has blanks."""
    if isinstance(value, dict):
        fields = {column_name(str(key)): inner for key, inner in value.items()}
        value = next((fields[name] for name in ("uid", "id", "paper_id", "forum", "title") if fields.get(name)), None)
    text = one_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text:
        return None
    return PaperRecord(text, 0, 0) if " " in text else PaperRecord("", 0, 0, site_id=text)


def _kind(row: EntryRow) -> str:
    """Return the kind of an entry; one with a speaker that says nothing else is a keynote."""
    kind = kind_of(_raw_kind(row), title_of(row))
    return "keynote" if row.speaker and kind == "other" else kind


def _raw_kind(row: EntryRow) -> str | None:
    """Return the kind as stated; in calendars, `---` stands for none."""
    calendar = text_or_none(row.calendarid)
    return text_or_none(row.type) or (calendar if calendar and calendar.strip("-") else None)


def _talk(found: Located[EntryRow], session: SessionRecord) -> PaperRecord:
    """Return the talk of an entry with its speakers."""
    row = found.value
    names, affiliations = names_and_affiliations(row.speaker or row.speakers or row.presenter)
    institution = text_or_none(row.institution)
    return PaperRecord(
        title=session.title,
        line_start=found.line_start,
        line_end=found.line_end,
        authors=names,
        abstract=text_or_none(row.abstract) or text_or_none(row.description),
        affiliations=affiliations or ((institution,) if institution and len(names) == 1 else ()),
        edition=session.edition,
        raw_kind=_raw_kind(row),
        path=session.path,
    )
