"""Which mentions are one paper. Works on whole components: mentions linked by titles and identifiers, in any order.

1. Mentions that share an identifier are one paper, unless both titles and bylines differ: then one copied it wrongly.
2. Groups with authors merge by title where at least half of the shorter byline is in the other one and no identifiers
   contradict each other. Where that would link contradicting groups through a third, the group that most mentions
   state takes everything that does not contradict it, then the next.
3. A group without authors merges with the one paper of its title, and stays a paper of its own when there are several.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from programme.loaders.store.identity import SITE, Mention, contradict, same_authors
from programme.loaders.store.keys import paper_key
from programme.loaders.text.names import name_form
from programme.loaders.text.titles import title_rank

T = TypeVar("T")
Group = tuple[Mention, ...]
"""Mentions that are known to be one paper."""


class Cluster(NamedTuple):
    """The mentions of one paper, its key, the title displayed and the key of that title."""

    key: str
    title: str
    title_key: str
    mentions: Group


def components(mentions: Iterable[Mention]) -> list[Group]:
    """Split mentions into those that titles and identifiers link with each other."""
    # Disjoint sets: each name (a title key or an identifier) points to another one of its set, and a root to itself.
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while (parent := parents.setdefault(name, name)) != name:
            parents[name] = name = parents[parent]  # halving the path keeps later walks short
        return name

    pool = list(mentions)
    for mention in pool:
        for name in (*mention.identifiers, *mention.former):
            parents[root(name)] = root(mention.title_key)
    groups: dict[str, list[Mention]] = {}
    for mention in pool:
        groups.setdefault(root(mention.title_key), []).append(mention)
    return [tuple(group) for group in groups.values()]


def cluster(mentions: Group) -> list[Cluster]:
    """Split one component into papers."""
    # Most components are one mention, or one paper that several documents state alike: the rules below are slow.
    if len(mentions) == 1 and not mentions[0].former:
        (only,) = mentions
        return [Cluster(only.title_key, only.title, only.title_key, mentions)]
    if len({(mention.title, mention.authors, mention.identifiers) for mention in mentions}) == 1:
        return with_keys([mentions])
    groups = _connected(mentions, _share_identifier)
    papers = _merge_by_authors([group for group in groups if _has_authors(group)])
    return with_keys(_add_without_authors(papers, [group for group in groups if not _has_authors(group)]))


def _share_identifier(one: Mention, other: Mention) -> bool:
    """Return whether two mentions share an identifier, and title or authors too; a mention without authors fits any."""
    if one.identifiers.isdisjoint(other.identifiers):
        return False
    return not one.titles.isdisjoint(other.titles) or same_authors(one, other)


def _has_authors(group: Group) -> bool:
    return any(mention.authors for mention in group)


def _identifiers(group: Group) -> frozenset[str]:
    """Return the identifiers by which papers of one title are told apart, which numbers on a site are not."""
    stated: frozenset[str] = frozenset().union(*(mention.identifiers for mention in group))
    return frozenset(one for one in stated if not one.startswith(f"{SITE}:"))


def _titles(group: Group) -> set[str]:
    return set().union(*(mention.titles for mention in group))


def _agree(one: Group, other: Group) -> bool:
    """Return whether a mention of each has the same title and fitting authors, and no identifiers contradict."""
    if contradict(_identifiers(one), _identifiers(other)):
        return False
    return any(
        not left.titles.isdisjoint(right.titles) and left.authors and right.authors and same_authors(left, right)
        for left in one
        for right in other
    )


def _connected(items: Sequence[T], linked: Callable[[T, T], bool]) -> list[tuple[T, ...]]:
    """Return the connected groups under a symmetric relation."""
    groups: list[list[T]] = []
    for item in items:
        near = [group for group in groups if any(linked(item, other) for other in group)]
        groups = [group for group in groups if group not in near] + [[item, *(o for group in near for o in group)]]
    return [tuple(group) for group in groups]


def _merge_by_authors(groups: list[Group]) -> list[Group]:
    """Merge groups with authors by title."""
    papers: list[Group] = []
    for linked in _connected(groups, _agree):
        if any(contradict(_identifiers(one), _identifiers(other)) for one, other in combinations(linked, 2)):
            papers += _split(linked)
        else:
            papers.append(sum(linked, ()))
    return papers


def _split(groups: Sequence[Group]) -> list[Group]:
    """Split groups that cannot all be one paper: the most stated one first, with all that does not contradict it."""
    rest = sorted(groups, key=_priority)
    papers = []
    while rest:
        paper = rest.pop(0)
        while (near := next((group for group in rest if _agree(paper, group)), None)) is not None:
            rest.remove(near)
            paper += near
        papers.append(paper)
    return papers


def _priority(group: Group) -> tuple[int, bool, list[str], list[tuple[str, ...]]]:
    """Return the sort key of groups: more mentions, then those with identifiers, then by identifiers and bylines."""
    identifiers = sorted(_identifiers(group))
    return -len(group), not identifiers, identifiers, sorted(mention.authors for mention in group)


def _add_without_authors(papers: list[Group], groups: list[Group]) -> list[Group]:
    """Merge groups without authors, each with the one paper of its title.

    Those with identifiers come first: one that contradicts the paper of its title becomes a paper of its own, and a
    bare title is then ambiguous.
    """
    identified = [group for group in groups if _identifiers(group)]
    by_title: dict[str, Group] = {}
    for mention in sum((group for group in groups if not _identifiers(group)), ()):
        by_title[mention.title_key] = (*by_title.get(mention.title_key, ()), mention)
    return _merge_by_title(_merge_by_title(papers, identified), list(by_title.values()))


def _merge_by_title(papers: list[Group], groups: list[Group]) -> list[Group]:
    """Merge each group with the one paper that shares its title and does not contradict it; leave it where several do.

    Groups that contradict each other and fit the same paper all stay papers of their own.
    """
    fitting: dict[int, list[Group]] = {}
    separate: list[Group] = []
    for group in groups:
        near = [
            index
            for index, paper in enumerate(papers)
            if not _titles(paper).isdisjoint(_titles(group))
            and not contradict(_identifiers(paper), _identifiers(group))
        ]
        if len(near) == 1:
            fitting.setdefault(near[0], []).append(group)
        else:
            separate.append(group)
    merged = []
    for index, paper in enumerate(papers):
        additions = fitting.get(index, [])
        if any(contradict(_identifiers(one), _identifiers(other)) for one, other in combinations(additions, 2)):
            separate += additions
            additions = []
        merged.append((*paper, *sum(additions, ())))
    return merged + separate


def with_keys(papers: Sequence[Group]) -> list[Cluster]:
    """Give each paper its key: that of its title alone, unless authors or identifiers have to disambiguate several.

    Mentions without authors and identifiers keep the key of the title, so at most one paper of a title has it.
    """
    best = [max(paper, key=lambda mention: (title_rank(mention.title), mention.title_key)) for paper in papers]
    titles, title_keys = [mention.title for mention in best], [mention.title_key for mention in best]
    keys = [
        own_title
        if title_keys.count(own_title) == 1 or not (_has_authors(paper) or _identifiers(paper))
        else _key_by_authors(own_title, paper)
        for own_title, paper in zip(title_keys, papers, strict=True)
    ]
    keys = [
        paper_key(key, (min(_identifiers(paper)),)) if keys.count(key) > 1 and _identifiers(paper) else key
        for key, paper in zip(keys, papers, strict=True)
    ]
    keys = _with_former_keys(keys, title_keys, papers)
    return [Cluster(*parts) for parts in zip(keys, titles, title_keys, papers, strict=True)]


def _with_former_keys(keys: list[str], title_keys: list[str], papers: Sequence[Group]) -> list[str]:
    """Let a paper whose title has changed keep the key that its former title gave it, unless another paper has that."""
    former = Counter(old for paper in papers for old in _former(paper))
    kept = []
    for key, own_title, paper in zip(keys, title_keys, papers, strict=True):
        free = [old for old in sorted(_former(paper)) if former[old] == 1 and old not in keys]
        kept.append(free[0] if free and key == own_title else key)
    return kept


def _former(paper: Group) -> set[str]:
    return set().union(*(mention.former for mention in paper))


def _key_by_authors(own_title: str, paper: Group) -> str:
    """Return the key that the alphabetically first byline gives, whatever the order of the mentions."""
    bylines = [tuple(name_form(name) for name in mention.authors) for mention in paper if mention.authors]
    return paper_key(own_title, min(bylines, default=()))
