"""What curators have corrected of a session and its slots."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from programme.site.parts.corrected import (
    Place,
    Places,
    Subject,
    corrections_of,
    distinct,
    name_of,
    names_of_papers,
    slot_titled,
)
from programme.site.parts.site import Row, Site

_FIELDS = ("title", "abstract", "track", "room", "kind", "starts_at", "ends_at")
_SLOT_FIELDS = ("title", "room", "starts_at", "ends_at", "award", "poster_number")


async def corrections_of_session(
    site: Site, session: Row, zone: str | None, sources: list[Row], slot_sources: list[Row]
) -> list[Row]:
    """Return the corrections of a session and its slots, each with what documents state.

    `sources` and `slot_sources` are the statements of the session and of its slots.
    """
    stated = {field: distinct(row[field] for row in sources) for field in _FIELDS}
    stated["kind"] = [kind for kind in stated["kind"] if kind != "other"]  # which most documents do not print
    stated["edition"] = distinct(row["edition_name"] for row in sources)

    async def places() -> Places:
        return await _places(site, slot_sources)

    editions = distinct([session["edition"], *(row["edition"] for row in sources)])
    return await corrections_of(
        site, Subject("session", session["key"], stated, stated["title"], editions, zone, places)
    )


async def _places(site: Site, slot_sources: list[Row]) -> Places:
    """Return the slots by each name that a correction may give them: those of their papers, and their titles."""
    names = await names_of_papers(site, (row["paper_id"] for row in slot_sources))
    places: dict[str, list[Place]] = {}

    def position(row: Row) -> Any:
        return row["position"]

    for at, group in groupby(sorted(slot_sources, key=position), position):
        rows = list(group)
        stated = {field: distinct(row[field] for row in rows) for field in _SLOT_FIELDS}
        stated["kind"] = distinct(row["raw_kind"] for row in rows)
        place = Place(at, rows[0]["title"], stated)
        titled = (name_of(slot_titled(title)) for title in stated["title"])
        for name in {*names.get(rows[0]["paper_id"], []), *titled}:
            places.setdefault(name, []).append(place)
    return places
