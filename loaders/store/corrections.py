"""Corrections as the resolvers ask for them: what is right for one paper, session, slot, listing entry or author.

Pure: made of the corrections that current captures state, in any order. Where two contradict each other, that of the
newer capture wins, then the greater SHA-256, then the later line. `Names.tokens` are the texts under which corrections
of a subject are found, so a resolver need not know how a curator named it.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from programme.loaders.store.keys import key, title_key
from programme.loaders.text.titles import clean_title, title_form


class Correction(NamedTuple):
    """A row of `corrections`, with the instant and digest of the capture that states it."""

    id: int
    subject_type: str
    subject: str
    field: str
    value: str
    captured_at: str
    sha256: str
    line_start: int

    def rank(self) -> tuple[str, str, int, int]:
        """Return what the winner of several has the greatest of; ids follow the entries of one document."""
        return self.captured_at, self.sha256, self.line_start, self.id


class Names(NamedTuple):
    """How corrections may name one paper or session: `keys` are its own and those that lead to it.

    `title_keys` and `editions` are as documents state them: a corrected title must not hide its own correction.
    """

    keys: Collection[str]
    identifiers: Collection[str] = ()
    title_keys: Collection[str] = ()
    editions: Collection[str] = ()

    def tokens(self) -> Iterator[str]:
        """Yield the texts under which corrections of this subject are found."""
        yield from self.keys
        yield from self.identifiers
        for title in self.title_keys:
            yield from (_titled(title, edition) for edition in self.editions)


class Applied(NamedTuple):
    """A value, and the correction that states it."""

    value: Any
    correction: Correction


class Fields(NamedTuple):
    """What corrections state of one subject; `matched` are all of them, overruled or not.

    `items` are what is stated one by one: `identifiers` and `repositories`, true for added and false for denied, and
    `repository_roles`.
    """

    values: dict[str, Applied]
    items: dict[str, dict[str, Applied]]
    matched: tuple[Correction, ...]


class PaperLink(NamedTuple):
    """Two papers, each as a token, that are the same or different."""

    one: str
    other: str
    applied: Applied


_LISTS = {
    "add_identifiers": ("identifiers", True),
    "deny_identifiers": ("identifiers", False),
    "add_repositories": ("repositories", True),
    "deny_repositories": ("repositories", False),
}
_IDENTITY = frozenset({"same_paper", "different_papers", "same_author", "different_authors"})
_Place = tuple[str, str]


class Corrections:
    """All corrections in force."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        """Index the corrections by subject."""
        self._fields: dict[_Place, list[Correction]] = defaultdict(list)
        self._splits: dict[str, list[Correction]] = defaultdict(list)
        self._links: list[Correction] = []
        self._joined: dict[str, str] = {}
        for one in sorted(corrections, key=Correction.rank):
            if one.field not in _IDENTITY:
                self._fields[one.subject_type, token(_subject(one.subject))].append(one)
            elif one.field == "different_authors":
                self._splits[one.subject].append(one)
            elif one.field == "same_author":
                for other in json.loads(one.value):
                    self._join(one.subject, other)
            else:
                self._links.append(one)
        self._types = {subject_type for subject_type, _ in self._fields}

    def for_paper(self, paper: Names) -> Fields:
        """Return what is right for a paper."""
        return self._for("paper", paper.tokens())

    def for_session(self, session: Names) -> Fields:
        """Return what is right for a session."""
        return self._for("session", session.tokens())

    def for_slot(self, session: Names, title: str, paper: Names | None = None) -> Fields:
        """Return what is right for a slot with this key of its title, and this paper if it presents one."""
        if "slot" not in self._types:
            return Fields({}, {}, ())
        inner = [_slot_title(title), *(paper.tokens() if paper else ())]
        return self._for("slot", (_within(outer, one) for outer in session.tokens() for one in inner))

    def for_entry(self, listing_key: str, paper: Names) -> Fields:
        """Return what is right for the entry of a listing."""
        return self._for("entry", (_within(listing_key, one) for one in paper.tokens()))

    def for_author(self, keys: Collection[str]) -> Fields:
        """Return what is right for an author, by the keys of all who were joined."""
        return self._for("author", keys)

    def paper_links(self) -> list[PaperLink]:
        """Return the pairs of papers that are said to be the same (`value` is true) or different."""
        stated: dict[_Place, list[tuple[bool, Correction]]] = defaultdict(list)
        for one in self._links:
            tokens = [token(_subject(one.subject)), *map(token, json.loads(one.value))]
            for pair in combinations(dict.fromkeys(tokens), 2):
                stated[min(pair), max(pair)].append((one.field == "same_paper", one))
        return [PaperLink(*pair, _newest(values)) for pair, values in sorted(stated.items())]

    def author_target(self, author_key: str, paper: Names | None = None) -> str:
        """Return the key of the person whose name gives this key on the byline of a paper.

        The second and later persons who share the name get keys of their own; of joined keys the first counts,
        alphabetically.
        """
        target = author_key
        if paper and (splits := self._splits.get(author_key)):
            tokens = set(paper.tokens())
            for number, group in enumerate(json.loads(splits[-1].value)[1:], 2):
                if tokens.intersection(map(token, group)):
                    target = key("author", author_key, str(number))
        return self._root(target)

    def _for(self, subject_type: str, tokens: Iterable[str]) -> Fields:
        if subject_type not in self._types:  # most databases have few corrections and many papers
            return Fields({}, {}, ())
        matched = {one for text in tokens for one in self._fields.get((subject_type, text), ())}
        return _resolved(sorted(matched, key=Correction.rank))

    def _join(self, one: str, other: str) -> None:
        first, last = sorted((self._root(one), self._root(other)))
        if first != last:
            self._joined[last] = first

    def _root(self, author_key: str) -> str:
        while (above := self._joined.get(author_key)) is not None:
            author_key = above
        return author_key


def token(subject: Any) -> str:
    """Return the text under which corrections of a subject are found, as `Names.tokens` gives it.

    >>> token("arxiv:2103.00020")
    'arxiv:2103.00020'
    >>> token({"edition": "icml-2022", "title": "Moss"}) == token({"edition": "icml-2022", "title": "MOSS"})
    True
    """
    if isinstance(subject, str):
        return subject
    if "listing" in subject:
        return _within(subject["listing"], token(subject["paper"]))
    if "session" in subject:
        inner = token(subject["paper"]) if "paper" in subject else _slot_title(_title_key(subject["title"]))
        return _within(token(subject["session"]), inner)
    return _titled(_title_key(subject["title"]), subject["edition"])


def _subject(text: str) -> Any:
    return json.loads(text) if text.startswith("{") else text


def _title_key(title: str) -> str:
    return title_key(title_form(clean_title(title)))


def _titled(title: str, edition: str) -> str:
    return f"{title} in {edition}"


def _slot_title(title: str) -> str:
    # Else it would be taken for the key of the paper that alone has this title.
    return f"titled {title}"


def _within(outer: str, inner: str) -> str:
    return f"{outer} / {inner}"


def _resolved(matched: Collection[Correction]) -> Fields:
    """Return the newest value of each field and item; the corrections go from the oldest to the newest."""
    values: dict[str, list[tuple[Any, Correction]]] = defaultdict(list)
    items: dict[str, dict[str, list[tuple[Any, Correction]]]] = defaultdict(lambda: defaultdict(list))
    for one in matched:
        value = json.loads(one.value)
        if one.field in _LISTS:
            name, is_added = _LISTS[one.field]
            for item in value:
                items[name][item].append((is_added, one))
        elif one.field == "repository_roles":
            for url, role in value.items():
                items[one.field][url].append((role, one))
        else:
            values[one.field].append((value, one))
    return Fields(
        {name: _newest(stated) for name, stated in values.items()},
        {name: {item: _newest(stated) for item, stated in of.items()} for name, of in items.items()},
        tuple(matched),
    )


def _newest(stated: list[tuple[Any, Correction]]) -> Applied:
    value, correction = stated[-1]
    return Applied(value, correction)
