"""The columns the store writes, and the buffers rows wait in until a batch is written."""

from collections.abc import Callable, Iterable
from itertools import count

from programme.loaders.store.connection import Connection, Row

COLUMNS: dict[str, tuple[str, ...]] = {
    "venues": ("id", "slug", "name", "url"),
    "editions": ("id", "venue_id", "year", "slug", "name", "starts_on", "ends_on", "time_zone", "city"),
    "documents": (
        *("id", "sha256", "uri", "format", "media_type", "size_bytes", "captured_on", "ingested_at"),
        *("given_venue", "given_year", "given_on", "etag", "last_modified", "line_count", "claimed_line_count"),
        "content",
    ),
    "document_parts": ("document_id", "position", "content"),
    "document_problems": ("id", "document_id", "line", "path", "text", "problem"),
    "authors": ("id", "key", "name"),
    "repositories": ("id", "key", "host", "path", "url"),
    "sessions": ("id", "key", "edition_id", "title", "kind", "track", "room", "abstract", "starts_at", "ends_at"),
    "session_sources": (
        *("session_id", "document_id", "line_start", "line_end", "path", "title", "kind", "track", "room"),
        *("raw_time", "starts_at", "ends_at", "moderators", "abstract", "edition_basis"),
    ),
    "session_moderators": ("session_id", "position", "author_id", "raw_name"),
    "listings": ("id", "key", "title", "source", "listed_on", "listed_month", "listed_day"),
    "listing_sources": ("listing_id", "document_id", "line_start", "line_end", "path"),
    "papers": ("id", "key", "title_key", "title", "abstract"),
    "paper_identifiers": ("paper_id", "scheme", "value"),
    "paper_titles": ("paper_id", "title_key"),
    "paper_sources": (
        *("id", "paper_id", "document_id", "line_start", "line_end", "path", "title", "byline", "authors"),
        *("identifiers", "has_abstract", "abstract", "listing_id", "listing_position", "upvotes", "edition_id"),
        *("edition_basis", "raw_kind"),
    ),
    "authorships": ("paper_id", "position", "author_id", "raw_name", "affiliation"),
    "repo_links": (
        *("id", "paper_id", "repository_id", "document_id", "paper_source_id", "raw_url", "path", "role", "field"),
        *("char_start", "char_end", "rule"),
    ),
    "paper_links": (
        *("id", "paper_id", "document_id", "paper_source_id", "kind", "url", "raw_url", "field"),
        *("char_start", "char_end"),
    ),
    "slots": (
        *("id", "session_id", "position", "kind", "raw_kind", "title", "starts_at", "ends_at", "time_zone"),
        *("local_day", "local_start", "local_end", "room", "poster_number", "award", "paper_id"),
        *("document_id", "line_start", "line_end", "path"),
    ),
    "slot_sources": (
        *("slot_id", "document_id", "line_start", "line_end", "path", "position", "raw_time", "raw_kind", "kind"),
        *("title", "starts_at", "ends_at", "time_zone", "room", "poster_number", "award", "paper_source_id"),
    ),
    "listing_entries": ("listing_id", "position", "paper_id", "upvotes"),
}
"""Columns of each table in the order of its buffered rows; tables in an order that respects foreign keys."""


class Ids:
    """Hands out the local ids of new rows. Only inside a write transaction: there is one writer at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next: dict[str, Callable[[], int]] = {}

    def next(self, table: str) -> Callable[[], int]:
        """A function that returns the next free id of `table` at every call."""
        found = self._next.get(table)
        if found is None:
            last = self._connection.query(f"SELECT COALESCE(MAX(id), 0) FROM {table}")[0][0]
            found = self._next[table] = count(last + 1).__next__
        return found

    def new(self, table: str) -> int:
        """The next free id of `table`."""
        return self.next(table)()


class Buffers:
    """Rows waiting to be inserted, by table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows[table]

    def flush(self, connection: Connection) -> None:
        """Insert everything, parents first, and start empty."""
        for table, rows in self.rows.items():
            if rows:
                connection.insert(table, COLUMNS[table], rows)
                self.rows[table] = []


def update(table: str, columns: tuple[str, ...], where: str = "id = ?") -> str:
    """An UPDATE statement.

    >>> update("papers", ("title", "abstract"))
    'UPDATE papers SET title = ?, abstract = ? WHERE id = ?'
    """
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE {where}"


def index_papers(connection: Connection, papers: Iterable[Row]) -> None:
    """Add rows of `papers` to the full-text index of SQLite."""
    connection.run_many(
        "INSERT INTO papers_fts (rowid, title, abstract) VALUES (?, ?, ?)",
        [(row[0], row[3], row[4]) for row in papers],
    )
