"""The shipped table of editions, and the inference of an edition from the days a page prints.

The column `source` of `editions.csv` names where each fact was taken from: lists of deadlines (`ccfddl` is
ccfddl/ccf-deadlines, `aideadlin.es` is paperswithcode/ai-deadlines), proceedings (`PMLR v…`, `dblp`) and the sites of
the conferences. Where another list differs, its value follows in brackets. Editions whose days are uncertain are left
out.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

PrintedDay = tuple[int | None, int, int]
"""Weekday (0 is Monday; None when not printed), day of the month, month."""

_SLACK = timedelta(days=1)
"""A page may print the days of a zone in which the edition begins a day earlier or ends a day later."""

UNKNOWN_EDITION = "; give --venue and --year"
"""How every reason ends for which no edition is taken."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ALIASES = {"nips": "neurips", "sysml": "mlsys"}  # former names of the same series


class EditionFact(NamedTuple):
    """An edition in the table; the dates include tutorials and workshops, `time_zone` is that of the place.

    Dates, city and zone are None for an edition that is not in the table; one held online has no zone.
    """

    venue: str
    venue_name: str
    venue_url: str | None
    year: int
    starts_on: date | None = None
    ends_on: date | None = None
    city: str | None = None
    time_zone: str | None = None
    on_virtual_site: bool = False
    source: str | None = None

    @property
    def slug(self) -> str:
        """The short name used in URLs, as `icml-2022`."""
        return f"{self.venue}-{self.year}"

    @property
    def accepted(self) -> tuple[int, str] | None:
        """The number of papers accepted and where it is from; None where the shipped table does not know it."""
        return _accepted().get(self.slug)

    @property
    def name(self) -> str:
        """The name people use, as `ICML 2022`."""
        return f"{self.venue_name} {self.year}"


@cache
def _accepted() -> dict[str, tuple[int, str]]:
    """Return the number of papers accepted by editions, and where it is from, by slug."""
    with Path(__file__).with_name("accepted.csv").open(encoding="utf-8", newline="") as table:
        return {f"{row['venue']}-{row['year']}": (int(row["papers"]), row["source"]) for row in csv.DictReader(table)}


class Inference(NamedTuple):
    """The edition that printed days belong to; or None and the problem, which says why and what to do."""

    edition: EditionFact | None
    problem: str | None = None
    candidates: tuple[EditionFact, ...] = ()


@cache
def editions() -> tuple[EditionFact, ...]:
    """Return the shipped table, in the order of its file.

    >>> [edition.name for edition in editions() if edition.city == "Baltimore"]
    ['ICML 2022']
    """
    with Path(__file__).with_name("editions.csv").open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table)
        next(rows)  # the names of the fields, in their order
        return tuple(_fact(*row) for row in rows)


def _fact(venue: str, name: str, url: str, year: str, starts_on: str, ends_on: str, *others: str) -> EditionFact:
    city, time_zone, on_virtual_site, source = others
    days = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    return EditionFact(venue, name, url, int(year), *days, city, time_zone or None, on_virtual_site == "1", source)


def venue_slug(venue: str) -> str:
    """Return the slug for a venue as a curator may write it.

    >>> venue_slug(" NIPS "), venue_slug("ICML")
    ('neurips', 'icml')
    """
    slug = "-".join(venue.casefold().split())
    return _ALIASES.get(slug, slug)


def given_venue(venue: str) -> str:
    """Return the slug for a venue that a person gives for a document; raises ValueError for text that is no name.

    >>> given_venue("ICML")
    'icml'
    """
    slug = venue_slug(venue)
    if not slug.replace("-", "").isalnum():
        raise ValueError(f"{venue!r} is not a venue; write it like icml")
    return slug


@cache
def find_edition(venue: str, year: int) -> EditionFact | None:
    """Return the edition of a venue (its slug) in a year, or None if it is not in the table.

    >>> find_edition("icml", 2022).starts_on
    datetime.date(2022, 7, 17)
    """
    return next((fact for fact in editions() if fact.venue == venue and fact.year == year), None)


@lru_cache(maxsize=1024)
def stated_edition(venue: str, year: int) -> EditionFact:
    """Return the edition that a curator names; without dates if it is not in the table.

    >>> stated_edition("Tiny", 2031).name, stated_edition("Tiny", 2031).starts_on
    ('TINY 2031', None)
    """
    slug = venue_slug(venue)
    known = find_edition(slug, year)
    if known is not None:
        return known
    same_venue = next((fact for fact in editions() if fact.venue == slug), None)
    if same_venue is not None:
        return EditionFact(slug, same_venue.venue_name, same_venue.venue_url, year)
    return EditionFact(slug, slug.upper(), None, year)


def infer_edition(days: Sequence[PrintedDay], venue: str | None = None, year: int | None = None) -> Inference:
    """Return the edition whose dates fit more than half of the printed days, with a day of tolerance for time zones.

    Where two editions fit equally many, the one with more days inside its dates is meant, then one on the virtual
    sites; a tie is a problem. Without a venue and a year only editions on the virtual sites are considered. A venue and
    a year together decide alone.

    >>> infer_edition([(1, 20, 7)]).edition.name, infer_edition([(3, 21, 7)]).edition.name
    ('ICML 2021', 'ICML 2022')
    >>> infer_edition([(0, 1, 1)]).problem
    'no known edition has Mon 1 Jan; give --venue and --year'
    """
    return _infer(tuple(dict.fromkeys(days)), venue, year)


@lru_cache(maxsize=4096)
def _infer(days: tuple[PrintedDay, ...], venue: str | None, year: int | None) -> Inference:
    if venue is not None and year is not None:
        return Inference(stated_edition(venue, year))
    if not days:
        return Inference(None, f"no day is printed{UNKNOWN_EDITION}")
    if venue is None and year is None and all(weekday is None for weekday, _, _ in days):
        # A 5 July is in every year, and some conference is on each.
        return Inference(None, f"{_listed(days)} is printed without weekday and year{UNKNOWN_EDITION}")
    considered: Iterable[EditionFact] = editions()
    if venue is not None:
        slug = venue_slug(venue)
        considered = [fact for fact in considered if fact.venue == slug]
        if not considered:
            return Inference(None, f"the table of editions has no venue {venue}; give --year as well")
    else:
        considered = [fact for fact in considered if (fact.on_virtual_site if year is None else fact.year == year)]
    fits = {fact: _fit(fact, days) for fact in considered}
    best_fit = max(fits.values(), default=(0, 0))
    if best_fit[0] * 2 <= len(days):
        printed = _listed(days) if year is None else f"{_listed(days)} {year}"
        return Inference(None, f"no known edition has {printed}{UNKNOWN_EDITION}")
    best = sorted((fact for fact, fit in fits.items() if fit == best_fit), key=lambda fact: (fact.year, fact.venue))
    if any(fact.on_virtual_site for fact in best):
        best = [fact for fact in best if fact.on_virtual_site]
    if len(best) > 1:
        names = " and ".join(fact.name for fact in best)
        return Inference(None, f"{_listed(days)} fits {names}{UNKNOWN_EDITION}", tuple(best))
    return Inference(best[0])


def contradiction(fact: EditionFact, days: Sequence[PrintedDay]) -> str | None:
    """Return a sentence if most printed days are none of an edition's; None if they are, or if its days are unknown.

    >>> contradiction(find_edition("icml", 2021), [(0, 18, 7)])
    'prints Mon 18 Jul, but ICML 2021 was from 18 Jul 2021 to 24 Jul 2021'
    """
    unique = tuple(dict.fromkeys(days))
    if not unique or fact.starts_on is None or fact.ends_on is None or _fit(fact, unique)[0] * 2 > len(unique):
        return None
    return f"prints {_listed(unique)}, but {fact.name} was from {_date(fact.starts_on)} to {_date(fact.ends_on)}"


def other_days(fact: EditionFact, starts_on: date, ends_on: date) -> str | None:
    """Return a sentence if an edition's stated days have none in common with those of the table; None if they do.

    Lists leave out the days of tutorials and workshops, which the table includes.

    >>> other_days(find_edition("icml", 2021), date(2021, 7, 5), date(2021, 7, 9))
    'states 5 Jul 2021 to 9 Jul 2021, but ICML 2021 was from 18 Jul 2021 to 24 Jul 2021, which is kept'
    """
    if fact.starts_on is None or fact.ends_on is None or (starts_on <= fact.ends_on and fact.starts_on <= ends_on):
        return None
    table = f"{fact.name} was from {_date(fact.starts_on)} to {_date(fact.ends_on)}"
    return f"states {_date(starts_on)} to {_date(ends_on)}, but {table}, which is kept"


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _fit(fact: EditionFact, days: tuple[PrintedDay, ...]) -> tuple[int, int]:
    """Return how many printed days fall within an edition's dates with tolerance, and how many without."""
    return (
        sum(_has_day(fact, day, _SLACK) for day in days),
        sum(_has_day(fact, day, timedelta()) for day in days),
    )


def _has_day(fact: EditionFact, printed: PrintedDay, slack: timedelta) -> bool:
    """Return whether a printed day falls within an edition's dates, with a tolerance on either side."""
    weekday, day, month = printed
    if fact.starts_on is None or fact.ends_on is None:
        return False
    for year in {fact.starts_on.year, fact.ends_on.year}:
        try:
            on = date(year, month, day)
        except ValueError:
            continue
        if fact.starts_on - slack <= on <= fact.ends_on + slack and weekday in (None, on.weekday()):
            return True
    return False


def _listed(days: tuple[PrintedDay, ...]) -> str:
    listed = [
        f"{_WEEKDAYS[weekday] + ' ' if weekday is not None else ''}{day} {_MONTHS[month - 1]}"
        for weekday, day, month in days[:4]
    ]
    return ", ".join(listed) + (f" and {len(days) - 4} more days" if len(days) > 4 else "")
