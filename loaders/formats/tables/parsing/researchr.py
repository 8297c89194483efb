"""The programme of a conference at researchr (conf.researchr.org): a table for each session, with its talks as rows."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from programme.loaders.readers import one_line
from programme.loaders.text.html import text_of
from programme.loaders.text.times import parse_day
from programme.patterns import lazy_pattern

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MARK = "session-info-in-table"
"""The class of the cell that names a session."""

_CHAIRS = lazy_pattern(r"(?:Session )?Chairs?(?:\(s\))?\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_MINUTES = lazy_pattern(r"(\d{1,3})\s?m(?:in)?\b")
_ZONE = lazy_pattern(r"time ?zone\s*:?\s*(.{2,60})", re.IGNORECASE)


def talks(root: "LexborNode") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the text of each talk with its row: the session, track, room and chairs are those of the rows above."""
    above: dict[str, Any] = {}
    zone = ""
    for node in root.traverse():
        tag = node.tag or ""
        if tag in ("h3", "h4", "h5", "em", "small", "div") and len(text := one_line(text_of(node, " "))) < 200:
            if tag != "div" and parse_day(day := text.partition("Displayed")[0].strip()):
                above = {"Date": day}
            elif not zone and (found := _ZONE.search(text)):
                zone = found[1]
        elif tag == "tr" and (cell := node.css_first(f".{MARK}")) is not None:
            above = {"Date": above.get("Date", ""), **_session(cell)}
        elif "data-slot-id" in node.attributes and (row := _talk(node)):
            yield row["Title"], {**above, "Time zone": zone, **row}


def _session(cell: "LexborNode") -> dict[str, Any]:
    room = cell.css_first(".room-link")
    right = cell.css_first(".pull-right")
    place = one_line(text_of(right, " ")) if right is not None else ""
    whole = one_line(text_of(cell, " "))
    name = whole.partition(place)[0].strip() if place else whole
    row = cell.parent.parent if cell.parent is not None else None
    chairs = _CHAIRS.search(text_of(row, " ")) if row is not None else None
    people = [one_line(text_of(link, " ")) for link in row.css("a")] if row is not None and chairs else []
    return {
        "Session": _CHAIRS.sub("", name).strip(),
        "Track": place.partition(" at ")[0],
        "Room": one_line(text_of(room, " ")) if room is not None else place.partition(" at ")[2],
        # What stands behind a name is the institution.
        "Chairs": [name for name in people if chairs and name in one_line(chairs[1])],
    }


def _talk(node: "LexborNode") -> dict[str, Any]:
    """Return the row of a talk; empty for one without a title."""
    title = node.css_first("[data-event-modal]") or node.css_first("strong")
    start = node.css_first(".start-time")
    kind = node.css_first(".event-type")
    minutes = _MINUTES.search(text_of(node, " "))
    people = node.css_first(".performers")
    if title is None or not (name := one_line(text_of(title, " "))):
        return {}
    return {
        "Title": name,
        "Start": one_line(text_of(start, " ")) if start is not None else "",
        "Duration": minutes[1] if minutes else "",
        "Type": one_line(text_of(kind, " ")) if kind is not None else "",
        "Authors": list(_people(people)) if people is not None else [],
    }


def _people(node: "LexborNode") -> Iterator[dict[str, str]]:
    """Yield each person with the institution behind the name."""
    name = ""
    for inner in node.css("a, .prog-aff"):
        text = one_line(text_of(inner, " ")).strip(" ,")
        is_place = "prog-aff" in (inner.attributes.get("class") or "")
        if is_place and name:
            yield {"name": name, "affiliation": text}
            name = ""
        elif not is_place:
            if name:
                yield {"name": name}
            name = text
    if name:
        yield {"name": name}
