"""Where documents came from, without the folders of the machine that ingested them."""

from collections.abc import Iterator

from sqlalchemy import Table

from programme.export.rows import statement
from programme.export.sources import DatabaseRows, Source
from programme.loaders.store.connection import Connection, Row

_TABLES = ("documents", "sources")


class PublicRows:
    """The rows of a database as they are published: local paths are replaced by the names of files."""

    def __init__(self, connection: Connection) -> None:
        self._rows: Source = DatabaseRows(connection, None)
        self._places = _places(connection.query(statement("local_uris", connection.database.engine)))

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """Yield batches of the rows of a table."""
        if table.name not in _TABLES:
            yield from self._rows.rows(table)
            return
        index = [column.name for column in table.columns].index("uri")
        for batch in self._rows.rows(table):
            yield [(*row[:index], self._places.get(row[index], row[index]), *row[index + 1 :]) for row in batch]


def _places(found: list[Row]) -> dict[str, str]:
    """Return a place for each local URI; those with one name are numbered by what the documents hold.

    >>> _places([("file:///home/ada/b/page.txt", "22"), ("file:///home/ada/a/page.txt", "11")])
    {'file:///home/ada/a/page.txt': 'page.txt', 'file:///home/ada/b/page.txt': 'page.txt#2'}
    """
    places: dict[str, str] = {}
    counts: dict[str, int] = {}
    for uri, _ in sorted(found, key=lambda row: (row[1], row[0])):
        file, separator, member = uri.partition("!/")
        place = f"{file.rpartition('/')[2]}{separator}{member}"
        counts[place] = counts.get(place, 0) + 1
        places[uri] = place if counts[place] == 1 else f"{place}#{counts[place]}"
    return places
