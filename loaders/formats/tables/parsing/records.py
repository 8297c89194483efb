"""The rows of a table as papers, or as the slots of sessions where they say when or in which session they are."""

from collections.abc import Iterator
from itertools import chain, islice

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.tables.parsing.cells import Cells, PrintedSlot
from programme.loaders.formats.tables.parsing.columns import (
    IGNORED,
    SAMPLE_ROWS,
    Columns,
    columns_by_name,
    plain_name,
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

Found = Row | Boilerplate | Problem

SCHEDULED = ("session", "start", "time", "date")
"""A row with one of these is a slot of a session."""

_WITHOUT_PAPER = KINDS_WITHOUT_PAPER | {"social"}


def records(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield papers, then sessions with their slots; a note on the columns, and a problem for each row not loaded."""
    columns, first, found = read_columns(document)
    unread = [name for name in columns.unread if not IGNORED.fullmatch(plain_name(name))]
    if unread:
        problem = f"columns that are not read: {', '.join(unread)}; read are {described(columns)}"
        yield Problem(1, "", problem)
    programme = _Programme(columns, hints.time_zone)
    for one in chain(first, found):
        if isinstance(one, Boilerplate | Problem):
            yield one
        else:
            yield from programme.add(one)
    yield from programme.sessions()


def read_columns(document: Document) -> tuple[Columns, list[Found], Iterator[Found]]:
    """Return what each column is, the first rows, and the rest; raises MalformedDocument where none is a title."""
    found = table_rows(document)
    first = list(islice(found, SAMPLE_ROWS))
    rows = [one.value for one in first if not isinstance(one, Boilerplate | Problem)]
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    columns = with_contents(columns_by_name(names), rows)
    if columns.first("title") is None:
        raise MalformedDocument(document.uri, None, without_title(names))
    return columns, first, found


def without_title(names: tuple[str, ...]) -> str:
    """Return why a table is none of papers."""
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return f"a table with the columns {shown}, none of which is known to be a title"


def described(columns: Columns) -> str:
    """Return which column was taken for what."""
    return "; ".join(f"{', '.join(names)} as {role}" for role, names in columns.by_role.items())


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
        when = cells.when(self._zone)
        if not self._is_schedule or not (cells.text("session") or when.written):
            yield paper
            return
        if when.written and when.time is None and (cells.text("start") or cells.text("time")):
            problem = f"{row.path}: expected a day and a time, like 2024-03-18 and 14:00; the slot has no time"
            yield Problem(row.line_start, when.written, problem, row.path)
        self._add_slot(cells, paper, when)

    def _add_slot(self, cells: Cells, paper: PaperRecord, when: PrintedSlot) -> None:
        """Add a slot to its session: the one that the row names, or that of its kind and start."""
        session, raw_kind, room = cells.text("session"), cells.text("kind"), cells.text("room")
        kind = _kind(raw_kind, session, paper.title)
        start = when.time.starts_at if isinstance(when.time, Moments) else when.written
        key = (session,) if session else (raw_kind or "", start)
        place = (paper.line_start, paper.line_end)
        if key not in self._sessions:
            self._sessions[key] = SessionRecord(
                session or raw_kind or ("Session" if when.time else f"Session {when.written}"),
                *place,
                kind=kind if kind in PAPER_KINDS else "other",
                track=cells.text("track") if session else None,
                room=room,
                edition=paper.edition,
                path=paper.path,
            )
        elif self._sessions[key].room != room:
            self._sessions[key] = self._sessions[key]._replace(room=None)
        is_paper = kind not in _WITHOUT_PAPER and (bool(paper.authors) or not self._has_authors)
        slots = self._slots.setdefault(key, [])
        slots.append(
            SlotRecord(
                *(paper.title, kind, *place, len(slots) + 1, raw_kind, when.time),
                time_line=paper.line_start if when.time else None,
                raw_time=when.written,
                room=room,
                poster_number=cells.text("board"),
                award=cells.text("award"),
                paper=paper if is_paper else None,
                path=paper.path,
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
