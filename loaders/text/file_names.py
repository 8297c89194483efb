"""What the name of a file or the end of a URL says of a document: a day, and an edition."""

import re
from datetime import date
from functools import lru_cache
from urllib.parse import unquote

from programme.loaders.records import NameHints
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

_DAY = lazy_pattern(r"(?<!\d)((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)(?!\d)")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")


@lru_cache(maxsize=1024)
def name_hints(uri: str) -> NameHints | None:
    """Return what the last part of a URI says; None for a name that says nothing.

    Two days say nothing, and the year of a day is none of an edition: `icml-2021-07-20` may be when a page was saved.

    >>> name_hints("file:///p/daily-2025-03-11.md")
    NameHints(name='daily-2025-03-11.md', on=datetime.date(2025, 3, 11), edition=None)
    >>> name_hints("https://host.test/data/neurips-2023-schedule.json").edition
    StatedEdition(venue='neurips', year=2023)
    >>> name_hints("file:///p/page.txt"), name_hints("file:///p/icml-2021-07-20.html").edition
    (None, None)
    """
    name = unquote(uri.rpartition("/")[2])
    if not _YEAR.search(name):
        return None
    days = {day for found in _DAY.finditer(name) if (day := _day(found))}
    rest = _DAY.sub(" ", name)
    edition = find_edition_named(rest)
    if edition and str(edition.year) not in rest:  # `icml-21` may be the 21st of something
        edition = None
    on = days.pop() if len(days) == 1 else None
    return NameHints(name, on, edition) if on or edition else None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
