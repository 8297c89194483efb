"""New rows: their ids, and the buffer in which they wait until a batch is written."""

from collections.abc import Callable, Iterable
from itertools import count

from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.rows import COLUMNS, PaperRow


class Ids:
    """Hands out the ids of new rows.

    Valid only inside one write transaction: there is a single writer at a time, so no sequence of the database is
    needed, and parents and children can be inserted in batches whose ids are known beforehand.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next: dict[str, Callable[[], int]] = {}

    def next(self, table: str) -> Callable[[], int]:
        """Return a function that gives the next free id of `table` at every call."""
        found = self._next.get(table)
        if found is None:
            last = self._connection.query(f"SELECT COALESCE(MAX(id), 0) FROM {table}")[0][0]
            # The bound method of a counter: one C call per id in the hottest loop of the loader.
            found = self._next[table] = count(last + 1).__next__
        return found

    def new(self, table: str) -> int:
        """Return the next free id of `table`."""
        return self.next(table)()


class RowBuffer:
    """Rows waiting to be inserted, by table."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}

    def __getitem__(self, table: str) -> list[Row]:
        return self._rows[table]

    def flush(self, connection: Connection) -> None:
        """Insert every row, parents before children, and start empty."""
        for table, rows in self._rows.items():
            if rows:
                connection.insert(table, COLUMNS[table], rows)
                self._rows[table] = []


def update_statement(table: str, columns: tuple[str, ...], where: str = "id = ?") -> str:
    """Return an UPDATE statement with a parameter for each column.

    >>> update_statement("papers", ("title", "abstract"))
    'UPDATE papers SET title = ?, abstract = ? WHERE id = ?'
    """
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE {where}"


def index_papers(connection: Connection, papers: Iterable[PaperRow]) -> None:
    """Add rows of `papers` to the full-text index of SQLite.

    Called in batches, because a trigger per row makes loading three times slower. PostgreSQL maintains its own index.
    """
    connection.run_many(
        "INSERT INTO papers_fts (rowid, title, abstract) VALUES (?, ?, ?)",
        [(paper.id, paper.title, paper.abstract) for paper in papers],
    )
