"""Resolve the hours of a calendar, which prints a.m. and p.m. only now and then, from the times around them."""

from typing import NamedTuple

from programme.loaders.text.clocks import DAY, HALF_DAY, Clock, clock_range, next_reading

FIRST_HOUR = 6 * 60
"""Hours without a.m. or p.m. and with nothing above them are read as the first ones from here on."""


class Span(NamedTuple):
    """When something takes place, in minutes since midnight, past 24 hours on the next day.

    `doubt` says why the times may be wrong: a clause for a message that begins with "this time".
    """

    start: int | None = None
    end: int | None = None
    doubt: str | None = None


def format_clock(minutes: int) -> str:
    """Format minutes since midnight as a 24-hour clock.

    >>> format_clock(915), format_clock(1455)
    ('15:15', '0:15')
    """
    return f"{minutes // 60 % 24}:{minutes % 60:02}"


def heading_span(clock: Clock, above: int | None, *, is_24_hours: bool) -> Span:
    """Return when the events below a time heading begin; `above` is the heading above it on the same day, in minutes.

    >>> heading_span(Clock(915, 12), None, is_24_hours=False)
    Span(start=915, end=None, doubt=None)
    >>> heading_span(Clock(195, None), 630, is_24_hours=False).doubt
    'prints neither a.m. nor p.m.; read as 15:15'
    """
    if clock.hours is not None or is_24_hours:
        return Span(clock.minutes)
    start = next_reading(clock, FIRST_HOUR if above is None else above)
    return Span(start, None, f"prints neither a.m. nor p.m.; read as {format_clock(start)}")


def session_span(printed: tuple[Clock, Clock] | None, ends: Clock | None, heading: int | None) -> Span:
    """Return when a session takes place, from its range `[3:15-4:45]`, `(ends 4:45 PM)` and the time heading above it.

    >>> session_span((Clock(195, None), Clock(285, None)), Clock(1005, 12), None)
    Span(start=915, end=1005, doubt=None)
    >>> session_span(None, Clock(780, 12), 630), session_span(None, Clock(780, 12), None)
    (Span(start=630, end=780, doubt=None), Span(start=None, end=None, doubt=None))
    """
    if printed is None:
        return Span(heading) if heading is None or ends is None else _checked(heading, next_reading(ends, heading))
    first, last = printed
    if ends is not None and (last.minutes - ends.minutes) % HALF_DAY:  # 4:45 and 16:45 are the same end
        return _range_span(first, last, heading)._replace(doubt="prints two different ends")
    if ends is not None and last.hours is None:
        last = ends
    return _range_span(first, last, heading)


def _range_span(first: Clock, last: Clock, heading: int | None) -> Span:
    """Return the span of a range; without a.m. and p.m. it is the first such range from the heading on."""
    if first.hours is None and heading is not None:
        start = next_reading(first, heading)
        span = _checked(start, next_reading(last, start))
        if start - heading <= HALF_DAY // 2 and span.doubt is None:
            return span
        return Span(start, span.end, span.doubt or f"begins long after the heading above it, at {format_clock(start)}")
    start, end = clock_range(first, last)
    span = _checked(start, end if end >= start else end + DAY)
    if first.hours is None and last.hours is None:
        return span._replace(
            doubt=f"prints neither a.m. nor p.m.; read as {format_clock(start)} to {format_clock(end)}"
        )
    return span


def _checked(start: int, end: int | None) -> Span:
    """Return a span; an end on the next day that is more than half a day away is left out as doubtful."""
    if end is not None and end >= DAY and end - start > HALF_DAY:
        return Span(start, None, f"ends at {format_clock(end)}, before it starts at {format_clock(start)}")
    return Span(start, end)


def entry_span(clock: Clock, last: Clock | None, session: Span, above: int | None) -> Span:
    """Return when an entry of a session takes place; `above` is the start of the entry above it, in minutes.

    >>> entry_span(Clock(207, None), None, Span(915, 1005), None)
    Span(start=927, end=None, doubt=None)
    >>> entry_span(Clock(600, None), None, Span(630, 720), None)
    Span(start=600, end=None, doubt='is not between 10:30 and 12:00')
    """
    doubt = None
    if session.start is None:
        start = next_reading(clock, FIRST_HOUR if above is None else above)
        if clock.hours is None:
            doubt = f"prints neither a.m. nor p.m.; read as {format_clock(start)}"
    else:
        start = next_reading(clock, session.start)
        until = session.start + HALF_DAY if session.end is None else session.end
        if start > until:
            start = min(clock.readings, key=lambda minutes: abs(minutes - (session.start or 0)))
            doubt = f"is not between {format_clock(session.start)} and {format_clock(until)}"
    return Span(start, _checked(start, next_reading(last, start)).end if last else None, doubt)
