"""The papers, authors, repositories and documents that parameters of curated queries name, and what is like a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from programme.patterns import lazy_pattern

Choices = Callable[..., Iterable[str]]
"""Runs SQL with values for its question marks, and returns the first column."""

MAX_COMPARED = 2_000
"""Names that are compared with one that is not there."""

MAX_WORDS = 8
MAX_LENGTH = 200
"""Words of a value that are looked for in names, and characters of it."""

_WORD = lazy_pattern(r"\w+")
_BETWEEN_WORDS = lazy_pattern(r"\s+")


class Subject(NamedTuple):
    """What a parameter names.

    `exists` are conditions with the value for each question mark, of which the first that holds is enough: the cheap
    ones come first. Names that may be like it are in `table` and `column`, or `near` is SQL for them. `advice` says
    what to do without any.
    """

    exists: tuple[str, ...]
    advice: str
    table: str = ""
    column: str = ""
    near: str = ""


_SEARCH = "the query search_papers finds papers by words, names, identifiers and addresses"

_SCHEMES = " UNION ALL ".join(f"SELECT '{scheme}' AS scheme" for scheme in ("arxiv", "openreview", "doi", "acl"))

SUBJECTS = {
    "key": Subject(
        ("SELECT 1 FROM papers WHERE key = trim(?)",),
        _SEARCH,
        near="SELECT papers.key FROM redirects JOIN papers ON papers.key = redirects.target"
        " WHERE redirects.key = trim(?)",
    ),
    "author": Subject(
        (
            "SELECT 1 FROM authors WHERE name = trim(?)",
            "SELECT 1 FROM authors WHERE key = trim(?)",
            # LIKE decides nothing that the rest does not, but rejects most names in a third of the time.
            "SELECT 1 FROM authors"
            r" WHERE lower(name) LIKE '%' || replace(substr(lower(trim(?)), 1, 100), '\', '_') || '%'"
            " AND replace(' ' || lower(name) || ' ', ' ' || lower(trim(?)) || ' ', '') <> ' ' || lower(name) || ' '",
        ),
        "the view author_index lists the authors",
        "authors",
        "name",
    ),
    "repository": Subject(
        (
            "SELECT 1 FROM repositories WHERE key = trim(?)",
            "SELECT 1 FROM repositories WHERE trim(?) IN (path, url)",
            "SELECT 1 FROM repositories WHERE lower(trim(?)) IN (lower(path), lower(url), lower(host || '/' || path))",
        ),
        "the view repository_papers lists the repositories",
        "repositories",
        "path",
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
        "documents",
        "uri",
    ),
}
"""The parameters that name one thing of very many, in SQL that is the same on every engine."""


def unknown_subject(name: str, value: str, choices: Choices) -> str | None:
    """Return what to say of a value that names nothing, with the nearest names or the way to find one; None if it does.

    `choices` runs SQL.
    """
    subject = SUBJECTS[name]
    found = " OR ".join(f"EXISTS ({condition})" for condition in subject.exists)
    if list(choices(f"SELECT 'yes' WHERE {found}", *[value] * found.count("?"))):
        return None
    start = value[:MAX_LENGTH]
    near = _nearest(start, _candidates(subject, start, choices)) if subject.table else []
    if subject.near:
        near = list(choices(subject.near, value))
    return f"did you mean {' or '.join(near)}?" if near else subject.advice


def _candidates(subject: Subject, value: str, choices: Choices) -> Iterable[str]:
    """Return names that have one half or the other of each word of a value: one wrong letter leaves either as it is."""
    words = _WORD.findall(value.lower())[:MAX_WORDS]
    if not words:
        return []
    half_of_word = f"(lower({subject.column}) LIKE ? OR lower({subject.column}) LIKE ?)"
    condition = " AND ".join(half_of_word for _ in words)
    patterns = (f"%{_any_accent(half)}%" for word in words for half in _halves(word))
    sql = f"SELECT DISTINCT {subject.column} FROM {subject.table} WHERE {condition} ORDER BY {subject.column}"
    return choices(f"{sql} LIMIT {MAX_COMPARED}", *patterns)


def _halves(word: str) -> tuple[str, str]:
    middle = max(1, len(word) // 2)
    return word[:middle], word[-middle:]


def _any_accent(piece: str) -> str:
    """Return a pattern in which a letter with an accent may be any, and so may `_`, which is one to LIKE."""
    return "".join(letter if letter.isascii() else "_" for letter in piece)


def _nearest(value: str, names: Iterable[str]) -> list[str]:
    """Return at most three names, or runs of as many of their words, that are like a value, the nearest first.

    >>> _nearest("arkwrigt", ["Delphine Arkwright", "Mark Wrigley"]), _nearest("Pena", ["Inés Peña Ybarra"])
    (['Arkwright'], ['Peña'])
    """
    # Only needed for errors, and slow to import.
    from difflib import get_close_matches

    wanted = _plain(value)
    meant: dict[str, str] = {}
    for name in names:
        for run in _runs(name, len(wanted.split())):
            meant.setdefault(_plain(run), run)
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


def _plain(text: str) -> str:
    """Return a text in lower case, without accents and with single spaces.

    >>> _plain("Inés  PEÑA-Ybarra")
    'ines pena-ybarra'
    """
    letters = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
