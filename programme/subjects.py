"""The papers, authors, repositories and documents that parameters of curated queries name, and what is like a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from programme.letters import plain_name, plain_names
from programme.loaders.text.suggestions import listed
from programme.patterns import lazy_pattern

Choices = Callable[..., Iterable[str]]
"""Runs SQL with values for its question marks, and returns the first column."""

MAX_COMPARED = 2_000
"""Names that are compared with one that is not there."""

MAX_WORDS = 8
MAX_LENGTH = 200
"""Words of a value that are looked for in names, and characters of it."""

_BETWEEN_WORDS = lazy_pattern(r"\s+")


class Subject(NamedTuple):
    """What a parameter names.

    `exists` are conditions with the value for each question mark, of which the first that holds is enough: the cheap
    ones come first. `named` is one with the value as a plain name. Names that may be like it are in `table` and
    `column`, compared as `folded` has them, or `near` is SQL for them. `advice` says what to do without any.
    """

    exists: tuple[str, ...]
    advice: str
    named: str = ""
    table: str = ""
    column: str = ""
    folded: str = ""
    near: str = ""


_SEARCH = "the query search_papers finds papers by words, names, identifiers and addresses"

_SCHEMES = " UNION ALL ".join(f"SELECT '{scheme}' AS scheme" for scheme in ("arxiv", "openreview", "doi", "acl"))

SUBJECTS = {
    "key": Subject(
        ("SELECT 1 FROM papers WHERE key = trim(?)",),
        _SEARCH,
        near="WITH RECURSIVE moved (key) AS ("
        "SELECT target FROM redirects WHERE kind = 'paper' AND key = trim(?) UNION "
        "SELECT redirects.target FROM moved JOIN redirects ON kind = 'paper' AND redirects.key = moved.key"
        ") SELECT papers.key FROM moved JOIN papers ON papers.key = moved.key",
    ),
    "author": Subject(
        (
            "SELECT 1 FROM authors WHERE name = trim(?) AND plain_name <> ''",
            "SELECT 1 FROM authors WHERE key = trim(?)",
        ),
        "the view author_index lists the authors",
        # The first condition decides nothing that the second does not, but rejects most names in less time.
        "SELECT 1 FROM authors"
        " WHERE plain_name LIKE '%' || substr(?, 1, 100) || '%'"
        " AND replace(' ' || plain_name || ' ', ' ' || ? || ' ', '') <> ' ' || plain_name || ' '",
        "authors",
        "name",
        "plain_name",
    ),
    "repository": Subject(
        (
            "SELECT 1 FROM repositories WHERE key = trim(?)",
            "SELECT 1 FROM repositories WHERE trim(?) IN (path, url)",
            "SELECT 1 FROM repositories WHERE lower(trim(?)) IN (lower(path), lower(url), lower(host || '/' || path))",
        ),
        "the view repository_papers lists the repositories",
        table="repositories",
        column="path",
        folded="lower(path)",
    ),
    "identifier": Subject(
        (
            f"SELECT 1 FROM ({_SCHEMES}) AS known JOIN paper_identifiers AS stated ON stated.scheme = known.scheme"
            " WHERE stated.value IN (trim(?), lower(trim(?)))",
            f"SELECT 1 FROM ({_SCHEMES}) AS known JOIN paper_identifiers AS stated ON stated.scheme = known.scheme"
            " AND stated.value = substr(trim(?), length(known.scheme) + 2)"
            " WHERE lower(substr(trim(?), 1, length(known.scheme) + 1)) = known.scheme || ':'",
            "SELECT 1 FROM paper_identifiers WHERE lower(trim(?)) IN (lower(value), lower(scheme || ':' || value))",
        ),
        _SEARCH,
    ),
    "document": Subject(
        (
            "SELECT 1 FROM documents WHERE uri = trim(?)",
            "SELECT 1 FROM documents WHERE substr(sha256, 1, length(trim(?))) = trim(?)",
        ),
        "the view document_ledger lists the documents",
        table="documents",
        column="uri",
        folded="lower(uri)",
    ),
}
"""The parameters that name one thing of very many, in SQL that is the same on every engine."""


def unknown_subject(name: str, value: str, choices: Choices) -> str | None:
    """Return what to say of a value that names nothing, with the nearest names or the way to find one; None if it does.

    `choices` runs SQL.
    """
    subject = SUBJECTS[name]
    conditions = [(condition, value) for condition in subject.exists]
    conditions += [(subject.named, plain) for plain in plain_names(value) if subject.named]
    found = " OR ".join(f"EXISTS ({condition})" for condition, _ in conditions)
    given = (text for condition, text in conditions for _ in range(condition.count("?")))
    if list(choices(f"SELECT 'yes' WHERE {found}", *given)):
        return None
    start = value[:MAX_LENGTH]
    near = _nearest(start, _candidates(subject, start, choices)) if subject.table else []
    if subject.named:
        near = list(dict.fromkeys([*_same_form(value, choices), *near]))[:3]
    if subject.near:
        near = list(choices(subject.near, value))
    return f"did you mean {listed(near)}?" if near else subject.advice


def _same_form(value: str, choices: Choices) -> Iterable[str]:
    """Return the author of whose name this is another spelling, such as `Juergen` for `Jürgen`, or a former key."""
    from programme.loaders.store.keys import author_key
    from programme.loaders.text.names import name_form

    former = "SELECT target FROM redirects WHERE kind = 'author' AND key = ?"
    return choices(f"SELECT name FROM authors WHERE key = ? OR key IN ({former})", author_key(name_form(value)), value)


def _candidates(subject: Subject, value: str, choices: Choices) -> Iterable[str]:
    """Return names that have a piece of each word of a value that one wrong letter would leave as it is."""
    words = plain_name(value).split()[:MAX_WORDS]
    if not words:
        return []
    pieces = [_pieces(word) for word in words]
    any_of = " OR ".join([f"{subject.folded} LIKE ?"] * len(pieces[0]))
    condition = " AND ".join([f"({any_of})"] * len(words))
    patterns = (f"%{piece}%" for word in pieces for piece in word)
    sql = f"SELECT DISTINCT {subject.column} FROM {subject.table} WHERE {condition} ORDER BY {subject.column}"
    return choices(f"{sql} LIMIT {MAX_COMPARED}", *patterns)


def _pieces(word: str) -> tuple[str, ...]:
    """Return the halves of a word, and all of it with the two letters in the middle in the other order.

    >>> _pieces("wnag"), _pieces("q")
    (('wn', 'ag', 'wang'), ('q', 'q', 'q'))
    """
    middle = max(1, len(word) // 2)
    swapped = word[: middle - 1] + word[middle : middle + 1] + word[middle - 1] + word[middle + 1 :]
    return word[:middle], word[-middle:], swapped


def _nearest(value: str, names: Iterable[str]) -> list[str]:
    """Return at most three names, or runs of as many of their words, that are like a value, the nearest first.

    >>> _nearest("arkwrigt", ["Delphine Arkwright", "Mark Wrigley"]), _nearest("Pena", ["Inés Peña Ybarra"])
    (['Arkwright'], ['Peña'])
    """
    # Only needed for errors, and slow to import.
    from difflib import get_close_matches

    wanted = (plain_names(value) or [""])[-1]
    meant: dict[str, str] = {}
    for name in names:
        for run in _runs(name, len(wanted.split())):
            meant.setdefault(plain_name(run), run)
    return [meant[run] for run in get_close_matches(wanted, meant, n=3, cutoff=0.75)]


def _runs(name: str, size: int) -> Iterator[str]:
    """Yield a name, and each run of so many of its words.

    >>> list(_runs("Inés Peña Ybarra", 2))
    ['Inés Peña Ybarra', 'Inés Peña', 'Peña Ybarra']
    """
    yield name
    words = _BETWEEN_WORDS.split(name)
    for start in range(len(words) - size + 1):
        yield " ".join(words[start : start + size])
