"""The sessions of all calendars of a document."""

import re
from collections.abc import Iterator
from datetime import datetime

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.ics.parsing.components import Calendar, Calendars, Component
from programme.loaders.formats.ics.parsing.events import Time, is_deadline, session_of, title_of
from programme.loaders.formats.ics.parsing.exported import SESSION, ExportedSessions, is_exported
from programme.loaders.formats.ics.parsing.times import EventTimes
from programme.loaders.formats.ics.parsing.zones import Zones
from programme.loaders.records import Hints, Moments, Problem, Record, SessionRecord, StatedEdition
from programme.loaders.text.editions import venue_slug
from programme.loaders.text.titles import title_form
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

MAX_NAME_CHARS = 300

_SHORT_NAME = lazy_pattern(
    r"(?P<name>(?=[a-z]*[A-Z][a-z]*[A-Z])[A-Za-z]{3,12})[\s'’-]{0,2}(?P<year>20\d\d|\d\d)"
    r"(?:\W+(?i:conference|main|full|official|program(?:me)?|schedule|calendar|agenda|events?|sessions?)){0,4}"
)
_CONFERENCE = lazy_pattern(
    r"\b(?:conference|workshops?|symposium|congress|summit|school|seminar|colloquium|konferenz|tagung)\b", re.IGNORECASE
)

PRODUCER = "-//Programme//loader export//"


def records(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield each session once, and a problem for what is not loaded."""
    calendars = Calendars(document)
    events = [event for calendar in calendars.all for event in calendar.events]
    if not events and not any(problem.is_lost for problem in calendars.problems):
        raise MalformedDocument(
            document.uri, None, "no calendar with events; expected BEGIN:VCALENDAR and BEGIN:VEVENT"
        )
    deadlines = sum(map(is_deadline, events))
    if 2 * deadlines > len(events):
        problem = f"a calendar of deadlines ({deadlines:,} of {len(events):,} events); it holds no programme"
        raise MalformedDocument(document.uri, None, problem)
    yield from calendars.problems
    for calendar in calendars.all:
        yield from _calendar(calendar, hints)


def _calendar(calendar: Calendar, hints: Hints) -> Iterator[Record]:
    """Yield the sessions of one calendar, and its problems."""
    zones = Zones(calendar, hints.time_zone)
    cancelled = [event for event in calendar.events if event.text("STATUS").upper() == "CANCELLED"]
    events = [event for event in calendar.events if event.text("STATUS").upper() != "CANCELLED"]
    if cancelled:
        first = cancelled[0]
        problem = f"{first.path}: cancelled, and not loaded; cancelled events: {len(cancelled):,}"
        yield Problem(first.line_start, first.text("SUMMARY"), problem, first.path)
    if is_exported(events):
        yield from _exported(events, zones)
        events = [event for event in events if not event.find(SESSION)]
    elif events and calendar.own.text("PRODID").startswith(PRODUCER):
        problem = "written by an earlier version, so that each event is loaded as a session; export the calendar again"
        yield Problem(calendar.own.line_start, calendar.own.text("PRODID"), problem, calendar.own.path)
    yield from _sessions(calendar, events, zones)
    yield from zones.problems()


def _exported(events: list[Component], zones: Zones) -> Iterator[Record]:
    """Yield the sessions that the events of our own calendars state."""
    found = ExportedSessions()
    for event in events:
        if event.find(SESSION):
            start = event.find("DTSTART")
            found.add(event, zones.of(start) if start and "TZID" in start.parameters else None)
    yield from found.sessions()
    yield from found.problems


def _sessions(calendar: Calendar, events: list[Component], zones: Zones) -> Iterator[SessionRecord | Problem]:
    """Yield a session for each time of each event; events with the same title and start are slots of one."""
    moved: dict[str, set[datetime]] = {}
    for event in calendar.events:  # one that is cancelled stands in for a repetition too
        if event.find("RECURRENCE-ID"):
            moved.setdefault(event.text("UID"), set()).update(EventTimes(event, zones).instead_of())
    read: list[tuple[Component, EventTimes, list[Time]]] = []
    for event in events:
        if title_of(event)[1]:
            is_moved = event.find("RECURRENCE-ID") is not None
            times = EventTimes(event, zones, frozenset() if is_moved else moved.get(event.text("UID"), frozenset()))
            read.append((event, times, [*times.times()] or [None]))
            yield from times.problems
        else:
            problem = f"{event.path}.SUMMARY: empty; expected the title of the event, which is left out"
            yield Problem(event.line_start, event.text("UID"), problem, event.path, is_lost=True)
    edition, is_of_unknown = _edition(
        calendar, {one.day.year for *_, found in read for one in found if isinstance(one, Moments)}
    )
    sessions: dict[tuple[str, str], list[SessionRecord]] = {}
    for event, times, found in read:
        for one in found:
            session = session_of(event, one, times.written, edition)._replace(is_of_unknown=is_of_unknown)
            start = one.starts_at if isinstance(one, Moments) else str(one)
            sessions.setdefault((title_form(session.title), start), []).append(session)
    for same in sessions.values():
        slots = (session.slots[0]._replace(position=number) for number, session in enumerate(same, 1))
        yield same[0]._replace(slots=tuple(slots))


def _edition(calendar: Calendar, years: set[int]) -> tuple[StatedEdition | None, bool]:
    """Return the edition that the name of a calendar says, and whether it names a conference that nobody knows.

    The year may be that of all of its events. An abbreviation with their year is an edition too, of a venue of its own.
    """
    own = calendar.own
    names = [own.text("X-WR-CALNAME"), own.text("NAME"), own.text("X-WR-CALDESC"), own.text("DESCRIPTION")]
    if not own.text("PRODID").startswith("-//"):  # a program that writes no proper identifier may write a name
        names.append(own.text("PRODID"))
    year = next(iter(years)) if len(years) == 1 else None
    names = [name[:MAX_NAME_CHARS] for name in names if name]
    known = next((found for name in names if (found := find_edition_named(name, year))), None)
    if known:
        return known, False
    short = _SHORT_NAME.fullmatch(names[0]) if names else None
    if short and year is not None and int(short["year"]) in (year, year % 100):
        return StatedEdition(venue_slug(short["name"]), year), False
    return None, any(map(_CONFERENCE.search, names))
