"""The sessions and slots that our own calendars state for programs, in `X-PROGRAMME-SESSION` and `X-PROGRAMME-SLOT`."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

import msgspec

from programme.loaders.formats.ics.parsing.components import Component, Property
from programme.loaders.formats.ics.parsing.zones import Zone
from programme.loaders.readers import EXCERPT_CHARS, format_error, one_line
from programme.loaders.records import (
    Moments,
    PaperRecord,
    Problem,
    SessionRecord,
    SlotRecord,
    StatedEdition,
    StatedLink,
)
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.iso_times import moments
from programme.loaders.text.kinds import KINDS
from programme.loaders.text.zones import zone_info

SESSION, SLOT = "X-PROGRAMME-SESSION", "X-PROGRAMME-SLOT"

_KINDS = frozenset(KINDS.values())

T = TypeVar("T", "SessionFact", "SlotFact")


class SessionFact(msgspec.Struct):
    """A session as its events state it, each the same."""

    key: str
    title: str
    kind: str = "other"
    edition: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None


class SlotFact(msgspec.Struct):
    """A slot; one that an event lists without a time of its own has none."""

    position: int
    title: str
    kind: str = "other"
    starts_at: str | None = None
    ends_at: str | None = None
    room: str | None = None
    poster_number: str | None = None
    award: str | None = None
    is_paper: bool = False
    authors: str | None = None
    code: str | None = None
    is_cancelled: bool = False


class ExportedSessions:
    """Collects the sessions of one calendar from its events; `problems` are those of events that state none."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._sessions: dict[str, SessionRecord] = {}
        self._slots: dict[str, list[SlotRecord]] = {}

    def add(self, event: Component, zone: Zone | None) -> None:
        """Add the session and the slots of an event, whose times are shown in a zone."""
        stated = event.find(SESSION)
        fact = self._read(event, stated, SessionFact) if stated else None
        if fact is None:
            return
        name = zone.name if zone else None
        time = _moments(fact.starts_at, fact.ends_at, name)
        self._sessions.setdefault(
            fact.key,
            SessionRecord(
                title=one_line(fact.title),
                line_start=event.line_start,
                line_end=event.line_end,
                kind=_kind(fact.kind),
                edition=_edition(fact.edition),
                time=time,
                raw_time=" - ".join(text for text in (fact.starts_at, fact.ends_at) if text) or None,
                path=event.path,
            ),
        )
        slots = self._slots.setdefault(fact.key, [])
        for number, one in enumerate(event.find_all(SLOT)):
            if slot := self._read(event, one, SlotFact):
                path = f"{event.path}.{SLOT}[{number}]"
                if slot.is_cancelled:
                    self.problems.append(Problem(one.line, slot.title, f"{path}: cancelled; it is not loaded", path))
                else:
                    slots.append(_slot(slot, event, path, one.line, name))

    def sessions(self) -> Iterator[SessionRecord]:
        """Yield the sessions with their slots in the order of their positions."""
        for key, session in self._sessions.items():
            slots = tuple(sorted(self._slots[key], key=lambda slot: slot.position))
            if len({slot.position for slot in slots}) < len(slots):  # of several calendars in one file
                slots = tuple(slot._replace(position=number) for number, slot in enumerate(slots, 1))
            rooms = {slot.room for slot in slots}
            yield session._replace(slots=slots, room=rooms.pop() if len(rooms) == 1 else None)

    def _read(self, event: Component, one: Property, shape: type[T]) -> T | None:
        path = f"{event.path}.{one.name}"
        try:
            found = msgspec.json.decode(one.raw.encode(), type=shape)
            if not one_line(found.title):
                raise ValueError("has no title")
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            problem = f"{format_error(error, path)}; it is left out"
            self.problems.append(Problem(one.line, one.raw[:EXCERPT_CHARS], problem, path, is_lost=True))
            return None
        return found


def is_exported(events: Iterable[Component]) -> bool:
    """Return whether the events of a calendar state sessions for programs."""
    return any(event.find(SESSION) for event in events)


def _slot(fact: SlotFact, event: Component, path: str, line: int, zone: str | None) -> SlotRecord:
    title = one_line(fact.title)
    paper = PaperRecord(
        title=title,
        line_start=line,
        line_end=event.line_end,
        byline=fact.authors,
        authors=split_byline(fact.authors or ""),
        links=(StatedLink("code", fact.code, "own"),) if fact.code else (),
        raw_kind=fact.kind,
        path=path,
    )
    return SlotRecord(
        title=title,
        kind=_kind(fact.kind),
        line_start=line,
        line_end=event.line_end,
        position=fact.position,
        raw_kind=fact.kind,
        time=_moments(fact.starts_at, fact.ends_at, zone),
        time_line=line if fact.starts_at else None,
        raw_time=" - ".join(text for text in (fact.starts_at, fact.ends_at) if text) or None,
        room=fact.room,
        poster_number=fact.poster_number,
        award=fact.award,
        paper=paper if fact.is_paper else None,
        path=path,
    )


def _moments(starts_at: str | None, ends_at: str | None, zone: str | None) -> Moments | None:
    """Return the instants, with the day in the zone in which the calendar shows them."""
    found = moments(starts_at, ends_at) if starts_at else None
    info = zone_info(zone) if zone else None
    if found is None or info is None:
        return found
    try:
        day = datetime.fromisoformat(found.starts_at).astimezone(info).date()
    except OverflowError:
        return found
    return found._replace(day=day, zone=zone)


def _kind(kind: str) -> str:
    return kind if kind in _KINDS else "other"


def _edition(slug: str | None) -> StatedEdition | None:
    venue, _, year = (slug or "").rpartition("-")
    return StatedEdition(venue, int(year)) if venue and len(year) == 4 and year.isdecimal() else None
