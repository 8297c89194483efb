"""Authors and repositories: found by key, created when new, and shown under the best of their spellings."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from programme.loaders.store.connection import Connection, Row, rows_by
from programme.loaders.store.keys import author_key, repository_key
from programme.loaders.store.rows import COLUMNS, Ids
from programme.loaders.text.links import path_rank
from programme.loaders.text.names import clean_name, name_form, name_rank

REMEMBERED_NAMES = 300_000


class _Registry:
    """Ids by key of one table whose rows show the best spelling seen.

    With `complete`, everything the table holds has passed through here, so what is not known is new.
    """

    table: str
    column: str
    rank: Callable[[str], Any]

    def __init__(self, connection: Connection, ids: Ids, *, complete: bool) -> None:
        self._connection = connection
        self._next_id = ids.next(self.table)
        self._complete = complete
        self._by_key: dict[str, int] = {}
        self._new: list[Row] = []
        self._respelled: dict[int, str] = {}

    def _look_up(self, keys: Iterable[str]) -> None:
        unknown = set() if self._complete else {key for key in keys if key not in self._by_key}
        if unknown:
            rows = self._connection.query_in(f"SELECT key, id FROM {self.table} WHERE key IN (?)", unknown)
            self._by_key.update(rows)

    def _spell(self, id_: int, spelling: str) -> None:
        """Note another spelling of a row that exists."""
        best = self._respelled.get(id_)
        if best is None or type(self).rank(spelling) > type(self).rank(best):
            self._respelled[id_] = spelling

    def flush(self) -> None:
        """Insert the new rows, and give the others a better spelling where one was seen."""
        if self._new:
            self._connection.insert(self.table, COLUMNS[self.table], self._new)
            self._new = []
        if not self._respelled:
            return
        rank = type(self).rank
        shown = self._connection.query_in(
            f"SELECT id, {self.column} FROM {self.table} WHERE id IN (?)", self._respelled.keys()
        )
        better = [(self._respelled[id_], id_) for id_, now in shown if rank(self._respelled[id_]) > rank(now)]
        self._respell(better)
        self._respelled.clear()

    def start_batch(self) -> None:
        """Keep what is remembered within bounds, unless everything has to be."""
        if not self._complete and len(self._by_key) > REMEMBERED_NAMES:
            self._by_key.clear()

    def _respell(self, rows: list[tuple[str, int]]) -> None:
        self._connection.run_many(f"UPDATE {self.table} SET {self.column} = ? WHERE id = ?", rows)


class Authors(_Registry):
    """Authors by name form."""

    table, column, rank = "authors", "name", staticmethod(name_rank)

    def __init__(self, connection: Connection, ids: Ids, *, complete: bool) -> None:
        super().__init__(connection, ids, complete=complete)
        self._by_raw: dict[str, int] = {}

    def look_up(self, raw_names: Iterable[str]) -> None:
        """Fetch the authors of these names, all at once."""
        if not self._complete:
            self._look_up(author_key(name_form(clean_name(raw))) for raw in raw_names if raw not in self._by_raw)

    def flush(self) -> None:
        """Insert and respell as every registry does, and keep the memory of printed names within bounds."""
        super().flush()
        if len(self._by_raw) > REMEMBERED_NAMES:
            self._by_raw.clear()

    def ids_of(self, raw_names: Sequence[str]) -> list[int]:
        """The ids of the authors that printed names belong to; call `look_up` first."""
        known = self._by_raw.get
        return [known(raw) or self._id_of(raw) for raw in raw_names]

    def _id_of(self, raw_name: str) -> int:
        name = clean_name(raw_name)
        key = author_key(name_form(name))
        id_ = self._by_key.get(key)
        if id_ is None:
            self._by_key[key] = id_ = self._next_id()
            self._new.append((id_, key, name))
        else:
            self._spell(id_, name)
        self._by_raw[raw_name] = id_
        return id_


class Repositories(_Registry):
    """Repositories by host and path without case."""

    table, column, rank = "repositories", "path", staticmethod(path_rank)

    def look_up(self, places: Iterable[tuple[str, str]]) -> None:
        """Fetch the repositories at these (host, path), all at once."""
        self._look_up(repository_key(host, path) for host, path in places)

    def id_of(self, host: str, path: str) -> int:
        """The id of a repository; call `look_up` first."""
        key = repository_key(host, path)
        id_ = self._by_key.get(key)
        if id_ is None:
            self._by_key[key] = id_ = self._next_id()
            self._new.append((id_, key, host, path, f"https://{host}/{path}"))
        else:
            self._spell(id_, path)
        return id_

    def _respell(self, rows: list[tuple[str, int]]) -> None:
        super()._respell(rows)
        self._connection.run_many(
            "UPDATE repositories SET url = 'https://' || host || '/' || path WHERE id = ?", [(id_,) for _, id_ in rows]
        )


def resolve_authors(connection: Connection, author_ids: set[int]) -> None:
    """Show each of these authors under the best spelling that is left; delete those without a place."""
    spellings = rows_by(
        connection.query_in("SELECT author_id, raw_name FROM authorships WHERE author_id IN (?)", author_ids)
        + connection.query_in("SELECT author_id, raw_name FROM session_moderators WHERE author_id IN (?)", author_ids)
    )
    connection.run_many("DELETE FROM authors WHERE id = ?", [(id_,) for id_ in author_ids if id_ not in spellings])
    connection.run_many(
        "UPDATE authors SET name = ? WHERE id = ?",
        [(max((clean_name(raw) for _, raw in rows), key=name_rank), id_) for id_, rows in spellings.items()],
    )


def resolve_repositories(connection: Connection, repository_ids: set[int]) -> None:
    """Show each of these repositories under the best spelling that is left; delete those no link states."""
    spellings = rows_by(
        connection.query_in("SELECT repository_id, path FROM repo_links WHERE repository_id IN (?)", repository_ids)
    )
    gone = [(id_,) for id_ in repository_ids if id_ not in spellings]
    connection.run_many("DELETE FROM repositories WHERE id = ?", gone)
    best = [(max((path for _, path in rows), key=path_rank), id_) for id_, rows in spellings.items()]
    connection.run_many(
        "UPDATE repositories SET path = ?, url = 'https://' || host || '/' || ? WHERE id = ?",
        [(path, path, id_) for path, id_ in best],
    )
