"""The sessions of a schedule: a table whose rows say in which session a paper is presented, or when."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from programme.loaders.formats.tables.parsing.cells import listed, people, text
from programme.loaders.formats.tables.parsing.papers import Table, edition_of_row, paper_of
from programme.loaders.formats.tables.parsing.rows import Row
from programme.loaders.formats.tables.parsing.times import Days, RowTime, day_of, lasting, row_time, span_of
from programme.loaders.readers import one_line, text_or_none
from programme.loaders.records import PaperRecord, Problem, SessionRecord, SlotRecord
from programme.loaders.text.kinds import KINDS_WITHOUT_PAPER, PAPER_KINDS, normalize_kind, split_kind
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

_EVENTS = frozenset({"keynote", "social", "workshop", "tutorial"})
"""Kinds that may present a paper, but do not where nobody is named as its author."""

SHORT_NAME = 4
"""A session with so short a name is called after its column too: `Session 3`, `Session 1A`."""

DATED = ("date", "date2", "start", "end", "time", "time2")
"""Roles whose columns may hold days."""

NIGHT = timedelta(hours=2)
"""The longest break over midnight, which is anybody's hour where times are in UTC, within one session."""

_KIND_AND_NUMBER = lazy_pattern(r"(oral|poster|spotlight)s?\s+\w{1,3}", re.IGNORECASE)
_CONFERENCE = lazy_pattern(
    r"\b(?:conference|workshop|symposium|congress|meeting|summit|school|seminar|colloquium|konferenz|tagung)\b", re.I
)


class Scheduled(NamedTuple):
    """A row with its time, and the paper in it, if any."""

    row: Row
    when: RowTime
    paper: PaperRecord | None
    slot: SlotRecord | None


def sessions(table: Table, rows: Sequence[Row]) -> Iterator[SessionRecord | PaperRecord | Problem]:
    """Yield papers without a session, then each session with its slots, and a problem for each row not loaded."""
    days = Days(table.text(row, role) for row in rows for role in DATED if role in table.columns.by_role)
    groups: dict[tuple[str, str], list[Scheduled]] = {}
    for row in rows:
        if not any(row.value.values()):
            continue
        found = _scheduled(table, row, days)
        if isinstance(found, Problem):
            yield found
            continue
        for one in (found, *_again(table, found, days)):
            for name in _session_names(table, one):
                # One name each day: `Poster session` on Monday and on Tuesday are two.
                groups.setdefault((name, day_of(days, one.when.day)), []).append(one)
        if not _session_names(table, found) and found.paper:
            yield found.paper
    for (name, _), members in _over_midnight(_with_undated(groups)).items():
        yield _session(table, name, members)


def _with_undated(groups: dict[tuple[str, str], list[Scheduled]]) -> dict[tuple[str, str], list[Scheduled]]:
    """Return the members of each session and day; those without a day are in the only session of their name."""
    days: dict[str, list[str]] = {}
    for name, day in groups:
        if day:
            days.setdefault(name, []).append(day)
    alone = {name: of_name[0] for name, of_name in days.items() if len(of_name) == 1 and (name, "") in groups}
    for name, day in alone.items():
        groups[name, day] = sorted(groups[name, day] + groups.pop((name, "")), key=lambda one: one.row.line_start)
    return groups


def _over_midnight(groups: dict[tuple[str, str], list[Scheduled]]) -> dict[tuple[str, str], list[Scheduled]]:
    """Return the members of each session and day, with those that go on past midnight in that of the day before."""
    joined: dict[tuple[str, str], list[Scheduled]] = {}
    before: dict[str, list[Scheduled]] = {}
    for name, day in sorted(groups):
        members = groups[name, day]
        starts = [span[0] for one in members if (span := span_of(one.when))]
        ends = [span[1] for one in before.get(name, ()) if (span := span_of(one.when))]
        if starts and ends and timedelta() <= min(starts) - max(ends) <= NIGHT:
            before[name] += members
        else:
            joined[name, day] = before[name] = list(members)
    return {key: joined[key] for key in groups if key in joined}


def _again(table: Table, found: Scheduled, days: Days) -> Iterator[Scheduled]:
    """Yield a row once more at its second time, where it has one."""
    span = table.text(found.row, "time2")
    if not span or found.slot is None:
        return
    when = _when(table, found.row, days, table.text(found.row, "date2"), (span, ""))
    if when.problem:
        table.notes.add(f"{when.problem}; there is no second slot", found.row, when.raw or "")
        return
    yield found._replace(when=when, slot=found.slot._replace(time=when.time, raw_time=when.raw))


def _when(table: Table, row: Row, days: Days, on: str, clocks: tuple[str, str]) -> RowTime:
    """Return the time of a row; the zone is that in the names of the columns, or else the row's own."""
    zones = table.columns.zones
    when = row_time(days, on, *clocks, zones[0] if zones else table.text(row, "zone"))
    if len(zones) > 1 and when.time:
        problem = f"the names of the columns state several time zones: {', '.join(zones)}"
        return when._replace(time=None, problem=problem)
    return when


def _scheduled(table: Table, row: Row, days: Days) -> Scheduled | Problem:
    """Return what a row states; a row without a title may state a session alone."""
    start, end = table.text(row, "start"), table.text(row, "end")
    if not start and (span := table.text(row, "time")):
        start, end = span, ""
    when = lasting(_when(table, row, days, table.text(row, "date"), (start, end)), table.text(row, "duration"))
    if when.problem:
        table.notes.add(f"{when.problem}; the slot has no time", row, when.raw or "")
    paper = paper_of(table, row)
    if isinstance(paper, Problem):
        is_heading = table.text(row, "session") and not table.text(row, "authors") and not table.text(row, "abstract")
        return Scheduled(row, when, None, None) if is_heading else paper
    raw_kind = text_or_none(table.text(row, "kind"))
    kind = normalize_kind(raw_kind or split_kind(paper.title)[0], paper.title)
    is_paper = _is_paper(table, paper, kind)
    slot = SlotRecord(
        title=paper.title,
        kind=kind,
        line_start=row.line_start,
        line_end=row.line_end,
        position=0,
        raw_kind=raw_kind,
        time=when.time,
        time_line=row.line_start if when.time else None,
        raw_time=when.raw,
        room=text_or_none(one_line(table.text(row, "room"))),
        poster_number=text_or_none(table.text(row, "board")),
        award=text_or_none(table.text(row, "award")),
        paper=paper if is_paper else None,
        path=row.path,
    )
    return Scheduled(row, when, paper if is_paper else None, slot)


def _is_paper(table: Table, paper: PaperRecord, kind: str) -> bool:
    """Return whether a row presents a paper: breaks do not, and neither do rows without authors where others have."""
    if kind in KINDS_WITHOUT_PAPER:
        return False
    if paper.authors or kind in PAPER_KINDS or paper.identifiers or paper.abstract:
        return True
    return table.columns.first("authors") is None and kind not in _EVENTS


def _session_names(table: Table, found: Scheduled) -> tuple[str, ...]:
    """Return the sessions of a row.

    Where it names none, what is on in one track is a session, or what is of one kind, or else the row by itself.
    """
    column = table.columns.first("session")
    cell = listed(found.row.value.get(column)) if column else None
    stated = cell if isinstance(cell, list) else text(cell).split("|")
    if names := [name for one in stated if (name := one_line(text(one)))]:
        return tuple(dict.fromkeys(map(_full, names)))
    if found.when.time is None or found.slot is None:
        return ()
    raw_kind = found.slot.raw_kind if found.slot.kind in PAPER_KINDS else None
    return (one_line(table.text(found.row, "track")) or raw_kind or found.slot.title,)


def _placed(slot: SlotRecord, position: int, kind: str) -> SlotRecord:
    """Return a slot at its position; a paper without a kind of its own is presented as its session is called."""
    is_so = slot.kind == "other" and slot.raw_kind is None and slot.paper is not None and kind in PAPER_KINDS
    return slot._replace(position=position, kind=kind if is_so else slot.kind)


def _full(name: str) -> str:
    """Return the name of a session that can stand by itself.

    >>> _full("1A"), _full("Session 3"), _full("Vision")
    ('Session 1A', 'Session 3', 'Vision')
    """
    return f"Session {name}" if len(name) <= SHORT_NAME and any(map(str.isdigit, name)) else name


def _session(table: Table, name: str, members: Sequence[Scheduled]) -> SessionRecord:
    first = members[0].row
    slots = [one.slot for one in members if one.slot]
    kinds = {slot.kind for slot in slots}
    kind = found[1].lower() if (found := _KIND_AND_NUMBER.fullmatch(name)) else normalize_kind(None, name)
    if kind == "other" and len(kinds) == 1:
        kind = kinds.pop() if kinds <= PAPER_KINDS or len(slots) == 1 else kind
    rooms = {slot.room for slot in slots} or {text_or_none(table.text(first, "room"))}
    tracks = {table.text(one.row, "track") for one in members}
    editions = {one.paper.edition for one in members if one.paper} or {
        edition_of_row(table, one.row) for one in members if table.text(one.row, "venue")
    }
    edition = (editions.pop() if len(editions) == 1 else None) or find_edition_named(table.heading)
    # A row without a title is the heading of its session.
    heading = next((one.when for one in members if one.slot is None and one.when.time), RowTime())
    chairs = dict.fromkeys(chair for one in members for chair in people(table.cell(one.row, "chair"))[0])
    return SessionRecord(
        title=name,
        line_start=first.line_start,
        line_end=first.line_end,
        kind=kind,
        track=text_or_none(tracks.pop()) if len(tracks) == 1 else None,
        room=rooms.pop() if len(rooms) == 1 else None,
        moderator_names=tuple(chairs),
        slots=tuple(_placed(slot, position, kind) for position, slot in enumerate(slots, 1)),
        edition=edition,
        is_of_unknown=_CONFERENCE.search(table.heading) is not None
        or any(table.text(one.row, "venue") for one in members),
        time=heading.time,
        raw_time=heading.raw,
        path=first.path,
    )
