"""The times of an event: its start and end, and those at which it is repeated."""

from collections.abc import Iterator, Set
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icalendar.prop import vDDDTypes

from programme.loaders.formats.ics.parsing.components import Component, Property
from programme.loaders.formats.ics.parsing.repetition import repeated_days
from programme.loaders.formats.ics.parsing.zones import Zone, Zones
from programme.loaders.records import Moments, PrintedTime, Problem

MAX_LENGTH_DAYS = 366
"""A longer event is a mistake."""

_YEARS = range(1900, 2200)
_UTC = Zone(UTC, "UTC")


class Clock(NamedTuple):
    """A day and time on the clock of a zone; None where nothing names the zone."""

    at: datetime
    zone: Zone | None

    @property
    def instant(self) -> datetime:
        """The instant; that of a clock without a zone as if it were in UTC, to compare it with others."""
        return self.at.replace(tzinfo=(self.zone or _UTC).info).astimezone(UTC)


class EventTimes:
    """The times of one event; `problems` are those that could not be read, `written` is the first as written.

    `moved` are the instants of repetitions that other events stand in for.
    """

    def __init__(self, event: Component, zones: Zones, moved: Set[datetime] = frozenset()) -> None:
        self._event = event
        self._zones = zones
        self._moved = moved
        self.problems: list[Problem] = []
        start, end = event.find("DTSTART"), event.find("DTEND")
        self.written = " - ".join(_written(one) for one in (start, end) if one) if start else None
        self._start = self._clock(start) if start else None
        self._length = self._read_length(self._start, end) if self._start else None

    def times(self) -> list[Moments | PrintedTime]:
        """Return the time of the event and of each of its repetitions, in order; none where it has no clock time."""
        if self._start is None:
            return []
        clocks = {clock.instant: clock for clock in self._repetitions(self._start)}
        left_out = {clock.instant for one in self._event.find_all("EXDATE") for clock in self._clocks(one)}
        for instant in clocks.keys() & (left_out | (self._moved if len(clocks) > 1 else set())):
            del clocks[instant]
        return [self._time(clock) for _, clock in sorted(clocks.items())]

    def instead_of(self) -> set[datetime]:
        """Return the instant of the repetition of another event that this one stands in for, if it does."""
        stated = self._event.find("RECURRENCE-ID")
        return {clock.instant for clock in self._clocks(stated)} if stated else set()

    def _repetitions(self, start: Clock) -> Iterator[Clock]:
        """Yield the start, and the starts of all repetitions."""
        yield start
        for rule in self._event.find_all("RRULE"):
            days, problem = repeated_days(rule.raw, start.at, lambda at: Clock(at, start.zone).instant)
            if problem:
                self._report(rule, problem)
            for day in days:
                yield Clock(start.at + timedelta(days=day), start.zone)
        for one in self._event.find_all("RDATE"):
            yield from self._clocks(one)

    def _clocks(self, one: Property) -> Iterator[Clock]:
        """Yield the times in a list of times."""
        for part in one.raw.split(","):
            if clock := self._clock(one._replace(raw=part)):
                yield clock

    def _clock(self, one: Property) -> Clock | None:
        """Return the time that a property states; None, and a problem, where it states none."""
        value = _value(one.raw)
        if not isinstance(value, datetime):
            is_day = isinstance(value, date)
            expected = "a whole day; the slot has no time" if is_day else "expected a time like 20220721T193000Z"
            self._report(one, expected)
            return None
        if value.tzinfo:
            zone = self._zones.shown or _UTC
            return Clock(value.astimezone(zone.info).replace(tzinfo=None), zone)
        return Clock(value, self._zones.of(one))

    def _read_length(self, start: Clock, end: Property | None) -> timedelta | None:
        """Return how long the event lasts; None where it does not say so."""
        if end and (until := self._clock(end)):
            length = until.instant - start.instant
            if length >= timedelta(0):
                return length
            self._report(end, "ends before it starts; the slot has no end")
        duration = self._event.find("DURATION")
        if end or duration is None:
            return None
        value = _value(duration.raw)
        if isinstance(value, timedelta) and timedelta(0) <= value < timedelta(days=MAX_LENGTH_DAYS):
            return value
        self._report(duration, "expected a length like PT1H30M; the slot has no end")
        return None

    def _time(self, clock: Clock) -> Moments | PrintedTime:
        at = clock.at
        if clock.zone:
            end = clock.instant + self._length if self._length else None
            return Moments(_text(clock.instant), _text(end) if end else None, at.date(), clock.zone.name)
        ends = at + self._length if self._length else None
        ends_on = (ends.month, ends.day) if ends and ends.date() != at.date() else None
        return PrintedTime(None, at.day, at.month, at.year, at.time(), ends.time() if ends else None, None, ends_on)

    def _report(self, one: Property, problem: str) -> None:
        path = f"{self._event.path}.{one.name}"
        self.problems.append(Problem(one.line, one.raw, f"{path}: {problem}", path))


def _value(raw: str) -> object:
    """Return a date, time or length as the library reads it; None where it cannot, or for a year of no conference."""
    try:
        value = vDDDTypes.from_ical(raw.strip())  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, OverflowError):
        return None
    return None if isinstance(value, date) and value.year not in _YEARS else value


def _written(one: Property) -> str:
    zone = one.parameters.get("TZID")
    return f"{one.raw.strip()} {zone}" if zone else one.raw.strip()


def _text(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
