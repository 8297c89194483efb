"""One small face for SQLite and PostgreSQL: raw statements, batches and bulk inserts, one writer at a time.

The drivers are used as they are: the ORM is 30 to 60 times slower at inserting, and importing SQLAlchemy costs more
than ingesting a page.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Protocol

from programme.database_url import DatabaseUrl
from programme.exceptions import StoreError

Row = tuple[Any, ...]
IN_CHUNK = 5_000
INSERT_VALUES = 800
WRITER_LOCK = 0x70726F67


class Connection(Protocol):
    """What the store asks of a database. Statements are written with `?`; `IN (?)` takes a list through `query_in`."""

    database: DatabaseUrl

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows."""

    def query_in(self, sql: str, values: Collection[Any]) -> list[Row]:
        """Run a statement that holds `IN (?)` once for all `values`, in chunks."""

    def stream(self, sql: str, size: int, parameters: Sequence[Any] = ()) -> Iterator[list[Row]]:
        """Run one statement inside a `snapshot` and yield its rows, `size` at a time."""

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""

    def run_many(self, sql: str, rows: Collection[Row]) -> None:
        """Run one statement once per row."""

    def insert(self, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
        """Insert rows the fastest way there is."""

    def transaction(self) -> Any:
        """A context that commits on leaving and rolls back on an error; only one writer is inside at a time."""

    def snapshot(self) -> Any:
        """A context in which everything read is of one moment, and nothing can be written."""

    def close(self) -> None:
        """Close the connection."""


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    pool = list(values)
    for start in range(0, len(pool), IN_CHUNK):
        yield pool[start : start + IN_CHUNK]


class SqliteConnection:
    """SQLite through the standard library, in autocommit mode with explicit transactions."""

    def __init__(self, database: DatabaseUrl, *, foreign_keys: bool = True) -> None:
        self.database = database
        try:
            self._raw = sqlite3.connect(database.location, timeout=30, isolation_level=None, cached_statements=256)
            self._raw.execute("PRAGMA cache_size = -12000")
            self._raw.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        except sqlite3.Error as error:
            raise StoreError(f"{database.location}: cannot be opened: {error}") from error

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows."""
        return self._raw.execute(sql, parameters).fetchall()

    def query_in(self, sql: str, values: Collection[Any]) -> list[Row]:
        """Run a statement that holds `IN (?)` once for all `values`, in chunks."""
        spread = sql.replace("IN (?)", "IN (SELECT value FROM json_each(?))")
        return [row for chunk in _chunks(values) for row in self.query(spread, (json.dumps(chunk),))]

    def stream(self, sql: str, size: int, parameters: Sequence[Any] = ()) -> Iterator[list[Row]]:
        """Run one statement and yield its rows, `size` at a time."""
        cursor = self._raw.execute(sql, parameters)
        while rows := cursor.fetchmany(size):
            yield rows

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self._raw.execute(sql, parameters)

    def run_many(self, sql: str, rows: Collection[Row]) -> None:
        """Run one statement once per row."""
        if rows:
            self._raw.executemany(sql, rows)

    def insert(self, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
        """Insert rows, many to a statement: a third faster than one by one."""
        head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
        marks = f"({', '.join('?' * len(columns))})"
        pool = list(rows)
        per_statement = max(1, INSERT_VALUES // len(columns))
        whole = len(pool) // per_statement * per_statement
        if whole:
            joined = (
                list(chain.from_iterable(pool[start : start + per_statement]))
                for start in range(0, whole, per_statement)
            )
            self._raw.executemany(head + ", ".join([marks] * per_statement), joined)
        self.run_many(head + marks, pool[whole:])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction; raises StoreError when another process holds the database for 30 seconds."""
        try:
            self._raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise StoreError(f"{self.database.location}: cannot be written: {error}") from error
        try:
            yield
            self._raw.execute("COMMIT")
        except BaseException as error:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error | OverflowError):
                raise StoreError(f"{self.database.location}: cannot be written: {error}; nothing is half in") from error
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A transaction that only reads; writers wait for its end."""
        self._raw.execute("BEGIN")
        try:
            # BEGIN alone takes no lock: the first statement does.
            self._raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
            yield
        finally:
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()


class PostgresConnection:
    """PostgreSQL through psycopg: COPY for inserts, an advisory lock for the one writer."""

    def __init__(self, database: DatabaseUrl) -> None:
        import psycopg

        self.database = database
        try:
            self._raw = psycopg.connect(database.location, autocommit=True)
        except psycopg.Error as error:
            raise StoreError(f"{database.location}: cannot be opened: {error}") from error
        self._raw.execute("SET TIME ZONE 'UTC'")
        _read_times_as_text(self._raw)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows."""
        return self._raw.execute(_percent(sql), parameters).fetchall()

    def query_in(self, sql: str, values: Collection[Any]) -> list[Row]:
        """Run a statement that holds `IN (?)` once for all `values`, in chunks."""
        spread = sql.replace("IN (?)", "= ANY(?)")
        return [row for chunk in _chunks(values) for row in self.query(spread, (chunk,))]

    def stream(self, sql: str, size: int, parameters: Sequence[Any] = ()) -> Iterator[list[Row]]:
        """Run one statement and yield its rows, `size` at a time."""
        with self._raw.cursor(name="programme_stream") as cursor:
            cursor.execute(_percent(sql), parameters)
            while rows := cursor.fetchmany(size):
                yield rows

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self._raw.execute(_percent(sql), parameters)

    def run_many(self, sql: str, rows: Collection[Row]) -> None:
        """Run one statement once per row, in one round trip."""
        if rows:
            with self._raw.cursor() as cursor:
                cursor.executemany(_percent(sql), rows)

    def insert(self, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
        """Insert rows with COPY."""
        if not rows:
            return
        with self._raw.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction; waits for another writer to finish."""
        import psycopg

        try:
            with self._raw.transaction():
                self._raw.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER_LOCK,))
                yield
        except psycopg.Error as error:
            where = self.database.location
            raise StoreError(f"{where}: cannot be written: {error}; nothing is half in") from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A transaction that only reads, and sees nothing of what others write meanwhile."""
        with self._raw.transaction():
            self._raw.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()


def _read_times_as_text(raw: Any) -> None:
    """Let instants and dates come back as SQLite holds them: ISO 8601 text."""
    from psycopg.adapt import Loader

    class Date(Loader):
        def load(self, data: Any) -> str:
            return bytes(data).decode()

    class InstantText(Loader):
        def load(self, data: Any) -> str:
            return bytes(data).decode()[:19].replace(" ", "T") + "Z"

    raw.adapters.register_loader("date", Date)
    raw.adapters.register_loader("timestamptz", InstantText)


def _percent(sql: str) -> Any:
    return sql.replace("%", "%%").replace("?", "%s")


def connect(database: DatabaseUrl, *, foreign_keys: bool = True) -> Connection:
    """Open a database. `foreign_keys=False` leaves their check to the caller (SQLite only)."""
    if database.engine == "sqlite":
        return SqliteConnection(database, foreign_keys=foreign_keys)
    return PostgresConnection(database)


def rows_by(rows: Iterable[Row], column: int = 0) -> dict[Any, list[Row]]:
    """Group rows by one of their columns."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
