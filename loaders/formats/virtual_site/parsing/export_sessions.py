"""Find the sessions among the events of an export, and the slots of the other events in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from programme.loaders.formats.virtual_site.parsing.export_events import (
    Event,
    event_number,
    is_paper,
    kind,
    paper,
    people,
    raw_kind,
    time_of,
)
from programme.loaders.readers import Located, one_line, text_or_none
from programme.loaders.records import Moments, PaperRecord, Problem, SessionRecord, SlotRecord, StatedEdition
from programme.loaders.text.identifiers import Identifier
from programme.loaders.text.kinds import PAPER_KINDS
from programme.loaders.text.titles import title_form

SessionKey = tuple[str, ...]
"""What identifies a session: the path of its own event, or else its name and day, or its kind and start."""


@dataclass
class _Session:
    """A session while its slots are collected; `own` is the event that is the session itself, if there is one."""

    title: str
    first: Located[Event]
    own: Located[Event] | None = None
    slots: list[SlotRecord] = field(default_factory=list)


class ExportedProgramme:
    """The programme that the events of an export make; `site` is the edition of the export."""

    def __init__(self, events: list[Located[Event]], site: StatedEdition | None) -> None:
        self._events = events
        self._site = site
        self._sessions: dict[SessionKey, _Session] = {}
        # Indexes: events by their number, and by the number of a child that they list; events that are not papers by
        # title; the days of each session that is only named; identifiers by the number of a related event and title.
        self._numbers: dict[str, Located[Event]] = {}
        self._holders: dict[str, Located[Event]] = {}
        self._blocks: dict[str, list[Located[Event]]] = defaultdict(list)
        self._days: dict[str, set[date]] = defaultdict(set)
        self._identified: dict[str, dict[str, tuple[Identifier, ...]]] = defaultdict(dict)
        for found in events:
            self._note(found)

    def records(self) -> Iterator[SessionRecord | PaperRecord | Problem]:
        """Yield papers that are in no session, problems, and then every session with its slots."""
        for found in self._events:
            first, problems = time_of(found)
            second, more_problems = time_of(found, "2")
            yield from (*problems, *more_problems)
            mention = self._paper(found)
            places = self._places(found, first, second)
            if not places and mention:
                yield mention
            for key, moments, texts in places:
                if mention or key != ("event", found.path):
                    self._sessions[key].slots.append(_slot(found, moments, texts, mention))
        for session in self._sessions.values():
            yield self._record(session)

    def _note(self, found: Located[Event]) -> None:
        """Index an event by all that other events may refer to it by."""
        event = found.value
        number = event_number(event.id)
        if number:
            self._numbers.setdefault(number, found)
        for child in (*(event.children_ids or ()), *(event.children or ())):
            if child_number := event_number(child):
                self._holders.setdefault(child_number, found)
        if not is_paper(event):
            self._blocks[title_form(event.name)].append(found)
        moments, _ = time_of(found)
        if event.session and moments:
            self._days[title_form(event.session)].add(moments.day)
        if event.related_events_ids and (identifiers := paper(found, None).identifiers):
            for related in event.related_events_ids:
                self._identified[event_number(related) or ""].setdefault(title_form(event.name), identifiers)

    def _paper(self, found: Located[Event]) -> PaperRecord | None:
        """Return the paper of an event, if it is one.

        An oral whose URLs are placeholders has the identifiers of the poster it is related to.
        """
        if not is_paper(found.value):
            return None
        mention = paper(found, self._site)
        if mention.identifiers:
            return mention
        form = title_form(mention.title)
        related = [self._numbers.get(event_number(one) or "") for one in found.value.related_events_ids or ()]
        known = [paper(one, None).identifiers for one in related if one and title_form(one.value.name) == form]
        known.append(self._identified[event_number(found.value.id) or ""].get(form, ()))
        return mention._replace(identifiers=next(filter(None, known), ()))

    def _places(
        self, found: Located[Event], first: Moments | None, second: Moments | None
    ) -> list[tuple[SessionKey, Moments | None, str | None]]:
        """Return the sessions that an event has a slot in, each with the time there and that time as written."""
        event = found.value
        parent = self._parent(found, event.parent_id, event.parent1_id, event.parent1)
        if parent is None:
            parent = self._holder(found) or self._named_block(found, first)
        other = self._parent(found, event.parent2_id, event.parent2)
        texts, other_texts = _written(event.starttime, event.endtime), _written(event.starttime2, event.endtime2)
        places: list[tuple[SessionKey, Moments | None, str | None]] = []
        if parent is None and other is not None and second is None:
            parent = other  # only the second field is filled in, without a second time: it names the first place
        key = self._open(parent) if parent else self._session_without_parent(found, first)
        if key:
            places.append((key, first, texts))
        if other is not None and other is not parent:
            places.append((self._open(other), second, other_texts))
        elif second:
            # A poster that is shown twice is in the same session twice, unless that session is only its kind and start.
            again = key if key and key[0] != "kind" else self._session_without_parent(found, second)
            if again:
                places.append((again, second, other_texts))
        return places

    def _parent(self, found: Located[Event], *fields: object) -> Located[Event] | None:
        """Return the first event of the export that one of these fields names, by number or by name."""
        for value in fields:
            if value in (None, "", 0):
                continue
            number = event_number(value)
            named = self._blocks.get(title_form(value)) if number is None and isinstance(value, str) else None
            parent = self._numbers.get(number) if number else named[0] if named else None
            if parent is not None and parent is not found:
                return parent
        return None

    def _holder(self, found: Located[Event]) -> Located[Event] | None:
        """Return the event that lists this one among its children."""
        number = event_number(found.value.id)
        holder = self._holders.get(number) if number else None
        return holder if holder is not found else None

    def _named_block(self, found: Located[Event], moments: Moments | None) -> Located[Event] | None:
        """Return the event that the `session` field names; of several with that name, the one on the same day."""
        named = [block for block in self._blocks.get(title_form(found.value.session or ""), ()) if block is not found]
        for block in named:
            own, _ = time_of(block)
            if own and moments and own.day == moments.day:
                return block
        return named[0] if len(named) == 1 else None

    def _session_without_parent(self, found: Located[Event], moments: Moments | None) -> SessionKey | None:
        """Return the session of an event without a parent: one by name, one by kind and start, or the event itself."""
        event = found.value
        name = one_line(event.session)
        if name:
            form = title_form(name)
            days = self._days[form]
            day = moments.day if moments else next(iter(days)) if len(days) == 1 else None
            return self._add_session(("name", form, str(day)), name, found)
        if kind(event) in PAPER_KINDS:
            label = text_or_none(event.eventtype) or raw_kind(event) or str(kind(event)).capitalize()
            return self._add_session(("kind", label, moments.starts_at), label, found) if moments else None
        if is_paper(event) and moments is None:
            return None
        return self._open(found)

    def _open(self, found: Located[Event]) -> SessionKey:
        """Return the session that an event is itself."""
        key = self._add_session(("event", found.path), one_line(found.value.name), found)
        self._sessions[key].own = found
        return key

    def _add_session(self, key: SessionKey, title: str, found: Located[Event]) -> SessionKey:
        self._sessions.setdefault(key, _Session(title, found))
        return key

    def _record(self, session: _Session) -> SessionRecord:
        """Return the record of a session, its slots in order of time."""
        own = session.own
        slots = session.slots
        rooms = {slot.room for slot in slots}
        if own:
            slots = _with_own_time(own, slots)
            rooms = {text_or_none(own.value.room_name)}
        slots = sorted(slots, key=lambda slot: slot.time.starts_at if isinstance(slot.time, Moments) else "~")
        has_paper = own is not None and any(slot.paper and slot.path == own.path for slot in slots)
        place = own or session.first
        return SessionRecord(
            session.title,
            place.line_start,
            place.line_end,
            _session_kind(session, slots),
            room=rooms.pop() if len(rooms) == 1 else None,
            moderator_names=people(own.value)[0] if own and not has_paper else (),
            abstract=text_or_none(own.value.abstract) if own and not has_paper else None,
            slots=tuple(slot._replace(position=number) for number, slot in enumerate(slots, 1)),
            edition=self._site,
            time=time_of(own)[0] if own else None,
            raw_time=_written(own.value.starttime, own.value.endtime) if own else None,
            path=place.path,
        )


def _with_own_time(own: Located[Event], slots: list[SlotRecord]) -> list[SlotRecord]:
    """Return the slots of a session, with one for the session itself when no other slot has a time."""
    moments, _ = time_of(own)
    if slots and (moments is None or any(slot.time for slot in slots)):
        return slots
    return [_slot(own, moments, _written(own.value.starttime, own.value.endtime), None), *slots]


def _session_kind(session: _Session, slots: Iterable[SlotRecord]) -> str:
    """Return the kind of a session: as stated, else that of all its papers, else the one its title begins with."""
    own_kind = kind(session.own.value) if session.own else None
    if own_kind and own_kind != "other":
        return own_kind
    kinds = {slot.kind for slot in slots if slot.paper}
    first_word = session.title.split(maxsplit=1)[0].lower()
    return kinds.pop() if len(kinds) == 1 else first_word if first_word in PAPER_KINDS else "other"


def _slot(
    found: Located[Event], moments: Moments | None, written: str | None, mention: PaperRecord | None
) -> SlotRecord:
    """Return the slot of an event at one of its times; `written` is that time as stated."""
    event = found.value
    return SlotRecord(
        one_line(event.name),
        kind(event) or "other",
        found.line_start,
        found.line_end,
        position=1,  # numbered when the session is complete
        raw_kind=raw_kind(event),
        time=moments,
        time_line=found.line_start if moments else None,
        raw_time=written if moments else None,
        room=text_or_none(event.room_name),
        poster_number=text_or_none(str(event.poster_position)) if event.poster_position is not None else None,
        paper=mention,
        path=found.path,
    )


def _written(start: str | None, end: str | None) -> str | None:
    return " - ".join(filter(None, (start, end))) or None
