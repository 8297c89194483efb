"""The entries of a Mini-Conf calendar, or of a list of speakers, workshops or socials, as sessions."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from programme.loaders.documents import Document
from programme.loaders.formats.miniconf.parsing.rows import EntryRow, SessionTime, is_ignored
from programme.loaders.formats.miniconf.parsing.tables import names_and_affiliations, parse_instants, read_table
from programme.loaders.readers import Located, one_line, page_year, site_venue, text_or_none
from programme.loaders.records import (
    Boilerplate,
    Moments,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
)
from programme.loaders.text.kinds import KINDS
from programme.loaders.text.titles import title_form

EXPECTED_TIME = "expected a time with its offset from UTC, like 2020-04-27T12:00:00+00:00"

_KINDS = (
    (re.compile(r"\bposters?\b"), "poster"),
    (re.compile(r"\bq\s?(?:&|and)?\s?a\b|\bqas?\b"), "qa"),
    (re.compile(r"\bkeynotes?\b|\binvited (?:talk|speaker)s?\b"), "keynote"),
    (re.compile(r"\btutorials?\b"), "tutorial"),
    (re.compile(r"\bworkshops?\b"), "workshop"),
    (
        re.compile(r"\b(?:socials?|mixer|reception|meet-?ups?|birds of a feather)\b(?! (?:science|media|impact))"),
        "social",
    ),
    (re.compile(r"\b(?:breaks?|lunch)\b"), "break"),
    (re.compile(r"\borals?\b"), "oral"),
    (re.compile(r"\bspotlights?\b"), "spotlight"),
)
"""Words that tell a kind; the first match counts, so the poster session of a workshop is a poster session."""

_TAG = re.compile(r"</?(?:b|i|em|strong|u|br|span)\b[^<>]{0,80}>", re.IGNORECASE)
_LINK = re.compile(r"://|\.html\b|^[#/]")


class EntryTime(NamedTuple):
    """A time of an entry as written and as read; `problem` says why it, or its end, could not be read."""

    written: str | None = None
    moments: Moments | None = None
    problem: Problem | None = None


def records(document: Document) -> Iterator[Record]:
    """Yield each session once, and a problem for each entry, time and number that is not loaded."""
    rows: list[Located[EntryRow]] = []
    for row in read_table(document, EntryRow, is_ignored):
        if isinstance(row, Problem | Boilerplate):
            yield row
        elif title_of(row.value):
            rows.append(row)
        else:
            problem = f"{row.path}.title: empty; expected the title of the session"
            yield Problem(row.line_start, str(row.value.uid or ""), problem, row.path, is_lost=True)
    yield from _sessions(rows)
    yield from _papers_by_number(rows)


def _sessions(rows: list[Located[EntryRow]]) -> Iterator[SessionRecord | Problem]:
    """Yield the sessions of all entries; entries with the same title and start are slots of one session."""
    edition = edition_of([row.value for row in rows])
    sessions: dict[tuple[str, str], SessionRecord] = {}
    for row in rows:
        session, problems = session_of(row, edition)
        yield from problems
        starts = [slot.time.starts_at for slot in session.slots if isinstance(slot.time, Moments)]
        key = (title_form(session.title), min(starts, default=""))
        before = sessions.setdefault(key, session)
        if before is not session:
            slots = before.slots + session.slots
            numbered = tuple(slot._replace(position=number) for number, slot in enumerate(slots, 1))
            sessions[key] = before._replace(slots=numbered)
    yield from sessions.values()


def _papers_by_number(rows: list[Located[EntryRow]]) -> Iterator[Problem]:
    """Yield one problem for all papers that the sessions of a document name by number alone."""
    named = [row for row in rows if row.value.posters or row.value.papers]
    count = sum(len(row.value.posters or row.value.papers or ()) for row in named)
    if count:
        first = named[0]
        problem = (
            f"{first.path}: {count:,} papers in {len(named)} sessions are given by number alone and are not loaded; "
            "ingest the table of papers, which holds their titles and names their sessions"
        )
        yield Problem(first.line_start, title_of(first.value), problem, first.path)


def title_of(row: EntryRow) -> str:
    """Return the title of an entry without markup.

    >>> title_of(EntryRow(title="<b>Job Fair</b>")), title_of(EntryRow(name="Walks"))
    ('Job Fair', 'Walks')
    """
    return one_line(_TAG.sub("", row.title or row.name or ""))


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


def edition_of(rows: list[EntryRow]) -> StatedEdition | None:
    """Return the edition to whose site most URLs lead; the year is that of a URL, or else of all times."""
    urls = [text for row in rows for text in (row.link, row.location, row.image) if text and "://" in text]
    venues = Counter(venue for url in urls if (venue := site_venue(url)))
    # A minority may be links to another conference.
    if not venues or 2 * max(venues.values()) < len(urls):
        return None
    venue = max(venues, key=lambda slug: (venues[slug], slug))
    years = {year for url in urls if (year := page_year(url))}
    years = years or {read.day.year for row in rows if (read := parse_instants(row.start or row.start_time, None))}
    return StatedEdition(venue, years.pop()) if len(years) == 1 else None


def session_of(found: Located[EntryRow], edition: StatedEdition | None) -> tuple[SessionRecord, list[Problem]]:
    """Return the session that an entry states, with a slot for each of its times, and a problem for unreadable ones."""
    row = found.value
    location = text_or_none(row.location)
    session = SessionRecord(
        title=title_of(row),
        line_start=found.line_start,
        line_end=found.line_end,
        kind=_kind(row),
        room=location if location and not _LINK.search(location) else None,
        moderator_names=names_and_affiliations(row.organizers or row.authors)[0],
        edition=edition,
        path=found.path,
    )
    talk = _talk(found, session) if row.speaker or row.presenter else None
    if talk is None:
        session = session._replace(abstract=text_or_none(row.abstract) or text_or_none(row.description))
    # A schedule of posters without a time: the table of papers has the slots.
    if (row.posters or row.papers) and not (row.start or row.date):
        return session, []
    times = _times(found)
    slots = tuple(
        SlotRecord(
            title=session.title,
            kind=session.kind,
            line_start=session.line_start,
            line_end=session.line_end,
            position=position,
            raw_kind=_raw_kind(row),
            time=time.moments,
            time_line=session.line_start if time.written else None,
            raw_time=time.written,
            room=session.room,
            paper=talk,
            path=session.path,
        )
        for position, time in enumerate(times, 1)
    )
    return session._replace(slots=slots), [time.problem for time in times if time.problem]


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
    names, affiliations = names_and_affiliations(row.speaker or row.presenter)
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


def _times(found: Located[EntryRow]) -> list[EntryTime]:
    """Return the times of an entry, at least one, which may be empty."""
    row = found.value
    sessions = row.sessions if isinstance(row.sessions, list) else []
    stated = [(time.start_time, time.end_time) for time in sessions if isinstance(time, SessionTime)]
    stated = stated or [(row.start or row.start_time or row.date, row.end or row.end_time)]
    return [_time(found, start, end) for start, end in stated]


def _time(found: Located[EntryRow], start: str | None, end: str | None) -> EntryTime:
    if not text_or_none(start):
        return EntryTime()
    written = " - ".join(text for text in (start, end) if text)
    moments = parse_instants(start, end)
    path = found.path
    if moments is None:
        problem = f"{path}: {EXPECTED_TIME}; the slot has no time"
        return EntryTime(written, None, Problem(found.line_start, written, problem, path))
    if text_or_none(end) and moments.ends_at is None:
        problem = f"{path}: ends before it starts, or {EXPECTED_TIME}; the slot has no end"
        return EntryTime(written, moments, Problem(found.line_start, written, problem, path))
    return EntryTime(written, moments)
