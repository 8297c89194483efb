"""Names, days and cities of editions that the shipped table does not have, from the lists that state them."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from programme.loaders.store.connection import Connection
from programme.loaders.text.editions import find_edition, stated_edition

_STATED = """
SELECT v.slug, e.year, s.document_id, s.venue_name, s.starts_on, s.ends_on, s.city
FROM edition_sources s JOIN editions e ON e.id = s.edition_id JOIN venues v ON v.id = e.venue_id
"""
_STORED = """
SELECT e.id, v.id, v.slug, v.name, e.year, e.name, e.starts_on, e.ends_on, e.city
FROM editions e JOIN venues v ON v.id = e.venue_id
"""

Values = tuple[str | None, ...]
T = TypeVar("T", bound=Hashable)


def describe_editions(connection: Connection, *, has_removed: bool) -> None:
    """Write what lists state of the editions that the shipped table does not have.

    Of several values the one that most documents state counts, and of those the greatest. `has_removed` says that
    statements have gone, so that nothing may be left to say of an edition.
    """
    names: dict[str, set[tuple[int, str]]] = defaultdict(set)
    days: dict[tuple[str, int], set[tuple[int, Values]]] = defaultdict(set)
    cities: dict[tuple[str, int], set[tuple[int, Values]]] = defaultdict(set)
    for venue, year, document_id, name, starts_on, ends_on, city in connection.query(_STATED):
        names[venue].add((document_id, name))
        if starts_on:
            days[venue, year].add((document_id, (starts_on, ends_on)))
        if city:
            cities[venue, year].add((document_id, (city,)))
    if not names and not has_removed:
        return
    of_venues, of_editions = {}, []
    for id_, venue_id, venue, venue_name, year, name, *stored in connection.query(_STORED):
        shipped = stated_edition(venue, year)
        right = shipped.venue_name if _is_shipped(venue) else _most_stated(names[venue]) or shipped.venue_name
        if right != venue_name:
            of_venues[venue_id] = right
        values = (f"{right} {year}", *stored)
        if find_edition(venue, year) is None:
            stated = _most_stated(days[venue, year]) or (None, None)
            values = (f"{right} {year}", *stated, *(_most_stated(cities[venue, year]) or (None,)))
        if values != (name, *stored):
            of_editions.append((*values, id_))
    connection.run_many("UPDATE venues SET name = ? WHERE id = ?", [(name, id_) for id_, name in of_venues.items()])
    connection.run_many("UPDATE editions SET name = ?, starts_on = ?, ends_on = ?, city = ? WHERE id = ?", of_editions)


def _is_shipped(venue: str) -> bool:
    """Return whether the shipped table has an edition of a venue, and so its name."""
    return stated_edition(venue, 0).venue_url is not None


def _most_stated(stated: Iterable[tuple[int, T]]) -> T | None:
    """Return the value that most documents state; None if none states any.

    >>> _most_stated({(1, "CoRL"), (2, "CoRL"), (3, "CORL")})
    'CoRL'
    """
    counts = Counter(value for _, value in stated)
    return max(counts, key=lambda value: (counts[value], str(value)), default=None)
