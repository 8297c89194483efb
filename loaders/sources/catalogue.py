"""The table of public sources, and the addresses at which each has an edition or a day."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from programme.exceptions import ProgrammeError
from programme.loaders.text.editions import venue_slug
from programme.loaders.text.suggestions import did_you_mean

SETTLED_AFTER = timedelta(days=7)
"""The papers of a day hardly change after a week: a file of that day that is older is not asked for again."""


class SourceError(ProgrammeError):
    """No source is called so, or none has this edition or these days; `str()` says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public source. It has editions, of `venues` from their `first` year on or as listed in `editions`, or days.

    `urls` are templates. An address with `page_size` gives that many items of the list `items` at a time.
    """

    name: str
    title: str
    home: str
    gives: str
    terms: str
    format: str
    urls: tuple[str, ...]
    venues: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    editions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    page_size: int = 0
    items: str = ""
    first_day: date | None = None

    def values(self, venue: str, year: int) -> Mapping[str, Any] | None:
        """Return what the templates need for an edition; None where the source does not have it."""
        if listed := self.editions.get(f"{venue}-{year}"):
            return listed
        values = self.venues.get(venue)
        return values if values is not None and values.get("first", year) <= year <= values.get("last", year) else None

    def coverage(self) -> str:
        """Return the editions or days that the source has, in words."""
        if self.first_day:
            return f"days from {self.first_day} on"
        named = [f"{venue} from {values.get('first', '?')} on" for venue, values in self.venues.items()]
        return ", ".join([*named, *self.editions])


class Request(NamedTuple):
    """An address to ask, and the path of the file that keeps the answer; `{offset}` in both where it has pages.

    An optional one may have no answer. `settled` is the day from which on the answer does not change any more.
    """

    source: Source
    url: str
    file: str
    is_optional: bool = False
    settled: date | None = None


@cache
def sources() -> tuple[Source, ...]:
    """Return every source, in the order of the table."""
    table = tomllib.loads(Path(__file__).with_name("sources.toml").read_text("utf-8"))
    return tuple(Source(name, **{**entry, "urls": tuple(entry["urls"])}) for name, entry in table.items())


def find_source(name: str) -> Source:
    """Return a source by its name; raises SourceError with the nearest names."""
    known = {source.name: source for source in sources()}
    if name not in known:
        nearest = did_you_mean(name, sorted(known)) or "; `loader sources` lists them"
        raise SourceError(f"no source is called {name!r}{nearest}")
    return known[name]


def requests_for_edition(edition: str, source: str | None = None) -> list[Request]:
    """Return what to ask for an edition such as `icml-2024`, of one source or of all that have it.

    Raises SourceError where none has it.
    """
    text = "-".join(edition.strip().casefold().split())
    venue, year = text[:-4].rstrip("-"), text[-4:]
    if any(edition == one.name and one.first_day for one in sources()):
        raise SourceError(f"{edition} is a source of days; give them too: {edition} 2025-03-01..2025-03-31")
    if not venue or not year.isdecimal():
        nearest = did_you_mean(edition, [one.name for one in sources()])
        raise SourceError(f"{edition!r} is neither an edition, like icml-2024, nor a source of days{nearest}")
    venue = venue_slug(venue)
    asked = [find_source(source)] if source else sources()
    found = [request for one in asked for request in _of_edition(one, venue, int(year))]
    if not found:
        missing = f"the source {source} does not have" if source else "no source has"
        raise SourceError(f"{missing} {venue}-{year}; `loader sources` lists what each has")
    return found


def requests_for_days(source: str, first: date, last: date) -> list[Request]:
    """Return what to ask for days, both included; raises SourceError for a source without days and for none."""
    found = find_source(source)
    if found.first_day is None:
        raise SourceError(f"the source {source} has editions and no days; give an edition, like icml-2024")
    if last < first:
        raise SourceError(f"{first}..{last} ends before it begins; write {last}..{first}")
    first = max(first, found.first_day)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if not days:
        raise SourceError(f"no day to ask for: {source} has days from {found.first_day} on")
    ending = ".xml" if found.format == "arxiv-atom" else ".json"
    return [
        Request(found, url.format(day=day), f"{found.name}/{day}{ending}", settled=day + SETTLED_AFTER)
        for day in days
        for url in found.urls
    ]


def _of_edition(source: Source, venue: str, year: int) -> Iterator[Request]:
    values = source.values(venue, year)
    if values is None:
        return
    for number, template in enumerate(source.urls):
        url = template.format(venue=venue, year=year, offset="{offset}", **values)
        name = url.partition("?")[0].rpartition("/")[2]
        if source.page_size:
            name = f"{venue}-{year}.{{offset}}.json"
        yield Request(source, url, f"{source.name}/{venue}-{year}/{name}", is_optional=number > 0)
