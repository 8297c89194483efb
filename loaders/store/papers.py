"""Papers: derived from all mentions that titles and identifiers link, by the rules of `clusters` and `identity`.

Works on whole components, so the result depends on the documents in the database, and not on the order in which they
were ingested. A mention that nothing links to another is a component of its own, and most are.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, count, repeat
from typing import NamedTuple

from programme.loaders.store.buffer import Ids, WritePlan, update_statement
from programme.loaders.store.clusters import Cluster, cluster, components
from programme.loaders.store.connection import Connection, Row, rows_by
from programme.loaders.store.corrected import Target, corrected, names_of, target
from programme.loaders.store.corrected_links import plan_links
from programme.loaders.store.correction_rows import CorrectionBook
from programme.loaders.store.full_text import Search
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.store.mentions import Components, MentionReader, NewMention
from programme.loaders.store.rows import COLUMNS, PaperIdentifierRow, PaperNameRow, PaperRow, RedirectRow
from programme.loaders.text.promises import promise_of_code

_SETS = {"paper_identifiers": ("scheme", "value"), "paper_names": ("name",)}
"""Tables with several rows per paper, which are resolved as sets; and their columns beside the paper's id."""
StoredValues = dict[str, dict[int, list[Row]]]
"""The rows of authorships and `_SETS` that papers have, by table and paper."""


class Resolved(NamedTuple):
    """What resolving papers gave: the paper of each mention of their components, and the abstract it displays.

    `sessions`, `listings` and `authors` state or show what has changed; the caller resolves them in turn.
    """

    papers: dict[int, int]
    abstracts: dict[int, str | None]
    sessions: set[int]
    listings: set[int]
    authors: set[int]
    targets: dict[int, Target]


class PaperResolver:
    """Derives papers, with the corrections of `book` where there are any.

    Indexes them in `search`; what maintains its full text by itself has none.
    """

    def __init__(
        self,
        connection: Connection,
        ids: Ids,
        index: KeyIndex,
        reader: MentionReader,
        book: CorrectionBook | None,
        search: Search | None,
    ) -> None:
        self._connection = connection
        self._ids = ids
        self._next_paper = ids.next("papers")
        self._index = index
        self._reader = reader
        self._book = book
        self._search = search
        self._unindexed: list[PaperRow] = []
        self._indexed: list[PaperRow] = []

    def resolve(self, new: Sequence[NewMention], touched: set[int], plan: WritePlan) -> Resolved:
        """Derive the papers of new mentions and of those touched, with all that are linked to them."""
        resolved = Resolved({}, {}, set(), set(), set(), {})
        alone, linked = self._separate(new)
        for mention in alone:
            for paper in self._targets(cluster((self._reader.mention(mention),))):
                self._add_paper(paper, plan, resolved)
        if linked or touched:
            self._resolve_components(self._reader.read(linked, touched), plan, resolved)
        if self._book:
            for id_, paper in resolved.targets.items():
                plan_links(id_, paper, self._book, self._index, self._ids, plan)
            _plan_redirects(resolved.targets.values(), plan)
        if self._search:
            self._search.change(_texts(self._unindexed), _texts(self._indexed), plan)
        self._unindexed, self._indexed = [], []
        return resolved

    def _separate(self, new: Sequence[NewMention]) -> tuple[list[NewMention], list[NewMention]]:
        """Separate mentions that share no name with any other, stored or new, from those that do."""
        names = [self._reader.names(mention.facts) for mention in new]
        counts = Counter(chain.from_iterable(names))
        self._index.papers.look_up(counts)
        known = self._index.papers.known(counts)
        shared = known.union(name for name, number in counts.items() if number > 1)
        shared |= {name for name in counts if self._reader.linked((name,))} if self._book else set()
        alone: list[NewMention] = []
        linked: list[NewMention] = []
        for mention, own in zip(new, names, strict=True):
            (alone if shared.isdisjoint(own) else linked).append(mention)
        return alone, linked

    def _targets(self, clusters: list[Cluster]) -> list[Target]:
        """Return papers as they are to be displayed."""
        return corrected(clusters, self._book) if self._book else [target(found) for found in clusters]

    def _add_paper(self, paper: Target, plan: WritePlan, resolved: Resolved) -> None:
        """Plan the rows of a paper that is new."""
        id_ = self._next_paper()
        row = _paper_row(id_, paper)
        plan["papers"].append(row)
        self._indexed.append(row)
        author_ids = self._author_ids(paper)
        # Tuples in the order of AuthorshipRow, made in C: the table with by far the most rows.
        plan["authorships"].extend(
            zip(repeat(id_), count(1), author_ids, paper.shown.authors, paper.shown.affiliations, strict=False)
        )
        for identifier in paper.identifiers:
            plan["paper_identifiers"].append(PaperIdentifierRow(id_, *identifier.split(":", 1)))
        if paper.names:
            plan["paper_names"].extend(PaperNameRow(id_, name) for name in sorted(paper.names))
        self._note(id_, paper, resolved)

    def _author_ids(self, paper: Target) -> list[int]:
        """Return the ids of the authors displayed; corrections may say that a name is another person's."""
        if self._book is None:
            return self._index.authors.ids_of(paper.shown.authors)
        names, book = names_of(paper.found, paper.former), self._book
        self._index.authors.look_up(paper.shown.authors)  # corrections may name others than the documents
        return self._index.authors.ids_of(
            paper.shown.authors, lambda author: book.corrections.author_target(author, names)
        )

    def _note(self, id_: int, paper: Target, resolved: Resolved) -> None:
        """Remember the names of a paper and, for each of its mentions, which paper it is."""
        note = self._index.papers.note
        note(paper.found.title_key, id_)
        for name in paper.identifiers:
            note(name, id_)
        for name in paper.names:
            note(name, id_)
        for mention in paper.found.mentions:
            resolved.papers[mention.id] = id_
            resolved.abstracts[mention.id] = paper.shown.abstract
        if self._book:
            resolved.targets[id_] = paper

    def _resolve_components(self, before: Components, plan: WritePlan, resolved: Resolved) -> None:
        mentions = before.mentions.values()
        found = [paper for component in components(mentions) for paper in cluster(component)]
        targets = {paper.key: paper for paper in self._targets(found)}
        if self._book:
            self._book.seen |= {row.key for row in before.papers.values()}
        self._index.authors.look_up(name for paper in targets.values() for name in paper.shown.authors)
        self._index.papers.forget(frozenset().union(*(mention.names for mention in mentions)))
        # A paper is its key: it stays while a cluster has that key, so that no two ever exchange theirs.
        ids = {paper.key: id_ for id_, paper in before.papers.items() if paper.key in targets}
        stored = self._stored_values(before.papers)
        for key, paper in targets.items():
            if key in ids:
                self._change_paper(before.papers[ids[key]], paper, stored, plan, resolved)
            else:
                self._add_paper(paper, plan, resolved)
        self._move_mentions(before, resolved, plan)
        gone = [paper for paper in before.papers.values() if paper.key not in targets]
        self._delete_papers(gone, stored, plan, resolved)

    def _stored_values(self, paper_ids: Iterable[int]) -> StoredValues:
        ids = set(paper_ids)
        return {
            table: rows_by(
                self._connection.query_in(f"SELECT {', '.join(COLUMNS[table])} FROM {table} WHERE paper_id IN (?)", ids)
            )
            for table in ("authorships", *_SETS)
        }

    def _change_paper(
        self, row: PaperRow, paper: Target, stored: StoredValues, plan: WritePlan, resolved: Resolved
    ) -> None:
        """Plan what differs from the stored rows of a paper."""
        new = _paper_row(row.id, paper)
        if new != row:
            self._unindexed.append(row)
            plan.change(update_statement("papers", COLUMNS["papers"][1:]), [(*new[1:], row.id)])
            self._indexed.append(new)
        author_ids = self._author_ids(paper)
        before = sorted(stored["authorships"].get(row.id, []), key=lambda stated: stated[1])
        byline = list(zip(author_ids, paper.shown.authors, paper.shown.affiliations, strict=True))
        if [stated[2:] for stated in before] != byline:
            resolved.authors.update(stated[2] for stated in before)
            plan.delete_first("DELETE FROM authorships WHERE paper_id = ?", [(row.id,)])
            plan["authorships"].extend((row.id, position, *parts) for position, parts in enumerate(byline, 1))
        targets: dict[str, set[Row]] = {
            "paper_identifiers": {(row.id, *identifier.split(":", 1)) for identifier in paper.identifiers},
            "paper_names": {(row.id, name) for name in paper.names},
        }
        for table, columns in _SETS.items():
            rows = set(stored[table].get(row.id, []))
            where = " AND ".join(f"{column} = ?" for column in ("paper_id", *columns))
            plan.delete_first(f"DELETE FROM {table} WHERE {where}", sorted(rows - targets[table]))
            plan[table].extend(sorted(targets[table] - rows))
        self._note(row.id, paper, resolved)

    def _move_mentions(self, before: Components, resolved: Resolved, plan: WritePlan) -> None:
        """Plan the moves of stored mentions to their papers, with their links."""
        changed: list[Row] = []
        moved: list[Row] = []
        for id_, stored in before.stored.items():
            paper_id, displayed = resolved.papers[id_], resolved.abstracts[id_]
            abstract = before.mentions[id_].abstract
            own_abstract = None if abstract == displayed else abstract
            if (stored.paper_id, stored.abstract) != (paper_id, own_abstract):
                changed.append((paper_id, own_abstract, id_))
            if stored.paper_id != paper_id:
                moved.append((paper_id, stored.paper_id, id_))
                if stored.listing_id is not None:
                    resolved.listings.add(stored.listing_id)
        plan.change(update_statement("paper_sources", ("paper_id", "abstract")), changed)
        for table in ("repo_links", "paper_links"):
            plan.change(f"UPDATE {table} SET paper_id = ? WHERE paper_id = ? AND paper_source_id = ?", moved)
        old_papers = {row[1] for row in moved}
        in_slots = self._connection.query_in("SELECT DISTINCT session_id FROM slots WHERE paper_id IN (?)", old_papers)
        resolved.sessions.update(session_id for (session_id,) in in_slots)

    def _delete_papers(self, gone: list[PaperRow], stored: StoredValues, plan: WritePlan, resolved: Resolved) -> None:
        ids = [(paper.id,) for paper in gone]
        for table in ("authorships", "paper_editions", *_SETS):
            plan.delete_first(f"DELETE FROM {table} WHERE paper_id = ?", ids)
        resolved.authors.update(row[2] for (id_,) in ids for row in stored["authorships"].get(id_, []))
        self._unindexed += gone
        if self._book:
            stale = "DELETE FROM redirects WHERE kind = 'paper' AND target = ?"
            plan.delete_first(stale, [(paper.key,) for paper in gone])
        plan.delete_last("DELETE FROM papers WHERE id = ?", ids)


def _texts(papers: Iterable[PaperRow]) -> list[Row]:
    return [(paper.id, paper.title, paper.abstract) for paper in papers]


def _paper_row(id_: int, paper: Target) -> PaperRow:
    abstract = paper.shown.abstract
    return PaperRow(id_, paper.key, paper.found.title_key, paper.title, abstract, promise_of_code(abstract))


def _plan_redirects(papers: Iterable[Target], plan: WritePlan) -> None:
    """Plan the redirects from the keys of papers that corrections joined with these."""
    stale = "DELETE FROM redirects WHERE kind = 'paper' AND (target = ? OR key = ?)"
    for paper in papers:
        plan.delete_first(stale, [(paper.key, paper.key)])
        plan["redirects"].extend(RedirectRow("paper", key, paper.key) for key in paper.former)
