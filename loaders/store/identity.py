"""Who is who and what is shown: rules on values alone, so that no order of arrival can change them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.store.keys import paper_key
from loaders.text.names import name_form
from loaders.text.titles import mend_title, title_rank


@dataclass(frozen=True, slots=True)
class Mention:
    """A document's mention of a paper, as far as identity and choice need it.

    `abstract` is the text stated there, or None.
    """

    id: int
    title: str
    byline: str | None
    authors: tuple[str, ...]
    abstract: str | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions that are one paper, and its key."""

    key: str
    mentions: tuple[Mention, ...]


def _signature(authors: Sequence[str]) -> frozenset[str]:
    """First letter and last word of each name: what survives when a source writes initials."""
    forms = (name_form(name) for name in authors)
    return frozenset(f"{form[0]} {form.rsplit(' ', 1)[-1]}" for form in forms if form)


def same_authors(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two bylines of one title can be the same paper's: half of the shorter one stands in the other.

    >>> same_authors(["Ada Quill", "Bo Renn"], ["A. Quill", "Bo Renn", "Cy Lund"])
    True
    >>> same_authors(["Ada Quill"], ["Dee Moss"])
    False
    """
    left, right = _signature(one), _signature(other)
    return 2 * len(left & right) >= min(len(left), len(right))


def cluster(title_group: str, mentions: Iterable[Mention]) -> list[Cluster]:
    """Part the mentions of one normalised title into papers.

    Mentions whose bylines agree are one paper, and so is what they agree with in turn. Mentions without a byline join
    the one paper of the title; where there are several, they stay apart. The key is that of the title alone unless
    authors have to tell several papers apart.
    """
    mentions = list(mentions)
    silent = tuple(m for m in mentions if not m.authors)
    groups = _agreeing([m for m in mentions if m.authors])
    if len(groups) <= 1:
        return [Cluster(title_group, tuple(mentions))]
    clusters = [Cluster(paper_key(title_group, _least_forms(group)), tuple(group)) for group in groups]
    return clusters + ([Cluster(title_group, silent)] if silent else [])


def _agreeing(mentions: list[Mention]) -> list[list[Mention]]:
    """Connected groups of mentions under `same_authors`."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        near = [g for g in groups if any(same_authors(mention.authors, m.authors) for m in g)]
        merged = [mention] + [m for g in near for m in g]
        groups = [g for g in groups if g not in near] + [merged]
    return groups


def _least_forms(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return min(tuple(name_form(name) for name in m.authors) for m in mentions)


def shown_title(raw_titles: Iterable[str]) -> str:
    """The spelling of a title that people see."""
    return max((mend_title(raw) for raw in raw_titles), key=title_rank)


def shown_abstract(abstracts: Iterable[str | None]) -> str | None:
    """The longest abstract; of equally long ones the last by spelling."""
    return max((a for a in abstracts if a), key=lambda a: (len(a), a), default=None)


def byline_rank(authors: Sequence[str]) -> tuple[int, int, int, tuple[str, ...]]:
    """Order of bylines: more authors, fewer initials, more letters, then spelling."""
    initials = sum(len(word.rstrip(".")) == 1 for name in authors for word in name.split())
    return (len(authors), -initials, sum(map(len, authors)), tuple(authors))


def shown_byline(bylines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The byline whose names become the paper's authorships; empty when none is stated."""
    return max(bylines, key=byline_rank, default=())


def shown_value(values: Iterable[str | None]) -> str | None:
    """The value most documents state; of equally frequent ones the last by spelling; None where none is stated."""
    counts = Counter(value for value in values if value is not None)
    return max(counts, key=lambda value: (counts[value], value), default=None)
