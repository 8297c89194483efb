"""The fields of changes as readers see them: labels, local times, and the part of a text that differs."""

from __future__ import annotations

import json

from programme.site.parts.clocks import moment, span
from programme.site.parts.differences import marked_difference
from programme.site.parts.formatting import short_day
from programme.site.parts.highlights import Piece
from programme.site.parts.site import Row

MARGIN = 80
"""Number of characters shown around the part of a long text that differs."""

_LABELS = {
    "starts_at": "start",
    "ends_at": "end",
    "byline": "authors",
    "raw_time": "time as printed",
    "poster_number": "poster number",
    "presentation": "presented as",
}

_FIRST = {field: place for place, field in enumerate(("session", "title", "starts_at", "ends_at", "room"))}


def fields_of(rows: list[Row], zone: str | None) -> list[Row]:
    """Return the changed fields of one subject, those of when and where first."""
    changed = [row for row in rows if row["field"]]
    return [_field(row, zone) for row in sorted(changed, key=lambda row: _FIRST.get(row["field"], len(_FIRST)))]


def _field(row: Row, zone: str | None) -> Row:
    """Return a changed field with its label and both values in pieces; none for an empty value."""
    before, after = (_value(row["field"], row[side], zone) for side in ("before", "after"))
    label = _LABELS.get(row["field"], row["field"].replace("_", " "))
    left, right = _pieces(before), _pieces(after)
    if before and after and max(len(before), len(after)) > 2 * MARGIN:
        left, right = marked_difference(before, after, MARGIN)
    return {"field": row["field"], "label": label, "before": left, "after": right}


def where_and_when(text: str | None, zone: str | None) -> str:
    """Return what a change says of something added or removed: kind, day and time, room.

    >>> where_and_when('{"kind": "oral", "starts_at": "2021-07-20T14:00:00Z", "room": "Hall A"}', None)
    'oral, Tue 20 Jul 14:00 UTC, Hall A'
    """
    if not text:
        return ""
    known = json.loads(text)
    kind = str(known.get("kind", "other"))
    parts = [
        {"qa": "Q&A", "other": ""}.get(kind, kind),
        _time(known.get("starts_at"), known.get("ends_at"), zone),
        known.get("room"),
    ]
    return ", ".join(part for part in parts if part)


def plain(pieces: list[Piece]) -> str:
    """Return the text of pieces."""
    return "".join(str(piece["text"]) for piece in pieces)


def _value(field: str, value: str | None, zone: str | None) -> str | None:
    return _time(value, None, zone) if value and field in ("starts_at", "ends_at") else value


def _time(starts_at: str | None, ends_at: str | None, zone: str | None) -> str | None:
    if not starts_at:
        return None
    start = moment(starts_at, zone)
    return f"{short_day(start.day)} {span(starts_at, ends_at, zone)} {start.zone}"


def _pieces(text: str | None) -> list[Piece]:
    return [{"text": text}] if text else []


def change_line(item: Row) -> str:
    """Return the changes of one subject as a line of text.

    >>> fields = [{"label": "room", "before": [{"text": "Hall A"}], "after": [{"text": "Hall B"}]}]
    >>> change_line({"subject": "session", "title": None, "change": "changed", "details": "", "fields": fields})
    'session: room: Hall A → Hall B'
    """
    subject = f"{item['subject']} “{item['title']}”" if item["title"] else item["subject"]
    if item["change"] != "changed":
        return f"{subject} {item['change']}{': ' if item['details'] else ''}{item['details']}"
    values = (
        f"{field['label']}: {plain(field['before']) or 'none'} → {plain(field['after']) or 'none'}"
        for field in item["fields"]
    )
    return f"{subject}: {'; '.join(values)}"
