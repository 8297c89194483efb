"""Clock times of one session in the order printed: where nothing says a.m. or p.m., the order says which it is."""

import re
from collections.abc import Sequence
from datetime import time

from programme.loaders.records import PrintedTime

_SAYS_ITS_HALF = re.compile(r"\d\s?[ap]\.?\s?m\b|\b0\d:|\b(?:1[3-9]|2\d):|\d[T ]\d\d:|noon|midnight", re.IGNORECASE)
_NOON = time(12)
_NIGHT = time(8)
"""From here to noon a time would be moved to the late evening: more likely the lines are out of order."""


def in_order(times: Sequence[PrintedTime], printed: Sequence[str]) -> list[PrintedTime]:
    """Return times with those moved to the afternoon that follow the morning of their day, as `1:00` does `11:30`.

    They stay as they are where a text of `printed` says the half of the day or is of a 24-hour clock, where moving
    once brings no order, and where it would bring one into the late evening. What is moved says so in its doubt.

    >>> from programme.loaders.text.times import parse_time
    >>> lines = ["Tue 20 July 11:30 - 12:30 PDT", "Tue 20 July 12:30 - 1:00 PDT", "Tue 20 July 1:00 - 1:30 PDT"]
    >>> last = in_order([parse_time(line) for line in lines], lines)[-1]
    >>> last.starts, last.ends, last.doubt
    (datetime.time(13, 0), datetime.time(13, 30), 'prints neither a.m. nor p.m.; read as 13:00')
    """
    moved: list[PrintedTime] = []
    above: PrintedTime | None = None
    is_afternoon = False
    for found in times:
        if above is None or (above.month, above.day) != (found.month, found.day):
            is_afternoon = False
        elif found.starts < above.starts:
            is_afternoon = True
        if is_afternoon and _NIGHT <= found.starts < _NOON:
            return list(times)
        above = _in_the_afternoon(found) if is_afternoon else found
        if moved and is_afternoon and above.starts < moved[-1].starts:
            return list(times)
        moved.append(above)
    is_unsaid = any(new is not old for new, old in zip(moved, times, strict=True)) and not any(
        _SAYS_ITS_HALF.search(text) for text in printed
    )
    return moved if is_unsaid else list(times)


def _in_the_afternoon(found: PrintedTime) -> PrintedTime:
    if found.starts >= _NOON:
        return found
    starts = found.starts.replace(hour=found.starts.hour + 12)
    ends = found.ends
    if ends and ends < _NOON:
        ends = ends.replace(hour=ends.hour + 12)
    return found._replace(
        starts=starts, ends=ends, doubt=f"prints neither a.m. nor p.m.; read as {starts.hour}:{starts:%M}"
    )
