"""What a curator says of documents, checked: their format, what their pages leave out, and when they were captured."""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from programme.exceptions import ProgrammeError
from programme.loaders.documents import parse_instant
from programme.loaders.records import NO_HINTS, Hints
from programme.loaders.text.editions import given_venue
from programme.loaders.text.suggestions import suggestion
from programme.loaders.text.zones import zone_info

MIN_YEAR, MAX_YEAR = 1900, 2200

_Date = date  # inside `checked` a parameter has its name


class Given(NamedTuple):
    """What is said of all documents of a run; `uri` names what the only one of them is a capture of.

    `is_kept` makes each a source of its own, which later captures do not replace. `manifest` is the path of a table
    that says the same for each document.
    """

    hints: Hints = NO_HINTS
    format: str | None = None
    captured: datetime | None = None
    uri: str | None = None
    is_kept: bool = False
    manifest: str | None = None


class GivenError(ProgrammeError):
    """A value that cannot be used; `name` is that of the option, without its dashes, or of the column of a manifest."""

    def __init__(self, name: str, problem: str) -> None:
        """Keep the parts; `str()` gives `year: …`."""
        super().__init__(name, problem)
        self.name = name
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.name}: {self.problem}"


def checked(
    *,
    format: str | None = None,
    venue: str | None = None,
    year: int | str | None = None,
    date: date | str | None = None,
    time_zone: str | None = None,
    captured: date | str | None = None,
    as_uri: str | None = None,
    keep: bool = False,
    manifest: str | os.PathLike[str] | None = None,
    column: Mapping[str, str] | Iterable[str] | None = None,
) -> Given:
    """Return what is said of documents; raises GivenError for the first value that cannot be.

    `captured` may be a day, an instant, or ISO 8601 text of either; without an offset it is in UTC. `column` has what
    columns of a table hold, with their names, or texts like `title=Paper name`.
    """
    _check_types({"format": format, "venue": venue, "time-zone": time_zone, "as-uri": as_uri}, str)
    _check_types({"year": year}, int, str)
    _check_types({"date": date, "captured": captured}, _Date, str)
    hints = Hints(_venue(venue), _year(year), _day(date), _zone(time_zone), columns=_columns(column))
    return Given(
        hints,
        _format(format),
        _captured(captured),
        as_uri,
        bool(keep),
        None if manifest is None else os.fspath(manifest),
    )


def _check_types(given: dict[str, object], *types: type) -> None:
    for name, value in given.items():
        # To Python true is an int.
        if value is not None and (not isinstance(value, types) or isinstance(value, bool)):
            raise GivenError(name, f"{value!r} is not of the type {' or '.join(one.__name__ for one in types)}")


def _format(name: str | None) -> str | None:
    if name is not None:
        from programme.loaders.formats import formats

        known = [one.NAME for one in formats()]
        if name not in known:
            raise GivenError("format", f"no format is called {name!r}; {suggestion(name, known)}")
    return name


def _columns(given: Mapping[str, str] | Iterable[str] | None) -> tuple[tuple[str, str], ...] | None:
    if not given:
        return None
    from programme.loaders.formats import column_roles

    known = sorted({role for roles in column_roles().values() for role in roles})
    pairs = given.items() if isinstance(given, Mapping) else (one.partition("=")[::2] for one in given)
    found: dict[str, str] = {}
    for role, name in pairs:
        if role not in known:
            raise GivenError("column", f"{role!r} is nothing that a column holds; {suggestion(role, known)}")
        if not name.strip() or role in found:
            raise GivenError("column", f"{role} needs one name of a column, like {role}='Paper name'")
        found[role] = name.strip()
    return tuple(sorted(found.items()))


def _venue(text: str | None) -> str | None:
    try:
        return given_venue(text) if text is not None else None
    except ValueError as error:
        raise GivenError("venue", str(error)) from None


def _year(given: int | str | None) -> int | None:
    if given is None:
        return None
    year = int(given) if isinstance(given, int) or given.strip().isdecimal() else 0
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise GivenError("year", f"{given} is not a year of a conference; give one between {MIN_YEAR} and {MAX_YEAR}")
    return year


def _day(given: date | str | None) -> date | None:
    if not isinstance(given, str):
        return given.date() if isinstance(given, datetime) else given
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise GivenError("date", f"{given!r} is no day; write it like 2024-05-01") from None


def _zone(name: str | None) -> str | None:
    if name is not None and (("/" not in name and name != "UTC") or zone_info(name) is None):
        raise GivenError("time-zone", f"{name!r} is no IANA time zone; write it like America/New_York")
    return name


def _captured(given: date | str | None) -> datetime | None:
    if given is None or isinstance(given, datetime):
        return given
    if isinstance(given, date):
        return datetime(given.year, given.month, given.day, tzinfo=UTC)
    try:
        return parse_instant(given)
    except ValueError as error:
        raise GivenError("captured", str(error)) from None
