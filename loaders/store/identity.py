"""Which mentions can be one paper, and which of several stated values is displayed.

Rules on the values alone, so that the order in which documents are ingested cannot change the outcome. Where values are
equally good the alphabetically last is displayed: which one does not matter, but it must always be the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.names import clean_name, name_form
from programme.loaders.text.titles import clean_title, title_rank


@dataclass(frozen=True)
class Mention:
    """A document's mention of a paper, reduced to what these rules need.

    `title_key` belongs to the title stated there. `affiliations` are one per author, or empty. `identifiers` are
    written `arxiv:2103.00020`. `abstract` is the text stated there, or None.
    """

    id: int
    title: str
    title_key: str
    byline: str | None
    authors: tuple[str, ...]
    affiliations: tuple[str | None, ...] = ()
    identifiers: frozenset[str] = frozenset()
    abstract: str | None = field(default=None, compare=False)

    @cached_property
    def signature(self) -> frozenset[str]:
        """Initial and last word of each name, which survive when a source writes initials."""
        return _signature(self.authors)

    @property
    def names(self) -> frozenset[str]:
        """The title key and identifiers, by which other mentions of the same paper are found."""
        return self.identifiers | {self.title_key}


def _signature(authors: Sequence[str]) -> frozenset[str]:
    forms = (name_form(name) for name in authors)
    # `a quill` for Ada Quill, A. Quill and Ada B. Quill alike.
    return frozenset(f"{form[0]} {form.rsplit(' ', 1)[-1]}" for form in forms if form)


def same_authors(one: Mention, other: Mention) -> bool:
    """Return whether two bylines of one title fit one paper: at least half of the shorter one is in the other.

    True where either is empty.

    >>> first, second = (Mention(0, "T", "t", None, names) for names in [("Ada Quill", "Bo Renn"), ("A. Quill",)])
    >>> same_authors(first, second)
    True
    """
    shared = len(one.signature & other.signature)
    return 2 * shared >= min(len(one.signature), len(other.signature))


def contradict(one: Iterable[str], other: Iterable[str]) -> bool:
    """Return whether two sets of identifiers exclude one paper: both have values in some scheme, and share none.

    >>> contradict({"arxiv:1"}, {"arxiv:2", "doi:3"}), contradict({"arxiv:1"}, {"arxiv:1", "arxiv:2"})
    (True, False)
    """
    left, right = _by_scheme(one), _by_scheme(other)
    return any(left[scheme].isdisjoint(right[scheme]) for scheme in left.keys() & right.keys())


def _by_scheme(identifiers: Iterable[str]) -> dict[str, set[str]]:
    schemes: dict[str, set[str]] = {}
    for identifier in identifiers:
        scheme, _, value = identifier.partition(":")
        schemes.setdefault(scheme, set()).add(value)
    return schemes


def display_title(raw_titles: Iterable[str]) -> str:
    """Return the title to display: cleaned, the best spelling by `title_rank`."""
    return max((clean_title(raw) for raw in raw_titles), key=title_rank)


def display_abstract(abstracts: Iterable[str | None]) -> str | None:
    """Return the longest abstract, cleaned; of equally long ones the alphabetically last."""
    longest = max((a for a in abstracts if a), key=lambda a: (len(a), a), default="")
    return clean_abstract(longest) or None


def byline_rank(authors: Sequence[str]) -> tuple[int, int, int, int, tuple[str, ...]]:
    """Return a sort key: more authors, fewer initials, more letters, more names that need no cleaning, alphabetical.

    >>> max([("Quill, Ada",), ("Ada Quill",), ("A. Quill",)], key=byline_rank)
    ('Ada Quill',)
    """
    initials = sum(len(word.rstrip(".")) == 1 for name in authors for word in name.split())
    cleaned = [clean_name(name) for name in authors]
    plain = sum(name == clean for name, clean in zip(authors, cleaned, strict=True))
    return (len(authors), -initials, sum(map(len, cleaned)), plain, tuple(authors))


def display_byline(bylines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the byline whose names become the paper's authorships; empty when none is stated."""
    return max(bylines, key=byline_rank, default=())


def display_affiliations(authors: Sequence[str], mentions: Iterable[Mention]) -> list[str | None]:
    """Return for each name of the displayed byline the affiliation that most mentions state for it."""
    stated: dict[str, list[str | None]] = {}
    for mention in mentions:
        for name, affiliation in zip(mention.authors, mention.affiliations, strict=False):
            stated.setdefault(name_form(name), []).append(affiliation)
    return [resolve_value(stated.get(name_form(name), ())) for name in authors] if stated else [None] * len(authors)


def resolve_value(values: Iterable[str | None]) -> str | None:
    """Return the value most documents state, of equally frequent ones the alphabetically last; None without any."""
    counts = Counter(value for value in values if value is not None)
    return max(counts, key=lambda value: (counts[value], value), default=None)
