"""Sessions and their slots: derived from the statements of every document that states them, in any order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from programme.loaders.store.authors import AuthorIndex
from programme.loaders.store.buffer import Ids, WritePlan, update_statement
from programme.loaders.store.connection import Connection
from programme.loaders.store.corrected_sessions import SessionCorrector
from programme.loaders.store.corrections import Names
from programme.loaders.store.fact_types import SessionFacts
from programme.loaders.store.identity import display_abstract, display_byline, display_title, resolve_value
from programme.loaders.store.keys import title_key
from programme.loaders.store.rows import (
    COLUMNS,
    ConferenceSessionRow,
    SessionModeratorRow,
    SessionSourceRow,
    SlotSourceRow,
)
from programme.loaders.store.slots import SlotStatement, derive_slots
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.titles import clean_title, title_form

_HEADINGS = f"""
SELECT {", ".join(f"s.{column}" for column in COLUMNS["session_sources"])}, e.slug, e.time_zone
FROM session_sources s LEFT JOIN editions e ON e.id = s.edition_id
WHERE s.session_id IN (?)
"""
_STATEMENTS = f"""
SELECT l.session_id, d.sha256, p.paper_id, {", ".join(f"s.{column}" for column in COLUMNS["slot_sources"])}
FROM slots l JOIN slot_sources s ON s.slot_id = l.id JOIN documents d ON d.id = s.document_id
LEFT JOIN paper_sources p ON p.id = s.paper_source_id
WHERE l.session_id IN (?)
"""


class NewSession(NamedTuple):
    """A document's statement of a session that is about to be written, with the id of each slot's mention."""

    facts: SessionFacts
    document_id: int
    sha256: str
    edition_id: int | None
    mentions: list[int | None]


class _Heading(NamedTuple):
    """A statement of a session: its row, the slug and zone of its edition, its clean title and its moderators."""

    row: SessionSourceRow
    edition: str | None
    zone: str | None
    title: str
    moderators: tuple[str, ...]


class SessionResolver:
    """Derives sessions, slots and moderators; what several documents state is resolved by rules on the values."""

    def __init__(self, connection: Connection, ids: Ids, authors: AuthorIndex) -> None:
        self._connection = connection
        self._next_session = ids.next("sessions")
        self._next_slot = ids.next("slots")
        self._authors = authors

    def resolve(
        self,
        new: Mapping[str, Sequence[NewSession]],
        known: dict[str, int],
        touched: set[int],
        papers: Mapping[int, int],
        corrector: SessionCorrector | None,
        plan: WritePlan,
    ) -> set[int]:
        """Derive the sessions that are stated anew, by key, and those touched; delete those that nothing states.

        `known` gives the ids of keys that are stored, `papers` the paper of each mention that is new or has moved;
        `corrector` applies the corrections where there are any. Return the ids of authors who were moderators.
        """
        touched = touched | {known[key] for key in new if key in known}
        headings, statements = self._stored(touched, papers)
        keys: dict[int, str] = dict(self._connection.query_in("SELECT id, key FROM sessions WHERE id IN (?)", touched))
        ids = {key: id_ for id_, key in keys.items()}
        if corrector:
            corrector.see(keys.values())
        former = self._clear(touched, plan)
        for key in (*new, *(key for key in ids if key not in new)):
            id_ = ids.get(key) or self._next_session()
            found, slots = headings.get(id_, []), statements.get(id_, [])
            for one in new.get(key, ()):
                heading = _heading_of(one, id_)
                plan["session_sources"].append(heading.row)
                found.append(heading)
                slots.extend(_statements_of(one, papers))
            if found:
                known[key] = id_
                self._write(id_, key, found, slots, key in ids, corrector, plan)
            else:
                plan.delete_last("DELETE FROM sessions WHERE id = ?", [(id_,)])
        return former

    def _stored(
        self, session_ids: set[int], papers: Mapping[int, int]
    ) -> tuple[dict[int, list[_Heading]], dict[int, list[SlotStatement]]]:
        headings: dict[int, list[_Heading]] = {}
        for *values, edition, zone in self._connection.query_in(_HEADINGS, session_ids):
            row = SessionSourceRow(*values)
            moderators = split_byline(row.moderators) if row.moderators else ()
            heading = _Heading(row, edition, zone, clean_title(row.title), moderators)
            headings.setdefault(row.session_id, []).append(heading)
        statements: dict[int, list[SlotStatement]] = {}
        for session_id, sha256, paper_id, *values in self._connection.query_in(_STATEMENTS, session_ids):
            source = SlotSourceRow(*values)
            if source.paper_source_id is not None:
                paper_id = papers.get(source.paper_source_id, paper_id)
            statement = SlotStatement(sha256, clean_title(source.title), paper_id, source)
            statements.setdefault(session_id, []).append(statement)
        return headings, statements

    def _clear(self, session_ids: set[int], plan: WritePlan) -> set[int]:
        """Plan to delete the slots and moderators of these sessions, which are written anew; return the moderators."""
        query_in = self._connection.query_in
        slots = query_in("SELECT id FROM slots WHERE session_id IN (?)", session_ids)
        moderators = query_in("SELECT author_id FROM session_moderators WHERE session_id IN (?)", session_ids)
        of_sessions = [(id_,) for id_ in session_ids]
        plan.delete_first("DELETE FROM slot_sources WHERE slot_id = ?", slots)
        plan.delete_first("DELETE FROM slots WHERE session_id = ?", of_sessions)
        plan.delete_first("DELETE FROM session_moderators WHERE session_id = ?", of_sessions)
        return {author_id for (author_id,) in moderators}

    def _write(
        self,
        id_: int,
        key: str,
        headings: list[_Heading],
        statements: list[SlotStatement],
        is_stored: bool,
        corrector: SessionCorrector | None,
        plan: WritePlan,
    ) -> None:
        edition_id, zone = _edition(headings)
        target = _session(id_, key, edition_id, headings, statements)
        names = _names(key, headings) if corrector else None
        if corrector and names:
            target, zone = corrector.session(target, zone, names)
        if is_stored:
            plan.change(update_statement("sessions", COLUMNS["sessions"][1:]), [(*target[1:], id_)])
        else:
            plan["sessions"].append(target)
        self._write_moderators(id_, headings, corrector, plan)
        add_slot, add_source = plan["slots"].append, plan["slot_sources"].append
        for slot, stated in derive_slots(id_, statements, zone, self._next_slot):
            add_slot(corrector.slot(slot, zone, names, key) if corrector and names else slot)
            for one in stated:
                add_source((slot.id, *one.source[1:]))

    def _write_moderators(
        self, id_: int, headings: list[_Heading], corrector: SessionCorrector | None, plan: WritePlan
    ) -> None:
        names = display_byline(heading.moderators for heading in headings)
        if names:
            self._authors.look_up(names)
            author_ids = self._authors.ids_of(names, corrector.person if corrector else None)
            rows = zip(author_ids, names, strict=True)
            plan["session_moderators"].extend(
                SessionModeratorRow(id_, position, *row) for position, row in enumerate(rows, 1)
            )


def _heading_of(new: NewSession, session_id: int) -> _Heading:
    facts, record = new.facts, new.facts.record
    row = SessionSourceRow(
        session_id=session_id,
        document_id=new.document_id,
        line_start=record.line_start,
        line_end=record.line_end,
        path=record.path,
        title=record.title,
        kind=record.kind,
        track=record.track,
        room=record.room,
        raw_time=record.raw_time,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        moderators=facts.moderators,
        abstract=record.abstract,
        edition_id=new.edition_id,
        edition_basis=facts.edition_basis,
        stated_key=facts.stated_key,
    )
    edition = facts.edition
    slug, zone = (edition.slug, edition.time_zone) if edition else (None, None)
    return _Heading(row, slug, zone, facts.title, tuple(facts.moderator_names))


def _statements_of(new: NewSession, papers: Mapping[int, int]) -> Iterator[SlotStatement]:
    for facts, mention in zip(new.facts.slots, new.mentions, strict=True):
        record = facts.record
        source = SlotSourceRow(
            slot_id=0,
            document_id=new.document_id,
            line_start=record.line_start,
            line_end=record.line_end,
            path=record.path,
            position=record.position,
            raw_time=record.raw_time,
            raw_kind=record.raw_kind,
            kind=record.kind,
            title=record.title,
            starts_at=facts.starts_at,
            ends_at=facts.ends_at,
            time_zone=facts.zone,
            local_day=facts.local[0] if facts.local else None,
            local_start=facts.local[1] if facts.local else None,
            local_end=facts.local[2] if facts.local else None,
            room=record.room,
            poster_number=record.poster_number,
            award=record.award,
            paper_source_id=mention,
        )
        yield SlotStatement(new.sha256, facts.title, papers[mention] if mention is not None else None, source)


def _names(key: str, headings: Sequence[_Heading]) -> Names:
    """Return how corrections may name a session."""
    return Names(
        (key, *(heading.row.stated_key for heading in headings if heading.row.stated_key)),
        (),
        {title_key(title_form(heading.title)) for heading in headings},
        {heading.edition for heading in headings if heading.edition},
    )


def _edition(headings: Sequence[_Heading]) -> tuple[int | None, str | None]:
    """Return the id and the time zone of the edition that most statements name."""
    slug = resolve_value(heading.edition for heading in headings)
    named = next((heading for heading in headings if heading.edition == slug), headings[0])
    return named.row.edition_id, named.zone


def _session(
    id_: int, key: str, edition_id: int | None, headings: Sequence[_Heading], slots: Sequence[SlotStatement]
) -> ConferenceSessionRow:
    rows = [heading.row for heading in headings]
    stated: list[SessionSourceRow | SlotSourceRow] = [*rows, *(slot.source for slot in slots)]
    return ConferenceSessionRow(
        id=id_,
        key=key,
        edition_id=edition_id,
        title=display_title(heading.title for heading in headings),
        kind=resolve_value(row.kind for row in rows) or rows[0].kind,
        track=resolve_value(row.track for row in rows),
        room=resolve_value(row.room for row in rows),
        abstract=display_abstract(row.abstract for row in rows),
        starts_at=min((row.starts_at for row in stated if row.starts_at), default=None),
        ends_at=max((row.ends_at for row in stated if row.ends_at), default=None),
        is_cancelled=False,
    )
