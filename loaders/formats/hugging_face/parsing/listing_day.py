"""The day of a listing, from what the document and the curator say; where they contradict each other, there is none."""

from datetime import date

from programme.loaders.records import Hints, Problem

SOURCE = "huggingface.co/papers"
"""The source of a listing: with the title and the day, it makes the page and the API answer of a day one listing."""

PrintedDay = tuple[int, int, int | None]
"""A date as printed: month, day, and the year where there is one."""


def resolve_printed_day(printed: PrintedDay | None, hints: Hints) -> tuple[date | None, str | None]:
    """Return the date of a page, when page and curator together state a whole one, and a problem when they disagree.

    >>> resolve_printed_day((8, 11, None), Hints(year=2025))
    (datetime.date(2025, 8, 11), None)
    >>> resolve_printed_day((8, 11, None), Hints())
    (None, None)
    """
    if printed is None:
        return hints.on, None
    month, day, printed_year = printed
    stated = (printed_year, hints.year, hints.on.year if hints.on else None)
    years = {year for year in stated if year is not None}
    if len(years) > 1 or (hints.on and (hints.on.month, hints.on.day) != (month, day)):
        return None, f"the page and the date given ({hints.on or hints.year}) disagree; correct --date or --year"
    try:
        return (date(years.pop(), month, day) if years else None), None
    except ValueError:
        return None, f"the year given ({hints.year or printed_year}) has no such day; correct --year"


def named_day(printed: PrintedDay | None, hints: Hints) -> date | None:
    """Return the day in the name of the file, where neither page nor curator says one that contradicts it.

    >>> from programme.loaders.records import NameHints
    >>> named_day((8, 11, None), Hints(named=NameHints("2025-08-11.txt", date(2025, 8, 11))))
    datetime.date(2025, 8, 11)
    """
    day = hints.named.on if hints.named else None
    if day is None or hints.on is not None or hints.year not in (None, day.year):
        return None
    month, number, year = printed or (day.month, day.day, None)
    return day if (month, number) == (day.month, day.day) and year in (None, day.year) else None


def from_name(day: date) -> Problem:
    """Return the note that a day is taken from the name of the file."""
    return Problem(None, "", f"the day {day} is taken from the file's name")


def resolve_stated_days(days: set[str], hints: Hints) -> tuple[date | None, str | None]:
    """Return the date of an API answer whose papers state `days` (ISO 8601), and a problem when there is not one.

    >>> resolve_stated_days({"2025-03-17"}, Hints())
    (datetime.date(2025, 3, 17), None)
    >>> resolve_stated_days(set(), Hints(on=date(2025, 3, 17)))
    (datetime.date(2025, 3, 17), None)
    """
    if len(days) == 1:
        day = date.fromisoformat(min(days))
        if day.year != (hints.year or day.year) or day != (hints.on or day):
            return None, f"the answer says {day} and the curator {hints.on or hints.year}; correct --date or --year"
        return day, None
    if hints.on:
        return hints.on, None
    if days:
        return None, f"papers listed on {len(days)} days; give the day of the listing with --date"
    return None, "no field says on which day these papers were listed; give it with --date"
