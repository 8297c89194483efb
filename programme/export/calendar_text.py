"""A calendar as an iCalendar file (RFC 5545): events in, text out."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from programme.export.calendars import Event

PRODUCER = "-//Programme//loader export//EN"
FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2038, 1, 1)
"""Years for which a calendar defines its time zones."""


def calendar(name: str, events: Iterable[Event], zones: Iterable[str] = ()) -> Iterator[str]:
    """Yield the text of a calendar called `name`, with lines that end in CR LF and are folded at 75 bytes.

    `zones` are the time zones of the events; an event in any other zone is written in UTC.
    """
    known = {zone: tz for zone in zones if (tz := _zone(zone)) is not None}
    head = icalendar.Calendar()
    head.add("prodid", PRODUCER)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.calendar_name = " ".join(_clean(name).split())
    if len(known) == 1:
        head.add("x-wr-timezone", next(iter(known)))
    yield head.to_ical().decode().removesuffix("END:VCALENDAR\r\n")
    for zone in known:
        yield _timezone(zone)
    for event in events:
        yield _component(event, known).to_ical().decode()
    yield "END:VCALENDAR\r\n"


def _component(event: Event, zones: Mapping[str, ZoneInfo]) -> icalendar.Event:
    zone = zones.get(event.time_zone or "", UTC)
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", _moment(event.stamp))
    made.add("dtstart", _moment(event.starts_at).astimezone(zone))
    if event.ends_at and event.ends_at > event.starts_at:
        made.add("dtend", _moment(event.ends_at).astimezone(zone))
    made.add("summary", _clean(event.title))
    if event.room:
        made.add("location", _clean(event.room))
    if event.description:
        made.add("description", _clean(event.description))
    if event.url:
        made.add("url", event.url)
    made.add("categories", [event.kind])
    if event.changes:
        made.add("sequence", len(event.changes))
        made.add("last-modified", _moment(event.changes[-1]))
    if event.is_cancelled:
        made.add("status", "CANCELLED")
    for name, value in event.facts:
        made.add(name, value)
    return made


def _moment(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(UTC)


def _clean(text: str) -> str:
    """Remove control characters, which iCalendar forbids."""
    return "".join(character for character in text if character == "\n" or character.isprintable())


def _zone(name: str) -> ZoneInfo | None:
    """Return a zone by its name; None for UTC itself and for a name that this machine does not know."""
    try:
        return None if name in ("UTC", "Etc/UTC") else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@lru_cache(maxsize=64)
def _timezone(name: str) -> str:
    """Return the VTIMEZONE of a zone, with every change of its clocks in those years; slow, hence the cache."""
    return str(icalendar.Timezone.from_tzid(name, first_date=FIRST_DATE, last_date=LAST_DATE).to_ical().decode())
