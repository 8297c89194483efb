"""Which mentions can be one paper, and which of several stated values is displayed.

Rules on the values alone, so that the order in which documents are ingested cannot change the outcome. Where values are
equally good the alphabetically last is displayed: which one does not matter, but it must always be the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.names import clean_name, name_form, says_parts
from programme.loaders.text.titles import title_rank

SITE = "site"
"""The scheme of the numbers that a site gives its papers, as in `acl-2020/main.8`; a paper may have several."""


def site_number(identifiers: Iterable[str]) -> str | None:
    """Return the number that a site gives a paper, with its edition.

    >>> site_number(("arxiv:2007.00001", "site:acl-2020/main.8")), site_number(())
    ('acl-2020/main.8', None)
    """
    found = next((one for one in identifiers if one.startswith(f"{SITE}:")), None)
    return found.removeprefix(f"{SITE}:") if found else None


class Mention(NamedTuple):
    """A document's mention of a paper, reduced to what these rules need.

    `title` is cleaned, and `title_key` its key. `former` are the keys of titles that the same source stated in earlier
    captures. `affiliations` are one per author, or empty. `identifiers` are written `arxiv:2103.00020`. `abstract` is
    the text stated there, or None, and `shown` is that text cleaned, where reading has just done so. `editions` are
    slugs: that of the mention, or those of its document's sessions; they are known only where corrections need them.
    """

    id: int
    title: str
    title_key: str
    authors: tuple[str, ...] = ()
    affiliations: tuple[str | None, ...] = ()
    identifiers: frozenset[str] = frozenset()
    abstract: str | None = None
    former: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    shown: str | None = None

    @property
    def titles(self) -> frozenset[str]:
        """The keys of the title stated now and of those stated before."""
        return self.former | {self.title_key}

    @property
    def names(self) -> frozenset[str]:
        """The title keys and identifiers, by which other mentions of the same paper are found."""
        return self.identifiers | self.titles


class DisplayedPaper(NamedTuple):
    """What is displayed of a paper besides its title: the byline with an affiliation per name, and the abstract."""

    authors: tuple[str, ...]
    affiliations: tuple[str | None, ...]
    abstract: str | None


def display(mentions: Sequence[Mention]) -> DisplayedPaper:
    """Return what is displayed of the paper that these mentions state: of a single one, what it states."""
    if len(mentions) == 1:
        (only,) = mentions
        affiliations = only.affiliations or (None,) * len(only.authors)
        return DisplayedPaper(only.authors, affiliations, only.shown or clean_abstract(only.abstract or "") or None)
    authors = with_stated_parts(display_byline(mention.authors for mention in mentions), mentions)
    abstract = display_abstract(mention.abstract for mention in mentions)
    return DisplayedPaper(authors, display_affiliations(authors, mentions), abstract)


@lru_cache(10_000)
def signature(authors: tuple[str, ...]) -> frozenset[str]:
    """Return the initial and last word of each name, which survive when a source writes initials.

    >>> sorted(signature(("Ada Quill", "B. Renn")))
    ['a quill', 'b renn']
    """
    forms = (name_form(name) for name in authors)
    return frozenset(f"{form[0]} {form.rsplit(' ', 1)[-1]}" for form in forms if form)


def same_authors(one: Mention, other: Mention) -> bool:
    """Return whether two bylines of one title fit one paper: at least half of the shorter one is in the other.

    First and last names may be swapped in one of them. True where either is empty.

    >>> first, second = (Mention(0, "T", "t", names) for names in [("Ada Quill", "Bo Renn"), ("A. Quill",)])
    >>> same_authors(first, second)
    True
    >>> same_authors(first, Mention(0, "T", "t", ("Quill, Ada", "Renn Bo")))
    True
    """
    return any(
        2 * len(left & right) >= min(len(left), len(right))
        for left, right in ((of(one.authors), of(other.authors)) for of in (signature, _words))
    )


@lru_cache(10_000)
def _words(authors: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Return the words of each name, whatever their order."""
    return frozenset(tuple(sorted(name_form(name).split())) for name in authors)


def contradict(one: Iterable[str], other: Iterable[str]) -> bool:
    """Return whether two sets of identifiers exclude one paper: both have values in some scheme, and share none.

    >>> contradict({"arxiv:1"}, {"arxiv:2", "doi:3"}), contradict({"arxiv:1"}, {"arxiv:1", "arxiv:2"})
    (True, False)
    """
    left, right = _by_scheme(one), _by_scheme(other)
    # The oral and the poster of one paper have numbers of their own.
    return any(left[scheme].isdisjoint(right[scheme]) for scheme in left.keys() & right.keys() - {SITE})


def _by_scheme(identifiers: Iterable[str]) -> dict[str, set[str]]:
    schemes: dict[str, set[str]] = {}
    for identifier in identifiers:
        scheme, _, value = identifier.partition(":")
        schemes.setdefault(scheme, set()).add(value)
    return schemes


def display_title(titles: Iterable[str]) -> str:
    """Return the title to display of several cleaned ones: the best spelling by `title_rank`."""
    return max(titles, key=title_rank)


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


def with_stated_parts(authors: tuple[str, ...], mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return the names of a byline, each as a mention spells it that says which word is the family name, if one does.

    >>> with_stated_parts(("Ada Peel Quill", "Bo Renn"), [Mention(0, "T", "t", ("Peel Quill, Ada", "B. Renn"))])
    ('Peel Quill, Ada', 'Bo Renn')
    """
    stated: dict[str, list[str]] = {}
    for raw in {raw for mention in mentions for raw in mention.authors if says_parts(raw)}:
        stated.setdefault(clean_name(raw), []).append(raw)
    return tuple(max(stated.get(clean_name(name), [name])) for name in authors) if stated else authors


def display_affiliations(authors: Sequence[str], mentions: Iterable[Mention]) -> tuple[str | None, ...]:
    """Return for each name of the displayed byline the affiliation that most mentions state for it."""
    stated: dict[str, list[str | None]] = {}
    for mention in mentions:
        for name, affiliation in zip(mention.authors, mention.affiliations, strict=False):
            stated.setdefault(name_form(name), []).append(affiliation)
    if not stated:
        return (None,) * len(authors)
    return tuple(resolve_value(stated.get(name_form(name), ())) for name in authors)


def resolve_value(values: Iterable[str | None]) -> str | None:
    """Return the value most documents state, of equally frequent ones the alphabetically last; None without any."""
    counts = Counter(value for value in values if value is not None)
    return max(counts, key=lambda value: (counts[value], value), default=None)
