"""What the database holds already, by key: asked for batch by batch, or all remembered in a load into an empty one."""

from collections.abc import Iterable

from programme.loaders.store.connection import Connection
from programme.loaders.store.facts import DocumentFacts
from programme.loaders.store.people import Authors, Repositories
from programme.loaders.store.rows import Ids

_TITLES = "SELECT title_key, id FROM papers WHERE title_key IN (?)"
_OTHER_TITLES = "SELECT title_key, paper_id FROM paper_titles WHERE title_key IN (?)"


class Papers:
    """Ids of papers by the titles and identifiers that their mentions state.

    With `complete` everything in the database has passed through here and nothing need be asked.
    """

    def __init__(self, connection: Connection, *, complete: bool) -> None:
        self._connection = connection
        self._complete = complete
        self._by_name: dict[str, int] = {}
        self._also: dict[str, list[int]] = {}
        self._asked: set[str] = set()

    def look_up(self, names: Iterable[str]) -> None:
        """Fetch the papers of these names: title keys, and identifiers such as `arxiv:2103.00020`."""
        if self._complete:
            return
        unknown = {name for name in names if name not in self._asked}
        self._asked |= unknown
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

    def of(self, name: str) -> int | None:
        """A paper of this name, which must have been looked up; None when there is none."""
        return self._by_name.get(name)

    def all_of(self, names: Iterable[str]) -> set[int]:
        """All papers of these names, which must have been looked up."""
        found = set()
        for name in names:
            if name in self._by_name:
                found |= {self._by_name[name], *self._also.get(name, ())}
        return found

    def note(self, name: str, id_: int) -> None:
        """Remember that a mention of this paper goes by this name."""
        first = self._by_name.setdefault(name, id_)
        if first != id_ and id_ not in self._also.get(name, ()):
            self._also.setdefault(name, []).append(id_)

    def forget(self, names: Iterable[str]) -> None:
        """Drop what is remembered of these names; what is true now is to be noted again."""
        for name in names:
            self._by_name.pop(name, None)
            self._also.pop(name, None)

    def start_batch(self) -> None:
        """Begin anew, unless everything has to be remembered."""
        if not self._complete:
            self._by_name.clear()
            self._also.clear()
            self._asked.clear()


class Known:
    """Ids of what the database holds, by key.

    With `complete` (a load into an empty database) everything in it has passed through here and nothing need be asked;
    otherwise `look_up` asks for what a batch needs.
    """

    def __init__(self, connection: Connection, ids: Ids, *, complete: bool) -> None:
        self.authors = Authors(connection, ids, complete=complete)
        self.repositories = Repositories(connection, ids, complete=complete)
        self.papers = Papers(connection, complete=complete)
        self.sessions: dict[str, int] = {}
        self.listings: dict[str, int] = {}
        self.venues: dict[str, int] = {}
        self.editions: dict[str, int] = {}
        self._connection = connection
        self._complete = complete

    def look_up(self, batch: Iterable[DocumentFacts]) -> None:
        """Fetch the ids of everything these documents name that the database holds."""
        if self._complete:
            return
        batch = list(batch)
        self.venues = dict(self._connection.query("SELECT slug, id FROM venues"))
        self.editions = dict(self._connection.query("SELECT slug, id FROM editions"))
        mentions = [mention for facts in batch for mention in facts.mentions()]
        sessions = [session for facts in batch for session in facts.sessions]
        listings = [listing.key for facts in batch for listing in facts.listings]
        query = self._connection.query_in
        for registry in (self.papers, self.authors, self.repositories):
            registry.start_batch()
        self.papers.look_up({name for mention in mentions for name in (mention.title_key, *mention.identifiers)})
        self.sessions = dict(query("SELECT key, id FROM sessions WHERE key IN (?)", {s.key for s in sessions}))
        self.listings = dict(query("SELECT key, id FROM listings WHERE key IN (?)", listings))
        self.authors.look_up(name for mention in mentions for name in mention.record.authors)
        self.authors.look_up(name for session in sessions for name in session.moderator_names)
        self.repositories.look_up(
            (link.host, link.path) for m in mentions for _, link in m.links if link.kind == "repository"
        )
