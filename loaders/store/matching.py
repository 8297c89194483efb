"""Which sessions, slots, papers and entries of two captures of a source are the same.

Several passes, from the strictest key to the loosest, pair what no earlier pass has paired; where several are alike,
the first goes with the first. Every pass takes time in proportion to the documents.
"""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from datetime import datetime
from itertools import product
from typing import NamedTuple

from programme.loaders.store.contents import Contents, Slot, have_same_authors, is_plausible
from programme.loaders.store.fact_types import ListingFacts, SessionFacts
from programme.loaders.store.identity import contradict
from programme.loaders.text.titles import title_form

MAX_COMPARISONS = 10_000
"""Sessions of one title are compared each with each up to this number of pairs, beyond it only in order of start."""

MAX_PLACES = 10
"""Sessions in which a paper is looked for when sessions of other titles are compared."""

KeyOf = Callable[[int], Hashable]
"""The key of the item at a place, or None for one that a pass leaves out."""

Identity = int | str
"""What a slot presents: the place of its paper before, below zero for one that is new; else the form of its title."""


class Pairs:
    """Which item of the later list is which of the earlier one, by their places."""

    def __init__(self, before_count: int, after_count: int) -> None:
        self.after_of: list[int | None] = [None] * before_count
        self.before_of: list[int | None] = [None] * after_count

    def add(self, before: int, after: int) -> None:
        """Pair two items."""
        self.after_of[before] = after
        self.before_of[after] = before

    def removed(self) -> list[int]:
        """Return the earlier items without a partner."""
        return [place for place, after in enumerate(self.after_of) if after is None]

    def added(self) -> list[int]:
        """Return the later items without a partner."""
        return [place for place, before in enumerate(self.before_of) if before is None]

    def pair(self, before_key: KeyOf, after_key: KeyOf, accept: Callable[[int, int], bool] | None = None) -> None:
        """Pair items with equal keys that have no partner yet, in their order; `accept` may refuse two items."""
        waiting: dict[Hashable, list[int]] = {}
        for before in reversed(self.removed()):
            if (key := before_key(before)) is not None:
                waiting.setdefault(key, []).append(before)
        for after in self.added() if waiting else ():
            alike = waiting.get(after_key(after))
            if alike and (accept is None or accept(alike[-1], after)):
                self.add(alike.pop(), after)


class Match(NamedTuple):
    """Two captures of a source and what is the same in both."""

    before: Contents
    after: Contents
    sessions: Pairs
    slots: Pairs
    papers: Pairs
    listings: Pairs
    entries: Pairs


def match(before: Contents, after: Contents) -> Match:
    """Find what is the same in two captures of a source."""
    papers = _pair_papers(before, after)
    sessions = _SessionPairs(before, after, papers).pairs
    _pair_retitled_papers(before, after, sessions, papers)
    slots = _pair_slots(before, after, sessions, papers)
    listings = Pairs(len(before.listings), len(after.listings))
    listings.pair(lambda place: before.listings[place].key, lambda place: after.listings[place].key)
    listings.pair(lambda place: listing_name(before.listings[place]), lambda place: listing_name(after.listings[place]))
    entries = Pairs(len(before.entries), len(after.entries))
    entries.pair(
        lambda place: (before.entries[place].listing, before.entries[place].paper),
        lambda place: (
            _before_or_new(listings, after.entries[place].listing),
            _before_or_new(papers, after.entries[place].paper),
        ),
    )
    return Match(before, after, sessions, slots, papers, listings, entries)


def listing_name(listing: ListingFacts) -> Hashable:
    """Return what makes two listings one although their entries differ: publisher, heading and day."""
    record = listing.record
    return record.source, record.title, record.listed_on, record.month, record.day


def _before_or_new(pairs: Pairs, after: int) -> int:
    """Return the place that an item had before, or a number below zero of its own."""
    before = pairs.before_of[after]
    return -1 - after if before is None else before


def _pair_papers(before: Contents, after: Contents) -> Pairs:
    pairs = Pairs(len(before.papers), len(after.papers))

    def exact(contents: Contents) -> KeyOf:
        firsts = contents.papers
        return lambda place: (
            firsts[place].first.title_key,
            firsts[place].first.record.authors,
            firsts[place].first.identifiers,
        )

    def titled(contents: Contents) -> KeyOf:
        return lambda place: contents.papers[place].first.title_key

    def fit(place_before: int, place_after: int) -> bool:
        one, other = before.papers[place_before], after.papers[place_after]
        return not contradict(one.identifiers, other.identifiers) or have_same_authors(one.first, other.first)

    pairs.pair(exact(before), exact(after))
    _pair_by_identifier(before, after, pairs)
    pairs.pair(titled(before), titled(after), fit)
    return pairs


def _pair_by_identifier(before: Contents, after: Contents, pairs: Pairs) -> None:
    places: dict[str, int] = {}
    for place in pairs.removed():
        for identifier in before.papers[place].identifiers:
            places.setdefault(identifier, place)
    for after_place in pairs.added() if places else ():
        paper = after.papers[after_place]
        for identifier in paper.identifiers:
            found = places.get(identifier)
            if found is None or pairs.after_of[found] is not None:
                continue
            if is_plausible(before.papers[found].first, paper.first):
                pairs.add(found, after_place)
                break


def _pair_retitled_papers(before: Contents, after: Contents, sessions: Pairs, papers: Pairs) -> None:
    """Pair papers of different titles whose slots have the same session, start and authors."""
    waiting: dict[Hashable, list[int]] = {}
    for slot in reversed(before.slots):
        if slot.paper is not None and papers.after_of[slot.paper] is None:
            waiting.setdefault(_spot(slot, slot.session), []).append(slot.paper)
    for slot in after.slots if waiting else ():
        if slot.paper is None or papers.before_of[slot.paper] is not None or not _has_spot(slot):
            continue
        alike = waiting.get(_spot(slot, _before_or_new(sessions, slot.session)))
        if alike and papers.after_of[found := alike.pop()] is None:
            papers.add(found, slot.paper)


def _has_spot(slot: Slot) -> bool:
    """Return whether start and authors are known, without which a place in a session says too little."""
    return bool(slot.facts.starts_at and slot.facts.paper and slot.facts.paper.record.authors)


def _spot(slot: Slot, session: int) -> Hashable:
    """Return where a slot stands; one without a paper has only its position and kind to be known by."""
    if slot.facts.paper:
        return session, slot.facts.starts_at, slot.facts.paper.record.authors
    return session, slot.facts.starts_at, slot.facts.record.position, slot.facts.record.kind


def _identity(slot: Slot, paper: int | None) -> Identity:
    return title_form(slot.facts.title) if paper is None else paper


class _SessionPairs:
    """Pairs sessions: by natural key, then by title and shared slots, then by shared papers alone."""

    def __init__(self, before: Contents, after: Contents, papers: Pairs) -> None:
        self._before, self._after = before.sessions, after.sessions
        self.pairs = Pairs(len(before.sessions), len(after.sessions))
        self.pairs.pair(lambda place: self._before[place].key, lambda place: self._after[place].key)
        self._slots_before: dict[int, set[tuple[Identity, str]]] = {place: set() for place in self.pairs.removed()}
        self._slots_after: dict[int, set[tuple[Identity, str]]] = {place: set() for place in self.pairs.added()}
        if not self._slots_before or not self._slots_after:
            return
        for slot in before.slots:
            if slot.session in self._slots_before:
                self._slots_before[slot.session].add((_identity(slot, slot.paper), slot.facts.record.kind))
        for slot in after.slots:
            if slot.session in self._slots_after:
                paper = None if slot.paper is None else _before_or_new(papers, slot.paper)
                self._slots_after[slot.session].add((_identity(slot, paper), slot.facts.record.kind))
        self._pair_by_title()
        self._pair_by_papers()

    def _pair_by_title(self) -> None:
        """Pair sessions of one title: those that share most slots first, then those that start nearest each other."""
        groups: dict[str, tuple[list[int], list[int]]] = {}
        for place in self.pairs.removed():
            groups.setdefault(title_form(self._before[place].title), ([], []))[0].append(place)
        for place in self.pairs.added():
            groups.setdefault(title_form(self._after[place].title), ([], []))[1].append(place)
        for befores, afters in groups.values():
            for _, _, before, after in sorted(self._candidates(befores, afters)):
                self._pair_free(before, after)

    def _candidates(self, befores: list[int], afters: list[int]) -> Iterator[tuple[int, float, int, int]]:
        if len(befores) * len(afters) > MAX_COMPARISONS:
            befores.sort(key=lambda place: (start_of(self._before[place]) or "", place))
            afters.sort(key=lambda place: (start_of(self._after[place]) or "", place))
            couples = list(zip(befores, afters, strict=False))
        else:
            couples = list(product(befores, afters))
        for before, after in couples:
            one, other = self._slots_before[before], self._slots_after[after]
            shared = len({what for what, _ in one} & {what for what, _ in other})
            # Not every "Invited Talk" is the same: without a common slot only one that nothing else could be.
            if self._same_edition(before, after) and (shared or len(couples) == 1 or not one or not other):
                yield -shared, _distance(self._before[before], self._after[after]), before, after

    def _pair_by_papers(self) -> None:
        """Pair sessions that were given another title: more than half of the slots of each are slots of the other."""
        places: dict[tuple[Identity, str], list[int]] = {}
        for place, slots in self._slots_before.items():
            for what in slots if self.pairs.after_of[place] is None else ():
                if isinstance(what[0], int) and len(alike := places.setdefault(what, [])) < MAX_PLACES:
                    alike.append(place)
        found = []
        for after in self.pairs.added():
            slots = self._slots_after[after]
            votes = Counter(place for what in slots for place in places.get(what, ()))
            for before, shared in votes.items():
                if 2 * shared > max(len(slots), len(self._slots_before[before])) and self._same_edition(before, after):
                    found.append((-shared, before, after))
        for _, before, after in sorted(found):
            self._pair_free(before, after)

    def _pair_free(self, before: int, after: int) -> None:
        """Pair two sessions unless either has a partner already."""
        if self.pairs.after_of[before] is None and self.pairs.before_of[after] is None:
            self.pairs.add(before, after)

    def _same_edition(self, before: int, after: int) -> bool:
        one, other = self._before[before].edition, self._after[after].edition
        return one is None or other is None or one.slug == other.slug


def start_of(session: SessionFacts) -> str | None:
    """Return the start of a session: its own or that of its first slot, whichever is earlier."""
    return min(filter(None, (session.starts_at, *(slot.starts_at for slot in session.slots))), default=None)


def _distance(one: SessionFacts, other: SessionFacts) -> float:
    """Return the seconds between the starts of two sessions; infinite where either is unknown."""
    starts = start_of(one), start_of(other)
    if starts[0] is None or starts[1] is None:
        return math.inf
    return abs((datetime.fromisoformat(starts[0]) - datetime.fromisoformat(starts[1])).total_seconds())


def _pair_slots(before: Contents, after: Contents, sessions: Pairs, papers: Pairs) -> Pairs:
    """Pair slots by what they present: in the same session, then anywhere; at last those of another title in place."""
    pairs = Pairs(len(before.slots), len(after.slots))
    whats_before = [_identity(slot, slot.paper) for slot in before.slots]
    whats_after = [
        _identity(slot, None if slot.paper is None else _before_or_new(papers, slot.paper)) for slot in after.slots
    ]
    sessions_after = [_before_or_new(sessions, place) for place in range(len(after.sessions))]

    def by(key: Callable[[Slot, Identity, int], Hashable]) -> None:
        pairs.pair(
            lambda place: key(before.slots[place], whats_before[place], before.slots[place].session),
            lambda place: key(after.slots[place], whats_after[place], sessions_after[after.slots[place].session]),
        )

    by(lambda slot, what, session: (session, what, slot.facts.record.kind, slot.facts.starts_at))
    by(lambda slot, what, session: (session, what, slot.facts.record.kind))
    by(lambda _, what, session: (session, what))
    # A break or Q&A is found in another session only where its document has no other of its title.
    counts = [Counter(what for what in whats if isinstance(what, str)) for whats in (whats_before, whats_after)]

    def anywhere(slot: Slot, what: Identity, _session: int) -> Hashable:
        is_one_of_several = isinstance(what, str) and max(count[what] for count in counts) > 1
        return None if is_one_of_several else (what, slot.facts.record.kind)

    by(lambda slot, what, session: (key := anywhere(slot, what, session)) and (key, slot.facts.starts_at))
    by(anywhere)
    by(lambda slot, _, session: _spot(slot, session) if slot.paper is None and slot.facts.starts_at else None)
    return pairs
