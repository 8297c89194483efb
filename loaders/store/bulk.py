"""A load of everything: one transaction, with indexes, foreign keys and full text built at its end."""

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager

from programme.exceptions import StoreError
from programme.loaders.store.connection import Connection
from programme.loaders.store.full_text_beside import SearchBeside, build_search
from programme.loaders.store.rows import COLUMNS, REFERENCES
from programme.loaders.store.waiting import is_busy, wait_until

KEPT = frozenset(
    {
        "captures_document_id",
        "captures_source_id",
        "documents_sha256",
        "paper_sources_paper_id",
        "repo_links_paper_id",
        "paper_links_paper_id",
        "slots_session_position",
        "slots_paper_id",
        "sources_uri_scope",
    }
)
"""Indexes kept during the load, which needs them: it fills most in ascending order, others once a document."""

_POSTGRESQL_INDEXES = """
SELECT i.indexname, i.indexdef FROM pg_indexes i
WHERE i.schemaname = current_schema() AND i.indexname NOT IN (SELECT conname FROM pg_constraint)
"""
_POSTGRESQL_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


class NotEmptyError(Exception):
    """The database holds documents: another process has loaded them since it was looked at."""


class Indexes:
    """The indexes that a load leaves out, name → SQL; SQLite's full text is built in `search` meanwhile."""

    def __init__(self, connection: Connection, dropped: Mapping[str, str], search: SearchBeside | None = None) -> None:
        self.search = search
        self._connection = connection
        self._dropped = dict(dropped)
        for name in dropped:
            connection.run(f"DROP INDEX {name}")

    def build(self, names: Collection[str]) -> None:
        """Build those of these names that are still missing."""
        for name in [one for one in self._dropped if one in names]:
            self._connection.run(self._dropped.pop(name))

    def build_all(self) -> None:
        """Build all that are missing."""
        if self.search:
            self.search.begin()
        self.build(self._dropped.keys())
        if self.search and not self.search.copy_into(self._connection):
            build_search(self._connection)


@contextmanager
def bulk_load(connection: Connection, *, is_rebuild: bool = False) -> Iterator[Indexes]:
    """Open a write transaction for loading an empty database, or one that is to be emptied; an error changes nothing.

    Yields the indexes to be built once the rows are in; what needs them comes after that.
    Raises NotEmptyError where the database is not empty, unless `is_rebuild`.
    """
    load = _sqlite_load if connection.database.engine == "sqlite" else _postgresql_load
    # A load makes millions of objects and no cycles; the collector would walk through all of them again and again.
    gc.disable()
    try:
        with load(connection) as indexes:
            if not is_rebuild and connection.query("SELECT id FROM documents LIMIT 1"):
                raise NotEmptyError
            yield indexes
    finally:
        gc.enable()


@contextmanager
def _sqlite_load(connection: Connection) -> Iterator[Indexes]:
    # Outside the transaction, where SQLite would ignore it. All references are checked once, at the end.
    connection.run("PRAGMA foreign_keys = OFF")
    try:
        with connection.transaction():
            found = connection.query("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
            search = SearchBeside(connection.query("SELECT sql FROM sqlite_master WHERE name = 'papers_fts'")[0][0])
            with closing(search):
                yield Indexes(connection, {name: sql for name, sql in found if name not in KEPT}, search)
            if broken := _broken_reference(connection):
                raise StoreError(f"{connection.database}: the load broke a reference from {broken}; nothing was loaded")
    finally:
        connection.run("PRAGMA foreign_keys = ON")


def _broken_reference(connection: Connection) -> str | None:
    """Return a table of which a reference dangles.

    Where a table has every id from 1 to its last, least and greatest reference tell, which takes a third of the time
    that `PRAGMA foreign_key_check` takes to look every reference up.
    """
    last: dict[str, int] = {}
    for table in {table for references in REFERENCES.values() for table in references.values()}:
        count, greatest = connection.query(f"SELECT count(*), max(id) FROM {table}")[0]
        last[table] = count if count == (greatest or 0) else 0
    for table, references in REFERENCES.items():
        ends = ", ".join(f"coalesce(min({column}), 1), coalesce(max({column}), 0)" for column in references)
        found = connection.query(f"SELECT {ends} FROM {table}")[0]
        pairs = zip(found[::2], found[1::2], references.values(), strict=True)
        is_sure = all(least >= 1 and greatest <= last[to] for least, greatest, to in pairs)
        if not is_sure and connection.query(f"PRAGMA foreign_key_check({table})"):
            return table
    return None


def clear(connection: Connection, kept: Collection[str]) -> None:
    """Delete the rows of all tables but these, inside `bulk_load`, where nothing is checked meanwhile."""
    tables = [table for table in COLUMNS if table not in kept]
    if connection.database.engine == "sqlite":
        for table in tables:
            connection.run(f"DELETE FROM {table}")
    else:
        connection.run(f"TRUNCATE {', '.join(tables)}")


@contextmanager
def _postgresql_load(connection: Connection) -> Iterator[Indexes]:
    with connection.transaction():
        wait_until(connection.database, lambda: _has_locked_tables(connection))
        foreign_keys = connection.query(_POSTGRESQL_FOREIGN_KEYS)
        found = connection.query(_POSTGRESQL_INDEXES)
        for table, name, _ in foreign_keys:
            connection.run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield Indexes(connection, {name: sql for name, sql in found if name not in KEPT})
        for table, name, definition in foreign_keys:
            connection.run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _has_locked_tables(connection: Connection) -> bool:
    """Lock every table at once, or none while others read one.

    Where they are locked one by one, as dropping indexes does, a load and a reader may each wait for a table that the
    other has, and PostgreSQL ends one of them.
    """
    connection.run("SAVEPOINT unlocked")
    # Less than the second after which PostgreSQL looks who waits for whom.
    connection.run("SET LOCAL lock_timeout = 200")
    try:
        connection.run(f"LOCK TABLE {', '.join(sorted(COLUMNS))} IN ACCESS EXCLUSIVE MODE")
    except Exception as error:
        if not is_busy(error):
            raise
        connection.run("ROLLBACK TO SAVEPOINT unlocked")
        return False
    connection.run("SET LOCAL lock_timeout = 0")
    return True
