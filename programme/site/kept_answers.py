"""What is shown of whole tables, views and curated queries, without a filter: kept until the file changes.

At a million papers some take longer than a page may. Those are finished in the background, one after another: a page
waits for its rows, and shows its count and facets later. `loader serve` does so for a large database before anyone
asks. Only what is asked for without a filter, or whether something is so, is kept: no visitor can fill the memory.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache
from queue import SimpleQueue
from typing import Any

from datasette.database import QueryInterrupted, Results
from datasette.utils import sqlite3

from programme.patterns import lazy_pattern
from programme.queries import catalogue, render
from programme.site import SETTINGS
from programme.site.metadata import described_tables
from programme.site.parts.sql import sql_of
from programme.site.time_limits import give_way

Key = tuple[str, ...]

_COUNT = lazy_pattern(r"select count\(\*\) from \[?(\w+)\]?\s*")
_FACET = lazy_pattern(
    r"\s*select (\w+) as value, count\(\*\) as count from \(\s*select [\w\[\], ]+ from (\w+)\s*\)\s*"
    r"where \1 is not null\s+group by \1 order by count desc, value limit (\d+)\s*"
)
_COUNT_OF_WORDS = lazy_pattern(
    r"select count\(\*\) from papers where id in (\(select rowid from papers_fts where papers_fts match [\w:()]+\)) *"
)
_IF_TRUE = lazy_pattern(r'(.*?) where "((?:has|is)_\w+)" = :p0( .*)', re.DOTALL)
_FIRST_ROWS = lazy_pattern(r"select ([\w\[\], ]+) from (\w+)\s*(?:order by (\w+(?: desc)?))? limit (\d+)\s*")
_KEPT_SIZES = (50, 100)
"""Rows of a page that are kept: Datasette's default, and as many as people ask for."""
_OF_PAGES = ("home/counts", "home/editions", "feeds/newest")
"""Statements of our pages that read whole tables, whatever is asked for."""
_WAITED_FOR = ("page", "rows", "query")
_QUIET_S = 60.0
"""Seconds between looks at whether the file has changed, so that a long load beside the site costs little."""
_MAX_ROWS = SETTINGS["max_returned_rows"]
_INTERRUPTED = "it takes longer than a page may, and is being worked out; reload in a minute"
_WAIT_S = 25.0
"""Seconds that a page waits for its rows: browsers and servers in front of this one give up after 30 and more."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A statement to finish in the background, asked for while the file had this generation."""

    state: int
    key: Key
    sql: str
    params: dict[str, Any]
    done: Future[Results | None] = field(default_factory=Future)
    """What pages wait for; None where it failed, or the file has changed."""


def key_of(sql: str, params: dict[str, Any]) -> Key | None:
    """Return what is asked for: a count, facet or first rows as a view has them, or a query with defaults; else None.

    >>> key_of("select count(*) from slots ", {}), key_of("select count(*) from slots where 1", {})
    (('count', 'slots'), None)
    """
    if name := _pages().get(sql):
        return ("page", name)
    if name := _queries().get(sql):
        is_default = not any(str(params.get(param.name, "")).strip() for param in catalogue()[name].params)
        return ("query", name) if is_default else None
    if not params:
        return _key_of_view(sql)
    # A filter with two values, of a column that says yes or no: as few answers to keep.
    found = _IF_TRUE.fullmatch(sql) if params in ({"p0": "0"}, {"p0": "1"}) else None
    key = _key_of_view(found[1] + found[3]) if found else None
    return (*key, found[2], params["p0"]) if found and key and _has_column(key[1], found[2]) else None


def _has_column(view: str, column: str) -> bool:
    return view in catalogue() and any(known.name == column for known in catalogue()[view].columns)


@cache
def _queries() -> dict[str, str]:
    """Return the name of each query with parameters by its SQL."""
    return {render(query, "sqlite"): name for name, query in catalogue().items() if not query.is_view}


@cache
def _pages() -> dict[str, str]:
    """Return the file of each statement of our pages by its SQL."""
    return {sql_of(name): name for name in _OF_PAGES}


@cache
def _facets() -> dict[tuple[str, str], int]:
    """Return the limit with which Datasette asks for each facet that a table or view shows: one more than it shows."""
    return {
        (name, column): table.get("facet_size", SETTINGS["default_facet_size"]) + 1
        for name, table in described_tables().items()
        for column in table.get("facets", ())
    }


def _key_of_view(sql: str) -> Key | None:
    if found := _COUNT.fullmatch(sql):
        return ("count", found[1])
    if found := _FACET.fullmatch(sql):
        column, table, limit = found.groups()
        return ("facet", table, column) if _facets().get((table, column)) == int(limit) else None
    if found := _FIRST_ROWS.fullmatch(sql):
        columns, view, order, limit = found.groups()
        query = catalogue().get(view)
        # Whoever chooses columns or an order asks for something else.
        if query and columns.count(",") + 1 == len(query.columns) and order in (None, (query.sort or "").lower()):
            return ("rows", view, order or "", limit) if int(limit) - 1 in _KEPT_SIZES else None
    return None


def count_of_words(sql: str) -> str:
    """Return SQL that gives the same, where Datasette counts the papers with words: no look at each of the papers.

    >>> words = "(select rowid from papers_fts where papers_fts match :q)"
    >>> count_of_words(f"select count(*) from papers where id in {words}")
    'select count(*) from (select rowid from papers_fts where papers_fts match :q)'
    """
    found = _COUNT_OF_WORDS.fullmatch(sql)
    return f"select count(*) from {found[1]}" if found else sql


def with_limit(sql: str) -> str:
    """Return the SQL of a curated query with the limit that its rows have on the site, so that SQLite knows of it.

    It then works out what is shown of the first rows alone, and of the others only what they are ordered by.
    """
    return f"{sql}\nLIMIT {_MAX_ROWS + 1}" if sql in _queries() else sql


def first_answers() -> Iterator[tuple[Key, str, dict[str, Any]]]:
    """Yield all that is kept with its SQL and parameters: rows first, as a page without its count can be read."""
    for sql, name in _pages().items():
        yield ("page", name), sql, {}
    views = [query for query in catalogue().values() if query.is_view]
    for view in views:
        order = (view.sort or "").lower()
        by = f"ORDER BY {order}" if order else ""
        for size in _KEPT_SIZES:
            yield ("rows", view.name, order, str(size + 1)), f"SELECT * FROM {view.name} {by} LIMIT {size + 1}", {}
    for sql, name in _queries().items():
        yield ("query", name), with_limit(sql), {param.name: "" for param in catalogue()[name].params}
    for view in views:
        yield ("count", view.name), f"SELECT count(*) FROM {view.name}", {}
    for (table, column), limit in _facets().items():
        sql = (
            f"SELECT {column} AS value, count(*) AS count FROM {table} WHERE {column} IS NOT NULL "
            f"GROUP BY {column} ORDER BY count DESC, value LIMIT {limit}"
        )
        yield ("facet", table, column), sql, {}


class KeptAnswers:
    """The kept answers of one database file, whose `generation` changes with it.

    `connect` opens a connection whose rows are as visitors see them.
    """

    def __init__(self, generation: Callable[[], int], connect: Callable[[], Any]) -> None:
        self._generation = generation
        self._connect = connect
        self._state = -1
        self._known: dict[Key, Results] = {}
        self._pending: dict[Key, Future[Results | None]] = {}
        self._queues: dict[str, SimpleQueue[_Task]] = {}
        self._lock = threading.Lock()

    async def get(
        self, key: Key, sql: str, execute: Callable[[], Awaitable[Results]], params: dict[str, Any] | None = None
    ) -> Results:
        """Return an answer, made with `execute` where none is kept and in the background where that takes too long.

        Rows are waited for; raises QueryInterrupted when they take longer still, and for counts and facets.
        """
        state = self._current_state()
        if key in self._known:
            return self._known[key]
        if key not in self._pending:
            try:
                found = await execute()
            except QueryInterrupted:
                if task := self._begin(state, key, sql, dict(params or {})):
                    self._queue_of(key).put(task)
            else:
                self._keep(state, key, found)
                return found
        if (late := await self._finished(key)) is not None:
            return late
        raise QueryInterrupted(_INTERRUPTED, sql, params or {})

    async def _finished(self, key: Key) -> Results | None:
        """Return rows that are being worked out; None for others, and where they fail or are not there in time."""
        pending = self._pending.get(key)
        if key[0] not in _WAITED_FOR or pending is None:
            return self._known.get(key)
        with suppress(TimeoutError):
            # Shielded: others may wait for it too.
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(pending)), _WAIT_S)
        return None

    def work_ahead(self) -> None:
        """Work out in the background all that is kept, and again after each change of the file."""
        threading.Thread(target=self._work_ahead, name="ahead", daemon=True).start()

    def _work_ahead(self) -> None:
        give_way()
        while True:
            self.work_out_missing()
            time.sleep(_QUIET_S)

    def work_out_missing(self) -> None:
        """Work out all that is not known yet, until the file changes."""
        state = self._current_state()
        for key, sql, params in first_answers():
            if state == self._generation() and key not in self._known and key not in self._pending:
                # No page waits for this, which gives way to everything: a page is faster on its own.
                self._work_out(_Task(state, key, sql, params))

    def _current_state(self) -> int:
        with self._lock:
            state = self._generation()
            if state != self._state:
                self._state, self._known, self._pending = state, {}, {}
            return state

    def _keep(self, state: int, key: Key, found: Results) -> None:
        if state == self._state:
            self._known[key] = found

    def _begin(self, state: int, key: Key, sql: str, params: dict[str, Any]) -> _Task | None:
        """Return a task that others wait for; None where it is done or begun already, or the file has changed."""
        with self._lock:
            if state != self._state or key in self._known or key in self._pending:
                return None
            task = _Task(state, key, sql, params)
            self._pending[key] = task.done
            return task

    def _queue_of(self, key: Key) -> SimpleQueue[_Task]:
        """Return the queue for counts, facets, rows or queries: no page waits for its rows until another is counted."""
        kind = key[0]
        if kind not in self._queues:
            self._queues[kind] = SimpleQueue()
            # A daemon: the server does not wait for it when it stops.
            threading.Thread(target=self._finish, args=(kind, self._queues[kind]), name=kind, daemon=True).start()
        return self._queues[kind]

    def _finish(self, kind: str, queue: SimpleQueue[_Task]) -> None:
        """Answer what was put off, for as long as the process lives; what no page waits for, when nobody else works."""
        if kind not in _WAITED_FOR:
            give_way()
        while True:
            self._work_out(queue.get())

    def _work_out(self, task: _Task) -> None:
        found = None
        # Whatever fails, a file that was taken away say, fails again for whoever asks, and is reported there.
        with suppress(sqlite3.Error):
            if task.state == self._state:
                with closing(self._connect()) as connection:
                    found = _answer(connection, task)
                self._keep(task.state, task.key, found)
        with self._lock:
            if self._pending.get(task.key) is task.done:
                del self._pending[task.key]
        task.done.set_result(found)


def _answer(connection: Any, task: _Task) -> Results:
    cursor = connection.execute(task.sql, task.params)
    if task.key[0] == "page":
        return Results(cursor.fetchall(), truncated=False, description=cursor.description)
    rows = cursor.fetchmany(_MAX_ROWS + 1)
    return Results(rows[:_MAX_ROWS], truncated=len(rows) > _MAX_ROWS, description=cursor.description)
