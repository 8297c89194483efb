"""The times of a programme file: with their offset from UTC, or with the one that all others in the file have."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from programme.loaders.records import Moments, PrintedTime, Problem
from programme.loaders.text.iso_times import moments
from programme.patterns import lazy_pattern

_OFFSET = lazy_pattern(r"\d\s*(Z|[+-]\d\d:?\d\d)\s*$")

EXPECTED = "expected a time like 2024-03-19T14:00:00+01:00"


class StatedTime(NamedTuple):
    """A time as read and as written; `problem` says why it, or its end, could not be read."""

    time: Moments | PrintedTime | None = None
    written: str | None = None
    problem: Problem | None = None


NO_TIME = StatedTime()


class Times:
    """Reads the times of a file; `starts` are all of its starts, `zone` is what the curator gives."""

    def __init__(self, starts: Iterable[str], zone: str | None) -> None:
        offsets = {found[1] for start in starts if (found := _OFFSET.search(start))}
        self._offset = offsets.pop() if len(offsets) == 1 and zone is None else None
        self._zone = zone
        self._inferred: list[tuple[str, str, int]] = []

    def read(self, start: str | None, end: str | None, path: str, line: int) -> StatedTime:
        """Return the time from `start` to `end`, which are in the entry at `path` and `line`."""
        if not start or not start.strip():
            return NO_TIME
        written = " - ".join(text for text in (start, end) if text)
        time = moments(start, end) or self._floating(start, end, path, line)
        if time is None:
            return StatedTime(None, written, _problem(path, line, written, f"{EXPECTED}; the slot has no time"))
        if isinstance(time, Moments) and end and end.strip() and time.ends_at is None:
            wanted = f"ends before it starts, or {EXPECTED}; the slot has no end"
            return StatedTime(time, written, _problem(path, line, written, wanted))
        return StatedTime(time, written)

    def problems(self) -> Iterable[Problem]:
        """Return a problem that says once which times got an offset that they do not state."""
        if self._inferred:
            path, text, line = self._inferred[0]
            count = len(self._inferred)
            times = f"{count} times state" if count > 1 else "a time states"
            problem = f"{path}: {times} no offset from UTC; that of all others, {self._offset}, is taken"
            yield Problem(line, text, f"{problem} (--time-zone names another)", path)

    def _floating(self, start: str, end: str | None, path: str, line: int) -> Moments | PrintedTime | None:
        """Return a time that states no offset: in the curator's zone, with the common offset, or on a local clock."""
        if self._zone:
            return moments(start, end, self._zone)
        if self._offset and (found := moments(start + self._offset, f"{end}{self._offset}" if end else None)):
            self._inferred.append((path, start, line))
            return found
        return _local(start, end)


def _local(start: str, end: str | None) -> PrintedTime | None:
    """Return a time on the clock of an unknown zone."""
    try:
        starts = datetime.fromisoformat(start.strip())
        ends = datetime.fromisoformat(end.strip()) if end and end.strip() else None
    except ValueError:
        return None
    if len(start.strip()) < len("2024-03-19T14:00") or starts.tzinfo or (ends and ends.tzinfo):
        return None
    ends_on = (ends.month, ends.day) if ends and ends.date() != starts.date() else None
    ends_time = ends.time() if ends and ends > starts else None
    return PrintedTime(None, starts.day, starts.month, starts.year, starts.time(), ends_time, None, ends_on)


def _problem(path: str, line: int, written: str, problem: str) -> Problem:
    return Problem(line, written, f"{path}.start_time: {problem}", path)
