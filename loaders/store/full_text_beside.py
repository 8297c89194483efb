"""Full text in a first load: a thread indexes the papers in a file of its own, which is copied at the end.

To index them all at the end takes a tenth of the load, on one core, while SQLite needs no lock of Python to do it.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from threading import Thread

from programme.loaders.store.buffer import WritePlan
from programme.loaders.store.connection import Connection, insert_rows
from programme.loaders.store.full_text import UNINDEX, Texts

_HASHSIZE = "INSERT INTO papers_fts (papers_fts, rank) VALUES ('hashsize', ?)"
_MEGABYTE = 1024 * 1024
_COLLECTED = 8 * _MEGABYTE
"""Bytes of terms that FTS5 collects before it writes a segment, to be merged later; its 1 MB takes twice as long."""
_TABLES = {
    "papers_fts_data": ("id", "block"),
    "papers_fts_idx": ("segid", "term", "pgno"),
    "papers_fts_docsize": ("id", "sz"),
}
"""The tables in which FTS5 keeps an index, and their columns."""
_ROWS_AT_ONCE = 500
_WAITING = 4
"""Changes that wait for the thread, a batch of papers each, which bounds the memory."""


class SearchBeside:
    """Builds the index of a first load, given the SQL of its table."""

    def __init__(self, definition: str) -> None:
        self._definition = definition
        self._queue: Queue[tuple[Texts, Texts] | None] = Queue(_WAITING)
        self._thread: Thread | None = None
        self._raw: sqlite3.Connection | None = None
        self._is_whole = True

    def change(self, before: Texts, after: Texts, plan: WritePlan) -> None:  # noqa: ARG002
        """Hand a change over to the thread."""
        if self._thread is None:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()
        self._queue.put((before, after))

    def copy_into(self, connection: Connection) -> bool:
        """Copy the index into an open transaction; return whether it could be built here."""
        self._end()
        if self._raw is None or not self._is_whole:
            return False
        for table, columns in _TABLES.items():
            connection.run(f"DELETE FROM {table}")
            found = self._raw.execute(f"SELECT {', '.join(columns)} FROM {table}")
            while rows := found.fetchmany(_ROWS_AT_ONCE):
                connection.insert(table, columns, rows)
        return True

    def close(self) -> None:
        """End the thread, and delete its file."""
        self._is_whole = False
        self._end()
        if self._raw:
            self._raw.close()

    def _end(self) -> None:
        if self._thread:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        for before, after in iter(self._queue.get, None):
            self._try_to(partial(self._index, before, after))
        self._try_to(self._commit)

    def _try_to(self, act: Callable[[], None]) -> None:
        """Do something; after any failure, as on a full disk, nothing more: the index is then built at the end."""
        try:
            if self._is_whole:
                act()
        except Exception:
            self._is_whole = False

    def _index(self, before: Texts, after: Texts) -> None:
        if self._raw is None:
            self._raw = _private_database()
            self._raw.execute(self._definition)
            self._raw.execute("BEGIN")
            self._raw.execute(_HASHSIZE, (_COLLECTED,))
        self._raw.executemany(UNINDEX, before)
        # Several to a statement, which leaves Python to the other thread for some milliseconds.
        insert_rows(self._raw, "papers_fts", ("rowid", "title", "abstract"), after)

    def _commit(self) -> None:
        if self._raw:
            self._raw.execute("COMMIT")


def build_search(connection: Connection) -> None:
    """Index all papers of a database. FTS5 stores there how much it collects, so that is put back."""
    connection.run(_HASHSIZE, (_COLLECTED,))
    connection.run("INSERT INTO papers_fts (papers_fts) VALUES ('rebuild')")
    connection.run(_HASHSIZE, (_MEGABYTE,))


def _private_database() -> sqlite3.Connection:
    """Return a database in a file without a name, which is gone however this process ends."""
    with TemporaryDirectory(prefix="loader-") as folder:
        raw = sqlite3.connect(Path(folder) / "text.db", isolation_level=None, check_same_thread=False)
        # Nothing in it has to survive; the last pragma writes the file.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "user_version = 1"):
            raw.execute(f"PRAGMA {pragma}")
    return raw
