"""The entries of a calendar, or of a list of speakers or workshops, as sessions."""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.miniconf.parsing.entries import entries
from programme.loaders.formats.miniconf.parsing.events import edition_of, session_of, title_of
from programme.loaders.formats.miniconf.parsing.rows import EntryRow, is_unused
from programme.loaders.readers import Located
from programme.loaders.records import Boilerplate, Moments, Problem, Record, SessionRecord
from programme.loaders.text.titles import title_form


def records(document: Document) -> Iterator[Record]:
    """Yield each session once, and a problem for each entry, time and number that is left out."""
    rows: list[Located[EntryRow]] = []
    for row in entries(document, EntryRow, is_unused):
        if isinstance(row, Problem | Boilerplate):
            yield row
        elif title_of(row.value):
            rows.append(row)
        else:
            what = f"{row.path}.title: empty; expected the title of the session"
            yield Problem(row.line_start, str(row.value.uid or ""), what, row.path, is_lost=True)
    yield from _sessions(rows)
    yield from _numbers_alone(rows)


def _sessions(rows: list[Located[EntryRow]]) -> Iterator[SessionRecord | Problem]:
    """The sessions of all entries; entries of one title and start are slots of one session."""
    edition = edition_of([row.value for row in rows])
    sessions: dict[tuple[str, str], SessionRecord] = {}
    for row in rows:
        session, problems = session_of(row, edition)
        yield from problems
        starts = [slot.time.starts_at for slot in session.slots if isinstance(slot.time, Moments)]
        key = (title_form(session.title), min(starts, default=""))
        before = sessions.setdefault(key, session)
        if before is not session:
            slots = before.slots + session.slots
            numbered = tuple(slot._replace(position=number) for number, slot in enumerate(slots, 1))
            sessions[key] = before._replace(slots=numbered)
    yield from sessions.values()


def _numbers_alone(rows: list[Located[EntryRow]]) -> Iterator[Problem]:
    """One Problem for all papers that the sessions of a document name by number."""
    named = [row for row in rows if row.value.posters or row.value.papers]
    count = sum(len(row.value.posters or row.value.papers or ()) for row in named)
    if count:
        first = named[0]
        what = (
            f"{first.path}: {count:,} papers in {len(named)} sessions are given by number alone and are not loaded; "
            "ingest the table of papers, which holds their titles and names their sessions"
        )
        yield Problem(first.line_start, title_of(first.value), what, first.path)
