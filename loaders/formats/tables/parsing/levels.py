"""Programmes in levels: days or rooms that hold sessions, which hold talks, as conference systems export them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from programme.loaders.formats.tables.parsing.names import ROLES, plain_name

SESSION_LEVELS = frozenset(
    "sessions session agenda blocks timeslots slots subevent subevents subsessions children".split()  # noqa: SIM905
)
"""Keys whose items are sessions where they hold others, and else events by themselves."""

_COLUMNS = {"days": "Date", "rooms": "Room", "tracks": "Track"}
LEVELS = (
    SESSION_LEVELS
    | _COLUMNS.keys()
    | frozenset(["graph", "events", "schedule", "program", "programme", "conference", "event"])
)
"""Keys that hold a level of a programme."""

MAX_LEVELS = 12
"""A programme that is nested deeper is none."""

_TITLES = frozenset((*ROLES["title"], "name"))
_TELLING = frozenset(name for role in ("authors", "start", "time", "date") for name in ROLES[role])
_INHERITED = frozenset(
    name for role in ("date", "room", "track", "chair", "zone", "venue", "year") for name in ROLES[role]
) - {"event"}
_TIMES = frozenset(name for role in ("start", "end", "time", "duration") for name in ROLES[role])
_NAMES = ("name", "title", "sessionname", "sessiontitle", "session", "acronym")


class Leaf(NamedTuple):
    """An object at the lowest level with its path, what the levels above say of it, and whether it is of a session."""

    path: str
    value: Any
    above: dict[str, Any]


def is_in_levels(value: Any) -> bool:
    """Return whether an object is a programme in levels.

    >>> event = {"title": "Moss", "persons": [{"public_name": "Ada Quill"}], "start": "09:00"}
    >>> is_in_levels({"schedule": {"days": [{"date": "2024-06-03", "rooms": {"Hall": [event]}}]}}), is_in_levels(event)
    (True, False)
    """
    if not isinstance(value, dict):
        return False
    levels = _levels(value, 0)
    is_flat = set(map(plain_name, levels)) <= {"sessions", "session", "schedule", "program", "programme"}
    return bool(levels) and not (is_flat and all(map(_is_plain, levels.values())))


def _is_plain(inner: Any) -> bool:
    """Return whether a level holds objects without further levels."""
    return isinstance(inner, list) and not any(isinstance(one, dict) and _levels(one, 1) for one in inner)


def leaves(value: Any, path: str, level: str = "", above: dict[str, Any] | None = None) -> Iterator[Leaf]:
    """Yield the objects at the lowest level, and before its talks each session that states a time of its own.

    >>> event = {"title": "Moss", "start": "09:00"}
    >>> [found] = leaves({"days": [{"date": "2024-06-03", "rooms": {"Hall": [event]}}]}, "")
    >>> found.path, found.above
    ('days[0].rooms.Hall[0]', {'date': '2024-06-03', 'Room': 'Hall'})
    """
    above = above or {}
    if path.count(".") > MAX_LEVELS:
        return
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from leaves(one, f"{path}[{index}]", level, above)
        return
    levels = _levels(value, 0) if isinstance(value, dict) else {}
    if not levels:
        yield Leaf(path, value, above)
        return
    stated = {name: inner for name, inner in value.items() if name not in levels and inner not in (None, "", [], {})}
    own = {name: inner for name, inner in stated.items() if plain_name(str(name)) in _INHERITED}
    name = _name_of(stated)
    column = "session" if level in SESSION_LEVELS else _COLUMNS.get(level, "conference")
    if name and column not in own:
        own[column] = name
    if column == "session" and name:
        times = {key: inner for key, inner in stated.items() if plain_name(str(key)) in _TIMES | _INHERITED}
        yield Leaf(path, {"session": name, **times}, above)
    for key, inner in levels.items():
        within = f"{path}.{key}" if path else str(key)
        if isinstance(inner, dict) and not _levels(inner, 0):
            for called, rows in inner.items():  # `{"Hall A": […], "Hall B": […]}`
                named = {_COLUMNS.get(plain_name(key), "session"): called}
                yield from leaves(rows, f"{within}.{called}", plain_name(key), {**above, **own, **named})
        else:
            yield from leaves(inner, within, plain_name(key), {**above, **own})


def _name_of(stated: dict[str, Any]) -> str:
    """Return what an object is called; of a programme it may be the name of its `conference` or `event`."""
    by_name = {plain_name(str(name)): inner for name, inner in reversed(stated.items())}
    for inner in (by_name.get("conference"), by_name.get("event")):
        if isinstance(inner, dict) and (name := _name_of(inner)):
            return name
    return next((by_name[name] for name in _NAMES if isinstance(by_name.get(name), str)), "")


def _levels(value: dict[Any, Any], depth: int) -> dict[str, Any]:
    """Return what an object holds under the keys of levels, where it has events in it."""
    return {
        str(key): inner
        for key, inner in value.items()
        if isinstance(inner, dict | list) and plain_name(str(key)) in LEVELS and _has_events(inner, depth + 1)
    }


def _has_events(inner: Any, depth: int) -> bool:
    if depth > MAX_LEVELS:
        return False
    if isinstance(inner, list):
        return any(isinstance(one, dict) and (_is_event(one) or _levels(one, depth)) for one in inner)
    return bool(_levels(inner, depth)) or (
        bool(inner)
        and all(isinstance(one, list) for one in inner.values())
        and any(_has_events(one, depth + 1) for one in inner.values())
    )


def _is_event(value: dict[Any, Any]) -> bool:
    names = {plain_name(str(name)) for name in value}
    return bool(names & _TITLES) and bool(names & _TELLING)
