"""Full text in a first load: a thread builds the index in a file of its own while the other indexes are built.

That takes a tenth of the load. SQLite needs no lock of Python for it, as it is one statement: FTS5 writes what it has
collected at the end of each, so that many take twice the time. The texts are kept in that file until then.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from programme.loaders.store.buffer import WritePlan
from programme.loaders.store.connection import Connection, insert_rows
from programme.loaders.store.full_text import TEXTS, Texts

_HASHSIZE = "INSERT INTO papers_fts (papers_fts, rank) VALUES ('hashsize', ?)"
_MEGABYTE = 1024 * 1024
_COLLECTED = 8 * _MEGABYTE
"""Bytes of terms that FTS5 collects before it writes a segment, to be merged later; its 1 MB takes twice as long."""
_REBUILD = "INSERT INTO papers_fts (papers_fts) VALUES ('rebuild')"
_TABLES = {
    "papers_fts_data": ("id", "block"),
    "papers_fts_idx": ("segid", "term", "pgno"),
    "papers_fts_docsize": ("id", "sz"),
}
"""The tables in which FTS5 keeps an index, and their columns."""
_ROWS_AT_ONCE = 500


class SearchBeside:
    """Builds the index of a first load, given the SQL of its table.

    After any failure, as on a full disk, it does nothing more; the index is then built where the papers are.
    """

    def __init__(self, definition: str) -> None:
        self._definition = definition
        self._raw: sqlite3.Connection | None = None
        self._thread: Thread | None = None
        self._is_whole = True

    def change(self, before: Texts, after: Texts, plan: WritePlan) -> None:  # noqa: ARG002
        """Keep the texts of papers that are to be indexed, and no longer those before."""
        self._try_to(partial(self._keep, before, after))

    def begin(self) -> None:
        """Index all papers in a thread."""
        if self._raw and self._is_whole:
            self._thread = Thread(target=self._try_to, args=(self._build,), daemon=True)
            self._thread.start()

    def copy_into(self, connection: Connection) -> bool:
        """Copy the index into an open transaction; return whether it could be built here."""
        if self._thread:
            self._thread.join()
        if self._raw is None or not self._is_whole:
            return False
        for table, columns in _TABLES.items():
            connection.run(f"DELETE FROM {table}")
            found = self._raw.execute(f"SELECT {', '.join(columns)} FROM {table}")
            while rows := found.fetchmany(_ROWS_AT_ONCE):
                connection.insert(table, columns, rows)
        return True

    def close(self) -> None:
        """Stop, and delete the file."""
        if self._raw:
            self._raw.interrupt()
            if self._thread:
                self._thread.join()
            self._raw.close()

    def _try_to(self, act: Callable[[], None]) -> None:
        try:
            if self._is_whole:
                act()
        except Exception:
            self._is_whole = False

    def _keep(self, before: Texts, after: Texts) -> None:
        if self._raw is None:
            self._raw = _private_database()
            self._raw.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT, abstract TEXT)")
            self._raw.execute("BEGIN")
        self._raw.executemany("DELETE FROM papers WHERE id = ?", [(id_,) for id_, *_ in before])
        insert_rows(self._raw, "papers", TEXTS, after)

    def _build(self) -> None:
        if self._raw:
            self._raw.execute(self._definition)
            self._raw.execute(_HASHSIZE, (_COLLECTED,))
            self._raw.execute(_REBUILD)
            self._raw.execute("COMMIT")


def build_search(connection: Connection) -> None:
    """Index all papers of a database. FTS5 stores there how much it collects, so that is put back."""
    connection.run(_HASHSIZE, (_COLLECTED,))
    connection.run(_REBUILD)
    connection.run(_HASHSIZE, (_MEGABYTE,))


def _private_database() -> sqlite3.Connection:
    """Return a database in a file without a name, which is gone however this process ends."""
    with TemporaryDirectory(prefix="loader-") as folder:
        raw = sqlite3.connect(Path(folder) / "text.db", isolation_level=None, check_same_thread=False)
        # Nothing in it has to survive; the last pragma writes the file.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "user_version = 1"):
            raw.execute(f"PRAGMA {pragma}")
    return raw
