"""Papers as corrections make them: joined or split by a curator, with other values than the documents state."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from programme.loaders.store.clusters import Cluster, Group, with_keys
from programme.loaders.store.correction_rows import CorrectionBook
from programme.loaders.store.corrections import Fields, Names
from programme.loaders.store.identity import DisplayedPaper, Mention, display
from programme.loaders.store.keys import paper_key
from programme.loaders.text.names import name_form


class Target(NamedTuple):
    """A paper as it is to be displayed: its cluster, title, values, identifiers and other names.

    `former` are the keys of papers that a correction joined with it. `fields` are the corrections of it, if any.
    """

    found: Cluster
    title: str
    shown: DisplayedPaper
    identifiers: Sequence[str]
    names: frozenset[str]
    former: tuple[str, ...] = ()
    fields: Fields | None = None

    @property
    def key(self) -> str:
        """The key of the paper, which no correction changes."""
        return self.found.key


def target(found: Cluster) -> Target:
    """Return a paper as the documents state it."""
    shown = display(found.mentions)
    if len(found.mentions) == 1:
        (only,) = found.mentions
        return Target(found, found.title, shown, sorted(only.identifiers), only.former)
    identifiers = sorted(frozenset().union(*(mention.identifiers for mention in found.mentions)))
    names: frozenset[str] = frozenset().union(*(mention.titles for mention in found.mentions))
    return Target(found, found.title, shown, identifiers, names - {found.title_key})


def corrected(clusters: Iterable[Cluster], book: CorrectionBook) -> list[Target]:
    """Return the papers of some whole components as corrections make them, and note in `book` what applies."""
    joined, former = _joined(list(clusters), book)
    return [_with_fields(target(found), former.get(found.key, ()), book) for found in joined]


def names_of(found: Cluster, former: Sequence[str] = ()) -> Names:
    """Return how corrections may name a paper: any of its titles would give it a key."""
    mentions = found.mentions
    titles = {title for mention in mentions for title in mention.titles}
    return Names(
        (found.key, *former, *titles),
        frozenset().union(*(mention.identifiers for mention in mentions)),
        titles,
        frozenset().union(*(mention.editions for mention in mentions)),
    )


def _joined(clusters: list[Cluster], book: CorrectionBook) -> tuple[list[Cluster], dict[str, tuple[str, ...]]]:
    """Split and join clusters as corrections say; return them, and the keys that went, by the key that stays."""
    former: dict[str, tuple[str, ...]] = {}
    links = book.corrections.paper_links()
    for link in (link for link in links if not link.applied.value):
        for found in [one for one in clusters if _has(one, link.one) and _has(one, link.other)]:
            parts = _split(found, link.one, link.other, {cluster.key for cluster in clusters})
            if len(parts) == 2:
                clusters[clusters.index(found)] = parts[0]
                clusters.append(parts[1])
                book.applies([link.applied.correction], found.key)
        if any(_has(one, link.one) for one in clusters) and any(_has(one, link.other) for one in clusters):
            book.applies([link.applied.correction], min(one.key for one in clusters if _has(one, link.one)))
    for link in (link for link in links if link.applied.value):
        named = [one for one in clusters if _has(one, link.one) or _has(one, link.other)]
        has_both = any(_has(one, link.one) for one in named) and any(_has(one, link.other) for one in named)
        if not has_both:
            continue
        stays = min(named, key=lambda one: one.key)
        if len(named) > 1:
            group: Group = sum((one.mentions for one in named), ())
            (whole,) = with_keys([group])
            clusters = [one for one in clusters if one not in named]
            clusters.append(whole._replace(key=stays.key))
            gone = [one.key for one in named if one is not stays]
            older = [old for one in named for old in former.pop(one.key, ())]
            former[stays.key] = (*gone, *older)
        book.applies([link.applied.correction], stays.key)
    return clusters, former


def _has(found: Cluster, token: str) -> bool:
    return token in set(names_of(found).tokens())


def _mentions(mention: Mention, token: str) -> bool:
    return token in set(Names(mention.titles, mention.identifiers, mention.titles, mention.editions).tokens())


def _split(found: Cluster, one: str, other: str, taken: set[str]) -> list[Cluster]:
    """Split the mentions of two papers that the documents take for one; the second gets a key that is not `taken`."""
    for first, second in ((one, other), (other, one)):
        apart = tuple(m for m in found.mentions if _mentions(m, second) and not _mentions(m, first))
        rest = tuple(m for m in found.mentions if m not in apart)
        if apart and rest:
            (stays,), (leaves,) = with_keys([rest]), with_keys([apart])
            key = leaves.key if leaves.key not in taken else paper_key(leaves.key, (second,))
            return [stays._replace(key=found.key), leaves._replace(key=key)]
    return [found]


def _with_fields(paper: Target, former: tuple[str, ...], book: CorrectionBook) -> Target:
    """Return a paper with the values that corrections state of it."""
    fields = book.corrections.for_paper(names_of(paper.found, former))
    paper = paper._replace(former=former, names=paper.names.union(former))
    if not fields.matched:
        return paper
    book.applies(fields.matched, paper.key)
    values = {name: applied.value for name, applied in fields.values.items()}
    authors = tuple(values.get("authors", paper.shown.authors))
    shown = DisplayedPaper(authors, _affiliations(authors, paper.shown), values.get("abstract", paper.shown.abstract))
    items = {name: applied.value for name, applied in fields.items.get("identifiers", {}).items()}
    identifiers = {one for one in (*paper.identifiers, *items) if items.get(one, True)}
    # Documents that state a denied identifier still mention this paper.
    names = paper.names.union(paper.identifiers) - identifiers
    title = values.get("title", paper.title)
    return paper._replace(title=title, shown=shown, identifiers=sorted(identifiers), names=names, fields=fields)


def _affiliations(authors: Sequence[str], shown: DisplayedPaper) -> tuple[str | None, ...]:
    """Return the affiliation that the documents state for each name."""
    stated = dict(zip(map(name_form, shown.authors), shown.affiliations, strict=True))
    return tuple(stated.get(name_form(name)) for name in authors)
