"""What an event of a calendar says for programs: its session and slots as JSON, so that it can be ingested again.

Titles, people and rooms stand in the text of an event too, but there nothing says where one ends and the next begins.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programme.export.calendars import Slot

SESSION = "X-PROGRAMME-SESSION"
SLOT = "X-PROGRAMME-SLOT"
"""Properties of an event: one for its session, one for each of its slots."""


def facts_of(slots: "Iterable[Slot]") -> tuple[tuple[str, str], ...]:
    """Return the properties that state the slots of one event, which are all of one session."""
    found: list[tuple[str, str]] = []
    for slot in slots:
        if not found:
            found.append((SESSION, _session(slot)))
        if slot.position is not None:
            found.append((SLOT, _slot(slot)))
    return tuple(found)


def _session(slot: "Slot") -> str:
    return _json(
        key=slot.session_key,
        title=slot.session,
        kind=slot.session_kind,
        edition=slot.edition_slug,
        starts_at=slot.session_starts_at,
        ends_at=slot.session_ends_at,
    )


def _slot(slot: "Slot") -> str:
    return _json(
        position=slot.position,
        title=slot.title,
        kind=slot.kind,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room=slot.room,
        poster_number=slot.poster_number,
        award=slot.award,
        is_paper=bool(slot.paper_key) or None,
        authors=slot.authors if slot.paper_key else None,
        code=slot.code,
        is_cancelled=bool(slot.is_cancelled) or None,
    )


def _json(**fields: str | int | None) -> str:
    """Return the fields that are known as JSON, with the characters escaped that iCalendar forbids."""
    known = {name: value for name, value in fields.items() if value is not None}
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return text if text.isprintable() else "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)
