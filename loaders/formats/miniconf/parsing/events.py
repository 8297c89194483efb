"""From an entry of a Mini-Conf calendar, list or schedule to its session."""

import re
from collections import Counter

from programme.loaders.formats.miniconf.parsing.entries import instants, people
from programme.loaders.formats.miniconf.parsing.rows import EntryRow, Place
from programme.loaders.readers import Located, one_line, page_year, site_venue, text_or_none
from programme.loaders.records import Moments, PaperRecord, Problem, SessionRecord, SlotRecord, StatedEdition
from programme.loaders.text.kinds import KINDS

WANTED_TIME = "expected a time with its offset from UTC, like 2020-04-27T12:00:00+00:00"

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
_TAG = re.compile(r"</?(?:b|i|em|strong|u|br|span)\b[^<>]{0,80}>", re.IGNORECASE)
_ADDRESS = re.compile(r"://|\.html\b|^[#/]")


def title_of(row: EntryRow) -> str:
    """Return the title of an entry without the marks that make it bold.

    >>> title_of(EntryRow(title="<b>Job Fair</b>")), title_of(EntryRow(name="Walks"))
    ('Job Fair', 'Walks')
    """
    return one_line(_TAG.sub("", row.title or row.name or ""))


def kind_of(raw: str | None, title: str) -> str:
    """Return the word of the closed vocabulary for a kind as stated, else for what the title says.

    >>> kind_of("Socials", "Walks"), kind_of(None, "Live Q&A: Ada Quill"), kind_of("Plenary", "Social Science")
    ('social', 'qa', 'other')
    """
    stated_kind = KINDS.get((raw or "").lower())
    if stated_kind and stated_kind != "keynote":
        return stated_kind
    for text in ((raw or "").lower(), title.lower()):
        for pattern, kind in _KINDS:
            if pattern.search(text):
                return kind
    return "other"


def edition_of(rows: list[EntryRow]) -> StatedEdition | None:
    """Return the edition whose site most addresses of a document show, its year from an address or from all starts."""
    addresses = [text for row in rows for text in (row.link, row.location, row.image) if text and "://" in text]
    venues = Counter(venue for address in addresses if (venue := site_venue(address)))
    if not venues or 2 * max(venues.values()) < len(addresses):
        return None
    venue = max(venues, key=lambda slug: (venues[slug], slug))
    years = {year for address in addresses if (year := page_year(address))}
    years = years or {read.day.year for row in rows if (read := instants(row.start or row.start_time, None))}
    return StatedEdition(venue, years.pop()) if len(years) == 1 else None


def session_of(found: Located[EntryRow], edition: StatedEdition | None) -> tuple[SessionRecord, list[Problem]]:
    """The session that an entry is, with a slot for each of its times, and the Problems of unreadable ones."""
    row = found.value
    place = text_or_none(row.location)
    session = SessionRecord(
        title_of(row),
        found.line_start,
        found.line_end,
        _kind(row),
        room=place if place and not _ADDRESS.search(place) else None,
        moderator_names=people(row.organizers or row.authors)[0],
        edition=edition,
        path=found.path,
    )
    mention = _mention(found, session) if row.speaker or row.presenter else None
    if mention is None:
        session = session._replace(abstract=text_or_none(row.abstract) or text_or_none(row.description))
    if (row.posters or row.papers) and not (row.start or row.date):
        return session, []
    slots: list[SlotRecord] = []
    problems: list[Problem] = []
    for written, moments, problem in _times(found):
        slots.append(_slot(session, len(slots) + 1, written, moments)._replace(paper=mention, raw_kind=_raw_kind(row)))
        problems += [problem] if problem else []
    return session._replace(slots=tuple(slots)), problems


def _kind(row: EntryRow) -> str:
    """The kind of an entry; what has a speaker and says nothing else is a keynote."""
    kind = kind_of(_raw_kind(row), title_of(row))
    return "keynote" if row.speaker and kind == "other" else kind


def _slot(session: SessionRecord, position: int, written: str | None, moments: Moments | None) -> SlotRecord:
    """A slot that is the session itself."""
    return SlotRecord(
        session.title,
        session.kind,
        session.line_start,
        session.line_end,
        position,
        time=moments,
        time_line=session.line_start if written else None,
        raw_time=written,
        room=session.room,
        path=session.path,
    )


def _raw_kind(row: EntryRow) -> str | None:
    """The kind as stated; a calendar whose entry has none says `---`."""
    calendar = text_or_none(row.calendarid)
    return text_or_none(row.type) or (calendar if calendar and calendar.strip("-") else None)


def _mention(found: Located[EntryRow], session: SessionRecord) -> PaperRecord:
    """The talk of an entry with its speakers."""
    row = found.value
    names, places = people(row.speaker or row.presenter)
    institution = text_or_none(row.institution)
    return PaperRecord(
        session.title,
        found.line_start,
        found.line_end,
        authors=names,
        abstract=text_or_none(row.abstract) or text_or_none(row.description),
        affiliations=places or ((institution,) if institution and len(names) == 1 else ()),
        edition=session.edition,
        raw_kind=_raw_kind(row),
        path=session.path,
    )


def _times(found: Located[EntryRow]) -> list[tuple[str | None, Moments | None, Problem | None]]:
    """Each time of an entry as written and as read; one without either when it has none."""
    row = found.value
    places = [place for place in row.sessions if isinstance(place, Place)] if isinstance(row.sessions, list) else []
    stated_times = [(place.start_time, place.end_time) for place in places]
    stated_times = stated_times or [(row.start or row.start_time or row.date, row.end or row.end_time)]
    return [_time(found, start, end) for start, end in stated_times]


def _time(
    found: Located[EntryRow], start: str | None, end: str | None
) -> tuple[str | None, Moments | None, Problem | None]:
    if not text_or_none(start):
        return None, None, None
    written = " - ".join(text for text in (start, end) if text)
    moments = instants(start, end)
    path = found.path
    if moments is None:
        return written, None, Problem(found.line_start, written, f"{path}: {WANTED_TIME}; the slot has no time", path)
    if text_or_none(end) and moments.ends_at is None:
        what = f"{path}: ends before it starts, or {WANTED_TIME}; the slot has no end"
        return written, moments, Problem(found.line_start, written, what, path)
    return written, moments, None
