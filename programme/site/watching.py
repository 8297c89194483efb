"""Whether the file that is served is still the one that was opened: it may be written to, replaced or deleted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from datasette.utils import sqlite3
from datasette.utils.asgi import Response

from programme.loaders.store.revisions import head
from programme.loaders.store.waiting import is_busy
from programme.messages import message

RETRY_AFTER_S = 30
"""Seconds after which to ask again for a database that is not there."""


class WatchedFile:
    """A database file; `generation` grows with each change of it, after which connections are to be opened anew."""

    def __init__(self, path: str, *, is_immutable: bool, changed: Callable[[], None]) -> None:
        self.generation = 0
        self._path = path
        self._is_immutable = is_immutable
        self._changed = changed
        self._problem: str | None = None
        self._seen = self._signature()

    def look(self) -> str | None:
        """Look at the file, tell the log what has become of it, and return why it cannot be served now, if so."""
        now = self._signature()
        if now == self._seen and self._problem is None:
            return None
        problem = "it was moved or deleted" if now is None else _unusable(self._path)
        if problem != self._problem:
            self._tell(f"cannot be served: {problem}" if problem else "is served again")
        elif problem is None and now and self._seen:
            self._tell_change(is_replaced=now[0] != self._seen[0])
        self._problem = problem
        if now != self._seen:
            self._seen = now
            self.generation += 1
            self._changed()
        return problem

    def _signature(self) -> tuple[int, int, int] | None:
        """Return what changes with the file; None where there is none."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 - for every request; a Path costs more than the call
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _tell_change(self, *, is_replaced: bool) -> None:
        if is_replaced:
            self._tell("was replaced; the new file is served")
        elif self._is_immutable:
            self._is_immutable = False
            self._tell("has changed although --immutable was given; it is served as a file that changes, more slowly")

    def _tell(self, text: str) -> None:
        print(f"{message(self._path)}: {text}", file=sys.stderr, flush=True)

    @property
    def is_immutable(self) -> bool:
        """Return whether it was given as a file that does not change, and has kept to that."""
        return self._is_immutable


def cannot_be_shown(problem: str) -> Response:
    """Return the answer to requests for a database that is not there to be read."""
    text = f"The database cannot be shown now: {problem}. Try again later.\n"
    return Response.text(text, status=503, headers={"retry-after": str(RETRY_AFTER_S)})


def damage_of(error: Exception) -> str | None:
    """Return what SQLite says of a file that is damaged or cannot be read any more; None for any other error."""
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    is_damaged = code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
    return str(error) if is_damaged else None


def _unusable(path: str) -> str | None:
    """Return why a file is no database of this version; None for one that is, or that another process locks."""
    try:
        with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        return None if is_busy(error) else f"what is in its place cannot be read ({error})"
    return None if found and found[0] == head() else "what is in its place is of another version of Programme"
