"""Sessions and listings that several documents state: merged from all their statements, in whatever order they came."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from programme.loaders.store.authors import AuthorIndex
from programme.loaders.store.buffer import Ids, update_statement
from programme.loaders.store.connection import Connection
from programme.loaders.store.identity import display_abstract, display_byline, display_title, resolve_value
from programme.loaders.store.rows import COLUMNS, ListingEntryRow, SessionModeratorRow, SlotRow
from programme.loaders.store.writer import local_times
from programme.loaders.text.names import split_byline
from programme.loaders.text.titles import clean_title, title_form

_HEADINGS = """
SELECT s.session_id, s.title, s.kind, s.track, s.room, s.abstract, s.moderators, e.time_zone, s.starts_at, s.ends_at
FROM session_sources s JOIN sessions c ON c.id = s.session_id LEFT JOIN editions e ON e.id = c.edition_id
WHERE s.session_id IN (?)
"""
_STATEMENTS = """
SELECT l.session_id, s.slot_id, d.sha256, d.id, s.line_start, s.line_end, s.position, s.kind, s.raw_kind, s.title,
  s.starts_at, s.ends_at, s.time_zone, s.room, s.poster_number, s.award, p.paper_id, s.path
FROM slots l JOIN slot_sources s ON s.slot_id = l.id JOIN documents d ON d.id = s.document_id
LEFT JOIN paper_sources p ON p.id = s.paper_source_id
WHERE l.session_id IN (?)
"""


class _Heading(NamedTuple):
    """One document's statement of a session: a row of `_HEADINGS`."""

    session_id: int
    title: str
    kind: str
    track: str | None
    room: str | None
    abstract: str | None
    moderators: str | None
    edition_zone: str | None
    starts_at: str | None
    ends_at: str | None


class _Statement(NamedTuple):
    """One document's statement of a slot: a row of `_STATEMENTS`."""

    session_id: int
    slot_id: int
    sha256: str
    document_id: int
    line_start: int
    line_end: int
    position: int
    kind: str
    raw_kind: str | None
    title: str
    starts_at: str | None
    ends_at: str | None
    time_zone: str | None
    room: str | None
    poster_number: str | None
    award: str | None
    paper_id: int | None
    path: str | None


def resolve_sessions(connection: Connection, ids: Ids, authors: AuthorIndex, session_ids: set[int]) -> set[int]:
    """Merge the statements of these sessions; delete those that no document states any more.

    Return the ids of authors who were moderators, for `resolve_authors`.
    """
    headings: dict[int, list[_Heading]] = {}
    for row in connection.query_in(_HEADINGS, session_ids):
        headings.setdefault(row[0], []).append(_Heading(*row))
    statements: dict[int, list[_Statement]] = {}
    for row in connection.query_in(_STATEMENTS, session_ids):
        statements.setdefault(row[0], []).append(_Statement(*row))
    # Slots before sessions: a session is deleted after its slots, which refer to it.
    for session_id in session_ids:
        zone = headings[session_id][0].edition_zone if session_id in headings else None
        _resolve_slots(connection, ids, session_id, statements.get(session_id, []), zone)
    former_moderators = _resolve_moderators(connection, authors, session_ids, headings)
    rows = [
        (*_session_values(stated, statements.get(session_id, [])), session_id)
        for session_id, stated in headings.items()
    ]
    columns = ("title", "kind", "track", "room", "abstract", "starts_at", "ends_at")
    connection.run_many(update_statement("sessions", columns), rows)
    connection.run_many("DELETE FROM sessions WHERE id = ?", [(i,) for i in session_ids if i not in headings])
    return former_moderators


def _session_values(headings: Sequence[_Heading], slots: Sequence[_Statement]) -> tuple[str | None, ...]:
    """Return title, kind, track, room, abstract, start and end of a session."""
    statements: list[_Heading | _Statement] = [*headings, *slots]
    return (
        display_title(heading.title for heading in headings),
        resolve_value(heading.kind for heading in headings),
        resolve_value(heading.track for heading in headings),
        resolve_value(heading.room for heading in headings),
        display_abstract(heading.abstract for heading in headings),
        min((stated.starts_at for stated in statements if stated.starts_at), default=None),
        max((stated.ends_at for stated in statements if stated.ends_at), default=None),
    )


def _resolve_slots(
    connection: Connection, ids: Ids, session_id: int, statements: list[_Statement], edition_zone: str | None
) -> None:
    """Write one slot per distinct start, title and paper, in the order in which the documents print them."""
    groups = _with_ids(ids, sorted(_same_slots(statements).values(), key=_printed_order))
    select = f"SELECT {', '.join(COLUMNS['slots'])} FROM slots WHERE session_id = ?"
    stored = {row[0]: SlotRow(*row) for row in connection.query(select, (session_id,))}
    targets = {
        id_: _slot(id_, session_id, position, group, edition_zone)
        for position, (id_, group) in enumerate(groups.items(), 1)
    }
    changed = [targets[id_] for id_, row in stored.items() if id_ in targets and targets[id_] != row]
    new = [row for id_, row in targets.items() if id_ not in stored]
    moved = [
        (id_, statement.slot_id, statement.document_id, statement.line_start)
        for id_, group in groups.items()
        for statement in group
        if statement.slot_id != id_
    ]
    deleted = [(id_,) for id_ in stored if id_ not in targets]
    # (session_id, position) is unique, and positions may be swapped: slots to change or delete first exchange
    # theirs for the negative of their id, which no other slot can have.
    connection.run_many("UPDATE slots SET position = -id WHERE id = ?", [(row.id,) for row in changed] + deleted)
    connection.insert("slots", COLUMNS["slots"], new)
    # Statements move between the insert of the slots they move to and the delete of those they leave.
    connection.run_many(
        update_statement("slot_sources", ("slot_id",), "slot_id = ? AND document_id = ? AND line_start = ?"), moved
    )
    connection.run_many("DELETE FROM slots WHERE id = ?", deleted)
    connection.run_many(update_statement("slots", COLUMNS["slots"][1:]), [(*row[1:], row.id) for row in changed])


def _with_ids(ids: Ids, groups: list[list[_Statement]]) -> dict[int, list[_Statement]]:
    """Give each slot an id: the lowest its statements have had, unless an earlier slot took it, else a new one."""
    slots: dict[int, list[_Statement]] = {}
    for group in groups:
        free = {statement.slot_id for statement in group} - slots.keys()
        slots[min(free) if free else ids.new("slots")] = group
    return slots


def _same_slots(statements: list[_Statement]) -> dict[Any, list[_Statement]]:
    """Group statements by what makes a slot: start, title and paper. The second such slot of a document is another."""
    seen: Counter[Any] = Counter()
    groups: dict[Any, list[_Statement]] = {}
    for statement in sorted(statements, key=lambda stated: (stated.sha256, stated.position, stated.line_start)):
        identity = (statement.starts_at, title_form(clean_title(statement.title)), statement.paper_id)
        seen[statement.sha256, identity] += 1
        groups.setdefault((identity, seen[statement.sha256, identity]), []).append(statement)
    return groups


def _printed_order(group: Sequence[_Statement]) -> tuple[Any, ...]:
    first = min(group, key=lambda stated: (stated.position, stated.sha256))
    return (first.position, first.starts_at or "", first.sha256, first.line_start)


def _slot(id_: int, session_id: int, position: int, group: Sequence[_Statement], edition_zone: str | None) -> SlotRow:
    """Merge the statements of one slot. Its place in a document is that of the statement with the lowest SHA-256."""
    first = min(group, key=lambda stated: (stated.sha256, stated.line_start))
    starts_at = first.starts_at
    ends_at = resolve_value(stated.ends_at for stated in group)
    zone = resolve_value(stated.time_zone for stated in group)
    local_day, local_start, local_end = local_times(starts_at, ends_at, edition_zone or zone)
    return SlotRow(
        id=id_,
        session_id=session_id,
        position=position,
        kind=resolve_value(stated.kind for stated in group) or first.kind,
        raw_kind=resolve_value(stated.raw_kind for stated in group),
        title=display_title(stated.title for stated in group),
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=zone,
        local_day=local_day,
        local_start=local_start,
        local_end=local_end,
        room=resolve_value(stated.room for stated in group),
        poster_number=resolve_value(stated.poster_number for stated in group),
        award=resolve_value(stated.award for stated in group),
        paper_id=first.paper_id,
        is_cancelled=False,
        document_id=first.document_id,
        line_start=first.line_start,
        line_end=first.line_end,
        path=first.path,
    )


def _resolve_moderators(
    connection: Connection, authors: AuthorIndex, session_ids: set[int], headings: dict[int, list[_Heading]]
) -> set[int]:
    stored = connection.query_in("SELECT author_id FROM session_moderators WHERE session_id IN (?)", session_ids)
    connection.run_many("DELETE FROM session_moderators WHERE session_id = ?", [(i,) for i in session_ids])
    bylines = {
        session_id: display_byline(split_byline(heading.moderators) for heading in stated if heading.moderators)
        for session_id, stated in headings.items()
    }
    authors.look_up(name for byline in bylines.values() for name in byline)
    rows = [
        SessionModeratorRow(session_id=session_id, position=position, author_id=author_id, raw_name=name)
        for session_id, byline in bylines.items()
        for position, (author_id, name) in enumerate(zip(authors.ids_of(byline), byline, strict=True), 1)
    ]
    authors.flush()
    connection.insert("session_moderators", COLUMNS["session_moderators"], rows)
    return {author_id for (author_id,) in stored}


def resolve_listings(connection: Connection, listing_ids: set[int]) -> None:
    """Merge the statements of these listings; delete those that no document states any more.

    Documents that state the same listing state the same entries, for its key is made of them; only upvotes may differ,
    and the highest count is kept.
    """
    sources = connection.query_in("SELECT listing_id FROM listing_sources WHERE listing_id IN (?)", listing_ids)
    stated = {listing_id for (listing_id,) in sources}
    mentions = connection.query_in(
        "SELECT listing_id, listing_position, paper_id, upvotes FROM paper_sources WHERE listing_id IN (?)", listing_ids
    )
    connection.run_many("DELETE FROM listing_entries WHERE listing_id = ?", [(id_,) for id_ in listing_ids])
    entries: dict[tuple[int, int], ListingEntryRow] = {}
    for listing_id, position, paper_id, upvotes in mentions:
        before = entries.get((listing_id, position))
        most = max((votes for votes in (upvotes, before and before.upvotes) if votes is not None), default=None)
        entries[listing_id, position] = ListingEntryRow(
            listing_id=listing_id, position=position, paper_id=paper_id, upvotes=most
        )
    connection.insert("listing_entries", COLUMNS["listing_entries"], list(entries.values()))
    connection.run_many("DELETE FROM listings WHERE id = ?", [(id_,) for id_ in listing_ids if id_ not in stated])
