"""The rows of a table as papers, or as the slots of sessions where they say when or in which session they are."""

from collections.abc import Iterator
from itertools import chain, islice

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.tables.parsing.cells import Cells
from programme.loaders.formats.tables.parsing.columns import (
    SAMPLE_ROWS,
    TELLING,
    Columns,
    columns_by_name,
    with_contents,
)
from programme.loaders.formats.tables.parsing.rows import Row, table_rows
from programme.loaders.readers import EXCERPT_CHARS
from programme.loaders.records import (
    Boilerplate,
    Hints,
    Moments,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
)
from programme.loaders.text.kinds import KINDS, KINDS_WITHOUT_PAPER, PAPER_KINDS

SCHEDULED = ("session", "start", "time", "date")
"""A row with one of these is a slot of a session."""

_WITHOUT_PAPER = KINDS_WITHOUT_PAPER | {"social"}


def records(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield papers, then sessions with their slots; a note on the columns, and a problem for each row not loaded."""
    found = table_rows(document)
    first: list[Row | Boilerplate | Problem] = list(islice(found, SAMPLE_ROWS))
    rows = [one for one in first if not isinstance(one, Boilerplate | Problem)]
    names = tuple(dict.fromkeys(name for row in rows for name in row.value))
    columns = with_contents(columns_by_name(names), [row.value for row in rows])
    if columns.first("title") is None:
        raise MalformedDocument(document.uri, None, without_title(names))
    yield _note(columns, rows[0].line_start if rows else 1)
    programme = _Programme(columns, hints.time_zone)
    for one in chain(first, found):
        if isinstance(one, Boilerplate | Problem):
            yield one
        else:
            yield from programme.add(one)
    yield from programme.sessions()


def without_title(names: tuple[str, ...]) -> str:
    """Return why a table is none of papers."""
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return f"a table with the columns {shown}, none of which is known to be a title"


def _note(columns: Columns, line: int) -> Problem:
    """Return what was made of each column."""
    read = "; ".join(f"{role} from {', '.join(names)}" for role, names in columns.by_role.items())
    unread = f"; not read: {', '.join(columns.unread)}" if columns.unread else ""
    return Problem(line, "", f"columns: {read}{unread}")


class _Programme:
    """The sessions that the rows so far make."""

    def __init__(self, columns: Columns, zone: str | None) -> None:
        self._columns = columns
        self._zone = zone
        self._is_schedule = any(columns.first(role) for role in SCHEDULED)
        self._has_authors = columns.first("authors") is not None
        self._sessions: dict[tuple[str | None, ...], SessionRecord] = {}
        self._slots: dict[tuple[str | None, ...], list[SlotRecord]] = {}

    def add(self, row: Row) -> Iterator[PaperRecord | Problem]:
        """Yield the paper of a row that is in no session, and a problem for what cannot be read; keep its slot."""
        cells = Cells(self._columns, row.value)
        title = cells.title()
        if not title:
            if any(str(value).strip() for value in row.value.values() if value is not None):
                excerpt = " | ".join(str(value) for value in row.value.values() if value)[:EXCERPT_CHARS]
                problem = f"{row.path}: no title; this row is left out"
                yield Problem(row.line_start, excerpt, problem, row.path, is_lost=True)
            return
        paper = _paper(cells, row, title)
        session, when = cells.text("session"), cells.when(self._zone)
        if not self._is_schedule or not (session or when.written):
            yield paper
            return
        if when.written and when.time is None and (cells.text("start") or cells.text("time")):
            problem = f"{row.path}: expected a day and a time, like 2024-03-18 and 14:00; the slot has no time"
            yield Problem(row.line_start, when.written, problem, row.path)
        raw_kind = cells.text("kind")
        kind = _kind(raw_kind, session, title)
        start = when.time.starts_at if isinstance(when.time, Moments) else when.written
        key = (session,) if session else (raw_kind or "", start)
        name = session or raw_kind or ("Session" if when.time else f"Session {when.written}")
        room = cells.text("room")
        if key not in self._sessions:
            place = (row.line_start, row.line_end)
            self._sessions[key] = SessionRecord(
                name, *place, kind=kind if kind in PAPER_KINDS else "other", room=room, path=row.path,
                track=cells.text("track") if session else None, edition=paper.edition,
            )  # fmt: skip
        elif self._sessions[key].room != room:
            self._sessions[key] = self._sessions[key]._replace(room=None)
        is_paper = kind not in _WITHOUT_PAPER and (bool(paper.authors) or not self._has_authors)
        slots = self._slots.setdefault(key, [])
        slots.append(
            SlotRecord(
                title=title,
                kind=kind,
                line_start=row.line_start,
                line_end=row.line_end,
                position=len(slots) + 1,
                raw_kind=raw_kind,
                time=when.time,
                time_line=row.line_start if when.time else None,
                raw_time=when.written,
                room=room,
                poster_number=cells.text("board"),
                award=cells.text("award"),
                paper=paper if is_paper else None,
                path=row.path,
            )
        )

    def sessions(self) -> Iterator[SessionRecord]:
        """Yield the sessions with their slots."""
        for key, session in self._sessions.items():
            yield session._replace(slots=tuple(self._slots[key]))


def _paper(cells: Cells, row: Row, title: str) -> PaperRecord:
    authors, affiliations = cells.people()
    upvotes = cells.text("upvotes") or ""
    return PaperRecord(
        title=title,
        line_start=row.line_start,
        line_end=row.line_end,
        authors=authors,
        abstract=cells.text("abstract"),
        affiliations=affiliations,
        upvotes=int(upvotes) if upvotes.isdecimal() and len(upvotes) < 10 else None,
        identifiers=cells.identifiers(),
        links=cells.links(),
        edition=cells.edition(),
        raw_kind=cells.text("kind") or cells.text("track"),
        path=row.path,
        site_id=cells.text("number"),
    )


def _kind(raw_kind: str | None, session: str | None, title: str) -> str:
    """Return the kind of a slot: as stated, else as the title of a break says, else as its session does."""
    text = (raw_kind or "").lower()
    if known := KINDS.get(text) or next((word for word in ("poster", "oral", "spotlight") if word in text), None):
        return known
    if known := KINDS.get(title.lower()):
        return known
    return next((word for word in ("poster", "oral", "spotlight") if word in (session or "").lower()), "other")


def is_table_of_papers(columns: Columns) -> bool:
    """Return whether columns are those of papers: a title, and what else only papers have."""
    return columns.first("title") is not None and not TELLING.isdisjoint(columns.by_role)
