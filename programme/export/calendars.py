"""The programme as an iCalendar file (RFC 5545): rows in, text out.

    text = "".join(calendar("ICML 2022", events_of(slots), zones_of(slots)))

A talk, keynote, break or Q&A with a start of its own is an event. Posters, and slots whose session alone has a time,
are listed in one event for their session. A slot without any start is left out.

The same rows give the same bytes, and an event keeps its UID when its time, room, session or title changes: the UID is
made of the edition, the paper (or the session and the title) and the kind. SEQUENCE is the number of captures in which
it changed, and what was cancelled or removed stays as a cancelled event, so that calendars that subscribed follow.
DTSTAMP is the day on which the document was captured, if known, else the start: the time of export would make every
file differ.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from programme.export.calendar_facts import facts_of
from programme.export.calendar_history import History

PRODUCER = "-//Programme//loader export//EN"
FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2038, 1, 1)
"""Years for which a calendar defines its time zones."""


class Slot(NamedTuple):
    """A slot with its session; a session without slots is a row whose `position` is None."""

    session_key: str
    session: str
    """Title of the session."""
    session_kind: str
    session_starts_at: str | None
    """Instants are ISO 8601 text in UTC, `2022-07-21T19:30:00Z`."""
    session_ends_at: str | None
    edition: str | None
    """Name of the edition: `ICML 2022`."""
    time_zone: str | None
    """IANA zone of the place, or of the printed times for an edition held online."""
    room: str | None
    """Room of the slot, or else of the session."""
    captured_on: str | None = None
    """Day on which its document was captured, `2022-07-19`."""
    position: int | None = None
    kind: str | None = None
    title: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    authors: str | None = None
    poster_number: str | None = None
    award: str | None = None
    paper_key: str | None = None
    code: str | None = None
    """URL of the paper's own repository."""
    edition_slug: str | None = None
    earlier_slots: int = 0
    """Number of slots before it that present the same paper as the same kind at the edition."""
    earlier_posters: int = 0
    """Number of earlier times at which its session has posters."""
    is_cancelled: bool | int = False


class Event(NamedTuple):
    """An event of a calendar; its text is not escaped."""

    uid: str
    stamp: str
    """DTSTAMP, an instant."""
    starts_at: str
    ends_at: str | None
    time_zone: str | None
    title: str
    room: str | None
    description: str
    kind: str
    url: str | None
    changes: tuple[str, ...] = ()
    """Instants of the captures in which it changed, in order."""
    is_cancelled: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    """Properties that state its session and slots for programs."""


NO_HISTORY = History()


def events_of(
    slots: Iterable[Slot], history: History = NO_HISTORY, session: str | None = None, *, is_whole: bool = True
) -> Iterator[Event]:
    """Yield the events of slots, which must be grouped by session and in the order of their positions.

    Then come those that the history knows and the slots no longer hold, of one session if its key is given; not where
    the slots are a selection, which leaves out others too.
    """
    uids = set()
    for event in _events(slots, history):
        uids.add(event.uid)
        yield event
    if is_whole:
        yield from _cancelled(history, session, uids)


def _events(slots: Iterable[Slot], history: History) -> Iterator[Event]:
    for session_key, group in groupby(slots, key=lambda slot: slot.session_key):
        uids: dict[str, int] = {}
        blocks: dict[tuple[str, str | None], list[Slot]] = {}
        for slot in group:
            if slot.starts_at and slot.kind != "poster":
                yield _talk(slot, slot.starts_at, history, uids)
            elif start := slot.starts_at or slot.session_starts_at:
                end = slot.ends_at if slot.starts_at else slot.session_ends_at
                blocks.setdefault((start, end), []).append(slot)
        for (start, end), listed in blocks.items():
            part = f".{listed[0].earlier_posters + 1}" if listed[0].earlier_posters else ""
            name = _numbered(f"{history.session(session_key)}-session{part}", uids)
            yield _block(listed, start, end, f"{name}@programme")._replace(
                changes=tuple(history.of_session(session_key)),
                is_cancelled=all(slot.is_cancelled for slot in listed),
            )


def _cancelled(history: History, session: str | None, uids: Container[str]) -> Iterator[Event]:
    """Yield an event for each talk that was removed, and for each session without talks of its own."""
    removed = list(history.removed(session))
    talks = {slot.session for slot in removed if slot.row.subject == "slot" and slot.facts.get("kind") != "poster"}
    for gone in removed:
        is_talk = gone.row.subject == "slot" and gone.facts.get("kind") != "poster"
        starts_at = gone.facts.get("starts_at")
        uid = f"{gone.name}@programme"
        if starts_at and uid not in uids and (is_talk or (gone.row.subject == "session" and gone.session not in talks)):
            changes = history.of_slot(gone.subject, gone.session, gone.row.edition)
            yield Event(
                uid,
                gone.row.captured_at,
                starts_at,
                gone.facts.get("ends_at"),
                gone.row.time_zone,
                gone.row.title,
                gone.facts.get("room"),
                gone.row.edition_name or "",
                gone.facts.get("kind") or "other",
                None,
                tuple(changes),
                is_cancelled=True,
            )


def zones_of(slots: Iterable[Slot]) -> list[str]:
    """Return the time zones that a calendar of these slots needs, sorted."""
    return sorted({slot.time_zone for slot in slots if slot.time_zone})


def calendar(name: str, events: Iterable[Event], zones: Iterable[str] = ()) -> Iterator[str]:
    """Yield the text of a calendar called `name`, with lines that end in CR LF and are folded at 75 bytes.

    `zones` are the time zones of the events; an event in any other zone is written in UTC.
    """
    known = {zone: tz for zone in zones if (tz := _zone(zone)) is not None}
    head = icalendar.Calendar()
    head.add("prodid", PRODUCER)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.calendar_name = name
    if len(known) == 1:
        head.add("x-wr-timezone", next(iter(known)))
    yield head.to_ical().decode().removesuffix("END:VCALENDAR\r\n")
    for zone in known:
        yield _timezone(zone)
    for event in events:
        yield _component(event, known).to_ical().decode()
    yield "END:VCALENDAR\r\n"


def _talk(slot: Slot, starts_at: str, history: History, uids: dict[str, int]) -> Event:
    subject = history.slot(slot.edition_slug, slot.session_key, slot.paper_key, slot.title or slot.session)
    name = history.event(subject, slot.kind)
    # Papers are numbered across sessions, which a calendar of one session does not hold; all else within its session.
    name = f"{name}-{slot.earlier_slots + 1}" if slot.earlier_slots else _numbered(name, uids)
    lines = [slot.authors, slot.award, slot.code and f"Code: {slot.code}"]
    place = (slot.session if slot.session != slot.title else None, slot.edition)
    lines.append(", ".join(part for part in place if part))
    return Event(
        f"{name}@programme",
        _stamp([slot], starts_at),
        starts_at,
        slot.ends_at,
        slot.time_zone,
        slot.title or slot.session,
        slot.room,
        "\n".join(line for line in lines if line),
        slot.kind or slot.session_kind,
        slot.code,
        tuple(history.of_slot(subject, slot.session_key, slot.edition_slug)),
        is_cancelled=bool(slot.is_cancelled),
        facts=facts_of([slot]),
    )


def _block(slots: list[Slot], starts_at: str, ends_at: str | None, uid: str) -> Event:
    first = slots[0]
    lines = [first.edition] if first.edition else []
    lines += [_listed(slot) for slot in slots if slot.title and slot.title != first.session]
    return Event(
        uid,
        _stamp(slots, starts_at),
        starts_at,
        ends_at,
        first.time_zone,
        first.session,
        ", ".join(dict.fromkeys(slot.room for slot in slots if slot.room)) or None,
        "\n".join(lines),
        first.session_kind,
        None,
        facts=facts_of(slots),
    )


def _listed(slot: Slot) -> str:
    """Return the line about a slot in the event of its session.

    >>> slot = Slot("5e", "Posters", "poster", None, None, None, None, None, title="Nets", authors="Ann Lee")
    >>> _listed(slot._replace(award="Best", poster_number="#12", code="https://github.com/a/b"))
    '• #12 Nets (Best) – Ann Lee – https://github.com/a/b'
    """
    number = f"#{slot.poster_number.lstrip('#')} " if slot.poster_number else ""
    award = f" ({slot.award})" if slot.award else ""
    return " – ".join(part for part in (f"• {number}{slot.title}{award}", slot.authors, slot.code) if part)


def _numbered(name: str, seen: dict[str, int]) -> str:
    """Return the name, with a number from its second use on."""
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _stamp(slots: Iterable[Slot], starts_at: str) -> str:
    captured = max((slot.captured_on for slot in slots if slot.captured_on), default=None)
    return f"{captured}T00:00:00Z" if captured else starts_at


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
