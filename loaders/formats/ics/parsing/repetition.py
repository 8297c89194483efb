"""The days on which a rule repeats an event: daily, or on days of the week, for as long as a conference lasts."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from icalendar.prop import vRecur

MAX_REPETITIONS = 50
MAX_DAYS = 400
"""A rule may repeat an event so often, and for so long; a series that is longer is no conference."""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = frozenset({"FREQ", "COUNT", "UNTIL", "INTERVAL", "BYDAY", "WKST"})


def repeated_days(raw: str, start: datetime, instant: Callable[[datetime], datetime]) -> tuple[list[int], str | None]:
    """Return the days after the start on which a rule repeats it, and a problem where it repeats it on others too.

    `instant` gives the instant of a time on the clock of the start, since a rule may end at an instant.

    >>> repeated_days("FREQ=DAILY;COUNT=3", datetime(2022, 12, 5, 9), lambda at: at)
    ([1, 2], None)
    >>> repeated_days("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20221213", datetime(2022, 12, 5, 9), lambda at: at)
    ([2, 7], None)
    >>> repeated_days("FREQ=MONTHLY", datetime(2022, 12, 5, 9), lambda at: at)[1]
    'this rule of repetition is not read; only the first time is loaded'
    """
    rule = _rule(raw)
    if rule is None:
        return [], "this rule of repetition is not read; only the first time is loaded"
    count, until = rule.get("COUNT", [None])[0], rule.get("UNTIL", [None])[0]
    days: list[int] = []
    for day in islice(_days(rule, start), MAX_REPETITIONS):
        if (count is not None and len(days) + 1 >= count) or (
            until is not None and _is_after(start, day, until, instant)
        ):
            return days, None
        days.append(day)
    if count is not None and len(days) + 1 >= count:
        return days, None
    if until is not None and _is_after(start, MAX_DAYS, until, instant) and len(days) < MAX_REPETITIONS:
        return days, None
    return days, f"repeated more than {MAX_REPETITIONS} times or for more than {MAX_DAYS} days; no more are loaded"


def _rule(raw: str) -> dict[str, Any] | None:
    """Return the parts of a rule that is daily or weekly and nothing else; None for any other."""
    try:
        rule = {str(name).upper(): value for name, value in vRecur.from_ical(raw.strip()).items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    days = [*rule.get("BYDAY", ()), *rule.get("WKST", ())]
    is_read = (
        rule.get("FREQ") in (["DAILY"], ["WEEKLY"])
        and rule.keys() <= _PARTS
        and all(str(day).upper() in _DAYS for day in days)
        and all(len(rule[name]) == 1 and rule[name][0] > 0 for name in ("COUNT", "INTERVAL") if name in rule)
        and len(rule.get("UNTIL", (None,))) == 1
    )
    return rule if is_read else None


def _days(rule: dict[str, Any], start: datetime) -> Iterator[int]:
    """Yield the days after the start that a rule names, without its end."""
    interval = rule.get("INTERVAL", [1])[0]
    by_day = {_DAYS.index(str(day).upper()) for day in rule.get("BYDAY", ())}
    is_weekly = rule["FREQ"] == ["WEEKLY"]
    first_of_week = _DAYS.index(str(rule.get("WKST", ["MO"])[0]).upper())
    into_week = (start.weekday() - first_of_week) % 7
    if is_weekly and not by_day:
        by_day = {start.weekday()}
    for day in range(1, MAX_DAYS + 1):
        steps = (day + into_week) // 7 if is_weekly else day
        if steps % interval == 0 and (not by_day or (start.weekday() + day) % 7 in by_day):
            yield day


def _is_after(start: datetime, day: int, until: object, instant: Callable[[datetime], datetime]) -> bool:
    """Return whether a repetition is after the end of its rule."""
    at = start + timedelta(days=day)
    if not isinstance(until, datetime):
        return isinstance(until, date) and at.date() > until
    return instant(at) > until if until.tzinfo else at > until
