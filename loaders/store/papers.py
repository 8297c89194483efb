"""Papers that several mentions name: split, merged and displayed by the rules of `clusters` and `identity`.

Works on whole components, that is on all papers that titles and identifiers link, with all their mentions. So the
result depends on the documents in the database, and not on the order in which they were ingested.
"""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from programme.loaders.store.buffer import Ids, index_papers, update_statement
from programme.loaders.store.clusters import Cluster, cluster, components
from programme.loaders.store.connection import Connection, Row, rows_by
from programme.loaders.store.identity import Mention, display_abstract, display_affiliations, display_byline
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.store.keys import title_key
from programme.loaders.store.rows import COLUMNS, AuthorshipRow, PaperRow
from programme.loaders.text.names import split_byline
from programme.loaders.text.titles import clean_title, title_form

_PAPERS = f"SELECT {', '.join(COLUMNS['papers'])} FROM papers WHERE id IN (?)"
_MENTIONS = """
SELECT s.id, s.paper_id, s.title, s.byline, s.authors, s.identifiers, s.has_abstract, s.abstract, p.abstract,
  s.listing_id, s.listing_position
FROM paper_sources s JOIN papers p ON p.id = s.paper_id
WHERE s.paper_id IN (?)
"""
_MOVE_SLOT = """
UPDATE slots SET paper_id = ?
WHERE paper_id = ? AND EXISTS (SELECT 1 FROM slot_sources s WHERE s.slot_id = slots.id AND s.paper_source_id = ?)
"""
_SEVERAL_PER_PAPER = {
    "paper_identifiers": ("scheme", "value"),
    "paper_names": ("name",),
}
"""Tables with several rows per paper, which are resolved as sets; and their columns beside the paper's id."""


class _StoredMention(NamedTuple):
    """A row of `_MENTIONS`; `abstract` is null where the mention states the one that the paper displays."""

    id: int
    paper_id: int
    title: str
    byline: str | None
    authors: str | None
    identifiers: str | None
    has_abstract: bool
    abstract: str | None
    displayed_abstract: str | None
    listing_id: int | None
    listing_position: int | None


@dataclass
class Resolved:
    """Sessions and authors that resolving papers touched; the caller resolves them in turn."""

    sessions: set[int] = field(default_factory=set)
    authors: set[int] = field(default_factory=set)


@dataclass
class _Plan:
    """The change to some whole components, by id of the paper.

    `papers`, `mentions` and `stored_mentions` (by id of the mention) are the state before it, `clusters` and `targets`
    the state after it.
    """

    papers: dict[int, PaperRow] = field(default_factory=dict)
    mentions: dict[int, list[Mention]] = field(default_factory=dict)
    stored_mentions: dict[int, _StoredMention] = field(default_factory=dict)
    clusters: dict[int, Cluster] = field(default_factory=dict)
    targets: dict[int, PaperRow] = field(default_factory=dict)


class PaperResolver:
    """Resolves papers. With `has_search`, updates the full-text index of SQLite; a bulk load builds it at its end."""

    def __init__(self, connection: Connection, ids: Ids, index: KeyIndex, *, has_search: bool) -> None:
        self._connection = connection
        self._ids = ids
        self._index = index
        self._has_search = has_search and connection.database.engine == "sqlite"
        self._title_keys: dict[str, str] = {}

    def resolve(self, paper_ids: set[int]) -> Resolved:
        """Resolve these papers with all that are linked to them; delete those without mentions.

        The order matters: paper rows come first, because everything else refers to them; mentions, authorships and
        identifiers then move; the papers they leave are deleted last.
        """
        resolved = Resolved()
        plan = self._read(paper_ids)
        mentions = [mention for found in plan.mentions.values() for mention in found]
        # At once for all: the components that one falls into, when a document that linked them is deleted, would each
        # claim the paper they had in common.
        self._assign_ids([found for component in components(mentions) for found in cluster(component)], plan)
        self._index.papers.forget(frozenset().union(*(mention.names for mention in mentions)))
        for id_, found in plan.clusters.items():
            for name in frozenset().union(*(mention.names for mention in found.mentions)):
                self._index.papers.note(name, id_)
        self._write_papers(plan)
        self._write_mentions(plan, resolved)
        self._write_authorships(plan, resolved)
        self._write_identifiers_and_titles(plan)
        deleted = [(id_,) for id_ in plan.papers if id_ not in plan.targets]
        self._connection.run_many("DELETE FROM papers WHERE id = ?", deleted)
        return resolved

    def _read(self, paper_ids: set[int]) -> _Plan:
        """Read the papers, and those that share a title or an identifier with any read so far, until none is left."""
        plan = _Plan()
        query, index = self._connection.query_in, self._index.papers
        while paper_ids:
            papers = [PaperRow(*row) for row in query(_PAPERS, paper_ids)]
            plan.papers.update((paper.id, paper) for paper in papers)
            # A deleted mention may have been what linked a paper to others: its names still stand in these tables.
            names = {paper.title_key for paper in papers}
            names |= {title for (title,) in query("SELECT name FROM paper_names WHERE paper_id IN (?)", paper_ids)}
            identifiers = query("SELECT scheme, value FROM paper_identifiers WHERE paper_id IN (?)", paper_ids)
            names |= {f"{scheme}:{value}" for scheme, value in identifiers}
            for row in query(_MENTIONS, paper_ids):
                stored = _StoredMention(*row)
                mention = self._mention(stored)
                plan.mentions.setdefault(stored.paper_id, []).append(mention)
                plan.stored_mentions[stored.id] = stored
                names |= mention.names
            index.look_up(names)
            paper_ids = index.all_of(names) - plan.papers.keys()
        return plan

    def _mention(self, stored: _StoredMention) -> Mention:
        authors: tuple[str, ...] = ()
        affiliations: tuple[str | None, ...] = ()
        if stored.authors:
            # JSON: a name, or a pair of name and affiliation.
            pairs = [(one, None) if isinstance(one, str) else one for one in json.loads(stored.authors)]
            authors = tuple(name for name, _ in pairs)
            affiliations = tuple(affiliation for _, affiliation in pairs)
        elif stored.byline:
            authors = split_byline(stored.byline)
        # Cleaning a title is slow, and most titles are stated by several documents.
        key = self._title_keys.get(stored.title)
        if key is None:
            key = self._title_keys[stored.title] = title_key(title_form(clean_title(stored.title)))
        return Mention(
            id=stored.id,
            title=stored.title,
            title_key=key,
            byline=stored.byline,
            authors=authors,
            affiliations=affiliations,
            identifiers=frozenset((stored.identifiers or "").split()),
            abstract=(stored.abstract or stored.displayed_abstract) if stored.has_abstract else None,
        )

    def _assign_ids(self, clusters: list[Cluster], plan: _Plan) -> None:
        """Give each cluster the paper of its key, else one whose key no cluster has, else a new one."""
        old_ids = sorted(
            {plan.stored_mentions[mention.id].paper_id for found in clusters for mention in found.mentions}
        )
        by_key = {plan.papers[id_].key: id_ for id_ in old_ids}
        keys = {found.key for found in clusters}
        unclaimed = [id_ for id_ in old_ids if plan.papers[id_].key not in keys]
        for found in clusters:
            id_ = by_key.get(found.key)
            if id_ is None:
                id_ = unclaimed.pop() if unclaimed else self._ids.new("papers")
            abstract = display_abstract(mention.abstract for mention in found.mentions)
            plan.clusters[id_] = found
            plan.targets[id_] = PaperRow(id_, found.key, found.title_key, found.title, abstract)

    def _write_papers(self, plan: _Plan) -> None:
        """Insert and update papers; those to delete lose only their keys here, as other rows still refer to them."""
        new = [row for id_, row in plan.targets.items() if id_ not in plan.papers]
        changed = [row for id_, row in plan.targets.items() if id_ in plan.papers and plan.papers[id_] != row]
        deleted = [row for id_, row in plan.papers.items() if id_ not in plan.targets]
        self._unindex([plan.papers[row.id] for row in changed] + deleted)
        run_many = self._connection.run_many
        # Keys are unique, and papers may swap theirs: those that lose one first get a key that no other row can have.
        rekeyed = [row for row in changed if plan.papers[row.id].key != row.key]
        run_many("UPDATE papers SET key = 'was ' || id WHERE id = ?", [(row.id,) for row in rekeyed + deleted])
        self._connection.insert("papers", COLUMNS["papers"], new)
        run_many(update_statement("papers", COLUMNS["papers"][1:]), [(*row[1:], row.id) for row in changed])
        index_papers(self._connection, new + changed if self._has_search else [])

    def _unindex(self, papers: list[PaperRow]) -> None:
        # The index keeps no text of its own, so FTS5 has to be given exactly the text that was indexed.
        if self._has_search:
            self._connection.run_many(
                "INSERT INTO papers_fts (papers_fts, rowid, title, abstract) VALUES ('delete', ?, ?, ?)",
                [(paper.id, paper.title, paper.abstract) for paper in papers],
            )

    def _write_mentions(self, plan: _Plan, resolved: Resolved) -> None:
        """Move mentions to their papers, with the links, slots and entries that they state."""
        changed: list[Row] = []
        moved: list[tuple[int, _StoredMention]] = []
        for paper_id, found in plan.clusters.items():
            displayed = plan.targets[paper_id].abstract
            for mention in found.mentions:
                stored = plan.stored_mentions[mention.id]
                own_abstract = None if mention.abstract == displayed else mention.abstract
                if (stored.paper_id, stored.abstract) != (paper_id, own_abstract):
                    changed.append((paper_id, own_abstract, mention.id))
                if stored.paper_id != paper_id:
                    moved.append((paper_id, stored))
        run_many = self._connection.run_many
        run_many(update_statement("paper_sources", ("paper_id", "abstract")), changed)
        old_papers = {stored.paper_id for _, stored in moved}
        in_slots = self._connection.query_in("SELECT DISTINCT session_id FROM slots WHERE paper_id IN (?)", old_papers)
        resolved.sessions |= {session_id for (session_id,) in in_slots}
        moves = [(paper_id, stored.paper_id, stored.id) for paper_id, stored in moved]
        run_many("UPDATE repo_links SET paper_id = ? WHERE paper_id = ? AND paper_source_id = ?", moves)
        run_many("UPDATE paper_links SET paper_id = ? WHERE paper_id = ? AND paper_source_id = ?", moves)
        run_many(_MOVE_SLOT, moves)
        listed = [
            (id_, stored.listing_id, stored.listing_position) for id_, stored in moved if stored.listing_id is not None
        ]
        run_many("UPDATE listing_entries SET paper_id = ? WHERE listing_id = ? AND position = ?", listed)

    def _write_authorships(self, plan: _Plan, resolved: Resolved) -> None:
        """Replace the byline of each paper whose displayed byline has changed."""
        targets = {id_: _byline(found) for id_, found in plan.clusters.items()}
        stored = rows_by(
            self._connection.query_in(
                "SELECT paper_id, position, author_id, raw_name, affiliation FROM authorships WHERE paper_id IN (?)",
                {*plan.papers, *targets},
            )
        )
        bylines = {id_: [row[3:] for row in sorted(rows, key=lambda row: row[1])] for id_, rows in stored.items()}
        stale = [id_ for id_ in stored if bylines[id_] != targets.get(id_, [])]
        fresh = {id_: byline for id_, byline in targets.items() if byline != bylines.get(id_, [])}
        resolved.authors |= {row[2] for id_ in stale for row in stored[id_]}
        self._connection.run_many("DELETE FROM authorships WHERE paper_id = ?", [(id_,) for id_ in stale])
        authors = self._index.authors
        authors.look_up(name for byline in fresh.values() for name, _ in byline)
        rows = [
            AuthorshipRow(id_, position, author_id, name, affiliation)
            for id_, byline in fresh.items()
            for position, (author_id, (name, affiliation)) in enumerate(
                zip(authors.ids_of([name for name, _ in byline]), byline, strict=True), 1
            )
        ]
        authors.flush()
        self._connection.insert("authorships", COLUMNS["authorships"], rows)

    def _write_identifiers_and_titles(self, plan: _Plan) -> None:
        """Write the identifiers of each paper, and its titles other than the one displayed."""
        papers = {*plan.papers, *plan.targets}
        targets: dict[str, set[Row]] = {table: set() for table in _SEVERAL_PER_PAPER}
        for id_, found in plan.clusters.items():
            identifiers = frozenset().union(*(mention.identifiers for mention in found.mentions))
            targets["paper_identifiers"] |= {(id_, *identifier.split(":", 1)) for identifier in identifiers}
            titles = {mention.title_key for mention in found.mentions} - {found.title_key}
            targets["paper_names"] |= {(id_, title) for title in titles}
        for table, columns in _SEVERAL_PER_PAPER.items():
            sql = f"SELECT paper_id, {', '.join(columns)} FROM {table} WHERE paper_id IN (?)"
            stored = set(self._connection.query_in(sql, papers))
            where = " AND ".join(f"{column} = ?" for column in ("paper_id", *columns))
            self._connection.run_many(f"DELETE FROM {table} WHERE {where}", sorted(stored - targets[table]))
            self._connection.insert(table, COLUMNS[table], sorted(targets[table] - stored))


def _byline(found: Cluster) -> list[Row]:
    """Return the names and affiliations of the byline displayed."""
    names = display_byline(mention.authors for mention in found.mentions)
    return list(zip(names, display_affiliations(names, found.mentions), strict=True))
