"""Mentions of papers: those that are about to be written and those stored, as the rules of `identity` see them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from programme.loaders.store.connection import Connection
from programme.loaders.store.facts import PaperFacts
from programme.loaders.store.identity import Mention
from programme.loaders.store.key_index import PaperIndex
from programme.loaders.store.keys import title_key
from programme.loaders.store.rows import COLUMNS, PaperRow
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.titles import clean_title, title_form

_PAPERS = f"SELECT {', '.join(COLUMNS['papers'])} FROM papers WHERE id IN (?)"
_MENTIONS = """
SELECT s.id, s.paper_id, s.title, s.byline, s.authors, s.identifiers, s.has_abstract, s.abstract, p.abstract,
  s.listing_id
FROM paper_sources s JOIN papers p ON p.id = s.paper_id
WHERE s.paper_id IN (?)
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


@dataclass
class Components:
    """Some whole components: the papers before, by id; and all mentions, stored and new, by id."""

    papers: dict[int, PaperRow] = field(default_factory=dict)
    mentions: dict[int, Mention] = field(default_factory=dict)
    stored: dict[int, StoredMention] = field(default_factory=dict)


class MentionReader:
    """Makes mentions of what is about to be written and of what is stored.

    `former` gives the key of the oldest title of a paper by the key of a later one, where the title has changed from
    one capture of a source to the next.
    """

    def __init__(self, connection: Connection, papers: PaperIndex, former: Mapping[str, str]) -> None:
        self._connection = connection
        self._papers = papers
        self._former = former
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
        )

    def read(self, new: Sequence[NewMention], touched: set[int]) -> Components:
        """Read the papers touched, and all that share a title or an identifier with any mention, until none is left."""
        found = Components()
        query, index = self._connection.query_in, self._papers
        found.mentions = {one.id: self.mention(one) for one in new}
        names = {name for one in new for name in self.names(one.facts)}
        index.look_up(names)
        paper_ids = touched | index.all_of(names)
        while paper_ids:
            papers = [PaperRow(*row) for row in query(_PAPERS, paper_ids)]
            found.papers.update((paper.id, paper) for paper in papers)
            # A deleted mention may have been what linked a paper to others: its names still stand in these tables.
            names = {paper.title_key for paper in papers}
            names |= {name for (name,) in query("SELECT name FROM paper_names WHERE paper_id IN (?)", paper_ids)}
            identifiers = query("SELECT scheme, value FROM paper_identifiers WHERE paper_id IN (?)", paper_ids)
            names |= {f"{scheme}:{value}" for scheme, value in identifiers}
            for row in query(_MENTIONS, paper_ids):
                stored = StoredMention(*row)
                found.stored[stored.id] = stored
                mention = found.mentions[stored.id] = self._stored(stored)
                names |= mention.names
            index.look_up(names)
            paper_ids = index.all_of(names) - found.papers.keys()
        return found

    def _stored(self, stored: StoredMention) -> Mention:
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
        )

    def _former_of(self, title_key: str) -> frozenset[str]:
        former = self._former.get(title_key) if self._former else None
        return frozenset((former,)) if former else _NONE
