"""Papers that several mentions name: parted, joined and shown by the rules of `identity`.

Works on whole title groups: all papers that share a normalised title with all their mentions, whatever was there
before. So the result depends on the documents in the database and not on how they came.
"""

from dataclasses import dataclass, field

from loaders.store.connection import Connection, Row, rows_by
from loaders.store.identity import Cluster, Mention, cluster, shown_abstract, shown_byline, shown_title
from loaders.store.people import Authors
from loaders.store.rows import COLUMNS, Ids, index_papers, update
from loaders.text.names import split_byline

_MENTIONS = """
SELECT s.paper_id, s.id, s.title, s.byline, s.has_abstract, s.abstract, p.abstract, s.listing_id, s.listing_position
FROM paper_sources s JOIN papers p ON p.id = s.paper_id
WHERE s.paper_id IN (?)
"""
_MOVE_SLOT = """
UPDATE slots SET paper_id = ?
WHERE paper_id = ? AND EXISTS (SELECT 1 FROM slot_sources s WHERE s.slot_id = slots.id AND s.paper_source_id = ?)
"""


@dataclass
class Settled:
    """What settling touched: the papers of each title now, and the sessions and authors to settle in turn."""

    paper_ids: dict[str, list[int]] = field(default_factory=dict)
    sessions: set[int] = field(default_factory=set)
    authors: set[int] = field(default_factory=set)


@dataclass
class _Group:
    """The papers and mentions of some titles, as they are and as they shall be."""

    papers: dict[int, Row]
    mentions: dict[int, list[Mention]]
    stored: dict[int, Row]
    clusters: dict[int, Cluster] = field(default_factory=dict)
    wanted: dict[int, Row] = field(default_factory=dict)


class Titles:
    """Settles title groups. With `search`, keeps the full-text index of SQLite in step."""

    def __init__(self, connection: Connection, ids: Ids, authors: Authors, *, search: bool) -> None:
        self._connection = connection
        self._ids = ids
        self._authors = authors
        self._search = search and connection.address.engine == "sqlite"

    def settle(self, groups: dict[str, list[int]]) -> Settled:
        """Settle groups given as title key to the ids of its papers. A paper nobody mentions any more goes."""
        settled = Settled()
        group = self._read([id_ for ids in groups.values() for id_ in ids])
        for title_group, old_ids in groups.items():
            mentions = [mention for id_ in old_ids for mention in group.mentions.get(id_, ())]
            placed = self._placed(cluster(title_group, mentions) if mentions else [], old_ids, group.papers)
            settled.paper_ids[title_group] = list(placed)
            for id_, found in placed.items():
                title = shown_title(mention.title for mention in found.mentions)
                abstract = shown_abstract(mention.abstract for mention in found.mentions)
                group.wanted[id_] = (id_, found.key, title_group, title, abstract)
            group.clusters |= placed
        self._write_papers(group)
        self._write_mentions(group, settled)
        self._write_authorships(group, settled)
        self._delete_papers(group)
        return settled

    def _read(self, paper_ids: list[int]) -> _Group:
        query = self._connection.query_in
        papers = query("SELECT id, key, title_key, title, abstract FROM papers WHERE id IN (?)", paper_ids)
        stored = query(_MENTIONS, paper_ids)
        mentions: dict[int, list[Mention]] = {}
        for paper_id, id_, title, byline, has_abstract, own_abstract, shown, *_ in stored:
            abstract = (own_abstract or shown) if has_abstract else None
            authors = split_byline(byline) if byline else ()
            mentions.setdefault(paper_id, []).append(Mention(id_, title, byline, authors, abstract))
        return _Group({row[0]: row for row in papers}, mentions, {row[1]: row for row in stored})

    def _placed(self, clusters: list[Cluster], old_ids: list[int], papers: dict[int, Row]) -> dict[int, Cluster]:
        """Give each cluster a paper: the one of its key if there is one, else one left over, else a new one."""
        by_key = {papers[id_][1]: id_ for id_ in old_ids}
        keys = {found.key for found in clusters}
        left_over = [id_ for id_ in old_ids if papers[id_][1] not in keys]
        placed = {}
        for found in clusters:
            id_ = by_key.get(found.key)
            if id_ is None:
                id_ = left_over.pop() if left_over else self._ids.new("papers")
            placed[id_] = found
        return placed

    def _write_papers(self, group: _Group) -> None:
        new = [row for id_, row in group.wanted.items() if id_ not in group.papers]
        changed = [row for id_, row in group.wanted.items() if id_ in group.papers and group.papers[id_] != row]
        gone = [row for id_, row in group.papers.items() if id_ not in group.wanted]
        self._unindex([group.papers[row[0]] for row in changed] + gone)
        self._connection.insert("papers", COLUMNS["papers"], new)
        self._connection.run_many(
            update("papers", ("key", "title", "abstract")), [(key, *texts, id_) for id_, key, _, *texts in changed]
        )
        index_papers(self._connection, new + changed if self._search else [])

    def _unindex(self, papers: list[Row]) -> None:
        if self._search:
            self._connection.run_many(
                "INSERT INTO papers_fts (papers_fts, rowid, title, abstract) VALUES ('delete', ?, ?, ?)",
                [(row[0], row[3], row[4]) for row in papers],
            )

    def _write_mentions(self, group: _Group, settled: Settled) -> None:
        changed: list[Row] = []
        moved: list[tuple[int, Row]] = []
        for paper_id, found in group.clusters.items():
            shown = group.wanted[paper_id][4]
            for mention in found.mentions:
                row = group.stored[mention.id]
                unshown = None if mention.abstract == shown else mention.abstract
                if (row[0], row[5]) != (paper_id, unshown):
                    changed.append((paper_id, unshown, mention.id))
                if row[0] != paper_id:
                    moved.append((paper_id, row))
        run_many = self._connection.run_many
        run_many(update("paper_sources", ("paper_id", "abstract")), changed)
        old_papers = {row[0] for _, row in moved}
        in_slots = self._connection.query_in("SELECT DISTINCT session_id FROM slots WHERE paper_id IN (?)", old_papers)
        settled.sessions |= {session_id for (session_id,) in in_slots}
        moves = [(paper_id, row[0], row[1]) for paper_id, row in moved]
        run_many("UPDATE repo_links SET paper_id = ? WHERE paper_id = ? AND paper_source_id = ?", moves)
        run_many("UPDATE paper_links SET paper_id = ? WHERE paper_id = ? AND paper_source_id = ?", moves)
        run_many(_MOVE_SLOT, moves)
        entries = [(paper_id, row[7], row[8]) for paper_id, row in moved if row[7] is not None]
        run_many("UPDATE listing_entries SET paper_id = ? WHERE listing_id = ? AND position = ?", entries)

    def _write_authorships(self, group: _Group, settled: Settled) -> None:
        wanted = {id_: shown_byline(m.authors for m in found.mentions) for id_, found in group.clusters.items()}
        stored = rows_by(
            self._connection.query_in(
                "SELECT paper_id, position, author_id, raw_name FROM authorships WHERE paper_id IN (?)",
                {*group.papers, *wanted},
            )
        )
        names = {id_: tuple(row[3] for row in sorted(rows, key=lambda row: row[1])) for id_, rows in stored.items()}
        stale = [id_ for id_ in stored if names[id_] != wanted.get(id_, ())]
        fresh = {id_: byline for id_, byline in wanted.items() if byline != names.get(id_, ())}
        settled.authors |= {row[2] for id_ in stale for row in stored[id_]}
        self._connection.run_many("DELETE FROM authorships WHERE paper_id = ?", [(id_,) for id_ in stale])
        self._authors.look_up(name for byline in fresh.values() for name in byline)
        rows = [
            (id_, position, author_id, name)
            for id_, byline in fresh.items()
            for position, (author_id, name) in enumerate(zip(self._authors.ids_of(byline), byline, strict=True), 1)
        ]
        self._authors.flush()
        self._connection.insert("authorships", COLUMNS["authorships"], rows)

    def _delete_papers(self, group: _Group) -> None:
        gone = [(id_,) for id_ in group.papers if id_ not in group.wanted]
        self._connection.run_many("DELETE FROM paper_identifiers WHERE paper_id = ?", gone)
        self._connection.run_many("DELETE FROM papers WHERE id = ?", gone)
