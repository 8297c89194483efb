"""The database as it is served: our pages have threads of their own, and SQL of visitors is bounded."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from datasette.database import Database
from datasette.utils import sqlite3

from programme.site.kept_answers import KeptAnswers, count_of_words, key_of, with_limit
from programme.site.parts.places import hidden_part, place, uri_of
from programme.site.time_limits import Connection, give_way
from programme.site.turnstile import MAX_RUNNING
from programme.site.watching import WatchedFile, cannot_be_shown
from programme.spreadsheets import guarded

OWN_THREADS = 4
"""Threads that run the SQL of our pages, which no visitor's SQL can occupy."""

MAX_VALUE_BYTES = 10_000_000
"""Largest text or blob in SQL that is not ours: `zeroblob(1000000000)` would otherwise take the memory of the machine.

A part of a large document, which is the largest value in a database, has at most 8 MiB.
"""

MAX_ANSWER_BYTES = 16_000_000
"""Most bytes that the rows of one statement of a visitor may have."""

MAX_PAGE_BYTES = 128_000_000
"""The same for Datasette's pages of tables and queries, which show up to 1,000 stored documents."""

MAX_COLUMNS = 200
"""Most columns of one result: each may be as large as a value may be."""

LARGE_BYTES = 100_000_000
"""Size of a file from which on what pages show first is worked out before anyone asks: some takes seconds."""

MAX_COUNT_MS = 300
"""Milliseconds that a page waits for a count; a longer one is finished in the background."""

_is_own: ContextVar[bool] = ContextVar("is_own", default=False)
_is_visitors: ContextVar[bool] = ContextVar("is_visitors", default=True)

_is_for_spreadsheet: ContextVar[bool] = ContextVar("is_for_spreadsheet", default=False)


@contextmanager
def for_spreadsheet(is_asked: bool) -> Iterator[None]:
    """Guard the texts of this context that a spreadsheet would take for formulas."""
    token = _is_for_spreadsheet.set(is_asked)
    try:
        yield
    finally:
        _is_for_spreadsheet.reset(token)


@contextmanager
def own_sql() -> Iterator[None]:
    """Run the SQL of this context on the threads of our pages, without the limits for others."""
    token = _is_own.set(True)
    try:
        yield
    finally:
        _is_own.reset(token)


@contextmanager
def tables_only() -> Iterator[None]:
    """Allow results of this context the size of a page of a table: no visitor wrote the SQL."""
    token = _is_visitors.set(False)
    try:
        yield
    finally:
        _is_visitors.reset(token)


class _Answer:
    """Makes the rows of one statement, and fails when they have more bytes than are allowed.

    `hidden` is what is not shown of the URIs of local files.
    """

    def __init__(self, most: int, hidden: str, *, is_guarded: bool) -> None:
        self._most = most
        self._hidden = hidden
        self._is_guarded = is_guarded
        self._size = 0

    def __call__(self, cursor: Any, values: tuple[Any, ...]) -> Any:
        self._size += sum(len(value) if isinstance(value, str | bytes) else 8 for value in values)
        if self._size > self._most:
            raise sqlite3.OperationalError(
                f"the rows have more than {self._most // 1_000_000} MB; select fewer rows or columns"
            )
        if self._hidden:
            values = tuple(place(value, self._hidden) if isinstance(value, str) else value for value in values)
        return sqlite3.Row(cursor, guarded(values) if self._is_guarded else values)


class ServedDatabase(Database):  # type: ignore[misc]  # datasette has no types
    """A database of Datasette that keeps the work of our pages and that of visitors apart."""

    def __init__(self, ds: Any, path: str, is_mutable: bool) -> None:
        super().__init__(ds, path=path, is_mutable=is_mutable)
        self._own_executor = ThreadPoolExecutor(OWN_THREADS, thread_name_prefix="page")
        self._visitors_executor = ThreadPoolExecutor(MAX_RUNNING, thread_name_prefix="sql", initializer=give_way)
        self._local = threading.local()
        self._file = WatchedFile(path, is_immutable=not is_mutable, changed=self._forget)
        self._kept = KeptAnswers(lambda: self._file.generation, self._shown)

    def work_ahead(self) -> None:
        """Work out what the pages of a large file show first, before anyone asks."""
        if Path(self.path).stat().st_size >= LARGE_BYTES:
            self._kept.work_ahead()

    def problem(self) -> str | None:
        """Look at the file, and return why it cannot be served now, if so."""
        return self._file.look()

    def _forget(self) -> None:
        """Drop what Datasette remembers of a file that does not change."""
        self.is_mutable = not self._file.is_immutable
        self.cached_hash = self.cached_size = self._cached_table_counts = None

    def connect(self, write: bool = False) -> Any:
        """Open the file read-only: nothing on a site writes."""
        if write:
            raise sqlite3.OperationalError("the database is open read-only")
        options = "mode=ro" if self.is_mutable else "immutable=1"
        uri = f"{Path(self.path).absolute().as_uri()}?{options}"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False, factory=Connection)
        self._all_file_connections.append(connection)
        return connection

    async def execute(self, sql: str, params: Any = None, *args: Any, **named: Any) -> Any:
        """Run SQL without printing what fails: who asked is told, and a log is for errors of the server.

        A parameter may be the place of a document as it is shown.
        """
        if isinstance(params, dict) and any("/" in value for value in params.values() if isinstance(value, str)):
            params = await self.execute_fn(partial(_with_whole_uris, params))
        key = self._key_of(sql, params, named)
        sql = with_limit(sql) if named.get("truncate") else count_of_words(sql)
        run = partial(super().execute, sql, params, *args, **named | {"log_sql_errors": False})
        if key is None:
            return await run()
        limits = {"custom_time_limit": MAX_COUNT_MS} if key[0] in ("count", "facet") else {}
        return await self._kept.get(key, sql, partial(run, **limits), params or {})

    def _key_of(self, sql: str, params: Any, named: dict[str, Any]) -> tuple[str, ...] | None:
        """Return the key of an answer that is kept; None where the caller wants it in a way of its own."""
        if _is_for_spreadsheet.get() or not isinstance(params or {}, dict):
            return None
        key = key_of(sql, params or {})
        if _is_own.get() != bool(key and key[0] == "page"):
            return None
        is_special = named.get("page_size") or named.get("custom_time_limit") or not named.get("truncate")
        return None if key and key[0] == "query" and is_special else key

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        """Run a function with a connection: in a thread of our pages or, with limits, of tables or of visitors."""
        is_own = _is_own.get()
        is_guarded = _is_for_spreadsheet.get()
        is_visitors = _is_visitors.get()
        most = MAX_ANSWER_BYTES if is_visitors else MAX_PAGE_BYTES

        def in_thread() -> Any:
            connection = self._current()
            connection.is_patient = is_own or not is_visitors
            if is_own:
                return fn(connection)
            connection.row_factory = _Answer(most, hidden_part(connection), is_guarded=is_guarded)
            try:
                return fn(connection)
            except (sqlite3.DataError, MemoryError) as error:
                problem = f"a value has more than {MAX_VALUE_BYTES // 1_000_000} MB, or the values need too much memory"
                raise sqlite3.OperationalError(problem) from error

        executor = self._visitors_executor if is_visitors else self.ds.executor
        if is_own:
            executor = self._own_executor
        return await asyncio.get_running_loop().run_in_executor(executor, in_thread)

    def _current(self) -> Any:
        """Return this thread's connection to the file as it is now."""
        generation = self._file.generation
        before = getattr(self._local, "connection", None)
        if before is None or before.was_stopped or self._local.generation != generation:
            if before:
                self._all_file_connections.remove(before)
                before.close()
            self._local.connection, self._local.generation = self._prepared(), generation
        return self._local.connection

    def _prepared(self) -> Any:
        connection = self.connect()
        self.ds._prepare_connection(connection, self.name)
        connection.set_authorizer(_authorize)
        return connection

    def _shown(self) -> Any:
        """Return a new connection whose rows are as visitors see them."""
        connection = self._prepared()
        connection.row_factory = _Answer(MAX_PAGE_BYTES, hidden_part(connection), is_guarded=False)
        return connection

    async def attached_databases(self) -> list[Any]:
        """Return no database: asking SQLite would also say where the file is."""
        return []


def _with_whole_uris(params: dict[str, Any], connection: Any) -> dict[str, Any]:
    """Return parameters with the URI of a document for its place."""
    found = dict(params)
    if hidden := hidden_part(connection):
        for name, value in params.items():
            uri = uri_of(value, hidden) if isinstance(value, str) else None
            if connection.execute("SELECT 1 FROM sources WHERE uri = ?", (uri,)).fetchone():
                found[name] = uri
    return found


def refuse_without_file(app: Any, datasette: Any) -> Any:
    """Return an ASGI app that answers 503, and why, while a file that `loader serve` serves is not there to be read."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        served = [one for one in datasette.databases.values() if isinstance(one, ServedDatabase)]
        if scope["type"] == "http" and (problem := next(filter(None, (one.problem() for one in served)), None)):
            await cannot_be_shown(problem).asgi_send(send)
        else:
            await app(scope, receive, send)

    return answer


def bound_values(connection: Any) -> None:
    """Bound the values that SQL on this connection can make."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, MAX_COLUMNS)


def with_lengths(row: Any) -> Any:
    """Return a row with the length of each binary value in its place.

    >>> with_lengths([1, b"abc"]), with_lengths(("a",))
    ([1, {'bytes': 3}], ('a',))
    """
    if not any(isinstance(value, bytes) for value in row):
        return row
    return [{"bytes": len(value)} if isinstance(value, bytes) else value for value in row]


def _authorize(action: int, name: str | None, *_: object) -> int:
    # It would say where on this machine the file is.
    is_path = action == sqlite3.SQLITE_PRAGMA and str(name).lower() == "database_list"
    return int(sqlite3.SQLITE_DENY if is_path else sqlite3.SQLITE_OK)
