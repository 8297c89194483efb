"""Mentions of papers: those that are about to be written and those stored, as the rules of `identity` see them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from programme.loaders.store.connection import Connection, rows_by
from programme.loaders.store.fact_types import PaperFacts
from programme.loaders.store.identity import Mention
from programme.loaders.store.key_index import PaperIndex
from programme.loaders.store.keys import title_key
from programme.loaders.store.rows import COLUMNS, PaperRow
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.titles import clean_title, title_form

_PAPERS = f"SELECT {', '.join(COLUMNS['papers'])} FROM papers WHERE id IN (?)"
_MENTIONS = """
SELECT s.id, s.paper_id, s.title, s.byline, s.authors, s.identifiers, s.has_abstract, s.abstract, p.abstract,
  s.listing_id, s.document_id
FROM paper_sources s JOIN papers p ON p.id = s.paper_id
WHERE s.paper_id IN (?)
"""
_EDITIONS_OF_MENTIONS = """
SELECT s.id, e.slug FROM paper_sources s JOIN editions e ON e.id = s.edition_id WHERE s.id IN (?)
"""
_EDITIONS_OF_DOCUMENTS = """
SELECT DISTINCT s.document_id, e.slug FROM session_sources s JOIN editions e ON e.id = s.edition_id
WHERE s.document_id IN (?)
"""
_NONE: frozenset[str] = frozenset()


class NewMention(NamedTuple):
    """A mention that is about to be written, and its place in a listing."""

    id: int
    document_id: int
    facts: PaperFacts
    edition_id: int | None
    listing_id: int | None = None
    listing_position: int | None = None
    editions: frozenset[str] = frozenset()


class StoredMention(NamedTuple):
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
    document_id: int


class Components(NamedTuple):
    """Some whole components: the papers before, by id; and all mentions, stored and new, by id."""

    papers: dict[int, PaperRow]
    mentions: dict[int, Mention]
    stored: dict[int, StoredMention]


class MentionReader:
    """Makes mentions of what is about to be written and of what is stored.

    `former` gives the key of the oldest title of a paper by the key of a later one, where the title has changed from
    one capture of a source to the next. `linked` gives the names of papers that corrections say are the same, or
    others, by the names of a paper; None where there are no corrections.
    """

    def __init__(
        self,
        connection: Connection,
        papers: PaperIndex,
        former: Mapping[str, str],
        linked: Mapping[str, AbstractSet[str]] | None,
    ) -> None:
        self._connection = connection
        self._papers = papers
        self._former = former
        self._linked = linked
        self._titles: dict[str, tuple[str, str]] = {}

    def names(self, facts: PaperFacts) -> tuple[str, ...]:
        """Return the names by which others may mention the same paper."""
        names = (facts.title_key, *facts.identifiers)
        former = self._former.get(facts.title_key) if self._former else None
        return (*names, former) if former else names

    def mention(self, new: NewMention) -> Mention:
        """Return a mention that is about to be written."""
        facts = new.facts
        return Mention(
            new.id,
            facts.title,
            facts.title_key,
            facts.record.authors,
            facts.record.affiliations,
            frozenset(facts.identifiers),
            facts.record.abstract,
            self._former_of(facts.title_key),
            new.editions,
            facts.abstract,
        )

    def linked(self, names: Iterable[str]) -> set[str]:
        """Return the names of papers that corrections link with papers of these names."""
        if not self._linked:
            return set()
        return {other for name in names for other in self._linked.get(name, ())}

    def read(self, new: Sequence[NewMention], touched: set[int]) -> Components:
        """Read the papers touched, and all that share a title or an identifier with any mention, until none is left."""
        found = Components({}, {one.id: self.mention(one) for one in new}, {})
        query = self._connection.query_in
        paper_ids = touched | self._papers_of({name for one in new for name in self.names(one.facts)})
        while paper_ids:
            papers = [PaperRow(*row) for row in query(_PAPERS, paper_ids)]
            found.papers.update((paper.id, paper) for paper in papers)
            # A deleted mention may have been what linked a paper to others: its names still stand in these tables.
            names = {paper.title_key for paper in papers}
            names |= {name for (name,) in query("SELECT name FROM paper_names WHERE paper_id IN (?)", paper_ids)}
            identifiers = query("SELECT scheme, value FROM paper_identifiers WHERE paper_id IN (?)", paper_ids)
            names |= {f"{scheme}:{value}" for scheme, value in identifiers}
            stored = [StoredMention(*row) for row in query(_MENTIONS, paper_ids)]
            editions = self._editions(stored)
            for one in stored:
                found.stored[one.id] = one
                mention = found.mentions[one.id] = self._stored(one, editions)
                names |= mention.names
            paper_ids = self._papers_of(names | {paper.key for paper in papers}) - found.papers.keys()
        return found

    def _papers_of(self, names: set[str]) -> set[int]:
        """Return the papers of these names, and those that corrections link with them."""
        linked = self.linked(names)
        names = names | linked
        self._papers.look_up(names)
        found = self._papers.all_of(names)
        if linked:
            found |= {id_ for (id_,) in self._connection.query_in("SELECT id FROM papers WHERE key IN (?)", linked)}
        return found

    def _editions(self, stored: Sequence[StoredMention]) -> dict[int, frozenset[str]]:
        """Return the editions of mentions by their id: its own, or those of the sessions of its document."""
        if self._linked is None:
            return {}
        documents = {one.document_id for one in stored}
        of_documents = rows_by(self._connection.query_in(_EDITIONS_OF_DOCUMENTS, documents))
        own: dict[int, str] = dict(self._connection.query_in(_EDITIONS_OF_MENTIONS, {one.id for one in stored}))
        return {
            one.id: frozenset((own[one.id],))
            if one.id in own
            else frozenset(slug for _, slug in of_documents.get(one.document_id, ()))
            for one in stored
        }

    def _stored(self, stored: StoredMention, editions: Mapping[int, frozenset[str]]) -> Mention:
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
        title, key = self._titles.get(stored.title) or ("", "")
        if not key:
            title = clean_title(stored.title)
            key = title_key(title_form(title))
            self._titles[stored.title] = (title, key)
        return Mention(
            stored.id,
            title,
            key,
            authors,
            affiliations,
            frozenset((stored.identifiers or "").split()),
            (stored.abstract or stored.displayed_abstract) if stored.has_abstract else None,
            self._former_of(key),
            editions.get(stored.id, _NONE),
        )

    def _former_of(self, title_key: str) -> frozenset[str]:
        former = self._former.get(title_key) if self._former else None
        return frozenset((former,)) if former else _NONE
