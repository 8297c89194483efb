"""The papers, authors, repositories and documents that parameters of curated queries name, and what is like a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import NamedTuple

Choices = Callable[..., Iterable[str]]
"""Runs SQL with values for its question marks, and returns the first column."""

MAX_COMPARED = 2_000
"""Names that are compared with one that is not there."""

_WORD = re.compile(r"\w+")


class Subject(NamedTuple):
    """What a parameter names: SQL that finds it, SQL for names that may be like it, and what to do without any."""

    found: str
    names: str
    advice: str


_SEARCH = "the query search_papers finds papers by words, names, identifiers and addresses"

SUBJECTS = {
    "key": Subject(
        "SELECT key FROM papers WHERE key = trim(?) UNION ALL SELECT target FROM redirects WHERE key = trim(?)",
        "",
        _SEARCH,
    ),
    "author": Subject(
        "SELECT 'yes' WHERE EXISTS (SELECT 1 FROM authors WHERE name = trim(?))"
        " OR EXISTS (SELECT 1 FROM authors WHERE key = trim(?)) OR EXISTS (SELECT 1 FROM authors"
        " WHERE replace(' ' || lower(name) || ' ', ' ' || lower(trim(?)) || ' ', '') <> ' ' || lower(name) || ' ')",
        "SELECT DISTINCT name FROM authors WHERE {alike} ORDER BY name",
        "the view author_index lists the authors",
    ),
    "repository": Subject(
        "SELECT 'yes' WHERE EXISTS (SELECT 1 FROM repositories WHERE key = trim(?)) OR EXISTS (SELECT 1"
        " FROM repositories WHERE lower(trim(?)) IN (lower(path), lower(url), lower(host || '/' || path)))",
        "SELECT DISTINCT path AS name FROM repositories WHERE {alike} ORDER BY name",
        "the view repository_papers lists the repositories",
    ),
    "identifier": Subject(
        "SELECT 'yes' WHERE EXISTS (SELECT 1 FROM paper_identifiers"
        " WHERE lower(trim(?)) IN (lower(value), lower(scheme || ':' || value)))",
        "",
        _SEARCH,
    ),
    "document": Subject(
        "SELECT 'yes' WHERE EXISTS (SELECT 1 FROM documents"
        " WHERE uri = trim(?) OR substr(sha256, 1, length(trim(?))) = lower(trim(?)))",
        "SELECT DISTINCT uri AS name FROM documents WHERE {alike} ORDER BY name",
        "the view document_ledger lists the documents",
    ),
}
"""The parameters that name one thing of very many, the same on every engine."""


def unknown_subject(name: str, value: str, choices: Choices) -> str | None:
    """Return what to say of a value that names nothing, with the nearest names or the way to find one; None if it does.

    `choices` runs SQL.
    """
    subject = SUBJECTS[name]
    if next(iter(choices(subject.found, *[value] * subject.found.count("?"))), None):
        return None
    near = _nearest(value, _candidates(subject, value, choices)) if subject.names else []
    return f"did you mean {' or '.join(near)}?" if near else subject.advice


def _candidates(subject: Subject, value: str, choices: Choices) -> list[str]:
    """Return names in which each word of a value begins or ends as it does: one wrong letter leaves either as it is."""
    alike: list[str] = []
    patterns: list[str] = []
    for word in _WORD.findall(value.casefold())[:8]:
        third = (len(word) + 2) // 3
        alike.append("(lower({column}) LIKE ? OR lower({column}) LIKE ?)")
        # A letter with an accent may be written without.
        patterns += [f"%{_any_accent(word[:third])}%", f"%{_any_accent(word[-third:])}%"]
    if not alike:
        return []
    column = re.findall(r"DISTINCT (\w+)", subject.names)[0]
    condition = " AND ".join(alike).format(column=column)
    return list(choices(f"{subject.names.format(alike=condition)} LIMIT {MAX_COMPARED}", *patterns))


def _any_accent(piece: str) -> str:
    return "".join(letter if letter.isascii() else "_" for letter in piece)


def _nearest(value: str, names: Iterable[str]) -> list[str]:
    """Return at most three names that are like a value, in whole or in as many of their words, the nearest first.

    >>> _nearest("arkwrigt", ["Delphine Arkwright", "Mark Wrigley"]), _nearest("Pena", ["Inés Peña Ybarra"])
    (['Delphine Arkwright'], ['Inés Peña Ybarra'])
    """
    wanted = _plain(value)
    size = len(wanted.split())
    meant: dict[str, str] = {}
    for name in names:
        words = _plain(name).split()
        runs = (" ".join(words[start : start + size]) for start in range(len(words) - size + 1))
        for run in (" ".join(words), *runs):
            meant.setdefault(run, name)
    found = (meant[run] for run in get_close_matches(wanted, meant, n=6, cutoff=0.75))
    return list(dict.fromkeys(found))[:3]


def _plain(text: str) -> str:
    """Return a text in lower case, without accents and with single spaces.

    >>> _plain("Inés  PEÑA-Ybarra")
    'ines pena-ybarra'
    """
    letters = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
