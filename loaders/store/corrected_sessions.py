"""Sessions, slots and listing entries as corrections make them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from programme.loaders.store.connection import Connection
from programme.loaders.store.corrected import Target, names_of
from programme.loaders.store.correction_rows import CorrectionBook
from programme.loaders.store.corrections import Fields, Names
from programme.loaders.store.keys import title_key
from programme.loaders.store.rows import ConferenceSessionRow, ListingEntryRow, SlotRow
from programme.loaders.store.slots import local_times
from programme.loaders.text.editions import EditionFact, stated_edition
from programme.loaders.text.titles import title_form

_SESSION_FIELDS = ("title", "abstract", "track", "room", "starts_at", "ends_at", "kind")
_SLOT_FIELDS = ("title", "room", "starts_at", "ends_at", "kind", "award", "poster_number")
_EDITIONS_OF_PAPER = """
SELECT e.slug FROM paper_sources s JOIN editions e ON e.id = s.edition_id WHERE s.paper_id = ?
UNION
SELECT e.slug FROM slots l JOIN sessions c ON c.id = l.session_id JOIN editions e ON e.id = c.edition_id
WHERE l.paper_id = ?
"""


class SessionCorrector:
    """Applies the corrections of `book`; `papers` are the papers resolved in this update, the others are looked up."""

    def __init__(
        self,
        connection: Connection,
        book: CorrectionBook,
        papers: Mapping[int, Target],
        edition_id: Callable[[EditionFact | None], int | None],
    ) -> None:
        self._connection = connection
        self._book = book
        self._papers = papers
        self._edition_id = edition_id

    def see(self, keys: Iterable[str]) -> None:
        """Note that the rows of these keys are resolved again."""
        self._book.seen.update(keys)

    def person(self, author_key: str) -> str:
        """Return the key of the person whose name gives this key in a list of moderators."""
        return self._book.corrections.author_target(author_key)

    def session(
        self, row: ConferenceSessionRow, zone: str | None, names: Names
    ) -> tuple[ConferenceSessionRow, str | None]:
        """Return a session as corrected, and the time zone of its edition."""
        fields = self._book.corrections.for_session(names)
        self._book.applies(fields.matched, row.key)
        values = _values(fields)
        if "edition" in values:
            venue, _, year = values["edition"].rpartition("-")
            fact = stated_edition(venue, int(year))
            row, zone = row._replace(edition_id=self._edition_id(fact)), fact.time_zone
        changed = {name: values[name] for name in _SESSION_FIELDS if name in values}
        return row._replace(**changed, is_cancelled=bool(values.get("cancelled"))), zone

    def slot(self, row: SlotRow, zone: str | None, session: Names, session_key: str) -> SlotRow:
        """Return a slot as corrected; `zone` is that of the edition."""
        paper = self._names(row.paper_id) if row.paper_id is not None else None
        fields = self._book.corrections.for_slot(session, title_key(title_form(row.title)), paper)
        if not fields.matched:
            return row
        self._book.applies(fields.matched, session_key)
        values = _values(fields)
        changed = {name: values[name] for name in _SLOT_FIELDS if name in values}
        row = row._replace(**changed, is_cancelled=bool(values.get("cancelled")))
        if row.starts_at is None:
            return row
        day, start, end = local_times(row.starts_at, row.ends_at, zone or row.time_zone)
        return row._replace(local_day=day, local_start=start, local_end=end)

    def entry(self, row: ListingEntryRow, listing_key: str) -> ListingEntryRow:
        """Return the entry of a listing as corrected."""
        fields = self._book.corrections.for_entry(listing_key, self._names(row.paper_id))
        self._book.applies(fields.matched, listing_key)
        return row._replace(upvotes=_values(fields).get("upvotes", row.upvotes))

    def _names(self, paper_id: int) -> Names:
        """Return how corrections may name a paper."""
        resolved = self._papers.get(paper_id)
        if resolved is not None:
            return names_of(resolved.found, resolved.former)
        query = self._connection.query
        ((key, title),) = query("SELECT key, title_key FROM papers WHERE id = ?", (paper_id,))
        names = [name for (name,) in query("SELECT name FROM paper_names WHERE paper_id = ?", (paper_id,))]
        identifiers = query("SELECT scheme, value FROM paper_identifiers WHERE paper_id = ?", (paper_id,))
        titles = {title, *(name for name in names if ":" not in name)}
        editions = query(_EDITIONS_OF_PAPER, (paper_id, paper_id))
        return Names(
            (key, *titles),
            {f"{scheme}:{value}" for scheme, value in identifiers},
            titles,
            {slug for (slug,) in editions},
        )


def _values(fields: Fields) -> dict[str, Any]:
    return {name: applied.value for name, applied in fields.values.items()}
