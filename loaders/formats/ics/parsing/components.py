"""The calendars of a document with their events and time zones, each property with its line.

The library reads whole calendars and knows no lines, and one damaged line may cost it a component. So the components
are told apart here, and the library splits each line into name, parameters and value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from icalendar.parser import Contentline

from programme.loaders.documents import Document
from programme.loaders.readers import EXCERPT_CHARS
from programme.loaders.records import Problem
from programme.patterns import lazy_pattern

_ESCAPED = lazy_pattern(r"\\(.)", re.DOTALL)
_ITEM = lazy_pattern(r"(?:[^\\,]|\\.|\\$)+", re.DOTALL)

CALENDAR, EVENT, ZONE = "VCALENDAR", "VEVENT", "VTIMEZONE"

MAX_NESTED = 8
"""Parts inside parts inside parts: a calendar has four levels."""


class Property(NamedTuple):
    """A property: its name in capitals, its parameters, its value as written, and its line from 1."""

    name: str
    parameters: dict[str, str]
    raw: str
    line: int

    @property
    def text(self) -> str:
        """The value as text, without escapes."""
        return _unescaped(self.raw)

    @property
    def texts(self) -> list[str]:
        """The values of a list."""
        return [text for part in _ITEM.findall(self.raw) if (text := _unescaped(part).strip())]


@dataclass
class Component:
    """A part of a calendar with its own properties; `lines` are those of a time zone and its parts, unfolded."""

    name: str
    path: str
    line_start: int
    line_end: int
    properties: list[Property] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def find(self, name: str) -> Property | None:
        """Return the first property with a name that is not empty."""
        return next((one for one in self.properties if one.name == name and one.raw.strip()), None)

    def find_all(self, name: str) -> list[Property]:
        """Return all properties with a name."""
        return [one for one in self.properties if one.name == name]

    def text(self, name: str) -> str:
        """Return the text of a property without the spaces around it; empty when there is none."""
        found = self.find(name)
        return found.text.strip() if found else ""


@dataclass
class Calendar:
    """One calendar of a document: itself, its events and its time zones."""

    own: Component
    events: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)


class Calendars:
    """The calendars of a document, read in one pass; `problems` are lines and components that are not loaded."""

    def __init__(self, document: Document) -> None:
        self.all: list[Calendar] = []
        self.problems: list[Problem] = []
        self._open: list[Component] = []
        self._counts: dict[str, int] = {}
        self._others: dict[str, Component] = {}
        line = 0
        for line, last, text in _unfolded(document.lines):
            self._add(line, last, text)
        for component in self._open[:2]:
            self._cut_off(component)
        for name, component in self._others.items():
            count = self._counts[name]
            problem = f"{component.path}: {count:,} parts of this kind, which hold no programme; they are not loaded"
            self.problems.append(Problem(component.line_start, f"BEGIN:{name}", problem, component.path))

    def _add(self, line: int, last: int, text: str) -> None:
        """Add an unfolded line, which stands on the lines from `line` to `last`."""
        name, colon, rest = text.partition(":")
        name = name.strip().upper() if colon else ""
        if name == "BEGIN":
            self._begin(rest.strip().upper(), line)
        elif name == "END" and any(one.name == rest.strip().upper() for one in self._open):
            while self._open:
                component = self._open.pop()
                component.line_end = last
                is_closed = component.name == rest.strip().upper()
                self._close(component, is_closed=is_closed)
                if is_closed:
                    break
        elif not self._open:
            self.problems.append(Problem(line, text[:EXCERPT_CHARS], "text outside of any calendar", ""))
        else:
            self._add_property(line, text)
        if len(self._open) > 1:
            self._open[1].line_end = last
            if self._open[1].name == ZONE:
                self._open[1].lines.append(text)

    def _begin(self, name: str, line: int) -> None:
        if name == CALENDAR:
            for component in self._open[1:2]:
                self._cut_off(component)
            self._open = []
        elif name == EVENT and len(self._open) > 1:  # events are in no other part, so that one has no end
            self._cut_off(self._open[1])
            del self._open[1:]
        elif not self._open:  # a part without its calendar: read it all the same
            self._begin(CALENDAR, line)
        if len(self._open) >= MAX_NESTED:
            return
        number = self._counts.get(name, 0)
        if len(self._open) < 2:  # parts of parts, such as alarms, are not counted
            self._counts[name] = number + 1
        component = Component(name, f"{name}[{number}]", line, line)
        self._open.append(component)
        if name == CALENDAR:
            self.all.append(Calendar(component))
        elif len(self._open) == 2 and name not in (EVENT, ZONE):
            self._others.setdefault(name, component)

    def _close(self, component: Component, *, is_closed: bool) -> None:
        if len(self._open) != 1:
            return
        if not is_closed:
            self._cut_off(component)
        elif component.name == EVENT:
            self.all[-1].events.append(component)
        elif component.name == ZONE:
            self.all[-1].zones.append(component)

    def _add_property(self, line: int, text: str) -> None:
        component = self._open[-1]
        if component.name not in (CALENDAR, EVENT, ZONE):
            return
        try:
            name, parameters, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call]
        except ValueError:
            problem = (
                f"{component.path}: expected a name and a value, like 'SUMMARY:Poster session'; the line is left out"
            )
            self.problems.append(Problem(line, text[:EXCERPT_CHARS], problem, component.path))
            return
        flat = {key.upper(): one if isinstance(one, str) else ",".join(one) for key, one in parameters.items()}
        component.properties.append(Property(name.upper(), flat, value, line))

    def _cut_off(self, component: Component) -> None:
        """Add the problem of a part without an end; what an event lost may be anything, so it is left out."""
        if component.name == CALENDAR:
            self.problems.append(Problem(component.line_end, "", "the calendar has no END:VCALENDAR; is it whole?", ""))
            return
        problem = f"{component.path}: has no END:{component.name}; it is left out"
        is_lost = component.name == EVENT
        self.problems.append(Problem(component.line_start, f"BEGIN:{component.name}", problem, component.path, is_lost))


def _unfolded(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield each line that is not blank with those that continue it, which begin with a space, and their numbers."""
    parts: list[str] = []
    start = 0
    for number, line in enumerate(lines, 1):
        if parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if parts:
            yield start, number - 1, "".join(parts)
        parts, start = ([line], number) if line.strip() else ([], number)
    if parts:
        yield start, len(lines), "".join(parts)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text) if "\\" in text else text
