"""Sessions and listings that several documents state: merged from all their statements, whatever came first."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from programme.loaders.store.connection import Connection, Row, rows_by
from programme.loaders.store.identity import display_abstract, display_byline, display_title, resolve_value
from programme.loaders.store.people import Authors
from programme.loaders.store.rows import COLUMNS, Ids, update
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
(_SESSION, _SLOT, _SHA256, _DOCUMENT, _LINE_START, _LINE_END, _POSITION, _KIND, _RAW_KIND, _TITLE) = range(10)
(_STARTS, _ENDS, _ZONE, _ROOM, _POSTER, _AWARD, _PAPER, _PATH) = range(10, 18)
_SLOT_COLUMNS = COLUMNS["slots"][2:]


def resolve_sessions(connection: Connection, ids: Ids, authors: Authors, session_ids: set[int]) -> set[int]:
    """Merge the statements of these sessions; one that no document states any more goes.

    Returns the ids of authors who lost a place as moderator.
    """
    headings = rows_by(connection.query_in(_HEADINGS, session_ids))
    statements = rows_by(connection.query_in(_STATEMENTS, session_ids))
    for session_id in session_ids:
        rows = statements.get(session_id, [])
        zone = headings[session_id][0][7] if session_id in headings else None
        _resolve_slots(connection, ids, session_id, rows, zone)
    touched = _resolve_moderators(connection, authors, session_ids, headings)
    rows = []
    for session_id, stated in headings.items():
        slots = statements.get(session_id, [])
        kind, track, room = (resolve_value(row[column] for row in stated) for column in (2, 3, 4))
        starts = [row[8] for row in stated if row[8]] + [slot[_STARTS] for slot in slots if slot[_STARTS]]
        ends = [row[9] for row in stated if row[9]] + [slot[_ENDS] for slot in slots if slot[_ENDS]]
        span = (min(starts, default=None), max(ends, default=None))
        title, abstract = display_title(row[1] for row in stated), display_abstract(row[5] for row in stated)
        rows.append((title, kind, track, room, abstract, *span, session_id))
    columns = ("title", "kind", "track", "room", "abstract", "starts_at", "ends_at")
    connection.run_many(update("sessions", columns), rows)
    connection.run_many("DELETE FROM sessions WHERE id = ?", [(i,) for i in session_ids if i not in headings])
    return touched


def _resolve_slots(
    connection: Connection, ids: Ids, session_id: int, statements: list[Row], place_zone: str | None
) -> None:
    """Write one slot per distinct start, title and paper, in the order the documents print them."""
    groups = _placed(ids, sorted(_same_slots(statements).values(), key=_printed_order))
    stored = connection.query(f"SELECT id, {', '.join(_SLOT_COLUMNS)} FROM slots WHERE session_id = ?", (session_id,))
    before = {row[0]: row[1:] for row in stored}
    wanted = {id_: _slot_row(position, group, place_zone) for position, (id_, group) in enumerate(groups.items(), 1)}
    changed = [(*wanted[id_], id_) for id_, row in before.items() if id_ in wanted and wanted[id_] != row]
    new = [(id_, session_id, *row) for id_, row in wanted.items() if id_ not in before]
    moved = [
        (id_, row[_SLOT], row[_DOCUMENT], row[_LINE_START])
        for id_, group in groups.items()
        for row in group
        if row[_SLOT] != id_
    ]
    gone = [(id_,) for id_ in before if id_ not in wanted]
    connection.run_many("UPDATE slots SET position = -id WHERE id = ?", [(row[-1],) for row in changed] + gone)
    connection.insert("slots", COLUMNS["slots"], new)
    connection.run_many(
        update("slot_sources", ("slot_id",), "slot_id = ? AND document_id = ? AND line_start = ?"), moved
    )
    connection.run_many("DELETE FROM slots WHERE id = ?", gone)
    connection.run_many(update("slots", _SLOT_COLUMNS), changed)


def _placed(ids: Ids, groups: list[list[Row]]) -> dict[int, list[Row]]:
    """Give each slot an id: one its statements have had, unless an earlier slot took it, else a new one."""
    placed: dict[int, list[Row]] = {}
    for group in groups:
        free = {row[_SLOT] for row in group} - placed.keys()
        placed[min(free) if free else ids.new("slots")] = group
    return placed


def _same_slots(statements: list[Row]) -> dict[Any, list[Row]]:
    """Statements by what makes a slot: start, title and paper; a document's second such slot is another one."""
    seen: Counter[Any] = Counter()
    groups: dict[Any, list[Row]] = {}
    for row in sorted(statements, key=lambda row: (row[_SHA256], row[_POSITION], row[_LINE_START])):
        identity = (row[_STARTS], title_form(clean_title(row[_TITLE])), row[_PAPER])
        seen[row[_SHA256], identity] += 1
        groups.setdefault((identity, seen[row[_SHA256], identity]), []).append(row)
    return groups


def _printed_order(group: Sequence[Row]) -> tuple[Any, ...]:
    first = min(group, key=lambda row: (row[_POSITION], row[_SHA256]))
    return (first[_POSITION], first[_STARTS] or "", first[_SHA256], first[_LINE_START])


def _slot_row(position: int, group: Sequence[Row], place_zone: str | None) -> Row:
    def shown(column: int) -> str | None:
        return resolve_value(row[column] for row in group)

    first = min(group, key=lambda row: (row[_SHA256], row[_LINE_START]))
    starts_at, ends_at, zone = first[_STARTS], shown(_ENDS), shown(_ZONE)
    return (
        *(
            position,
            shown(_KIND),
            shown(_RAW_KIND),
            display_title(row[_TITLE] for row in group),
            starts_at,
            ends_at,
            zone,
        ),
        *local_times(starts_at, ends_at, place_zone or zone),
        *(shown(_ROOM), shown(_POSTER), shown(_AWARD), first[_PAPER]),
        *(first[_DOCUMENT], first[_LINE_START], first[_LINE_END], first[_PATH]),
    )


def _resolve_moderators(
    connection: Connection, authors: Authors, session_ids: set[int], headings: dict[Any, list[Row]]
) -> set[int]:
    stored = connection.query_in("SELECT author_id FROM session_moderators WHERE session_id IN (?)", session_ids)
    connection.run_many("DELETE FROM session_moderators WHERE session_id = ?", [(i,) for i in session_ids])
    bylines = {
        session_id: display_byline(split_byline(row[6]) for row in rows if row[6])
        for session_id, rows in headings.items()
    }
    authors.look_up(name for byline in bylines.values() for name in byline)
    rows = [
        (session_id, position, author_id, name)
        for session_id, byline in bylines.items()
        for position, (author_id, name) in enumerate(zip(authors.ids_of(byline), byline, strict=True), 1)
    ]
    authors.flush()
    connection.insert("session_moderators", COLUMNS["session_moderators"], rows)
    return {author_id for (author_id,) in stored}


def resolve_listings(connection: Connection, listing_ids: set[int]) -> None:
    """Merge the statements of these listings; one that no document states any more goes.

    Documents that state the same listing state the same entries, for its key is made of them; only upvotes may differ.
    """
    sources = connection.query_in("SELECT listing_id FROM listing_sources WHERE listing_id IN (?)", listing_ids)
    stated = {listing_id for (listing_id,) in sources}
    mentions = connection.query_in(
        "SELECT listing_id, listing_position, paper_id, upvotes FROM paper_sources WHERE listing_id IN (?)", listing_ids
    )
    connection.run_many("DELETE FROM listing_entries WHERE listing_id = ?", [(id_,) for id_ in listing_ids])
    entries: dict[tuple[int, int], Row] = {}
    for listing_id, position, paper_id, upvotes in mentions:
        before = entries.get((listing_id, position))
        most = max((votes for votes in (upvotes, before and before[3]) if votes is not None), default=None)
        entries[listing_id, position] = (listing_id, position, paper_id, most)
    connection.insert("listing_entries", COLUMNS["listing_entries"], list(entries.values()))
    connection.run_many("DELETE FROM listings WHERE id = ?", [(id_,) for id_ in listing_ids if id_ not in stated])
