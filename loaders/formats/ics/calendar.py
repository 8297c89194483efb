"""A calendar in the iCalendar form (RFC 5545): what conferences and calendar programs export as `.ics`.

Reads:

- An event (`VEVENT`) as a session with one slot: `SUMMARY`, `LOCATION` as the room unless it is a link, `DESCRIPTION`
  as the abstract, the kind in `CATEGORIES` or in a tag before the title (`#pos Posters`), or else in the title itself.
  Events with the same title and start are slots of one session.
- Times: in the zone that `TZID` names, as IANA or Windows call it or a `VTIMEZONE` defines it; in UTC; and without
  either, in the zone of the calendar (`X-WR-TIMEZONE`) or that of `--time-zone`. `DURATION` instead of `DTEND`.
- Repeated events (`RRULE` by day or week, `RDATE`, `EXDATE`, changed by `RECURRENCE-ID`): a slot for each time.
- The edition, where the name of the calendar says it, also as `ALTS 2022` of a series that is not known; otherwise it
  is inferred from the days, unless the name is that of another conference or a workshop.
- Calendars that `loader export ics` writes: the sessions, slots and papers that its events state for programs.

Whole days and other rules of repetition are told as problems, and cancelled events are left out. A calendar of
deadlines holds no programme and is refused.

Ignores: organizers, attendees, alarms, attachments, URLs, and fields of calendar programs (`X-…`). Tasks and journals
are not loaded.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.records import Hints, Record

NAME = "icalendar"
DESCRIPTION = "A calendar in the iCalendar form (.ics), also those that `loader export ics` writes."
YIELDS = "sessions with their slots, of our own calendars papers too"
EXAMPLE = "icalendar.ics"
VERSION = 1

OPENING = "BEGIN:VCALENDAR"


def sniff(document: Document) -> Sniff:
    """Look for the line that begins a calendar."""
    if document.head[:200].lstrip("\ufeff \t\r\n")[: len(OPENING)].upper() == OPENING:
        return Sniff(0.95, f"begins with {OPENING}")
    return Sniff(0.0, f"does not begin with {OPENING}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield each session once, and a problem for what cannot be read."""
    from programme.loaders.formats.ics.parsing.programme import records

    return records(document, hints)
