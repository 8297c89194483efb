"""Who is who and what is shown: rules on values alone, so that no order of arrival can change them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.names import clean_name, name_form
from programme.loaders.text.titles import clean_title, title_rank


@dataclass(frozen=True)
class Mention:
    """A document's mention of a paper, as far as identity and choice need it.

    `title_key` is that of the title stated there. `affiliations` stand beside `authors`, or are none at all.
    `identifiers` are words such as `arxiv:2103.00020`. `abstract` is the text stated there, or None.
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
        """First letter and last word of each name: what survives when a source writes initials."""
        return _signature(self.authors)

    @property
    def names(self) -> frozenset[str]:
        """What other mentions of the same paper may go by too: title and identifiers."""
        return self.identifiers | {self.title_key}


def _signature(authors: Sequence[str]) -> frozenset[str]:
    forms = (name_form(name) for name in authors)
    return frozenset(f"{form[0]} {form.rsplit(' ', 1)[-1]}" for form in forms if form)


def same_authors(one: Mention, other: Mention) -> bool:
    """Whether two bylines of one title can be the same paper's: half of the shorter one stands in the other.

    >>> first, second = (Mention(0, "T", "t", None, names) for names in [("Ada Quill", "Bo Renn"), ("A. Quill",)])
    >>> same_authors(first, second)
    True
    """
    shared = len(one.signature & other.signature)
    return 2 * shared >= min(len(one.signature), len(other.signature))


def contradict(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of identifiers cannot be one paper's: in some scheme each has values, and none is shared.

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
    """The spelling of a title that people see."""
    return max((clean_title(raw) for raw in raw_titles), key=title_rank)


def display_abstract(abstracts: Iterable[str | None]) -> str | None:
    """The longest abstract as people should see it; of equally long ones the last by spelling."""
    longest = max((a for a in abstracts if a), key=lambda a: (len(a), a), default="")
    return clean_abstract(longest) or None


def byline_rank(authors: Sequence[str]) -> tuple[int, int, int, int, tuple[str, ...]]:
    """Order of bylines: more authors, fewer initials, more letters, more names as people write them, then spelling.

    >>> max([("Quill, Ada",), ("Ada Quill",), ("A. Quill",)], key=byline_rank)
    ('Ada Quill',)
    """
    initials = sum(len(word.rstrip(".")) == 1 for name in authors for word in name.split())
    cleaned = [clean_name(name) for name in authors]
    plain = sum(name == shown for name, shown in zip(authors, cleaned, strict=True))
    return (len(authors), -initials, sum(map(len, cleaned)), plain, tuple(authors))


def display_byline(bylines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The byline whose names become the paper's authorships; empty when none is stated."""
    return max(bylines, key=byline_rank, default=())


def display_affiliations(authors: Sequence[str], mentions: Iterable[Mention]) -> list[str | None]:
    """For each name of the byline shown, the affiliation that most mentions state of that name."""
    stated: dict[str, list[str | None]] = {}
    for mention in mentions:
        for name, place in zip(mention.authors, mention.affiliations, strict=False):
            stated.setdefault(name_form(name), []).append(place)
    return [resolve_value(stated.get(name_form(name), ())) for name in authors] if stated else [None] * len(authors)


def resolve_value(values: Iterable[str | None]) -> str | None:
    """The value most documents state; of equally frequent ones the last by spelling; None where none is stated."""
    counts = Counter(value for value in values if value is not None)
    return max(counts, key=lambda value: (counts[value], value), default=None)
