"""Blocks: the rows of some documents, made by a worker, and how they join those that are stored.

A block holds what an empty database would hold of its documents: all that the rules derive within them is derived. So
its rows need only other ids, and what documents outside it state as well is derived anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.connection import Connection
from programme.loaders.store.full_text import TEXTS, Search
from programme.loaders.store.key_index import KeyIndex, Named
from programme.loaders.store.rows import COLUMNS, REFERENCES
from programme.loaders.store.touched import Touched

_DERIVED = {
    "papers": ("authorships", "paper_identifiers", "paper_names"),
    "sessions": ("session_moderators",),
    "listings": ("listing_entries",),
}
"""The tables whose rows say what is displayed of a paper, session or listing; its first block has them already."""

BYLINES = ("authorships", "session_moderators")
"""The tables with printed names."""

Columns = dict[str, list[Any]]
"""The values of a table by column."""


class Block(NamedTuple):
    """The SHA-256 of documents, whose ids are their places from 1, and the values of all other tables by column.

    All ids count from 1, but authors have none yet: they are found by the names in the rows, and `people` has key and
    clean form of those names that a worker has met for the first time. Columns rather than rows, which take longer to
    receive and to renumber.
    """

    documents: list[str]
    tables: dict[str, Columns]
    people: dict[str, tuple[str, str]]


class BlockWriter:
    """Writes one block into a database that this load has filled, whose keys are in `index`."""

    def __init__(self, connection: Connection, ids: Ids, index: KeyIndex, block: Block) -> None:
        self._connection = connection
        self._new_ids = ids
        self._index = index
        self._people = block.people
        self._tables = dict(block.tables)
        self._ids: dict[str, Mapping[int | None, int | None]] = {}
        self._known: dict[str, set[int]] = {}

    def write(self, document_ids: Sequence[int], search: Search | None, plan: WritePlan) -> Touched:
        """Insert the rows, given the ids of the documents in order; return what was stated before as well."""
        index = self._index
        self._look_up()
        self._ids["documents"] = _mapping(range(1, len(document_ids) + 1), document_ids)
        self._number_people()
        for table, known in (("venues", index.venues), ("editions", index.editions)):
            self._number(table, "slug", known)
        papers = self._number_papers()
        sessions = self._number("sessions", "key", index.sessions)
        listings = self._number("listings", "key", index.listings.known)
        authors = self._leave_out()
        # First those to which other rows refer.
        index.authors.flush()
        index.repositories.flush()
        for table in COLUMNS:
            if table in self._tables and table != "repositories":
                columns = self._insert(table, self._tables[table])
                if table == "papers" and search:
                    search.change([], list(zip(*(columns[one] for one in TEXTS), strict=True)), plan)
        return Touched(papers, sessions, listings, authors, set())

    def _look_up(self) -> None:
        """Look up what the block names, where the load no longer remembers it all."""
        if self._index.is_complete:
            return
        columns = self._columns("repositories")
        people = {name for table in BYLINES for name in self._columns(table)["raw_name"]}
        self._index.look_up(
            Named(
                {name for name, _ in self._names()},
                self._columns("sessions")["key"],
                self._columns("listings")["key"],
                people - self._people.keys(),
                list(zip(columns["host"], columns["path"], strict=True)),
            )
        )

    def _number_people(self) -> None:
        """Give the names in bylines their authors, and repositories their ids."""
        self._index.authors.remember(self._people)
        for table in BYLINES:
            if table in self._tables:
                columns = self._tables[table]
                self._tables[table] = columns | {"author_id": self._index.authors.ids_of(columns["raw_name"])}
        columns = self._columns("repositories")
        ids = map(self._index.repositories.id_of, columns["host"], columns["path"])
        self._ids["repositories"] = _mapping(columns["id"], ids)

    def _columns(self, table: str) -> Columns:
        return self._tables.get(table) or {column: [] for column in COLUMNS[table]}

    def _number(self, table: str, column: str, known: dict[str, int]) -> set[int]:
        """Give ids to the rows of a table whose keys are not known yet; return those of the others."""
        columns = self._columns(table)
        keys = dict(zip(columns["id"], columns[column], strict=True))
        self._known[table] = {id_ for id_, key in keys.items() if key in known}
        stored = {known[keys[id_]] for id_ in self._known[table]}
        new = [key for id_, key in keys.items() if id_ not in self._known[table]]
        known.update(zip(new, self._new_ids.several(table, len(new)), strict=True))
        self._ids[table] = _mapping(keys, (known[key] for key in keys.values()))
        return stored

    def _number_papers(self) -> set[int]:
        """Give ids to the papers whose keys are new; return those that share a name with another block's, and these."""
        index, names = self._index.papers, self._names()
        shared = index.known({name for name, _ in names})
        stored = index.all_of(shared)
        # Papers with one key share a title, so that the keys of all others need not be remembered.
        found = self._connection.query_in("SELECT key, id FROM papers WHERE id IN (?)", stored)
        self._number("papers", "key", dict(found))
        ids = self._ids["papers"]
        for name, id_ in names:
            index.note(name, ids[id_] or 0)
        return stored.union(ids[id_] or 0 for name, id_ in names if name in shared)

    def _names(self) -> list[tuple[str, int]]:
        """Return the names of papers, with their ids in the block."""
        papers, others, stated = (self._columns(one) for one in ("papers", "paper_names", "paper_identifiers"))
        identifiers = map("{}:{}".format, stated["scheme"], stated["value"])
        return [
            *zip(papers["title_key"], papers["id"], strict=True),
            *zip(others["name"], others["paper_id"], strict=True),
            *zip(identifiers, stated["paper_id"], strict=True),
        ]

    def _leave_out(self) -> set[int]:
        """Leave out what is displayed of papers, sessions and listings that are stored; return the authors in it."""
        authors: set[int] = set()
        for owner, tables in _DERIVED.items():
            known = self._known[owner]
            for table in tables if known else ():
                columns = self._columns(table)
                is_known = [id_ in known for id_ in columns[_owner(table, owner)]]
                authors.update(compress(columns.get("author_id", ()), is_known))
                self._tables[table] = _kept(columns, (not one for one in is_known))
        self._restore_abstracts()
        return authors

    def _restore_abstracts(self) -> None:
        """Write the abstracts of mentions whose paper, which had the same, is left out."""
        known, papers = self._known["papers"], self._columns("papers")
        if not known:
            return
        shown = {id_: text for id_, text in zip(papers["id"], papers["abstract"], strict=True) if id_ in known}
        mentions = self._columns("paper_sources")
        values = zip(mentions["paper_id"], mentions["has_abstract"], mentions["abstract"], strict=True)
        own = [shown.get(id_) if has_abstract and text is None else text for id_, has_abstract, text in values]
        self._tables["paper_sources"] = {**mentions, "abstract": own}

    def _insert(self, table: str, columns: Columns) -> Columns:
        """Insert the rows of a table under their new ids, and return them."""
        if known := self._known.get(table):
            columns = _kept(columns, (id_ not in known for id_ in columns["id"]))
        if "id" in columns and table not in self._ids:
            self._ids[table] = _mapping(columns["id"], self._new_ids.several(table, len(columns["id"])))
        own = {"id": table} if "id" in columns else {}
        renumbered: Columns = {
            column: list(map(self._ids.get(to, _mapping((), ())).__getitem__, columns[column]))
            for column, to in (own | REFERENCES.get(table, {})).items()
            if to != "authors"
        }
        if table == "slots":
            renumbered["position"] = self._positions(columns, renumbered["id"])
        columns = columns | renumbered
        if rows := list(zip(*columns.values(), strict=True)):
            self._connection.insert(table, COLUMNS[table], rows)
        return columns

    def _positions(self, slots: Columns, ids: Iterable[Any]) -> list[int]:
        """Return positions that no other slot of a stored session has, until they are derived again."""
        known = self._known["sessions"]
        values = zip(slots["session_id"], slots["position"], ids, strict=True)
        return [-id_ if session_id in known else position for session_id, position, id_ in values]


def _mapping(keys: Iterable[int], values: Iterable[int]) -> dict[int | None, int | None]:
    return {None: None, **dict(zip(keys, values, strict=True))}


def _owner(table: str, owner: str) -> str:
    """Return the column of a table that refers to `owner`."""
    return next(column for column, to in REFERENCES[table].items() if to == owner)


def _kept(columns: Columns, is_kept: Iterable[bool]) -> Columns:
    selectors = list(is_kept)
    return {column: list(compress(values, selectors)) for column, values in columns.items()}
