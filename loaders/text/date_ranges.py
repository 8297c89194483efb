"""The first and last day that a text prints, such as `November 12-16, 2024` or `28 Feb - 2 March`."""

import re
from datetime import date

from programme.patterns import lazy_pattern

Days = tuple[date, date]
"""The first and the last day."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOKEN = lazy_pattern(
    rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?(?![a-z])|(?P<year>(?:19|20|21)\d\d)(?!\d)"
    r"|(?P<day>\d\d?)(?:st|nd|rd|th)?(?![a-z\d])|(?P<dash>[-–—~]+|\bto\b|\buntil\b)|(?P<other>\w+)",
    re.IGNORECASE,
)
_WEEKDAY = lazy_pattern(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*", re.IGNORECASE)
_FILLERS = frozenset({"of", "and", "the", "from"})
MAX_CHARS = 80


def iso_day(text: str | None) -> date | None:
    """Return the day of an ISO 8601 date or instant; None for anything else.

    >>> iso_day("2024-11-12"), iso_day("soon")
    (datetime.date(2024, 11, 12), None)
    """
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def printed_days(text: str, year: int) -> Days | None:
    """Return the first and last day that a text prints; `year` is theirs where it prints none. None for other texts.

    >>> printed_days("November 12-16, 2024", 2024)
    (datetime.date(2024, 11, 12), datetime.date(2024, 11, 16))
    >>> printed_days("28 Feb - 2 March", 2031), printed_days("Dec 30, 2024 - Jan 3, 2025", 2025)[0]
    ((datetime.date(2031, 2, 28), datetime.date(2031, 3, 2)), datetime.date(2024, 12, 30))
    >>> printed_days("spring 2031", 2031), printed_days("12, 14 and 16 May", 2031)
    (None, None)
    """
    if len(text) > MAX_CHARS:
        return None
    days: list[int] = []
    months: list[int] = []
    years: list[int] = []
    for found in _TOKEN.finditer(text):
        if found["month"]:
            months.append(_MONTHS.index(found["month"].lower()) + 1)
        elif found["year"]:
            years.append(int(found["year"]))
        elif found["day"]:
            days.append(int(found["day"]))
        elif found["other"] and not _is_filler(found["other"]):
            return None
    if not 0 < len(days) <= 2 or not 0 < len(months) <= len(days) or len(years) > 2:
        return None
    last = years[-1] if years else year
    # A range over New Year prints the year of its end alone, or both.
    first = years[0] if len(years) > 1 else last - (months[0] > months[-1])
    try:
        return date(first, months[0], days[0]), date(last, months[-1], days[-1])
    except ValueError:
        return None


def _is_filler(word: str) -> bool:
    return word.casefold() in _FILLERS or _WEEKDAY.fullmatch(word) is not None
