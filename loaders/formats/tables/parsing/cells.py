"""The cells of a row as texts, names, links and times."""

import ast
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from programme.loaders.formats.tables.parsing.columns import Columns
from programme.loaders.readers import (
    edition_of_url,
    first_of_each_scheme,
    is_outside_edition,
    named_authors,
    names_and_affiliations,
    one_line,
    stated_identifiers,
    text_or_none,
)
from programme.loaders.records import Moments, PrintedTime, StatedEdition, StatedLink
from programme.loaders.text.identifiers import Identifier, doi, openreview
from programme.loaders.text.iso_times import moments
from programme.loaders.text.times import parse_time
from programme.loaders.text.venues import find_edition_named

MAX_LIST_CHARS = 100_000
"""A longer text is not parsed as a list."""

_TRUE, _FALSE = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no"})


class PrintedSlot(NamedTuple):
    """When a row is: as written and as read, None where it cannot be read."""

    written: str | None = None
    time: Moments | PrintedTime | None = None


class Cells:
    """The cells of one row by what they are."""

    def __init__(self, columns: Columns, row: Mapping[str, Any]) -> None:
        self._columns = columns
        self._row = row

    def text(self, role: str) -> str | None:
        """Return the text of a role; None where the cell is empty, or no column has it."""
        name = self._columns.first(role)
        return _text(self._row.get(name)) if name else None

    def title(self) -> str:
        """Return the title on one line."""
        return one_line(self.text("title"))

    def people(self) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
        """Return the names of the authors, and an affiliation for each or none at all."""
        name = self._columns.first("authors")
        value = _listed(self._row.get(name)) if name else None
        names, affiliations = _people(value)
        column = self._columns.first("affiliations")
        stated = _listed(self._row.get(column)) if column else None
        parts = [one.strip() for one in stated.replace("|", ";").split(";")] if isinstance(stated, str) else stated
        if isinstance(parts, list) and len(parts) == len(names) and any(parts):
            affiliations = tuple(text_or_none(_text(part)) for part in parts)
        return names, affiliations

    def links(self) -> tuple[StatedLink, ...]:
        """Return the texts of the columns for code and project pages."""
        official = (self.text("official") or "").lower()
        role = "other" if official in _FALSE else "own"
        code = [StatedLink(name, text, role) for name, text in self._texts("code") if "/" in text]
        return (*code, *(StatedLink(f"project: {name}", text) for name, text in self._texts("project") if "/" in text))

    def identifiers(self) -> tuple[Identifier, ...]:
        """Return the first identifier of each scheme in the columns for addresses and identifiers."""
        urls = [text for _, text in self._texts("paper")]
        found = list(stated_identifiers(self.text("arxiv"), *urls))
        found += doi(self.text("doi") or "")
        if forum := self.text("openreview"):
            found += filter(None, [openreview(f"https://openreview.net/forum?id={forum}")])
        return first_of_each_scheme(found)

    def edition(self) -> StatedEdition | None:
        """Return the edition by venue and year, or by an address; None for a paper that is said to be outside."""
        if is_outside_edition(" ".join(filter(None, (self.text("kind"), self.text("track"))))):
            return None
        year = self.text("year") or ""
        if venue := self.text("venue"):
            return find_edition_named(venue, int(year[:4]) if year[:4].isdecimal() and len(year[:4]) == 4 else None)
        return next(filter(None, (edition_of_url(text) for _, text in self._texts("paper"))), None)

    def when(self, zone: str | None) -> PrintedSlot:
        """Return the time of the row, from one column or several; `zone` is that of times that state none."""
        day, clock = self.text("date"), self.text("time")
        start, end = self.text("start") or clock, self.text("end")
        if start is None and day is None:
            return PrintedSlot()
        own_zone = text_or_none(self.text("zone"))
        parts = [part for part in (start, end) if part]
        written = " ".join(filter(None, (day, " - ".join(parts), own_zone)))
        if start and (read := _instants(day, start, end, zone)):
            return PrintedSlot(written, read)
        return PrintedSlot(written, parse_time(written) or parse_time(" - ".join(parts)))

    def _texts(self, role: str) -> list[tuple[str, str]]:
        """Return the columns of a role with the texts in them."""
        found = []
        for name in self._columns.by_role.get(role, ()):
            value = _listed(self._row.get(name))
            parts = value if isinstance(value, list) else [value]
            found += [(name, text) for part in parts if (text := _text(part))]
        return found


def _instants(day: str | None, start: str, end: str | None, zone: str | None) -> Moments | None:
    """Return the instants of ISO 8601 texts, where the day may be in a column of its own."""
    if day and "-" in day and len(start) <= 8:
        start, end = f"{day[:10]}T{start:0>5}", f"{day[:10]}T{end:0>5}" if end else None
    return moments(start.replace(" ", "T", 1), end.replace(" ", "T", 1) if end else None, zone)


def _people(value: Any) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Return names and affiliations of a text, of a list of texts, or of a list of objects."""
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        people = [one if isinstance(one, dict) else {"name": one} for one in value]
        names = tuple(_first_of(one, "name", "fullname", "full_name", "author") or _joined(one) for one in people)
        places = tuple(_first_of(one, "affiliation", "institution", "aff", "organization") for one in people)
        kept = [(name, place) for name, place in zip(names, places, strict=True) if name]
        return tuple(name for name, _ in kept), tuple(place for _, place in kept) if any(places) else ()
    names, affiliations = names_and_affiliations(value)
    return (names, affiliations) if affiliations else (named_authors(names), ())


def _first_of(person: Mapping[str, Any], *keys: str) -> str | None:
    value = next((person[key] for key in keys if person.get(key)), None)
    return _text(value.get("name") if isinstance(value, dict) else value)


def _joined(person: Mapping[str, Any]) -> str:
    """Return a name whose parts are in fields of their own."""
    parts = (_first_of(person, "first", "first_name", "given", "firstname"), _first_of(person, "middle_name"))
    return " ".join(filter(None, (*parts, _first_of(person, "last", "last_name", "family", "lastname"))))


def _text(value: Any) -> str | None:
    """Return a cell as a text; None where it is empty, or not a single value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int | float):
        return str(value)
    return text_or_none(value) if isinstance(value, str) and value.strip().lower() not in _EMPTY else None


_EMPTY = frozenset({"nan", "none", "null", "n/a", "[]", "-"})


def _listed(value: Any) -> Any:
    """Return a cell, and the list for a text that is one in Python's or JSON's notation, as exports write it."""
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return list(value)
    if isinstance(value, str) and value[:1] == "[" and value[-1:] == "]" and len(value) <= MAX_LIST_CHARS:
        try:
            found = ast.literal_eval(value)  # only builds literals: nothing of the text is run
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return value
        return found if isinstance(found, list) else value
    return value
