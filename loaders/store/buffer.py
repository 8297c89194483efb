"""New rows: their ids, and the plan by which a batch is written."""

from collections.abc import Callable, Collection
from itertools import count

from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.rows import COLUMNS


class Ids:
    """Hands out the ids of new rows.

    Valid only inside one write transaction: there is a single writer at a time, so no sequence of the database is
    needed, and parents and children can be inserted in batches whose ids are known beforehand. Without a connection
    they begin with 1.
    """

    def __init__(self, connection: Connection | None) -> None:
        self._connection = connection
        self._next: dict[str, Callable[[], int]] = {}

    def next(self, table: str) -> Callable[[], int]:
        """Return a function that gives the next free id of `table` at every call."""
        found = self._next.get(table)
        if found is None:
            sql = f"SELECT COALESCE(MAX(id), 0) FROM {table}"
            last = self._connection.query(sql)[0][0] if self._connection else 0
            # The bound method of a counter: one C call per id in the hottest loop of the loader.
            found = self._next[table] = count(last + 1).__next__
        return found

    def new(self, table: str) -> int:
        """Return the next free id of `table`."""
        return self.next(table)()

    def several(self, table: str, number: int) -> list[int]:
        """Return the next `number` free ids of `table`."""
        next_id = self.next(table)
        return [next_id() for _ in range(number)]


class WritePlan:
    """What a batch writes, in an order in which no reference dangles.

    First go the rows that nothing refers to and that others take the place of, such as slots and authorships; then new
    rows are inserted, parents before children (`plan["papers"]` is the list of those of a table); then rows change what
    they refer to; and last go the rows that nothing refers to any more.
    """

    def __init__(self) -> None:
        self._first: list[tuple[str, Collection[Row]]] = []
        self._new: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._changes: list[tuple[str, Collection[Row]]] = []
        self._last: list[tuple[str, Collection[Row]]] = []

    def __getitem__(self, table: str) -> list[Row]:
        return self._new[table]

    def delete_first(self, sql: str, rows: Collection[Row]) -> None:
        """Run a DELETE once per row before anything is inserted."""
        self._first.append((sql, rows))

    def change(self, sql: str, rows: Collection[Row]) -> None:
        """Run a statement once per row after everything is inserted."""
        self._changes.append((sql, rows))

    def delete_last(self, sql: str, rows: Collection[Row]) -> None:
        """Run a DELETE once per row at the end."""
        self._last.append((sql, rows))

    def write(self, connection: Connection) -> None:
        """Carry out the plan, and start an empty one."""
        for sql, rows in self._first:
            connection.run_many(sql, rows)
        for table, new in self._new.items():
            if new:
                connection.insert(table, COLUMNS[table], new)
                self._new[table] = []
        for sql, rows in (*self._changes, *self._last):
            connection.run_many(sql, rows)
        self._first, self._changes, self._last = [], [], []


def update_statement(table: str, columns: tuple[str, ...], where: str = "id = ?") -> str:
    """Return an UPDATE statement with a parameter for each column.

    >>> update_statement("papers", ("title", "abstract"))
    'UPDATE papers SET title = ?, abstract = ? WHERE id = ?'
    """
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE {where}"
