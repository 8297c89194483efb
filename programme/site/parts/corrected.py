"""What curators have corrected on a page: which field of what, to what value, why, and what documents state instead."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, NamedTuple

from programme.loaders.store.corrections import token
from programme.site.parts.clocks import moment
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

_CORRECTIONS = sql_of("corrected/corrections")
_PAPER_NAMES = sql_of("corrected/paper_names")
_LABELS = {
    "add_identifiers": "Identifier added",
    "deny_identifiers": "Identifier denied",
    "add_repositories": "Repository added",
    "deny_repositories": "Repository denied",
    "repository_roles": "Whose a repository is",
    "same_paper": "Same paper",
    "different_papers": "Different papers",
    "same_author": "Same person",
    "different_authors": "Different persons",
    "starts_at": "Start",
    "ends_at": "End",
    "poster_number": "Poster number",
}
"""Names of fields that are not the word itself."""
_TIMES = ("starts_at", "ends_at")
_INSIDE = ("slot", "entry")
"""Subjects that have no page of their own; the key of their corrections is that of their session or listing."""


class Place(NamedTuple):
    """A slot of a session, or an entry of a listing: its position, its title, and what documents state of it."""

    position: int
    title: str
    stated: Mapping[str, list[str]]


Places = Mapping[str, list[Place]]
"""Slots or entries by each name that a correction may give them; see `name_of`."""


class Subject(NamedTuple):
    """What a page is about: its type and key, its titles with their editions, and what documents state by field.

    `places` finds its slots or entries, and is called only if there are corrections of them.
    """

    type: str
    key: str
    stated: Mapping[str, list[str]] = {}
    titles: Iterable[str] = ()
    editions: Iterable[str] = ()
    zone: str | None = None
    places: Callable[[], Awaitable[Places]] | None = None


async def corrections_of(site: Site, subject: Subject) -> list[Row]:
    """Return the corrections of what a page is about, those that hold first; `is_overruled` marks the others."""
    rows = _about(subject, await site.rows(_CORRECTIONS, key=subject.key))
    is_inside = any(row["subject_type"] in _INSIDE for row in rows)
    places = await subject.places() if is_inside and subject.places else {}
    decided: dict[tuple[Any, ...], Any] = {}
    found: list[Row] = []
    for row in rows:
        value = json.loads(row["value"])
        within = places.get(name_of(row["subject"]), []) if row["subject_type"] in _INSIDE else []
        statements = dict(_statements(row, value, [place.position for place in within]))
        is_overruled = all(decided.setdefault(at, said) != said for at, said in statements.items())
        found.append(_shown(row, value, within, subject, is_overruled))
    # As the documents have them, which is from the oldest: the page itself first, then its slots or entries.
    found.reverse()
    found.sort(key=lambda row: (row["is_overruled"], min(row["positions"], default=0)))
    return [{"number": number, **row} for number, row in enumerate(found, 1)]


def corrections_at(corrections: Iterable[Row], position: int) -> list[Row]:
    """Return the winning corrections of the slot or entry at a position."""
    return [row for row in corrections if position in row["positions"] and not row["is_overruled"]]


async def corrected_elsewhere(site: Site, keys: Iterable[str], names: Iterable[str]) -> dict[str, list[Row]]:
    """Return corrections of sessions and listings by their keys; of their slots and entries, those of a paper."""
    named, found = set(names), {}
    for key in dict.fromkeys(keys):
        fields: dict[str, Row] = {}
        for row in await site.rows(_CORRECTIONS, key=key):
            is_inside = row["subject_type"] in _INSIDE
            is_shown = name_of(row["subject"]) in named if is_inside else row["field"] not in ("abstract", "track")
            if row["target_key"] == key and is_shown:
                field = str(row["field"])
                fields.setdefault(field, {"field": field, "label": label_of(field), "reason": row["reason"]})
        found[key] = list(fields.values())
    return found


def label_of(field: str) -> str:
    """Return the name of a field.

    >>> label_of("starts_at"), label_of("room")
    ('Start', 'Room')
    """
    return _LABELS.get(field, field.capitalize())


def corrected_fields(corrections: Iterable[Row]) -> list[str]:
    """Return the fields of the subject itself that a correction gives."""
    return sorted({str(row["field"]) for row in corrections if not row["about"]})


def name_of(subject: str) -> str:
    """Return the name by which a correction finds a slot in its session, or an entry in its listing.

    >>> name_of('{"session": "5f02", "paper": "arxiv:2103.00020"}')
    'arxiv:2103.00020'
    >>> name_of(slot_titled("Tea Break")) == name_of('{"session": "5f02", "title": "TEA BREAK"}')
    True
    """
    inner = token(json.loads(subject)).rpartition(" / ")[2]
    return inner.partition(" in ")[0]


def slot_titled(title: str) -> str:
    """Return the subject of a correction that names a slot by its title, within whichever session."""
    return json.dumps({"session": "", "title": title})


async def names_of_papers(site: Site, ids: Iterable[int | None]) -> dict[int, list[str]]:
    """Return the names by which corrections find papers: keys, identifiers and the keys of titles."""
    names: dict[int, list[str]] = {}
    for row in await site.rows(_PAPER_NAMES, ids=json.dumps(sorted({id_ for id_ in ids if id_ is not None}))):
        names.setdefault(row["id"], []).append(row["name"])
    return names


def distinct(values: Iterable[Any]) -> list[str]:
    """Return what documents state, each value once.

    >>> distinct(["Hall B", None, "Hall A", "Hall B"])
    ['Hall B', 'Hall A']
    """
    return list(dict.fromkeys(str(value) for value in values if value not in (None, "")))


def _about(subject: Subject, rows: list[Row]) -> list[Row]:
    """Return those that are about the subject of the page, or something in it."""
    named = {token({"title": title, "edition": of}) for title in subject.titles for of in subject.editions}

    def is_about(row: Row) -> bool:
        if row["target_key"] == subject.key:
            return True
        if not named:
            return False
        of = json.loads(row["subject"])
        if row["subject_type"] == "slot":
            return subject.type == "session" and token(of["session"]) in named
        return bool(row["subject_type"] == subject.type and token(of) in named)

    return [row for row in rows if is_about(row)]


def _statements(row: Row, value: Any, positions: list[int]) -> Iterable[tuple[tuple[Any, ...], Any]]:
    """Yield what a correction decides: a field of a subject, or one thing of several, and how."""
    field = row["field"]
    verb, _, listed = field.partition("_")
    if field == "repository_roles":
        yield from (((field, url), role) for url, role in value.items())
    elif verb in ("add", "deny"):
        yield from (((listed, item), verb) for item in value)
    elif verb in ("same", "different"):
        yield (field, row["subject"], row["value"]), value
    else:
        inside = str(row["subject"]) if row["subject_type"] in _INSIDE else None
        yield from (((field, at), value) for at in positions or (inside,))


def _shown(row: Row, value: Any, within: list[Place], subject: Subject, is_overruled: bool) -> Row:
    field = row["field"]
    stated: Iterable[str] = subject.stated.get(field, [])
    if row["subject_type"] in _INSIDE:
        stated = distinct(text for place in within for text in place.stated.get(field, []))
    return {
        "field": field,
        "label": label_of(field),
        "about": _name(row, within),
        "positions": [place.position for place in within],
        "value": _text(value),
        "display": _display(field, _text(value), subject.zone),
        "stated": None
        if field == "cancelled" or field.startswith(("same_", "different_"))
        else [_display(field, text, subject.zone) for text in _relevant(field, value, stated)],
        "reason": row["reason"],
        "document": {"sha256": row["sha256"], "uri": row["uri"]},
        **{name: row[name] for name in ("line_start", "line_end", "path")},
        "is_overruled": is_overruled,
    }


def _name(row: Row, within: list[Place]) -> str | None:
    """Return which slot of a session, or entry of a listing, a correction is about; None for the page itself."""
    if row["subject_type"] not in _INSIDE:
        return None
    subject = json.loads(row["subject"])
    named = subject.get("title") or subject["paper"]
    return str(within[0].title if within else named["title"] if isinstance(named, dict) else named)


def _relevant(field: str, value: Any, stated: Iterable[str]) -> list[str]:
    """Return what documents state of a field; of things that are added or denied one by one, of these things alone.

    >>> _relevant("deny_identifiers", ["doi:10.1/a"], ["arxiv:2103.00020", "doi:10.1/A"])
    ['doi:10.1/A']
    >>> _relevant("repository_roles", {"https://a.org/b": "own"}, ["https://a.org/B: other", "https://a.org/c: own"])
    ['https://a.org/B: other']
    >>> _relevant("room", "Hall B", ["Hall A"])
    ['Hall A']
    """
    if field == "repository_roles":
        return [text for text in stated if text.lower().rpartition(": ")[0] in map(str.lower, value)]
    if field.startswith(("add_", "deny_")):
        return [text for text in stated if text.lower() in map(str.lower, value)]
    return list(stated)


def _display(field: str, text: str, zone: str | None) -> str:
    """Return a value as a page shows it: instants in local time.

    >>> _display("starts_at", "2022-07-21T18:10:00Z", "America/New_York"), _display("room", "Hall G", None)
    ('2022-07-21, 14:10 EDT', 'Hall G')
    """
    if field not in _TIMES:
        return text
    at = moment(text, zone)
    return f"{at.day}, {at.clock} {at.zone}"


def _text(value: Any) -> str:
    """Return a value as a curator would write it.

    >>> _text(["Ada Quill", "Bo Renn"]), _text({"https://a.org": "own"}), _text(True)
    ('Ada Quill, Bo Renn', 'https://a.org: own', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if value.keys() == {"title", "edition"}:
            return f"{value['title']} ({value['edition']})"
        return ", ".join(f"{name}: {_text(one)}" for name, one in value.items())
    if isinstance(value, list):
        separator = "; " if any(isinstance(one, list) for one in value) else ", "
        return separator.join(map(_text, value))
    return str(value)
