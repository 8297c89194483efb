"""Entries of a list of deadlines, and the editions that they state."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers import EXCERPT_CHARS, YamlTree, text_or_none
from programme.loaders.records import EditionRecord, Problem, StatedEdition
from programme.loaders.text.date_ranges import Days, iso_day, printed_days
from programme.loaders.text.venues import find_venue
from programme.patterns import lazy_pattern

_YEAR = lazy_pattern(r"(?:19|20|21)\d\d")
_ONLINE = lazy_pattern(r"(?:fully |all[- ])?(?:online|virtual|remote)\b.*", re.IGNORECASE)
_UNKNOWN = lazy_pattern(r"tb[acd]\b.*|to be .*|unknown|n/?a|\?+|-+", re.IGNORECASE)
_MAX_NAME = 80
_MAX_DAYS = 60
"""No conference is longer: such days are a mistake."""


class Entry(NamedTuple):
    """One edition as listed: its fields, those of the series where it is inside one, and its place."""

    fields: dict[str, Any]
    series: dict[str, Any]
    path: str
    line_start: int
    line_end: int

    def text(self, name: str) -> str | None:
        """Return a field as text; None where it is absent, empty or no text."""
        value = self.fields.get(name, self.series.get(name))
        return text_or_none(value) if isinstance(value, str) else None


def editions(document: Document) -> Iterator[EditionRecord | Problem]:
    """Yield the edition of each entry, and the problems."""
    tree = YamlTree(document)
    if not isinstance(tree.value, list):
        raise MalformedDocument(document.uri, None, "expected a list of conferences")
    for number, item in enumerate(tree.value):
        if not isinstance(item, dict):
            yield Problem(1, str(item)[:EXCERPT_CHARS], "expected a conference", f"[{number}]", is_lost=True)
            continue
        inner = item.get("confs")
        if not isinstance(inner, list):
            yield from _edition(Entry(item, {}, f"[{number}]", *tree.lines(item)))
            continue
        series = {name: value for name, value in item.items() if name != "confs"}
        for index, one in enumerate(inner):
            path = f"[{number}].confs[{index}]"
            if isinstance(one, dict):
                yield from _edition(Entry(one, series, path, *tree.lines(one)))
            else:
                line = tree.lines(item)[0]
                yield Problem(line, str(one)[:EXCERPT_CHARS], "expected an edition", path, is_lost=True)


def _edition(entry: Entry) -> Iterator[EditionRecord | Problem]:
    """Yield the edition that an entry states, and a problem where it names none or its days cannot be."""
    year, title = entry.text("year") or "", entry.text("title") or entry.text("name") or ""
    name = _series(title, year) if _YEAR.fullmatch(year) else ""
    slug = find_venue(name) or re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
    if not slug or len(slug) > _MAX_NAME:
        problem = f"{entry.path}: no title and year; the entry is left out"
        yield Problem(entry.line_start, title[:EXCERPT_CHARS], problem, entry.path, is_lost=True)
        return
    days, doubt = _days(entry, int(year))
    if doubt:
        printed = " ".join(str(entry.fields.get(key) or "") for key in ("start", "end", "date")).strip()
        yield Problem(entry.line_start, printed[:EXCERPT_CHARS], f"{entry.path}: {doubt}", entry.path)
    yield EditionRecord(
        edition=StatedEdition(slug, int(year)),
        venue_name=name,
        line_start=entry.line_start,
        line_end=entry.line_end,
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        city=_city(entry),
        url=entry.text("link"),
        path=entry.path,
    )


def _series(title: str, year: str) -> str:
    """Return the name of a series: a title without the year.

    >>> _series("CoRL 2031", "2031"), _series("MM '31", "2031"), _series("AI 2031 Symposium", "2031")
    ('CoRL', 'MM', 'AI Symposium')
    """
    return " ".join(re.sub(rf"\b{year}\b|(?:['’]|\s){year[2:]}\s*$", "", title).split())


def _days(entry: Entry, year: int) -> tuple[Days | None, str | None]:
    """Return the first and last day of an edition, and a problem where the fields contradict themselves.

    People type `start` and `end` after `date`, so where those cannot be, `date` counts.
    """
    starts_on, ends_on = iso_day(entry.text("start")), iso_day(entry.text("end"))
    text = entry.text("date") or entry.text("dates")
    printed = printed_days(text, year) if text else None
    if starts_on and ends_on:
        if _can_be(starts_on, ends_on, year):
            return (starts_on, ends_on), None
        said = f"{starts_on} to {ends_on} cannot be its days"
        return printed, f"{said}; 'date' is taken" if printed else said
    if starts_on and printed is None and _can_be(starts_on, starts_on, year):
        return None, "'start' without 'end'; its days are left out"
    if printed and _can_be(*printed, year):
        return printed, None
    return None, "'date' is not understood" if text and not _UNKNOWN.fullmatch(text) else None


def _can_be(starts_on: date, ends_on: date, year: int) -> bool:
    # Conferences of a year take place in it, or a little before or after.
    return 0 <= (ends_on - starts_on).days <= _MAX_DAYS and abs(starts_on.year - year) <= 1


def _city(entry: Entry) -> str | None:
    """Return the city, which is the first part of a place."""
    stated = entry.text("city") or entry.text("place") or entry.text("location") or ""
    place = re.split(r"[,;(/]| and | & | \+ ", stated)[0].strip()
    if not place or _UNKNOWN.fullmatch(place):
        return None
    return "online" if _ONLINE.fullmatch(place) else place
