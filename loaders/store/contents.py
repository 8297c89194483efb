"""The facts of one document as flat lists, in which a paper mentioned several times counts once.

Two captures of a source are compared by these lists; see `matching` and `changes`.
"""

from dataclasses import dataclass
from typing import NamedTuple

from programme.loaders.store.fact_types import DocumentFacts, PaperFacts, SlotFacts
from programme.loaders.store.identity import Mention, contradict, same_authors


@dataclass(slots=True)
class Paper:
    """The mentions of one paper in a document, in their order; `edition` is the slug of the first one known."""

    mentions: list[PaperFacts]
    edition: str | None

    @property
    def first(self) -> PaperFacts:
        """The first mention, whose title is the paper's."""
        return self.mentions[0]

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The identifiers in all mentions, written `scheme:value`, in the order stated."""
        if len(self.mentions) == 1:
            return self.first.identifiers
        return tuple(dict.fromkeys(name for mention in self.mentions for name in mention.identifiers))


class Slot(NamedTuple):
    """A slot, with the places of its session and its paper in the lists of the document."""

    session: int
    facts: SlotFacts
    paper: int | None


class Entry(NamedTuple):
    """An entry of a listing, with the places of the listing and the paper in the lists of the document."""

    listing: int
    facts: PaperFacts
    paper: int


class Contents:
    """The sessions, slots, listings, entries and papers of a document, each in the order stated."""

    def __init__(self, facts: DocumentFacts) -> None:
        self.sessions = facts.sessions
        self.listings = facts.listings
        self.slots: list[Slot] = []
        self.entries: list[Entry] = []
        self.papers: list[Paper] = []
        self._by_identifier: dict[str, int] = {}
        self._by_title: dict[str, int] = {}
        self._by_byline: dict[tuple[str, tuple[str, ...]], int] = {}
        for place, session in enumerate(facts.sessions):
            edition = session.edition.slug if session.edition else None
            for slot in session.slots:
                paper = self._place_of(slot.paper, edition) if slot.paper else None
                self.slots.append(Slot(place, slot, paper))
        for place, listing in enumerate(facts.listings):
            self.entries += [Entry(place, entry, self._place_of(entry)) for entry in listing.entries]
        for mention in facts.papers:
            self._place_of(mention)
        self.has_papers_alone = bool(facts.papers)

    def _place_of(self, mention: PaperFacts, edition: str | None = None) -> int:
        """Return the place of the paper that is mentioned, after adding the mention to it or it to the papers."""
        edition = mention.edition.slug if mention.edition else edition
        place = self._known_place(mention)
        if place is None:
            place = len(self.papers)
            self.papers.append(Paper([mention], edition))
        else:
            paper = self.papers[place]
            paper.mentions.append(mention)
            paper.edition = paper.edition or edition
        for identifier in mention.identifiers:
            self._by_identifier.setdefault(identifier, place)
        if self._by_title.setdefault(mention.title_key, place) != place:
            self._by_byline.setdefault((mention.title_key, mention.record.authors), place)
        return place

    def _known_place(self, mention: PaperFacts) -> int | None:
        for identifier in mention.identifiers:
            place = self._by_identifier.get(identifier)
            if place is not None and is_plausible(self.papers[place].first, mention):
                return place
        # Only the first paper of a title is compared: a list may have thousands called "Introduction".
        of_title = self._by_title.get(mention.title_key)
        of_byline = self._by_byline.get((mention.title_key, mention.record.authors))
        for place in (of_title, of_byline):
            if place is not None and _agree(self.papers[place], mention):
                return place
        return None


def have_same_authors(one: PaperFacts, other: PaperFacts) -> bool:
    """Return whether two bylines fit one paper; true where either is empty."""
    return one.record.authors == other.record.authors or same_authors(_mention(one), _mention(other))


def is_plausible(one: PaperFacts, other: PaperFacts) -> bool:
    """Return whether mentions that share an identifier are one paper; otherwise one of them copied it wrongly."""
    return one.title_key == other.title_key or have_same_authors(one, other)


def _agree(paper: Paper, mention: PaperFacts) -> bool:
    return not contradict(paper.identifiers, mention.identifiers) and have_same_authors(paper.first, mention)


def _mention(facts: PaperFacts) -> Mention:
    return Mention(0, facts.title, facts.title_key, facts.record.authors)
