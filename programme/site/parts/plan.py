"""A plan of one's own: the slots and papers that stars name, in the order in which one walks, with clashes."""

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from programme.export.chosen import Places
from programme.site.parts.clocks import moment
from programme.site.parts.permalinks import present_key
from programme.site.parts.related import authors_of, editions_of
from programme.site.parts.site import Row, Site
from programme.site.parts.slots import UNKNOWN_DAY
from programme.site.parts.sql import sql_of
from programme.site.parts.stars import slot_star

MAX_LOOKED_UP = 40
"""Number of keys no longer in use whose present ones are looked up."""

_CANDIDATES = sql_of("plan/candidates")
_ENTRIES = sql_of("plan/entries")
_PAPERS = sql_of("plan/papers")
_SHOWN = ("position", "kind", "title", "poster_number", "award", "paper_key", "code_url", "is_cancelled")


class Plan(NamedTuple):
    """What stars name: slots in order, papers without slots, and how many stars name nothing that is there."""

    slots: list[Row]
    papers: list[Row]
    missing: int

    def places(self) -> Places:
        """Return the slots as calendars choose them."""
        return Places(
            sessions=frozenset(slot["session"] for slot in self.slots if slot["position"] is None),
            slots=frozenset((slot["session"], slot["position"]) for slot in self.slots if slot["position"] is not None),
        )


async def plan_of(site: Site, stars: list[str]) -> Plan:
    """Return the plan that stars name."""
    stars = await _renewed(site, stars)
    papers = await site.rows(_PAPERS, papers=json.dumps([star for star in stars if "-" not in star]))
    found = await _chosen(site, stars, {row["key"] for row in papers})
    slots = await _slots(site, found)
    presented = {row["paper_key"] for row in found if row["star"] == row["paper_key"]}
    left = [row for row in papers if row["key"] not in presented]
    named = {row["star"] for row in found} | {row["key"] for row in papers}
    return Plan(slots, await _papers(site, left), len(set(stars) - named))


async def _renewed(site: Site, stars: list[str]) -> list[str]:
    """Return the stars with the present keys of papers and sessions whose keys have changed."""
    moved: dict[str, str] = {}
    for kind in ("paper", "session"):
        wanted = {key for star in stars for key in _keys(star, kind)}
        sql = f"SELECT key FROM {kind}s WHERE key IN (SELECT value FROM json_each(:keys))"
        rows = await site.rows(sql, keys=json.dumps(sorted(wanted)))
        for key in sorted(wanted - {row["key"] for row in rows})[:MAX_LOOKED_UP]:
            if present := await present_key(site, kind, key):
                moved[key] = present
    return ["-".join(moved.get(part, part) for part in star.split("-")) for star in stars]


def _keys(star: str, kind: str) -> list[str]:
    """Return the keys of sessions or of papers in a star; a title has one of the same form, which finds no paper.

    >>> _keys("5e-0a-2", "session"), _keys("5e-0a-2", "paper"), _keys("5e-0", "paper"), _keys("0a", "paper")
    (['5e'], ['0a'], [], ['0a'])
    """
    parts = star.split("-")
    if kind == "session":
        return parts[:1] if len(parts) > 1 else []
    return parts[:1] if len(parts) == 1 else [part for part in parts[1:2] if part != "0"]


async def _chosen(site: Site, stars: list[str], papers: Iterable[str]) -> list[Row]:
    """Return the candidates that stars name, each with `star`: that of the slot itself, else that of its paper."""
    wanted = set(stars)
    sessions = sorted({star.partition("-")[0] for star in stars if "-" in star})
    rows = await site.rows(_CANDIDATES, papers=json.dumps(sorted(papers)), sessions=json.dumps(sessions))
    own = ({**row, "star": slot_star(row)} for row in rows)
    named = ({**row, "star": row["star"] if row["star"] in wanted else row["paper_key"]} for row in own)
    return [row for row in named if row["star"] in wanted]


async def _slots(site: Site, chosen: list[Row]) -> list[Row]:
    """Return slots in the order of time and room, each with the titles of those that it clashes with."""
    stars = {(row["session_id"], row["position"]): row["star"] for row in chosen}
    wanted = json.dumps([[row["session_id"], row["slot_id"]] for row in chosen])
    rows = await site.rows(_ENTRIES, wanted=wanted)
    authors = await authors_of(site, (row["paper_id"] for row in rows))
    slots = [
        {**_slot(row), "star": stars[row["session_id"], row["position"]], "authors": authors.get(row["paper_id"], [])}
        for row in rows
    ]
    slots.sort(key=_order)
    return _with_clashes(slots)


def _slot(row: Row) -> Row:
    """Return what is shown of a slot; one without a time has that of its session."""
    own = "" if row["starts_at"] else "session_"
    starts_at, ends_at = row[f"{own}starts_at"], row[f"{own}ends_at"]
    start = moment(starts_at, row["zone"]) if starts_at else None
    end = moment(ends_at, row["zone"]) if ends_at and start else None
    return {
        **{name: row[name] for name in _SHOWN},
        "title": row["title"] or row["session"],
        "kind": row["kind"] or row["session_kind"],
        "session": row["session_key"],
        "session_title": row["session"],
        "edition": row["edition"],
        "edition_name": row["edition_name"],
        "room": row["room"] or row["session_room"],
        "day": row["local_day"] or (start.day if start else UNKNOWN_DAY),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "local_start": start and start.clock,
        "local_end": end and end.clock,
        "zone": start and start.zone,
    }


def _order(slot: Row) -> tuple[Any, ...]:
    """Return what a slot is sorted by: day, time, room, and the number of its board."""
    when = (slot["day"] == UNKNOWN_DAY, slot["day"], slot["starts_at"] or "~")
    return (*when, _natural(slot["room"]), _natural(slot["poster_number"]), slot["title"], slot["session"])


def _natural(text: str | None) -> list[tuple[int, str]]:
    """Return a text as what sorts its numbers by size.

    >>> sorted(["Hall 10", "Hall 9", "Hall A"], key=_natural)
    ['Hall 9', 'Hall 10', 'Hall A']
    """
    pieces = re.findall(r"(\d{1,9})|(\D+)", (text or "").casefold())
    return [(int(number) if number else 10**9, words) for number, words in pieces]


def _with_clashes(slots: list[Row]) -> list[Row]:
    """Add to each slot the titles of those at the same time elsewhere; posters side by side are no clash.

    >>> def at(title, start, end, kind="oral"):
    ...     times = {"starts_at": f"2022-07-21T{start}:00Z", "ends_at": end and f"2022-07-21T{end}:00Z"}
    ...     return {"title": title, "session": "5e", "kind": kind, "paper_key": title, "is_cancelled": 0, **times}
    >>> slots = [at("a", "09:00", "10:00"), at("b", "09:30", None), at("c", "10:00", "11:00")]
    >>> [slot["clashes"] for slot in _with_clashes(slots)]
    [['b'], ['a'], []]
    >>> slots = [at("a", "09:00", "10:00", kind="poster"), at("b", "09:00", "10:00", kind="poster")]
    >>> [slot["clashes"] for slot in _with_clashes(slots)]
    [[], []]
    """
    clashes: list[list[str]] = [[] for _ in slots]
    timed = [(at, slot) for at, slot in enumerate(slots) if slot["starts_at"] and not slot["is_cancelled"]]
    timed.sort(key=lambda each: str(each[1]["starts_at"]))
    for number, (at, slot) in enumerate(timed, 1):
        for other_at, other in timed[number:]:
            if other["starts_at"] >= (slot["ends_at"] or slot["starts_at"]) and other["starts_at"] != slot["starts_at"]:
                break
            if not _are_side_by_side(slot, other):
                clashes[at].append(other["title"])
                clashes[other_at].append(slot["title"])
    return [{**slot, "clashes": found} for slot, found in zip(slots, clashes, strict=True)]


def _are_side_by_side(slot: Row, other: Row) -> bool:
    """Return whether one can be at both: the same paper, or posters of one session."""
    if slot["paper_key"] and slot["paper_key"] == other["paper_key"]:
        return True
    return bool(slot["session"] == other["session"] and slot["kind"] == other["kind"] == "poster")


async def _papers(site: Site, rows: list[Row]) -> list[Row]:
    """Return papers without slots with authors and editions."""
    ids = [row["id"] for row in rows]
    authors, editions = await authors_of(site, ids), await editions_of(site, ids)
    return [
        {
            "key": row["key"],
            "star": row["key"],
            "title": row["title"],
            "authors": authors.get(row["id"], []),
            "editions": [{name: each[name] for name in ("slug", "name")} for each in editions.get(row["id"], [])],
        }
        for row in rows
    ]
