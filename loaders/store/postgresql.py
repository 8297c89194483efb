"""PostgreSQL behind the interface of `programme.loaders.store.connection`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from programme.database_url import DatabaseUrl
from programme.exceptions import StoreError, ValueRefusedError
from programme.loaders.store.connection import Parameters, Row, chunks, stated_columns
from programme.loaders.store.waiting import ATTEMPT_MS, TRY_LOCK, wait_until, when_free


class PostgresConnection:
    """PostgreSQL through psycopg.

    Inserts use COPY, several times faster than INSERT. Writers take an advisory lock: ids are handed out in Python, so
    two writers at once would give the same ones.
    """

    def __init__(self, database: DatabaseUrl) -> None:
        import psycopg

        self.database = database
        try:
            self._raw = psycopg.connect(database.location, autocommit=True)
        except psycopg.ProgrammingError:
            # Its text quotes the part of the URL that it does not understand, which may be the password.
            problem = (
                "is not a valid URL; %, @, / and : in a user, password or option are written %25, %40, %2F and %3A"
            )
            raise StoreError(f"postgresql://…: {problem}") from None
        except psycopg.Error as error:
            raise StoreError(f"{database}: cannot be opened: {error}") from error
        self._raw.execute("SET TIME ZONE 'UTC'")
        self._raw.execute(f"SET lock_timeout = {ATTEMPT_MS}")
        _read_times_as_text(self._raw)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows; outside a transaction it waits for a load that holds the tables."""
        if self._raw.info.transaction_status:
            return self._raw.execute(_percent(sql), parameters).fetchall()
        import psycopg

        try:
            return when_free(self.database, lambda: self._raw.execute(_percent(sql), parameters).fetchall())
        except psycopg.Error as error:
            raise StoreError(f"{self.database}: cannot be read: {error}") from error

    def query_named(self, sql: str) -> tuple[list[str], list[Row]]:
        """Run one statement and return the names of its columns and its rows."""
        cursor = self._raw.execute(_percent(sql), ())
        return [column.name for column in cursor.description or ()], cursor.fetchall()

    def query_in(self, sql: str, values: Collection[Any]) -> list[Row]:
        """Run a statement with `IN (?)` for all `values`, in chunks, and return all rows."""
        listed = sql.replace("IN (?)", "= ANY(?)")
        return [row for chunk in chunks(values) for row in self.query(listed, (chunk,))]

    def stream(self, sql: str, size: int, parameters: Parameters = ()) -> Iterator[list[Row]]:
        """Run one statement and yield its rows, `size` at a time."""
        with self._raw.cursor(name="programme_stream") as cursor:
            cursor.execute(sql.encode() if isinstance(parameters, Mapping) else _percent(sql), parameters)
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
        columns, rows = stated_columns(columns, rows)
        with self._raw.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a write transaction; it waits for another writer to finish."""
        import psycopg

        try:
            with self._raw.transaction():
                self._raw.execute("SET LOCAL lock_timeout = 0")
                wait_until(self.database, lambda: bool(self.query(TRY_LOCK)[0][0]))
                yield
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded) as error:
            raise ValueRefusedError(f"{self.database}: {error}") from error
        except psycopg.Error as error:
            raise StoreError(f"{self.database}: cannot be written: {error}; nothing was written") from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Open a transaction that only reads, and sees nothing of what others write meanwhile."""
        with self._raw.transaction():
            self._raw.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            self._raw.execute("SET LOCAL lock_timeout = 0")
            yield

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()


def _read_times_as_text(raw: Any) -> None:
    """Make the driver return instants and dates as SQLite stores them: ISO 8601 text."""
    from psycopg.adapt import Loader

    class Date(Loader):
        def load(self, data: Any) -> str:
            return bytes(data).decode()

    class InstantText(Loader):
        def load(self, data: Any) -> str:
            # `2021-07-20 14:00:00+00`: the connection's time zone is UTC.
            return bytes(data).decode()[:19].replace(" ", "T") + "Z"

    raw.adapters.register_loader("date", Date)
    raw.adapters.register_loader("timestamptz", InstantText)


def _percent(sql: str) -> Any:
    """Write parameters as psycopg does. No statement of the store has a question mark in a literal."""
    return sql.replace("%", "%%").replace("?", "%s")
