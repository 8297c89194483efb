"""Rows that are nested in others: papers in their sessions, lists under keys, and links in an object."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from programme.loaders.formats.tables.parsing.levels import Leaf, is_in_levels, leaves
from programme.loaders.formats.tables.parsing.names import LISTS_OF_PAPERS, ROLES, plain_name
from programme.loaders.text.kinds import is_kind
from programme.loaders.text.zones import zone_info
from programme.patterns import lazy_pattern

_CONTAINERS = LISTS_OF_PAPERS | frozenset(
    """
    sessions session schedule program programme accepted acceptedpapers items entries data records publications articles
    """.split()  # noqa: SIM905
)
_LISTS_OF_ROWS = frozenset({"sessions", "session", "schedule"})
_SESSION_NAMES = ("session", "name", "title", "sessionname", "sessiontitle")
_INHERITED = {name for role in ("date", "room", "track", "chair", "zone", "venue", "year") for name in ROLES[role]}
_TIMES = {name for role in ("start", "end", "time") for name in ROLES[role]}
_TITLES = frozenset(ROLES["title"])
_ANY_ROLE = frozenset(name for names in ROLES.values() for name in names) - _LISTS_OF_ROWS
_LINKS = frozenset({"links", "link", "urls", "url", "resources", "externallinks"})
_PEOPLE = frozenset((*ROLES["authors"], *ROLES["affiliations"], *ROLES["chair"]))
_CONFERENCES = frozenset({"Conference", "Meeting"})
"""Types of events of Indico that are no session."""

_SESSION_KEY = lazy_pattern(r"session|block|track|\b(?:oral|poster|spotlight|keynote|talk)s?\s+\w{1,2}$", re.IGNORECASE)


class Nested(NamedTuple):
    """A row with its path, and the object in the document that it is made of, which has its lines."""

    path: str
    value: Any
    source: Any


def nested_rows(value: Any, path: str) -> list[Nested]:
    """Return a value as a row, or the rows that it holds under keys or in its sessions.

    >>> [(one.path, one.value) for one in nested_rows({"p1": {"title": "Moss"}}, "[0]")]
    [('p1', {'title': 'Moss'})]
    >>> papers = [{"title": "Moss", "authors": "Ada Quill", "time": "9:10"}]
    >>> session = {"name": "Oral 1", "room": "Hall", "start": "9:00", "papers": papers}
    >>> for one in nested_rows({"sessions": [session]}, "[0]"):
    ...     print(one.path, one.value)
    sessions[0] {'session': 'Oral 1', 'room': 'Hall', 'start': '9:00'}
    sessions[0].papers[0] {'session': 'Oral 1', 'room': 'Hall', 'title': 'Moss', 'authors': 'Ada Quill', 'time': '9:10'}
    """
    if is_in_levels(value):
        return [one for leaf in leaves(value, "") for one in _in_session(_leaf(leaf))]
    return [one for row in _keyed(value, path) for one in _in_session(row)]


def _leaf(leaf: Leaf) -> Nested:
    """Return an object at the lowest level as a row, with what the levels above it say."""
    own = leaf.value if isinstance(leaf.value, dict) else {}
    names = {plain_name(str(name)) for name in own}
    row = {name: inner for name, inner in leaf.above.items() if plain_name(name) not in names} | own
    if not names & _TITLES and "name" in own and not _papers_key(own):
        row["title"] = row.pop("name")
    return Nested(leaf.path, row, leaf.value)


def _keyed(value: Any, path: str) -> Iterator[Nested]:
    if not isinstance(value, dict) or not value or any(plain_name(str(key)) in _TITLES for key in value):
        yield Nested(path, value, value)
        return
    if all(isinstance(inner, dict) for inner in value.values()):
        yield from (Nested(str(key), inner, inner) for key, inner in value.items())
        return
    lists = {str(key): inner for key, inner in value.items() if _are_rows(str(key), inner)}
    if not lists or any(isinstance(inner, dict) for inner in value.values()) or _papers_key(value):
        yield Nested(path, value, value)
        return
    of_all = {key: inner for key, inner in value.items() if str(key) not in lists and inner not in (None, "", [])}
    for key, rows in lists.items():
        is_of_sessions = any(map(_papers_key, rows))
        for index, row in enumerate(rows):
            own = _event(row) if is_of_sessions and not _papers_key(row) else _with_key(key, row)
            yield Nested(f"{key}[{index}]", {**of_all, **own}, row)


def _event(row: dict[Any, Any]) -> dict[Any, Any]:
    """Return what stands among sessions and has no papers, such as a break, as a row with its name as the title."""
    return {"title" if plain_name(str(name)) == "name" else name: inner for name, inner in row.items()}


def _are_rows(key: str, inner: Any) -> bool:
    """Return whether what stands under a key is a list of rows, rather than of the people or links of one."""
    if not isinstance(inner, list) or not inner or not all(isinstance(one, dict) for one in inner):
        return False
    names = {plain_name(str(name)) for one in inner for name in one}
    return plain_name(key) not in _ANY_ROLE and bool(names & (_TITLES | LISTS_OF_PAPERS))


def _with_key(key: str, row: dict[Any, Any]) -> dict[Any, Any]:
    """Return a row with what the key of its list says: a year, a kind, a session, or what no column is known for."""
    names = {plain_name(str(name)) for name in row}
    if plain_name(key) in _CONTAINERS:
        return row
    if re.fullmatch(r"(?:19|20)\d\d", key):
        role = "year"
    elif is_kind(key):
        role = "kind"
    else:
        role = "session" if names & _TIMES or _SESSION_KEY.search(key) else ""
    column = {"year": "year", "kind": "type", "session": "session"}.get(role, "")
    return row if role and names & set(ROLES[role]) else {column or "key of the list": key, **row}


def _in_session(row: Nested) -> Iterator[Nested]:
    """Yield a row; of a session with papers, first what it states itself, then each paper with its room and day."""
    key = _papers_key(row.value)
    if key is None:
        yield row
        return
    fields = {name: inner for name, inner in row.value.items() if name != key and inner not in (None, "", [])}
    by_name = {plain_name(str(name)): name for name in reversed(fields)}
    named = next((by_name[name] for name in _SESSION_NAMES if name in by_name), None)
    is_conference = fields.get("_type") in _CONFERENCES
    base = {"conference" if is_conference else "session": fields.pop(named)} if named is not None else {}
    heading = dict(base)
    for name, inner in fields.items():
        plain = plain_name(str(name))
        if plain in _INHERITED:
            base[name] = inner
        heading[name if plain in _INHERITED | _TIMES else f"session {name}"] = inner
    if is_conference:
        base = {"conference": base["conference"]} if base else {}
    else:
        yield Nested(row.path, heading, row.source)
    for index, paper in enumerate(row.value[key]):
        yield Nested(f"{row.path}.{key}[{index}]", {**base, **paper}, paper)


def _papers_key(value: Any) -> Any:
    """Return under which key a session has its papers, with their titles and authors; None where there is none."""
    if not isinstance(value, dict):
        return None
    for key, inner in value.items():
        if plain_name(str(key)) in LISTS_OF_PAPERS and isinstance(inner, list) and inner:
            names = [{plain_name(str(name)) for name in one} if isinstance(one, dict) else set() for one in inner]
            if all(one & _TITLES for one in names) and any(one & _PEOPLE for one in names):
                return key
    return None


def _moment(cell: dict[Any, Any]) -> str:
    """Return the day, the time and the zone of an object as one text.

    >>> _moment({"date": "2024-03-11", "time": "11:00:00", "tz": "America/New_York"})
    '2024-03-11T11:00:00-04:00'
    """
    text = f"{cell['date']}T{cell['time']}"
    info = zone_info(str(cell.get("tz") or ""))
    try:
        return datetime.fromisoformat(text).replace(tzinfo=info).isoformat()
    except ValueError:
        return text


def flat(row: dict[Any, Any]) -> dict[Any, Any]:
    """Return a row with objects in its cells as cells of their own; people keep theirs.

    >>> flat({"title": "Moss", "links": {"code": "https://a.example/b"}, "venue": {"name": "ICML", "place": "Fen"}})
    {'title': 'Moss', 'code': 'https://a.example/b', 'venue': 'ICML', 'venue place': 'Fen'}
    """
    if "primaryauthors" in row and "authors" not in row:  # as Indico has them
        row = {**row, "authors": [*(row["primaryauthors"] or ()), *(row.get("coauthors") or ())]}
    if "@type" in row:  # JSON-LD, which says what is what
        called = row.get("headline") or row.get("name") or row.get("title")
        kept = {name: cell for name, cell in row.items() if name not in ("headline", "name") and str(name)[:1] != "@"}
        row = {**kept, "title": called}
    if not any(isinstance(cell, dict) for cell in row.values()):
        return row
    found: dict[Any, Any] = {}
    for name, cell in row.items():
        if not isinstance(cell, dict) or plain_name(str(name)) in _PEOPLE:
            found[name] = cell
            continue
        if cell.get("date") and cell.get("time"):
            found[name] = _moment(cell)
            continue
        is_links = plain_name(str(name)) in _LINKS
        cell = {key: inner for key, inner in cell.items() if not str(key).startswith("@")}
        main = next((key for key in ("name", "title", "value") if cell.get(key)), None)
        for key, inner in cell.items():
            if key == main:
                found[name] = inner
            elif inner not in (None, "", [], {}):
                found[key if is_links and key not in row else f"{name} {key}"] = inner
    return found
