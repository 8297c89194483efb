"""Ids of what the database holds, by key.

In an empty database everything that will be looked up has been written by this load, so the index remembers it all and
never queries (`is_complete`), until that is more than `MAX_REMEMBERED`. Otherwise `look_up` fetches what a batch needs,
with one query per table.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from programme.loaders.store.authors import AuthorIndex, NoAuthors, RepositoryIndex
from programme.loaders.store.buffer import Ids
from programme.loaders.store.connection import Connection
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.listings import ListingResolver

MAX_REMEMBERED = 250_000
"""Keys that a first load remembers, some 40 MB; beyond them it looks keys up, as every other load does."""
INDEXES = frozenset(
    {
        "authors_key",
        "listings_key",
        "paper_identifiers_value",
        "paper_names_name",
        "papers_title_key",
        "repositories_key",
        "sessions_key",
    }
)
"""The indexes of the database by which keys are looked up."""

_TITLES = "SELECT title_key, id FROM papers WHERE title_key IN (?)"
_OTHER_TITLES = "SELECT name, paper_id FROM paper_names WHERE name IN (?)"


class PaperIndex:
    """Ids of papers by name: the titles (as keys) and identifiers that their mentions state.

    Several papers may share a name. Title keys are hexadecimal digits and identifiers hold a colon, so one dictionary
    serves both.
    """

    def __init__(self, connection: Connection, *, is_complete: bool) -> None:
        self.is_complete = is_complete
        self._connection = connection
        self._by_name: dict[str, int] = {}
        # Few names belong to several papers; a set for every name would take much more memory.
        self._others: dict[str, list[int]] = {}
        self._looked_up: set[str] = set()

    def look_up(self, names: Iterable[str]) -> None:
        """Fetch the papers of these names: title keys, and identifiers such as `arxiv:2103.00020`."""
        if self.is_complete:
            return
        unknown = {name for name in names if name not in self._looked_up}
        self._looked_up |= unknown
        titles = [name for name in unknown if ":" not in name]
        for sql in (_TITLES, _OTHER_TITLES) if titles else ():
            for title_key, id_ in self._connection.query_in(sql, titles):
                self.note(title_key, id_)
        identifiers: dict[str, list[str]] = {}
        for scheme, colon, value in (name.partition(":") for name in unknown):
            if colon:
                identifiers.setdefault(scheme, []).append(value)
        for scheme, values in identifiers.items():
            sql = f"SELECT value, paper_id FROM paper_identifiers WHERE scheme = '{scheme}' AND value IN (?)"
            for value, id_ in self._connection.query_in(sql, values):
                self.note(f"{scheme}:{value}", id_)

    def known(self, names: Iterable[str]) -> set[str]:
        """Return those names that a paper has; all must have been looked up."""
        return self._by_name.keys() & names

    def all_of(self, names: Iterable[str]) -> set[int]:
        """Return all papers of these names, which must have been looked up."""
        found = set()
        for name in names:
            if name in self._by_name:
                found |= {self._by_name[name], *self._others.get(name, ())}
        return found

    def note(self, name: str, id_: int) -> None:
        """Remember that a mention of this paper states this name."""
        first = self._by_name.setdefault(name, id_)
        if first != id_ and id_ not in self._others.get(name, ()):
            self._others.setdefault(name, []).append(id_)

    def forget(self, names: Iterable[str]) -> None:
        """Forget the papers of these names, before the resolved ones are noted."""
        for name in names:
            self._by_name.pop(name, None)
            self._others.pop(name, None)

    def start_batch(self) -> None:
        """Forget the batch before, unless everything has to be remembered."""
        if not self.is_complete:
            self._by_name.clear()
            self._others.clear()
            self._looked_up.clear()

    def __len__(self) -> int:
        """Return how many names are remembered."""
        return len(self._by_name)


class Named(NamedTuple):
    """What documents name: papers, sessions and listings by key, authors as printed, repositories as (host, path)."""

    papers: Collection[str]
    sessions: Collection[str]
    listings: Collection[str]
    authors: Collection[str]
    repositories: Collection[tuple[str, str]]


def named_in(documents: Collection[DocumentFacts]) -> Named:
    """Return what documents name."""
    mentions = [mention for facts in documents for mention in facts.mentions()]
    sessions = [session for facts in documents for session in facts.sessions]
    return Named(
        {name for mention in mentions for name in (mention.title_key, *mention.identifiers)},
        {session.key for session in sessions},
        {listing.key for facts in documents for listing in facts.listings},
        {name for mention in mentions for name in mention.record.authors}.union(
            *(session.moderator_names for session in sessions)
        ),
        {(link.host, link.path) for one in mentions for _, link in one.links if link.kind == "repository"},
    )


class KeyIndex:
    """The indexes of every table that has keys.

    `is_complete` promises that the database was empty before this load, so that nothing need be looked up. With
    `has_authors` false, every author has the id 0.
    """

    def __init__(self, connection: Connection, ids: Ids, *, is_complete: bool, has_authors: bool = True) -> None:
        self.authors = (AuthorIndex if has_authors else NoAuthors)(connection, ids, is_complete=is_complete)
        self.repositories = RepositoryIndex(connection, ids, is_complete=is_complete)
        self.papers = PaperIndex(connection, is_complete=is_complete)
        self.sessions: dict[str, int] = {}
        self.listings = ListingResolver(connection, ids)
        self.venues: dict[str, int] = {}
        self.editions: dict[str, int] = {}
        self._connection = connection

    @property
    def is_complete(self) -> bool:
        """Whether every key of the database is remembered, so that nothing need be looked up."""
        return self.papers.is_complete

    def is_full(self) -> bool:
        """Return whether more is remembered than a load may hold."""
        remembered = len(self.papers) + len(self.authors) + len(self.repositories) + len(self.sessions)
        return self.is_complete and remembered + len(self.listings.known) > MAX_REMEMBERED

    def look_up_from_now_on(self) -> None:
        """Remember no longer what the whole load has written; its database has `INDEXES` now."""
        for index in (self.papers, self.authors, self.repositories):
            index.is_complete = False

    def look_up(self, named: Named) -> None:
        """Fetch the ids of everything in the database that is named here, where it is not remembered."""
        if self.is_complete:
            return
        query = self._connection.query_in
        for index in (self.papers, self.authors, self.repositories):
            index.start_batch()
        self.venues = dict(self._connection.query("SELECT slug, id FROM venues"))
        self.editions = dict(self._connection.query("SELECT slug, id FROM editions"))
        self.papers.look_up(named.papers)
        self.sessions = dict(query("SELECT key, id FROM sessions WHERE key IN (?)", named.sessions))
        self.listings.known = dict(query("SELECT key, id FROM listings WHERE key IN (?)", named.listings))
        self.authors.look_up(named.authors)
        self.repositories.look_up(named.repositories)
