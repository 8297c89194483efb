"""The time zones that a calendar names: by IANA, by Windows, in a vendor's longer name, or defined by itself."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import NamedTuple

import icalendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from programme.loaders.formats.ics.parsing.components import Calendar, Component, Property
from programme.loaders.records import Problem
from programme.loaders.text.zones import find_zone, zone_info
from programme.patterns import lazy_pattern

_IANA_END = lazy_pattern(r"([A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2})/?$")
# An annual rule has few days; any other could keep the library busy for years of seconds.
_RULE = lazy_pattern(
    r"(?:(?:FREQ=YEARLY|(?:BYMONTH|BYDAY|BYMONTHDAY|INTERVAL|COUNT|UNTIL|WKST)=[\w,+-]{1,40})(?:;|$))+"
)

MAX_RULES = 200
"""A zone with more changes of its clocks is not read."""


class Zone(NamedTuple):
    """A time zone, and its IANA name if it has one."""

    info: tzinfo
    name: str | None


class Zones:
    """The zones that one calendar can name.

    `shown` is the zone of the calendar: that of times which name none, and the one in which those in UTC are shown.
    `given` is what the curator gives for times that name none, or one that nobody knows.
    """

    def __init__(self, calendar: Calendar, given: str | None) -> None:
        self._defined = {zone.text("TZID"): zone for zone in calendar.zones}
        self._found: dict[str, Zone | None] = {}
        self._without: list[Property] = []
        self._unknown: dict[str, Property] = {}
        self._given = self._find(given) if given else None
        own = calendar.own.text("X-WR-TIMEZONE")
        self.shown = self._find(own) if own else None

    def of(self, time: Property) -> Zone | None:
        """Return the zone of a time that is not in UTC; None where nothing says it."""
        printed = time.parameters.get("TZID")
        if printed is None:
            zone = self._given or self.shown
            if zone is None:
                self._without.append(time)
            return zone
        if printed not in self._found:
            self._found[printed] = self._find(printed)
        if self._found[printed] is None:
            self._unknown.setdefault(printed, time)
        return self._found[printed] or self._given

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each zone that nobody knows, and one for all times without a zone."""
        for printed, time in self._unknown.items():
            problem = f"TZID: no time zone is called {printed!r}, and the calendar defines none; give --time-zone"
            yield Problem(time.line, time.raw, problem, "TZID")
        if self._without:
            first = self._without[0]
            count = f"{len(self._without):,} times name" if len(self._without) > 1 else "a time names"
            problem = f"{first.name}: {count} no time zone, nor does the calendar; give --time-zone"
            yield Problem(first.line, first.raw, problem, first.name)

    def _find(self, printed: str) -> Zone | None:
        defined = self._defined.get(printed)
        location = defined.text("X-LIC-LOCATION") if defined else ""
        ending = _IANA_END.search(printed[-80:])
        names = (printed.strip("/"), WINDOWS_TO_OLSON.get(printed, ""), location, ending[1] if ending else "")
        for name in names:
            if ("/" in name or name == "UTC") and (info := zone_info(name)):
                return Zone(info, name)
        # A definition outranks an abbreviation, which several places share.
        if defined and (own := _defined_zone(defined)):
            return Zone(own, None)
        name = find_zone(printed.strip()[:40])
        found = zone_info(name) if name else None
        return Zone(found, name) if found else None


def _defined_zone(component: Component) -> tzinfo | None:
    """Return the zone that a VTIMEZONE defines; None if it cannot be read."""
    rules = [line.partition(":")[2].strip() for line in component.lines if line.upper().startswith("RRULE")]
    if len(rules) > MAX_RULES or not all(_RULE.fullmatch(rule) for rule in rules):
        return None
    text = "\r\n".join((*component.lines, "END:VTIMEZONE", ""))
    try:
        zone = icalendar.Timezone.from_ical(text)
        return zone.to_tz(lookup_tzid=False) if isinstance(zone, icalendar.Timezone) else None
    except Exception:  # the library raises whatever its parsers do
        return None
