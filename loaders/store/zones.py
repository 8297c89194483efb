"""The time zone of times that print none: the one that the curator gives, or that of the edition."""

from collections.abc import Iterable, Sequence

from programme.loaders.records import Hints, Moments, PrintedTime, Problem, SessionRecord
from programme.loaders.text.editions import EditionFact
from programme.loaders.text.zones import UNKNOWN_ZONE

Time = PrintedTime | Moments | None


class ZoneOf:
    """Fills in the zones of one document; `problems` says once from which edition they are taken.

    The zone of an edition counts only if nothing in the document prints one: where some times do, the others probably
    are in it too, but nothing says so.
    """

    def __init__(self, sessions: Sequence[SessionRecord], problems: Iterable[Problem], hints: Hints) -> None:
        self.problems: list[Problem] = []
        self._given = hints.time_zone
        times = [time for session in sessions for time in _times(session)]
        self._is_printed = any(time.zone or time.has_unknown_zone for time in times) or any(
            problem.problem == UNKNOWN_ZONE for problem in problems
        )

    def session(self, record: SessionRecord, edition: EditionFact | None) -> SessionRecord:
        """Return a session with the zone of each of its times, as far as it is known."""
        if not any(time.zone is None for time in _times(record)):
            return record
        zone = self._given
        if zone is None and edition and edition.time_zone and not self._is_printed:
            zone = edition.time_zone
            note = f"prints no time zone; that of {edition.name}, {zone}, is taken (--time-zone names another)"
            self.problems.append(Problem(None, "", note))
        if zone is None:
            return record
        slots = tuple(slot._replace(time=_in(slot.time, zone)) for slot in record.slots)
        return record._replace(time=_in(record.time, zone), slots=slots)


def _times(session: SessionRecord) -> list[PrintedTime]:
    times = [session.time, *(slot.time for slot in session.slots)]
    return [time for time in times if isinstance(time, PrintedTime)]


def _in(time: Time, zone: str) -> Time:
    return time._replace(zone=zone) if isinstance(time, PrintedTime) and time.zone is None else time
