"""What a calendar has to know of earlier captures: names of events that last, how often they changed, what was removed.

Programs that subscribe tell events apart by their UID, so it may hold nothing that changes: neither a time nor a room,
and a title or kind only as it was first.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from programme.loaders.store.keys import title_key
from programme.loaders.text.titles import title_form


class Change(NamedTuple):
    """A row of `calendar_changes`: a change of a session or slot, or of the title of a paper.

    `paper_key` is that of the paper with this title, if there is exactly one.
    """

    captured_at: str
    subject: str
    change: str
    field: str | None
    before: str | None
    after: str | None
    edition: str | None
    edition_name: str | None
    time_zone: str | None
    session_key: str | None
    former_key: str | None
    title_key: str | None
    title: str
    paper_key: str | None
    namesakes: int
    """Number of papers with this title."""


class Removed(NamedTuple):
    """A session or slot that a later capture no longer states, with the name of its event."""

    name: str
    session: str
    subject: str
    row: Change
    facts: dict[str, Any]
    """Its kind, times and room."""


class History:
    """The changes of an edition or of a whole database, in the order of their instants."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._sessions: dict[str, str] = {}
        self._papers: dict[str, str] = {}
        self._subjects: dict[str, str] = {}
        self._kinds: dict[tuple[str, str | None], str | None] = {}
        self._changed: defaultdict[str, set[str]] = defaultdict(set)
        self._of_session: defaultdict[str, set[str]] = defaultdict(set)
        self._of_edition: defaultdict[str, set[str]] = defaultdict(set)
        self._moved: dict[str, str] = {}
        self._removed: dict[str, Removed] = {}
        for _, rows in groupby(changes, key=lambda row: row.captured_at):
            self._add(list(rows))

    def session(self, key: str) -> str:
        """Return the key that a session had in its first capture."""
        return self._sessions.get(key, key)

    def slot(self, edition: str | None, session: str, paper: str | None, title: str) -> str:
        """Return the name of a slot without its kind: its edition and paper, or its session and first title."""
        session = self.session(session)
        name = f"{edition or session}-{paper}" if paper else f"{session}-{title_key(title_form(title))}"
        return self._subjects.get(name, name)

    def event(self, slot: str, kind: str | None) -> str:
        """Return the name of the event of a slot: that of the slot and the kind it had first."""
        return f"{slot}-{self._kinds.get((slot, kind), kind)}"

    def of_session(self, session: str) -> list[str]:
        """Return when a session or any slot in it has changed, in order."""
        return sorted(self._of_session[self.session(session)])

    def of_slot(self, slot: str, session: str, edition: str | None) -> list[str]:
        """Return when a slot or its session itself has changed, in order.

        One that came from another session also counts every earlier change of its edition: the number must never fall.
        """
        session = self.session(session)
        found = self._changed[slot] | self._changed[session]
        if moved := self._moved.get(slot):
            found |= {instant for instant in self._of_edition[edition or session] if instant <= moved}
        return sorted(found)

    def removed(self, session: str | None = None) -> Iterator[Removed]:
        """Yield what was removed, of one session if its key is given; a later capture may state it again."""
        for removed in self._removed.values():
            if session is None or removed.session == self.session(session):
                yield removed

    def _add(self, rows: list[Change]) -> None:
        """Add the changes of one instant. What it removes has the keys of before, everything else those of after."""
        gone = [self._gone(row) for row in rows if row.change == "removed" and row.subject != "paper"]
        self._sessions |= _first(self._sessions, rows, "session")
        self._papers |= _first(self._papers, rows, "paper")
        for removed in gone:
            self._count(removed.row, removed.subject, removed.session)
            if removed.row.namesakes < 2:  # else it may be a paper that is still there
                self._removed[removed.name] = removed
        for row in rows:
            if row.subject == "slot" and row.change != "removed":
                self._add_slot(row)
            elif row.subject == "session" and row.change == "changed":
                session = self.session(row.session_key or "")
                self._count(row, session, session)

    def _gone(self, row: Change) -> Removed:
        session = self.session(row.session_key or "")
        facts = json.loads(row.before) if row.before else {}
        if row.subject == "session":
            return Removed(f"{session}-session", session, session, row, facts)
        slot = self._slot_of(row)
        return Removed(self.event(slot, facts.get("kind")), session, slot, row, facts)

    def _slot_of(self, row: Change, title: str | None = None) -> str:
        paper = row.title_key and (row.paper_key or self._papers.get(row.title_key, row.title_key))
        return self.slot(row.edition, row.session_key or "", paper, title or row.title)

    def _add_slot(self, row: Change) -> None:
        if row.field == "title" and not row.title_key:
            former = self._slot_of(row, row.before)
            self._subjects[f"{self.session(row.session_key or '')}-{title_key(title_form(row.title))}"] = former
        slot = self._slot_of(row)
        if row.field == "kind":
            self._kinds[slot, row.after] = self._kinds.get((slot, row.before), row.before)
        if row.field == "session":
            self._moved[slot] = row.captured_at
        session = self.session(row.session_key or "")
        if row.change != "added" or self._changed[slot]:
            self._count(row, slot, session)
        else:
            self._of_session[session].add(row.captured_at)

    def _count(self, row: Change, subject: str, session: str) -> None:
        self._changed[subject].add(row.captured_at)
        self._of_session[session].add(row.captured_at)
        self._of_edition[row.edition or session].add(row.captured_at)


def _first(known: dict[str, str], rows: Iterable[Change], subject: str) -> dict[str, str]:
    """Return the first keys of the sessions or papers that were given another one."""
    return {
        key: known.get(row.former_key, row.former_key)
        for row in rows
        if row.subject == subject and row.former_key and (key := row.session_key or row.title_key)
    }
