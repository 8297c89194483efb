"""One small interface to SQLite and PostgreSQL: statements, batches and bulk inserts, with one writer at a time.

It uses the drivers directly: SQLAlchemy's ORM is 30 to 60 times slower at inserting, and importing it takes longer than
ingesting a page.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from operator import itemgetter
from typing import Any, Protocol

from programme.database_url import DatabaseUrl
from programme.exceptions import StoreError, ValueRefusedError
from programme.loaders.store.problems import problem
from programme.loaders.store.waiting import ATTEMPT_MS, ATTEMPT_S, begin_immediate, when_free

Row = tuple[Any, ...]
Parameters = Sequence[Any] | Mapping[str, Any]
IN_CHUNK = 5_000
"""Values of one `IN (?)`: they are sent as one parameter, so no limit of the database is near; this bounds its size."""
VALUES_PER_INSERT = 800
"""Parameters of one INSERT on SQLite, below the 999 that releases before 3.32 allow."""
CACHE_KIB = 12_000
"""SQLite's page cache: its default of 2 MB does not hold the inner pages of the indexes of a large database."""
_SQLITE_REFUSALS = (
    sqlite3.DataError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    OverflowError,
)


class Connection(Protocol):
    """What the store needs of a database. Parameters are written `?`; `query_in` takes a list for `IN (?)`."""

    database: DatabaseUrl

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows."""

    def query_named(self, sql: str) -> tuple[list[str], list[Row]]:
        """Run one statement and return the names of its columns and its rows."""

    def query_in(self, sql: str, values: Collection[Any]) -> list[Row]:
        """Run a statement with `IN (?)` for all `values`, in chunks, and return all rows."""

    def stream(self, sql: str, size: int, parameters: Parameters = ()) -> Iterator[list[Row]]:
        """Run one statement inside a `snapshot` and yield its rows, `size` at a time.

        Named parameters are written as the driver takes them.
        """

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""

    def run_many(self, sql: str, rows: Collection[Row]) -> None:
        """Run one statement once per row."""

    def insert(self, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
        """Insert rows in the fastest way the database has."""

    def transaction(self) -> Any:
        """Return a context that commits at its end and rolls back on an error; it waits for any other writer."""

    def snapshot(self) -> Any:
        """Return a context in which all reads see the database of one moment, and nothing can be written."""

    def close(self) -> None:
        """Close the connection."""


def chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    """Split values into lists of at most IN_CHUNK."""
    pool = list(values)
    for start in range(0, len(pool), IN_CHUNK):
        yield pool[start : start + IN_CHUNK]


class SqliteConnection:
    """SQLite through the standard library, in autocommit mode with explicit transactions."""

    def __init__(self, database: DatabaseUrl, *, foreign_keys: bool = True) -> None:
        self.database = database
        self._is_patient = self._is_writing = False
        try:
            # By default sqlite3 keeps 128 statements compiled; the store runs more in turn.
            self._raw = sqlite3.connect(
                database.location, timeout=ATTEMPT_S, isolation_level=None, cached_statements=256
            )
            # It reads the schema, and so waits as any other statement.
            self._execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._raw.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        except sqlite3.Error as error:
            raise StoreError(f"{database}: cannot be opened: {problem(error)}") from error

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows."""
        try:
            return self._execute(sql, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            self._name(error)
            raise

    def _name(self, error: sqlite3.DatabaseError) -> None:
        """Raise an error that names the database in place of one of SQLite; a transaction does so at its end."""
        if not self._is_writing:
            raise StoreError(f"{self.database}: cannot be read: {problem(error)}") from error

    def _execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement; outside a transaction it waits for other processes."""
        if self._raw.in_transaction:
            return self._raw.execute(sql, parameters)
        if self._is_patient:
            # Here rather than after COMMIT, when nothing may fail any more.
            self._raw.execute(f"PRAGMA busy_timeout = {ATTEMPT_MS}")
            self._is_patient = False
        return when_free(self.database, lambda: self._raw.execute(sql, parameters))

    def query_named(self, sql: str) -> tuple[list[str], list[Row]]:
        """Run one statement and return the names of its columns and its rows."""
        try:
            cursor = self._execute(sql)
            return [column[0] for column in cursor.description], cursor.fetchall()
        except sqlite3.DatabaseError as error:
            self._name(error)
            raise

    def query_in(self, sql: str, values: Collection[Any]) -> list[Row]:
        """Run a statement with `IN (?)` for all `values`, in chunks, and return all rows."""
        listed = sql.replace("IN (?)", "IN (SELECT value FROM json_each(?))")
        return [row for chunk in chunks(values) for row in self.query(listed, (json.dumps(chunk),))]

    def stream(self, sql: str, size: int, parameters: Parameters = ()) -> Iterator[list[Row]]:
        """Run one statement and yield its rows, `size` at a time."""
        try:
            cursor = self._execute(sql, parameters)
            while rows := cursor.fetchmany(size):
                yield rows
        except sqlite3.DatabaseError as error:
            self._name(error)
            raise

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self._execute(sql, parameters)

    def run_many(self, sql: str, rows: Collection[Row]) -> None:
        """Run one statement once per row."""
        if rows:
            self._raw.executemany(sql, rows)

    def insert(self, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
        """Insert rows in the fastest way SQLite has."""
        insert_rows(self._raw, table, columns, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a write transaction; it waits for another process that writes."""
        try:
            self._is_patient = self._is_writing = True
            begin_immediate(self._raw, self.database)
            yield
            # Where others read meanwhile, the transaction stays open and can be committed again.
            when_free(self.database, lambda: self._raw.execute("COMMIT"))
        except BaseException as error:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            if isinstance(error, _SQLITE_REFUSALS):
                raise ValueRefusedError(f"{self.database}: {error}") from error
            if isinstance(error, sqlite3.Error):
                raise StoreError(
                    f"{self.database}: cannot be written: {problem(error)}; nothing was written"
                ) from error
            raise
        finally:
            self._is_writing = False

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Open a transaction that only reads; writers wait for its end."""
        self._raw.execute("BEGIN")
        try:
            # BEGIN alone takes no lock: the first statement does.
            when_free(self.database, lambda: self._raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall())
            yield
        finally:
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()


def insert_rows(raw: sqlite3.Connection, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
    """Insert rows, several to a statement: a third faster than one by one."""
    columns, rows = stated_columns(columns, rows)
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    marks = f"({', '.join('?' * len(columns))})"
    pool = list(rows)
    per_statement = max(1, VALUES_PER_INSERT // len(columns))
    whole = len(pool) // per_statement * per_statement
    if whole:
        parameters = (
            list(chain.from_iterable(pool[start : start + per_statement])) for start in range(0, whole, per_statement)
        )
        raw.executemany(head + ", ".join([marks] * per_statement), parameters)
    if pool[whole:]:
        raw.executemany(head + marks, pool[whole:])


def connect(database: DatabaseUrl, *, foreign_keys: bool = True) -> Connection:
    """Open a database. `foreign_keys=False` leaves checking references to the caller (SQLite only)."""
    if database.engine == "sqlite":
        return SqliteConnection(database, foreign_keys=foreign_keys)
    from programme.loaders.store.postgresql import PostgresConnection

    return PostgresConnection(database)


def stated_columns(columns: Sequence[str], rows: Collection[Row]) -> tuple[Sequence[str], Collection[Row]]:
    """Leave out the columns that are null in every row: in most documents a third is, and each value takes its time."""
    first = next(iter(rows), ())
    empty = {place for place, value in enumerate(first) if value is None and all(row[place] is None for row in rows)}
    kept = [place for place in range(len(columns)) if place not in empty]
    if not empty or len(kept) < 2:  # of one place, itemgetter makes no tuple
        return columns, rows
    return [columns[place] for place in kept], list(map(itemgetter(*kept), rows))


def rows_by(rows: Iterable[Row], column: int = 0) -> dict[Any, list[Row]]:
    """Group rows by one of their columns."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
