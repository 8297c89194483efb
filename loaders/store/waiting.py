"""Waiting for another process that writes to the same database: every connection does, as long, and says so."""

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from programme.exceptions import StoreError
from programme.loaders.store.problems import problem

T = TypeVar("T")

ATTEMPT_S = 1.0
"""How long a database waits in one go; Python handles Ctrl-C only in between. After it, a person is told."""

ATTEMPT_MS = round(ATTEMPT_S * 1000)

MAX_WAIT_S = 3600.0
"""How long to wait in all: longer than the load of a million papers takes."""

READERS_MS = 30_000
"""How long a statement inside a write transaction of SQLite waits for those who read."""

WRITER_LOCK = 0x70726F67
"""The key of PostgreSQL's advisory lock for writers: any number other programs do not use, here `prog` in ASCII."""
TRY_LOCK = f"SELECT pg_try_advisory_xact_lock({WRITER_LOCK})"

_LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's code for a statement that waited longer than `lock_timeout`."""

PAUSE_S = 0.1
"""Between two attempts where one fails at once."""

Listener = Callable[[str], None]


class _State:
    """Who is told of a wait, and whether there is one."""

    listener: Listener = staticmethod(lambda _: None)
    is_waiting = False


def tell(listener: Listener) -> None:
    """Have waits announced by a function, which gets one line; a library says nothing by itself."""
    _State.listener = staticmethod(listener)


def is_waiting() -> bool:
    """Return whether this process waits for another one now."""
    return _State.is_waiting


def wait_until(database: object, attempt: Callable[[], bool]) -> None:
    """Repeat an attempt until it succeeds; raises StoreError after MAX_WAIT_S."""
    started = time.monotonic()
    try:
        while not attempt():
            waited = time.monotonic() - started
            if waited > MAX_WAIT_S:
                raise StoreError(f"{database}: another process keeps writing to it; try again when that has ended")
            if waited >= ATTEMPT_S and not _State.is_waiting:
                _State.is_waiting = True
                _State.listener(f"{database}: another process is loading into it; waiting for it (Ctrl-C to stop)")
            time.sleep(PAUSE_S)
    finally:
        _State.is_waiting = False


def when_free(database: object, run: Callable[[], T]) -> T:
    """Return what a function returns, as soon as no other process holds the lock that its one statement needs."""
    found: list[T] = []

    def attempt() -> bool:
        try:
            found.append(run())
        except Exception as error:
            if not is_busy(error):
                raise
        return bool(found)

    wait_until(database, attempt)
    return found[0]


def begin_immediate(raw: sqlite3.Connection, database: object) -> None:
    """Begin a transaction that writes; it waits for another process that does. Raises StoreError."""
    try:
        raw.execute(f"PRAGMA busy_timeout = {ATTEMPT_MS}")
        # IMMEDIATE takes the lock now: a transaction that begins by reading may fail when it first writes.
        when_free(database, lambda: raw.execute("BEGIN IMMEDIATE"))
    except sqlite3.Error as error:
        raise StoreError(f"{database}: cannot be written: {problem(error)}") from error
    # From here on others may only read, and soon end; a statement that fails for their sake cannot be repeated.
    raw.execute(f"PRAGMA busy_timeout = {READERS_MS}")


def is_busy(error: Exception) -> bool:
    """Return whether a statement failed because another connection holds a lock."""
    if not isinstance(error, sqlite3.Error):
        return getattr(error, "sqlstate", None) == _LOCK_NOT_AVAILABLE
    # Extended codes keep the primary one in their lowest byte.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
