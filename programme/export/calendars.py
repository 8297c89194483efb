"""The events of a calendar: slots in, events out, which `programme.export.calendar_text` writes.

    text = "".join(calendar("ICML 2022", events_of(slots), zones_of(slots)))

A talk, keynote, break or Q&A with a start of its own is an event. Posters, and slots whose session alone has a time,
are listed in one event for their session, unless each paper is to be an event. A slot without any start is left out.

The same rows give the same bytes, and an event keeps its UID when its time, room, session or title changes: the UID is
made of the edition, the paper (or the session and the title) and the kind. SEQUENCE is the number of captures in which
it changed, and what was cancelled or removed stays as a cancelled event, so that calendars that subscribed follow.
DTSTAMP is the day on which the document was captured, if known, else the start: the time of export would make every
file differ.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from programme.export.calendar_descriptions import described, listed
from programme.export.calendar_facts import facts_of
from programme.export.calendar_history import History


class Slot(NamedTuple):
    """A slot with its session; a session without slots is a row whose `position` is None."""

    session_key: str
    session: str
    """Title of the session."""
    session_kind: str
    session_starts_at: str | None
    """Instants are ISO 8601 text in UTC, `2022-07-21T19:30:00Z`."""
    session_ends_at: str | None
    edition: str | None
    """Name of the edition: `ICML 2022`."""
    time_zone: str | None
    """IANA zone of the place, or of the printed times for an edition held online."""
    room: str | None
    """Room of the slot, or else of the session."""
    captured_on: str | None = None
    """Day on which its document was captured, `2022-07-19`."""
    position: int | None = None
    kind: str | None = None
    title: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    authors: str | None = None
    poster_number: str | None = None
    award: str | None = None
    paper_key: str | None = None
    code: str | None = None
    """URL of the paper's own repository."""
    edition_slug: str | None = None
    earlier_slots: int = 0
    """Number of slots before it that present the same paper as the same kind at the edition."""
    earlier_posters: int = 0
    """Number of earlier times at which its session has posters."""
    is_cancelled: bool | int = False
    is_alone: bool = False
    """Whether it is an event of its own whatever its kind."""


class Event(NamedTuple):
    """An event of a calendar; its text is not escaped."""

    uid: str
    stamp: str
    """DTSTAMP, an instant."""
    starts_at: str
    ends_at: str | None
    time_zone: str | None
    title: str
    room: str | None
    description: str
    kind: str
    url: str | None
    changes: tuple[str, ...] = ()
    """Instants of the captures in which it changed, in order."""
    is_cancelled: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    """Properties that state its session and slots for programs."""


NO_HISTORY = History()


def events_of(
    slots: Iterable[Slot],
    history: History = NO_HISTORY,
    session: str | None = None,
    *,
    is_whole: bool = True,
    site: str | None = None,
    wanted: Callable[[Slot], bool] | None = None,
    each: bool = False,
) -> Iterator[Event]:
    """Yield the events of slots, which must be grouped by session and in the order of their positions.

    Then come those that the history knows and the slots no longer hold, of one session if its key is given; not where
    the slots are a selection, which leaves out others too, and not where only those `wanted` are yielded, to which the
    others of their sessions lend their numbers. `site` is the address of the site that has their pages.
    With `each`, every paper is an event of its own, also a poster.
    """
    uids = set()
    for event in _events(map(_alone, slots) if each else slots, history, site, wanted):
        uids.add(event.uid)
        yield event
    if is_whole and wanted is None:
        yield from _cancelled(history, session, uids)


def _events(
    slots: Iterable[Slot], history: History, site: str | None, wanted: Callable[[Slot], bool] | None
) -> Iterator[Event]:
    for session_key, group in groupby(slots, key=lambda slot: slot.session_key):
        uids: dict[str, int] = {}
        blocks: dict[tuple[str, str | None], list[Slot]] = {}
        for slot in group:
            is_wanted = wanted is None or wanted(slot)
            if slot.starts_at and (slot.kind != "poster" or slot.is_alone):
                talk = _talk(slot, slot.starts_at, history, uids, site)
                if is_wanted:
                    yield talk
            elif is_wanted and (start := slot.starts_at or slot.session_starts_at):
                end = slot.ends_at if slot.starts_at else slot.session_ends_at
                blocks.setdefault((start, end), []).append(slot)
        for (start, end), block in blocks.items():
            part = f".{block[0].earlier_posters + 1}" if block[0].earlier_posters else ""
            name = _numbered(f"{history.session(session_key)}-session{part}", uids)
            yield _block(block, start, end, f"{name}@programme", site)._replace(
                changes=tuple(history.of_session(session_key)),
                is_cancelled=all(slot.is_cancelled for slot in block),
            )


def _alone(slot: Slot) -> Slot:
    """Return the slot of a paper as an event of its own, at the time of its session where it has none."""
    if not slot.paper_key or not (slot.starts_at or slot.session_starts_at):
        return slot
    times = (slot.starts_at, slot.ends_at) if slot.starts_at else (slot.session_starts_at, slot.session_ends_at)
    return slot._replace(starts_at=times[0], ends_at=times[1], is_alone=True)


def _cancelled(history: History, session: str | None, uids: Container[str]) -> Iterator[Event]:
    """Yield an event for each talk that was removed, and for each session without talks of its own."""
    removed = list(history.removed(session))
    talks = {slot.session for slot in removed if slot.row.subject == "slot" and slot.facts.get("kind") != "poster"}
    for gone in removed:
        is_talk = gone.row.subject == "slot" and gone.facts.get("kind") != "poster"
        starts_at = gone.facts.get("starts_at")
        uid = f"{gone.name}@programme"
        if starts_at and uid not in uids and (is_talk or (gone.row.subject == "session" and gone.session not in talks)):
            changes = history.of_slot(gone.subject, gone.session, gone.row.edition)
            yield Event(
                uid,
                gone.row.captured_at,
                starts_at,
                gone.facts.get("ends_at"),
                gone.row.time_zone,
                gone.row.title,
                gone.facts.get("room"),
                gone.row.edition_name or "",
                gone.facts.get("kind") or "other",
                None,
                tuple(changes),
                is_cancelled=True,
            )


def zones_of(slots: Iterable[Slot]) -> list[str]:
    """Return the time zones that a calendar of these slots needs, sorted."""
    return sorted({slot.time_zone for slot in slots if slot.time_zone})


def _talk(slot: Slot, starts_at: str, history: History, uids: dict[str, int], site: str | None) -> Event:
    subject = history.slot(slot.edition_slug, slot.session_key, slot.paper_key, slot.title or slot.session)
    name = history.event(subject, slot.kind)
    # Papers are numbered across sessions, which a calendar of one session does not hold; all else within its session.
    name = f"{name}-{slot.earlier_slots + 1}" if slot.earlier_slots else _numbered(name, uids)
    poster = f"Poster {slot.poster_number}" if slot.is_alone and slot.poster_number else None
    lines = [slot.authors, poster, slot.award, slot.code and f"Code: {slot.code}"]
    place = (slot.session if slot.session != slot.title else None, slot.edition)
    lines.append(", ".join(part for part in place if part))
    page = site and (f"{site}/paper/{slot.paper_key}" if slot.paper_key else f"{site}/session/{slot.session_key}")
    return Event(
        f"{name}@programme",
        _stamp([slot], starts_at),
        starts_at,
        slot.ends_at,
        slot.time_zone,
        slot.title or slot.session,
        slot.room,
        described([line for line in lines if line], page),
        slot.kind or slot.session_kind,
        page or slot.code,
        tuple(history.of_slot(subject, slot.session_key, slot.edition_slug)),
        is_cancelled=bool(slot.is_cancelled),
        facts=facts_of([slot]),
    )


def _block(slots: list[Slot], starts_at: str, ends_at: str | None, uid: str, site: str | None) -> Event:
    first = slots[0]
    page = site and f"{site}/session/{first.session_key}"
    lines = [first.edition] if first.edition else []
    lines += [listed(slot) for slot in slots if slot.title and slot.title != first.session]
    return Event(
        uid,
        _stamp(slots, starts_at),
        starts_at,
        ends_at,
        first.time_zone,
        first.session,
        ", ".join(dict.fromkeys(slot.room for slot in slots if slot.room)) or None,
        described(lines, page),
        first.session_kind,
        page,
        facts=facts_of(slots),
    )


def _numbered(name: str, seen: dict[str, int]) -> str:
    """Return the name, with a number from its second use on."""
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _stamp(slots: Iterable[Slot], starts_at: str) -> str:
    captured = max((slot.captured_on for slot in slots if slot.captured_on), default=None)
    return f"{captured}T00:00:00Z" if captured else starts_at
