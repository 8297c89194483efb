"""A load into an empty database: one transaction; indexes, keys and full text are built at its end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from programme.exceptions import StoreError
from programme.loaders.store.connection import Connection

MEGABYTE = 1024 * 1024
IN_ORDER = frozenset(
    {
        "paper_sources_paper_id",
        "repo_links_paper_id",
        "paper_links_paper_id",
        "slots_session_position",
        "slots_paper_id",
    }
)
"""Indexes that a load fills in ascending order, which costs next to nothing, and that resolving needs on the way."""

_POSTGRESQL_INDEXES = """
SELECT i.indexname, i.indexdef FROM pg_indexes i
WHERE i.schemaname = current_schema() AND i.indexname NOT IN (SELECT conname FROM pg_constraint)
"""
_POSTGRESQL_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


class NotEmptyError(Exception):
    """Another process has loaded documents since the database was looked at."""


@contextmanager
def bulk_load(connection: Connection) -> Iterator[None]:
    """Open a write transaction for loading an empty database; raises NotEmptyError when it is not.

    On an error nothing is left behind.
    """
    load = _sqlite_load if connection.database.engine == "sqlite" else _postgresql_load
    gc.disable()
    try:
        with load(connection):
            yield
    finally:
        gc.enable()


@contextmanager
def _sqlite_load(connection: Connection) -> Iterator[None]:
    connection.run("PRAGMA foreign_keys = OFF")
    try:
        with connection.transaction():
            _check_emptiness(connection)
            indexes = connection.query("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
            later = [(name, sql) for name, sql in indexes if name not in IN_ORDER]
            for name, _ in later:
                connection.run(f"DROP INDEX {name}")
            yield
            for _, sql in later:
                connection.run(sql)
            _build_search(connection)
            broken = connection.query("PRAGMA foreign_key_check")
            if broken:
                where = connection.database.location
                raise StoreError(f"{where}: the load broke a reference from {broken[0][0]}; nothing of it is kept")
    finally:
        connection.run("PRAGMA foreign_keys = ON")


def _check_emptiness(connection: Connection) -> None:
    if connection.query("SELECT id FROM documents LIMIT 1"):
        raise NotEmptyError


def _build_search(connection: Connection) -> None:
    """Index every paper, collecting 16 MB of terms at a time instead of 1 MB: half the time."""
    set_size = "INSERT INTO papers_fts (papers_fts, rank) VALUES ('hashsize', ?)"
    connection.run(set_size, (16 * MEGABYTE,))
    connection.run("INSERT INTO papers_fts (papers_fts) VALUES ('rebuild')")
    connection.run(set_size, (MEGABYTE,))


@contextmanager
def _postgresql_load(connection: Connection) -> Iterator[None]:
    with connection.transaction():
        _check_emptiness(connection)
        foreign_keys = connection.query(_POSTGRESQL_FOREIGN_KEYS)
        later = [row for row in connection.query(_POSTGRESQL_INDEXES) if row[0] not in IN_ORDER]
        for table, name, _ in foreign_keys:
            connection.run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in later:
            connection.run(f"DROP INDEX {name}")
        yield
        for _, definition in later:
            connection.run(definition)
        for table, name, definition in foreign_keys:
            connection.run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
