"""The sessions and papers of a programme file, whose entries name one another by their id."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import msgspec

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.acl_miniconf.parsing.entries import (
    IGNORED_IN_BLOCKS,
    IGNORED_IN_PAPERS,
    Block,
    Paper,
    Session,
    abstract_of,
    kind_of,
    paper_of,
    people_of,
    talk_of,
    title_of,
)
from programme.loaders.formats.acl_miniconf.parsing.keyed import Entry, KeyedEntries
from programme.loaders.formats.acl_miniconf.parsing.times import StatedTime, Times
from programme.loaders.readers import EXCERPT_CHARS, UnknownFields, check_depth, format_error, one_line, text_or_none
from programme.loaders.records import Hints, PaperRecord, Problem, Record, SessionRecord, SlotRecord, StatedEdition
from programme.loaders.text.identifiers import acl
from programme.loaders.text.venues import find_venue

T = TypeVar("T", Block, Session, Paper)

PARTS = ("sessions", "papers", "events", "plenaries", "tutorials", "workshops")


class Held(NamedTuple):
    """An event, plenary, tutorial or workshop, with the entry of `sessions` that holds it, if one does."""

    entry: Entry
    block: Block
    holder: Session | None


def records(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield each session with its slots, then papers in no session, and a problem for what is not loaded."""
    programme = Programme(document, hints)
    yield from programme.problems
    if not programme.is_any:
        raise MalformedDocument(document.uri, None, f"no entry in any of {', '.join(PARTS)}")
    yield from programme.records()


class Programme:
    """The entries of a document that fit their shapes; `problems` are those of all others."""

    def __init__(self, document: Document, hints: Hints) -> None:
        self.problems: list[Problem] = []
        self._depth = document.limits.json_depth
        self._sessions: dict[str, tuple[Entry, Session]] = {}
        self._papers: dict[str, tuple[Entry, Paper]] = {}
        self._blocks: dict[str, tuple[Entry, Block]] = {}
        self._unknown = {
            Session: UnknownFields(_fields(Session), ()),
            Paper: UnknownFields(_fields(Paper), IGNORED_IN_PAPERS),
            Block: UnknownFields(_fields(Block), IGNORED_IN_BLOCKS),
        }
        for entry in KeyedEntries(document, PARTS):
            if isinstance(entry, Problem):
                self.problems.append(entry)
            else:
                self._add(entry)
        self.is_any = bool(self.problems or self._sessions or self._papers or self._blocks)
        self._holders = self._nested()
        for unknown in self._unknown.values():
            self.problems += unknown.problems()
        starts = [session.start_time for _, session in self._sessions.values()]
        starts += [block.start_time for _, block in self._blocks.values()]
        self._times = Times((start for start in starts if start), hints.time_zone)
        self._edition = self._common_edition()

    def _add(self, entry: Entry) -> None:
        if entry.part == "sessions":
            if session := self._fitting(entry, Session):
                self._sessions[entry.key] = (entry, session)
        elif entry.part == "papers":
            paper = self._fitting(entry, Paper)
            if paper and not one_line(paper.title):
                problem = f"{entry.path}.title: no title; the paper is left out"
                self.problems.append(Problem(entry.line_start, entry.key, problem, entry.path, is_lost=True))
            elif paper:
                self._papers[entry.key] = (entry, paper)
        elif block := self._fitting(entry, Block):
            self._blocks[f"{entry.part}.{entry.key}"] = (entry, block)

    def _fitting(self, entry: Entry, shape: type[T]) -> T | None:
        """Return an entry as its shape; None, and a problem, for one that does not fit."""
        try:
            check_depth(entry.value, self._depth)
            found = msgspec.convert(entry.value, shape, strict=True)
        except (msgspec.ValidationError, ValueError, RecursionError) as error:
            excerpt = str(entry.value)[:EXCERPT_CHARS] if isinstance(entry.value, str) else entry.key
            problem = format_error(error, entry.path)
            self.problems.append(Problem(entry.line_start, excerpt, problem, entry.path, is_lost=True))
            return None
        self._unknown[shape].note(entry.value, entry.path, entry.line_start)
        return found

    def _nested(self) -> dict[str, Session]:
        """Return the session that holds each block, and add the blocks that only a session states."""
        holders: dict[str, Session] = {}
        for outer, session in self._sessions.values():
            for name, part, held in session.held():
                for key, value in held.items():
                    holders.setdefault(f"{part}.{key}", session)
                    if f"{part}.{key}" not in self._blocks:
                        path = f"{outer.path}.{name}.{key}"
                        self._add(Entry(part, key, value, path, outer.line_start, outer.line_end))
        return holders

    def _common_edition(self) -> StatedEdition | None:
        """Return the edition that most identifiers in the Anthology name."""
        found: Counter[StatedEdition] = Counter()
        urls = [paper.anthology_url for _, paper in self._papers.values()]
        urls += [block.anthology_url for _, block in self._blocks.values()]
        for url in urls:
            identifier = acl(url) if url else None
            year, _, volume = identifier[1].partition(".") if identifier else ("", "", "")
            venue = find_venue(volume.partition("-")[0]) if len(year) == 4 and year.isdecimal() else None
            if venue:
                found[StatedEdition(venue, int(year))] += 1
        return max(found, key=lambda edition: (found[edition], edition), default=None)

    def records(self) -> Iterator[Record]:
        """Yield the sessions, then the papers that are in none, and a problem for each id that names nothing."""
        papers = {key: paper_of(entry, paper, self._edition) for key, (entry, paper) in self._papers.items()}
        named = self._papers_by_event()
        scheduled: set[str] = set()
        held_by: set[int] = set()
        for key, (entry, block) in self._blocks.items():
            holder = self._holders.get(key) or self._session_called(block.session)
            held_by.add(id(holder))
            listed = list(dict.fromkeys([*_ids(block.paper_ids), *(named.pop(entry.key, ()))]))
            scheduled.update(listed)
            yield from self._session(Held(entry, block, holder), listed, papers)
        for entry, session in self._sessions.values():
            if id(session) not in held_by:
                block = Block(entry.key, type=session.type, title=_name(session) or entry.key)
                yield from self._session(Held(entry, block, session), [], papers)
        yield from self._outside(papers, scheduled, named)
        yield from self._times.problems()

    def _papers_by_event(self) -> dict[str, list[str]]:
        """Return the papers that name each event."""
        named: dict[str, list[str]] = {}
        for key, (_, paper) in self._papers.items():
            for event in _ids(paper.event_ids):
                named.setdefault(event, []).append(key)
        return named

    def _session_called(self, name: str | None) -> Session | None:
        found = self._sessions.get(name) if name else None
        return found[1] if found else None

    def _session(self, held: Held, listed: list[str], papers: dict[str, PaperRecord]) -> Iterator[Record]:
        """Yield the session of an event, and a problem for its time and for each paper that is not there."""
        entry, block, holder = held
        title = title_of(block, _name(holder) if holder else None)
        if not title:
            problem = f"{entry.path}: neither a title nor a session or track; it is left out"
            yield Problem(entry.line_start, entry.key, problem, entry.path, is_lost=True)
            return
        source = block if block.start_time or holder is None else holder
        time = self._times.read(source.start_time, source.end_time, entry.path, entry.line_start)
        if time.problem:
            yield time.problem
        session = SessionRecord(
            title=title,
            line_start=entry.line_start,
            line_end=entry.line_end,
            kind=kind_of(block),
            track=text_or_none(block.track) if listed else None,
            room=text_or_none(block.room) or text_or_none(block.location),
            moderator_names=people_of(block),
            edition=self._edition,
            time=time.time,
            raw_time=time.written,
            path=entry.path,
        )
        slots: list[SlotRecord] = []
        for key in listed:
            if key in papers:
                slots.append(self._paper_slot(session, block, time, len(slots) + 1, key, papers[key]))
            else:
                problem = f"{entry.path}.paper_ids: names {key!r}, which is none of the papers loaded; it has no slot"
                yield Problem(entry.line_start, key, problem, f"{entry.path}.paper_ids", is_lost=True)
        if not slots:
            talk = talk_of(entry, block, title, self._edition)
            session = session._replace(abstract=None if talk else abstract_of(block))
            slots.append(_slot(session, block, time)._replace(paper=talk))
        yield session._replace(slots=tuple(slots))

    def _paper_slot(
        self, session: SessionRecord, block: Block, time: StatedTime, position: int, key: str, paper: PaperRecord
    ) -> SlotRecord:
        is_paper = self._papers[key][1].is_paper is not False
        return _slot(session, block, time)._replace(
            title=paper.title,
            position=position,
            paper=paper if is_paper else None,
            path=f"{session.path}.paper_ids[{position - 1}]",
        )

    def _outside(
        self, papers: dict[str, PaperRecord], scheduled: set[str], named: dict[str, list[str]]
    ) -> Iterator[Record]:
        """Yield the papers in no session, and a problem for each event that papers name and that is not there."""
        for event, keys in named.items():
            first = papers[keys[0]]
            path = f"{first.path}.event_ids"
            problem = f"{path}: names {event!r}, which is none of the events loaded; papers: {len(keys):,}"
            yield Problem(first.line_start, event, problem, path)
        for key, paper in papers.items():
            if key not in scheduled:
                yield paper


def _slot(session: SessionRecord, block: Block, time: StatedTime) -> SlotRecord:
    """Return the one slot of a session."""
    return SlotRecord(
        title=session.title,
        kind=session.kind,
        line_start=session.line_start,
        line_end=session.line_end,
        position=1,
        raw_kind=text_or_none(block.type),
        time=time.time,
        time_line=session.line_start if time.written else None,
        raw_time=time.written,
        room=session.room,
        path=session.path,
    )


def _fields(shape: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(shape)}


def _name(session: Session) -> str:
    return one_line(session.display_name) or one_line(session.name)


def _ids(values: list[str | int | None] | None) -> list[str]:
    return [str(value) for value in values or () if value is not None]
