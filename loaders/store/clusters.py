"""Which mentions are one paper. Works on whole components: mentions linked by titles and identifiers, in any order.

1. Mentions that share an identifier are one paper, unless titles differ and bylines too: the identifier was copied.
2. What has authors joins by title where half of the shorter byline stands in the other and no identifiers contradict
   each other. Where that would join contradicting papers after all, the one that most mentions state takes all that it
   does not contradict, then the next.
3. What has no authors joins the one paper of its title, and stays apart when there are several.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from programme.loaders.store.identity import Mention, contradict, display_title, same_authors
from programme.loaders.store.keys import paper_key, title_key
from programme.loaders.text.names import name_form
from programme.loaders.text.titles import title_form

T = TypeVar("T")
Atom = tuple[Mention, ...]
"""Mentions that are one paper already."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions that are one paper, its key, the title shown and the key of that title."""

    key: str
    title: str
    title_key: str
    mentions: Atom


def components(mentions: Iterable[Mention]) -> list[Atom]:
    """Part mentions into those that titles and identifiers link with each other."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (higher := above.setdefault(name, name)) != name:
            above[name] = name = above[higher]
        return name

    pool = list(mentions)
    for mention in pool:
        for identifier in mention.identifiers:
            above[top(identifier)] = top(mention.title_key)
    groups: dict[str, list[Mention]] = {}
    for mention in pool:
        groups.setdefault(top(mention.title_key), []).append(mention)
    return [tuple(group) for group in groups.values()]


def cluster(mentions: Atom) -> list[Cluster]:
    """Part one component into papers."""
    if len({(mention.title, mention.authors, mention.identifiers) for mention in mentions}) == 1:
        return _keyed([mentions])
    atoms = _connected(mentions, _share_identifier)
    return _keyed(_with_silent(_by_authors([atom for atom in atoms if _has_authors(atom)]), atoms))


def _share_identifier(one: Mention, other: Mention) -> bool:
    if one.identifiers.isdisjoint(other.identifiers):
        return False
    return one.title_key == other.title_key or not (one.authors and other.authors) or same_authors(one, other)


def _has_authors(atom: Atom) -> bool:
    return any(mention.authors for mention in atom)


def _identifiers(atom: Atom) -> frozenset[str]:
    return frozenset().union(*(mention.identifiers for mention in atom))


def _titles(atom: Atom) -> set[str]:
    return {mention.title_key for mention in atom}


def _agree(one: Atom, other: Atom) -> bool:
    """Whether some mention of each has the same title and can have the same authors, and no identifiers contradict."""
    if contradict(_identifiers(one), _identifiers(other)):
        return False
    return any(
        left.title_key == right.title_key and left.authors and right.authors and same_authors(left, right)
        for left in one
        for right in other
    )


def _connected(items: Sequence[T], linked: Callable[[T, T], bool]) -> list[tuple[T, ...]]:
    """Connected groups under a symmetric relation."""
    groups: list[list[T]] = []
    for item in items:
        near = [group for group in groups if any(linked(item, other) for other in group)]
        groups = [group for group in groups if group not in near] + [[item, *(o for group in near for o in group)]]
    return [tuple(group) for group in groups]


def _by_authors(atoms: list[Atom]) -> list[Atom]:
    """Join atoms with authors by title."""
    papers: list[Atom] = []
    for group in _connected(atoms, _agree):
        if any(contradict(_identifiers(one), _identifiers(other)) for one, other in combinations(group, 2)):
            papers += _parted(group)
        else:
            papers.append(sum(group, ()))
    return papers


def _parted(group: Sequence[Atom]) -> list[Atom]:
    """Part atoms that cannot all be one paper: the one most stated first, with all that it does not contradict."""
    rest = sorted(group, key=_weight)
    papers = []
    while rest:
        paper = rest.pop(0)
        while (near := next((atom for atom in rest if _agree(paper, atom)), None)) is not None:
            rest.remove(near)
            paper += near
        papers.append(paper)
    return papers


def _weight(atom: Atom) -> tuple[int, bool, list[str], list[tuple[str, ...]]]:
    """Order of atoms: more mentions, then with identifiers, then by identifiers and bylines."""
    identifiers = sorted(_identifiers(atom))
    return -len(atom), not identifiers, identifiers, sorted(mention.authors for mention in atom)


def _with_silent(papers: list[Atom], atoms: list[Atom]) -> list[Atom]:
    """Add what has no authors: first what has identifiers, then the rest, each to the one paper of its title."""
    silent = [atom for atom in atoms if not _has_authors(atom)]
    identified = [atom for atom in silent if _identifiers(atom)]
    joined = _joined(papers, identified)
    rest: dict[str, Atom] = {}
    for mention in sum((atom for atom in silent if not _identifiers(atom)), ()):
        rest[mention.title_key] = (*rest.get(mention.title_key, ()), mention)
    return _joined(joined, list(rest.values()))


def _joined(papers: list[Atom], silent: list[Atom]) -> list[Atom]:
    """Add each atom to the one paper that shares its title; to none where that would contradict or fits several."""
    wanted: dict[int, list[Atom]] = {}
    apart: list[Atom] = []
    for atom in silent:
        near = [
            index
            for index, paper in enumerate(papers)
            if not _titles(paper).isdisjoint(_titles(atom)) and not contradict(_identifiers(paper), _identifiers(atom))
        ]
        if len(near) == 1:
            wanted.setdefault(near[0], []).append(atom)
        else:
            apart.append(atom)
    whole = []
    for index, paper in enumerate(papers):
        guests = wanted.get(index, [])
        if any(contradict(_identifiers(a), _identifiers(b)) for a, b in combinations(guests, 2)):
            apart += guests
            guests = []
        whole.append((*paper, *sum(guests, ())))
    return whole + apart


def _keyed(papers: Sequence[Atom]) -> list[Cluster]:
    """Give each paper its key: that of its title alone, unless authors or identifiers have to tell several apart."""
    titles = [display_title(mention.title for mention in paper) for paper in papers]
    groups = [title_key(title_form(title)) for title in titles]
    keys = [
        group
        if groups.count(group) == 1 or not (_has_authors(paper) or _identifiers(paper))
        else _told_apart(group, paper)
        for group, paper in zip(groups, papers, strict=True)
    ]
    keys = [
        paper_key(key, (min(_identifiers(paper)),)) if keys.count(key) > 1 and _identifiers(paper) else key
        for key, paper in zip(keys, papers, strict=True)
    ]
    return [Cluster(*parts) for parts in zip(keys, titles, groups, papers, strict=True)]


def _told_apart(group: str, paper: Atom) -> str:
    bylines = [tuple(name_form(name) for name in mention.authors) for mention in paper if mention.authors]
    return paper_key(group, min(bylines, default=()))
