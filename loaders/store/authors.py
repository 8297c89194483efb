"""Authors and repositories: found by key, created when new, and displayed under the best of their spellings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from programme.letters import plain_name
from programme.loaders.store.buffer import Ids
from programme.loaders.store.connection import Connection, Row, rows_by
from programme.loaders.store.keys import author_key, repository_key
from programme.loaders.store.rows import COLUMNS, AuthorRow, RepositoryRow
from programme.loaders.text.links import path_rank
from programme.loaders.text.names import clean_name, name_form, name_rank

MAX_REMEMBERED_NAMES = 100_000
"""More are dropped between batches, so that memory stays bounded however many documents there are."""


class _Index:
    """Ids by key of one table whose rows display the best spelling seen.

    While it `is_complete`, every row of the table was made here, so a key that is not remembered is new.
    """

    table: str
    column: str
    rank: Callable[[str], Any]

    def __init__(self, connection: Connection, ids: Ids, *, is_complete: bool) -> None:
        self._connection = connection
        self._next_id = ids.next(self.table)
        self.is_complete = is_complete
        self._by_key: dict[str, int] = {}
        self._new: list[Row] = []
        self._best_spellings: dict[int, str] = {}

    def _look_up(self, keys: Iterable[str]) -> None:
        unknown = set() if self.is_complete else {key for key in keys if key not in self._by_key}
        if unknown:
            rows = self._connection.query_in(f"SELECT key, id FROM {self.table} WHERE key IN (?)", unknown)
            self._by_key.update(rows)

    def _note_spelling(self, id_: int, spelling: str) -> None:
        """Remember another spelling of a row that exists, if it is the best of this batch."""
        best = self._best_spellings.get(id_)
        if best is None or type(self).rank(spelling) > type(self).rank(best):
            self._best_spellings[id_] = spelling

    def flush(self) -> None:
        """Insert the new rows, and give older ones a better spelling where one was seen."""
        rank = type(self).rank  # through the class: mypy takes it for a method of the instance
        if self._new:
            spelling = COLUMNS[self.table].index(self.column)
            for place, row in enumerate(self._new):
                found = self._best_spellings.pop(row[0], None)
                if found is not None and rank(found) > rank(row[spelling]):
                    self._new[place] = self._respelled(row, found)
            self._connection.insert(self.table, COLUMNS[self.table], self._new)
            self._new = []
        if not self._best_spellings:
            return
        stored = self._connection.query_in(
            f"SELECT id, {self.column} FROM {self.table} WHERE id IN (?)", self._best_spellings.keys()
        )
        better = [
            (self._best_spellings[id_], id_) for id_, now in stored if rank(self._best_spellings[id_]) > rank(now)
        ]
        self._write_spellings(better)
        self._best_spellings.clear()

    def start_batch(self) -> None:
        """Forget keys when there are too many, unless all have to be remembered."""
        if not self.is_complete and len(self._by_key) > MAX_REMEMBERED_NAMES:
            self._by_key.clear()

    def __len__(self) -> int:
        """Return how many keys are remembered."""
        return len(self._by_key)

    def _respelled(self, row: Row, spelling: str) -> Row:
        raise NotImplementedError

    def _write_spellings(self, rows: list[tuple[str, int]]) -> None:
        self._connection.run_many(f"UPDATE {self.table} SET {self.column} = ? WHERE id = ?", rows)


def key_and_name(raw_name: str) -> tuple[str, str]:
    """Return the key and the clean form of a printed name."""
    name = clean_name(raw_name)
    return author_key(name_form(name)), name


class AuthorIndex(_Index):
    """Ids of authors by the normalised name; printed names are remembered too, for most are printed often."""

    table, column, rank = "authors", "name", staticmethod(name_rank)

    def __init__(self, connection: Connection, ids: Ids, *, is_complete: bool) -> None:
        super().__init__(connection, ids, is_complete=is_complete)
        self._by_raw: dict[str, int] = {}
        self._looked_up: dict[str, tuple[str, str]] = {}

    def look_up(self, raw_names: Iterable[str]) -> None:
        """Fetch the authors of these printed names with one query."""
        if not self.is_complete:
            unknown = {raw for raw in raw_names if raw not in self._by_raw and raw not in self._looked_up}
            people = {raw: key_and_name(raw) for raw in unknown}
            self._looked_up |= people
            self._look_up(key for key, _ in people.values())

    def flush(self) -> None:
        """Write as every index does, and bound the memory of printed names."""
        super().flush()
        self._looked_up = {}
        if len(self._by_raw) > MAX_REMEMBERED_NAMES:
            self._by_raw.clear()

    def remember(self, people: Mapping[str, tuple[str, str]]) -> None:
        """Find or add the authors of printed names, given with their keys and clean forms."""
        new = [(raw_name, *person) for raw_name, person in people.items() if raw_name not in self._by_raw]
        self._look_up(key for _, key, _ in new)
        for raw_name, key, name in new:
            self._by_raw[raw_name] = self._id_by_key(key, name)

    def ids_of(self, raw_names: Sequence[str], person: Callable[[str], str] | None = None) -> list[int]:
        """Return the ids of the authors of these printed names; call `look_up` first.

        `person` gives the key of the person whom corrections say that the key of a name means here.
        """
        if person is not None:
            return [self._id_of_person(raw, person) for raw in raw_names]
        remembered = self._by_raw.get
        return [remembered(raw) or self._id_of(raw) for raw in raw_names]

    def _id_of_person(self, raw_name: str, person: Callable[[str], str]) -> int:
        key, name = key_and_name(raw_name)
        target = person(key)
        if target == key:
            return self._id_of(raw_name)
        self._look_up((target,))
        return self._id_by_key(target, name)

    def _id_of(self, raw_name: str) -> int:
        person = self._looked_up.get(raw_name) or key_and_name(raw_name)
        id_ = self._by_raw[raw_name] = self._id_by_key(*person)
        return id_

    def _id_by_key(self, key: str, name: str) -> int:
        id_ = self._by_key.get(key)
        if id_ is None:
            self._by_key[key] = id_ = self._next_id()
            self._new.append(AuthorRow(id=id_, key=key, name=name, plain_name=plain_name(name)))
        else:
            self._note_spelling(id_, name)
        return id_

    def _respelled(self, row: Row, spelling: str) -> Row:
        return AuthorRow(*row)._replace(name=spelling, plain_name=plain_name(spelling))

    def _write_spellings(self, rows: list[tuple[str, int]]) -> None:
        name_authors(self._connection, rows)


class NoAuthors(AuthorIndex):
    """Numbers nobody: for a block, whose writer remembers more names than any one worker has seen."""

    def _id_of(self, _raw_name: str) -> int:
        return 0


class RepositoryIndex(_Index):
    """Ids of repositories by host and path, without case."""

    table, column, rank = "repositories", "path", staticmethod(path_rank)

    def look_up(self, locations: Iterable[tuple[str, str]]) -> None:
        """Fetch the repositories at these (host, path) with one query."""
        self._look_up(repository_key(host, path) for host, path in locations)

    def id_of(self, host: str, path: str) -> int:
        """Return the id of a repository; call `look_up` first."""
        key = repository_key(host, path)
        id_ = self._by_key.get(key)
        if id_ is None:
            self._by_key[key] = id_ = self._next_id()
            self._new.append(RepositoryRow(id=id_, key=key, host=host, path=path, url=_url(host, path)))
        else:
            self._note_spelling(id_, path)
        return id_

    def _respelled(self, row: Row, spelling: str) -> Row:
        repository = RepositoryRow(*row)
        return repository._replace(path=spelling, url=_url(repository.host, spelling))

    def _write_spellings(self, rows: list[tuple[str, int]]) -> None:
        super()._write_spellings(rows)
        self._connection.run_many(
            "UPDATE repositories SET url = 'https://' || host || '/' || path WHERE id = ?", [(id_,) for _, id_ in rows]
        )


def _url(host: str, path: str) -> str:
    return f"https://{host}/{path}"


def resolve_authors(connection: Connection, author_ids: set[int]) -> None:
    """Display each author under the best spelling still stated; delete those that are on no byline any more."""
    spellings = rows_by(
        connection.query_in("SELECT author_id, raw_name FROM authorships WHERE author_id IN (?)", author_ids)
        + connection.query_in("SELECT author_id, raw_name FROM session_moderators WHERE author_id IN (?)", author_ids)
    )
    connection.run_many("DELETE FROM authors WHERE id = ?", [(id_,) for id_ in author_ids if id_ not in spellings])
    best = [(max((clean_name(raw) for _, raw in rows), key=name_rank), id_) for id_, rows in spellings.items()]
    name_authors(connection, best)


def name_authors(connection: Connection, rows: Iterable[tuple[str, int]]) -> None:
    """Display authors under these names, given with their ids."""
    values = [(name, plain_name(name), id_) for name, id_ in rows]
    connection.run_many("UPDATE authors SET name = ?, plain_name = ? WHERE id = ?", values)


def resolve_repositories(connection: Connection, repository_ids: set[int]) -> None:
    """Display each repository under the best spelling still stated; delete those without links."""
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
