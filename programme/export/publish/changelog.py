"""`CHANGELOG.md` of a published folder: which facts came, went and changed since the release before."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from programme.export.publish.release import Release
from programme.loaders.store.dump import FACTS

NAME = "CHANGELOG.md"
HEAD = "# Changelog\n\nWhat changed from one release of this data to the next.\n"

MAX_LISTED = 50
"""Names listed under each heading; more are counted."""

_KEYS = {
    "authors": "key",
    "documents": "sha256",
    "editions": "slug",
    "listings": "key",
    "papers": "key",
    "repositories": "key",
    "sessions": "key",
    "venues": "slug",
}
"""What identifies a fact of a table, so that another fact with the same is the same thing, changed."""

_RANKS = {table: rank for rank, table in enumerate(FACTS)}
"""The place of each table in a dump."""

_NAMES = {"documents": "sha256", "editions": "name", "sessions": "title", "papers": "title", "listings": "title"}
"""Tables whose facts are listed by name, and the field that holds it."""


@dataclass(slots=True)
class Difference:
    """The facts of a table that only one of two dumps has."""

    added: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)


def differences(before: Iterable[str], after: Iterable[str]) -> dict[str, Difference]:
    r"""Compare two dumps, each with its tables in one order and the lines of each sorted.

    >>> found = differences(['papers\t{"key": "a", "title": "Nets"}'], ['papers\t{"key": "a", "title": "Deep Nets"}'])
    >>> found["papers"].changed
    [{'key': 'a', 'title': 'Deep Nets'}]
    """
    found: dict[str, Difference] = {}
    for line, is_new in _only_in_one(before, after):
        table, _, fact = line.partition("\t")
        one = found.setdefault(table, Difference())
        (one.added if is_new else one.removed).append(json.loads(fact))
    for table, one in found.items():
        if key := _KEYS.get(table):
            _pair(one, key)
    return found


def _pair(one: Difference, key: str) -> None:
    """Take facts of one key that were removed and added for one that changed."""
    both = {fact[key] for fact in one.removed} & {fact[key] for fact in one.added}
    one.changed = [fact for fact in one.added if fact[key] in both]
    one.added = [fact for fact in one.added if fact[key] not in both]
    one.removed = [fact for fact in one.removed if fact[key] not in both]


def _only_in_one(before: Iterable[str], after: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line that only one dump has, and whether it is the later one; neither is held in memory."""
    merged = heapq.merge(((*_order(line), False) for line in before), ((*_order(line), True) for line in after))
    for (_, line), group in groupby(merged, lambda found: found[:2]):
        sides = [is_new for *_, is_new in group]
        surplus = sides.count(True) - sides.count(False)
        yield from ((line, surplus > 0) for _ in range(abs(surplus)))


def _order(line: str) -> tuple[int, str]:
    return _RANKS[line.partition("\t")[0]], line


def section(
    release: Release, earlier: Release | None, found: Mapping[str, Difference], places: Mapping[str, str]
) -> str:
    """Return what the changelog says of a release; `places` names documents by their SHA-256."""
    lines = [f"## {release.version} ({release.released_on})", "", f"Facts: `sha256:{release.facts_sha256}`.", ""]
    if earlier is None:
        return "\n".join([*lines, "The first release.", ""])
    if release.revision != earlier.revision:
        lines += [f"The schema is at revision {release.revision}; it was at {earlier.revision}.", ""]
    if not found:
        return "\n".join([*lines, "The facts are the same.", ""])
    lines += ["| Facts | added | removed | changed |", "|---|--:|--:|--:|"]
    lines += [
        f"| {table} | {len(one.added):,} | {len(one.removed):,} | {len(one.changed):,} |"
        for table, one in sorted(found.items())
    ]
    for table in _NAMES:
        if one := found.get(table):
            lines += _listed(table, "added", one.added, places)
            lines += _listed(table, "removed", one.removed, places)
            lines += _listed(table, "changed", one.changed, places)
    return "\n".join([*lines, ""])


def _listed(table: str, change: str, facts: list[dict[str, Any]], places: Mapping[str, str]) -> Iterator[str]:
    if not facts:
        return
    yield from ("", f"### {table.capitalize()} {change}", "")
    names = sorted(places.get(name, name) for name in (str(fact[_NAMES[table]] or "untitled") for fact in facts))
    yield from (f"- {_plain(name)}" for name in names[:MAX_LISTED])
    if len(names) > MAX_LISTED:
        yield f"- and {len(names) - MAX_LISTED:,} more"


def _plain(name: str) -> str:
    r"""Return a name as Markdown that says just that.

    >>> _plain("A*-Search <br> [2]")
    'A\\*-Search \\<br\\> \\[2\\]'
    """
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in " ".join(name.split()))


def appended(new: str, earlier: str | None) -> str:
    """Return the changelog with a section in front of those of an earlier one."""
    kept = (earlier or "").partition("\n## ")[2]
    return f"{HEAD}\n{new}" + (f"\n## {kept}" if kept else "")
