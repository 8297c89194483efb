"""The values of the parameters of curated queries: how they are written, and which ones a database knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from programme.exceptions import QueryError
from programme.loaders.text.suggestions import did_you_mean, listed
from programme.patterns import lazy_pattern
from programme.queries import Query
from programme.queries.numbers import NUMBERS
from programme.schema.vocabularies import KINDS
from programme.subjects import SUBJECTS, Choices, unknown_subject

CHOICES = {
    "edition": "SELECT slug FROM editions ORDER BY year DESC, slug",
    "venue": "SELECT slug FROM venues ORDER BY slug",
    "host": "SELECT DISTINCT host FROM repositories WHERE EXISTS (SELECT 1 FROM repo_links "
    "WHERE repo_links.repository_id = repositories.id AND repo_links.role <> 'denied') ORDER BY host",
    "source": "SELECT DISTINCT source FROM listings ORDER BY source",
    "format": "SELECT DISTINCT format FROM documents ORDER BY format",
    "scheme": "SELECT DISTINCT scheme FROM paper_identifiers ORDER BY scheme",
}
"""SQL for the values to choose from, the same on every engine."""

_WORDS = {"kind": KINDS, "period": ("month", "year"), "scope": ("venue",), "with_code": ("0", "1")}
"""The values of parameters that take few."""

MAX_SHOWN = 60
"""Characters of a wrong value that messages show."""

MAX_DIGITS = 9
"""Digits of a number; the SQL of queries takes the default for a longer one."""

_NOUNS = {"key": "paper with the key", "identifier": "paper with the identifier"}

_KINDS = ("kind", "best_kind")
_DAYS = """SELECT DISTINCT slots.local_day FROM editions
    JOIN sessions ON sessions.edition_id = editions.id JOIN slots ON slots.session_id = sessions.id
    WHERE editions.slug = ? AND slots.local_day IS NOT NULL ORDER BY slots.local_day"""
_ANY_CASE = ("host", "scheme")
NUMBER = lazy_pattern(r"-?(0|[1-9]\d*)(\.\d+)?")
_WHOLE = lazy_pattern(r"-?(0|[1-9]\d{0,8})")
_SENTENCE = lazy_pattern(r"'([^'\n]+ [^'\n]+)'")
"""A literal of several words: in the SQL of checks, mostly a rule."""
_MONTH = lazy_pattern(r"\d{4}(-\d{2})?(-\d{2})?")


def check_values(query: Query, values: Mapping[str, str]) -> None:
    """Raise QueryError for a value that no database could match, such as a day that is none."""
    for name, value in values.items() if query.is_view else ():
        if isinstance(value, str) and (form := wrong_form(query.name, name, value)):
            raise QueryError(f"{query.name}: {name} {_shortened(value)!r} is not {form}")
    for name in {param.name for param in query.params} & values.keys():
        value = values[name].strip()
        if not value:
            continue
        if name == "rule" and f"'{value}'" not in query.sql:
            near = did_you_mean(_shortened(value), _SENTENCE.findall(query.sql))
            raise QueryError(f"query {query.name}: no rule {_shortened(value)!r}{near or '; leave it out to see all'}")
        words = _WORDS.get(name)
        if words and value.lower() not in words:
            raise QueryError(f"query {query.name}: {unknown_value(name, value, words, 'it is')}")
        if name in ("day", "month") and not _is_date(value, is_whole=name == "day"):
            form = "a day like 2022-07-21" if name == "day" else "a year, month or day like 2025, 2025-08 or 2025-08-11"
            raise QueryError(f"query {query.name}: {name} {value!r} is not {form}")
        if name == "at_least" and not (value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS):
            raise QueryError(
                f"query {query.name}: {name} {_shortened(value)!r} is not a whole number of up to {MAX_DIGITS} digits"
            )


def wrong_form(view: str, column: str, value: str) -> str | None:
    """Return how a value for a column of a view has to be written, if it is not so; an empty one is no value.

    >>> wrong_form("papers_overview", "upvotes", "many"), wrong_form("papers_overview", "upvotes", "12")
    ('a whole number of up to 9 digits', None)
    >>> wrong_form("programme", "local_day", "monday"), wrong_form("programme", "kind", "orals")[:15]
    ('a day like 2022-07-21', 'oral, spotlight')
    """
    is_whole = NUMBERS.get(view, {}).get(column)
    if not value:
        return None
    if column in _KINDS:
        return None if value in KINDS else listed(KINDS)
    if column == "local_day" or column.endswith("_on"):
        return None if _is_date(value, is_whole=True) else "a day like 2022-07-21"
    if is_whole is None:
        return None
    if is_whole:
        return None if _WHOLE.fullmatch(value) else "a whole number of up to 9 digits"
    return None if NUMBER.fullmatch(value) else "a number like 12 or 12.5"


def check_known(query: Query, values: Mapping[str, str], choices: Choices) -> None:
    """Raise QueryError, with the nearest ones, for a value that the database does not hold; `choices` runs SQL."""
    for name in CHOICES.keys() & values.keys() & {param.name for param in query.params}:
        value = values[name].strip()
        if not value or is_unknown_edition(query, name, value):
            continue
        known = list(choices(CHOICES[name]))
        if value not in known and not (name in _ANY_CASE and value.lower() in known):
            raise QueryError(unknown_value(name, value, known))
    if values.get("day", "").strip() and values.get("edition", "").strip():
        _check_day(values["day"].strip(), list(choices(_DAYS, values["edition"].strip())))
    for name in SUBJECTS.keys() & values.keys() & {param.name for param in query.params}:
        value = values[name].replace("\0", "").strip()
        if value and (advice := unknown_subject(name, value, choices)):
            raise QueryError(f"no {_NOUNS.get(name, name)} {_shortened(value)!r}; {advice}")


def _check_day(day: str, known: list[str]) -> None:
    """Raise QueryError for a day on which nothing is known of an edition."""
    if day not in known:
        raise QueryError(f"nothing of the edition is on {day}; its days are {listed(known, 'and') or 'not known'}")


def is_unknown_edition(query: Query, name: str, value: str) -> bool:
    """Return whether a value is the word for what belongs to no edition, which the header of a query allows."""
    explained = (param.explanation for param in query.params if param.name == name == "edition")
    return value == "unknown" and any("`unknown`" in explanation for explanation in explained)


def unknown_value(name: str, value: str, known: Iterable[str], verb: str = "there are") -> str:
    """Return one line about a value that matches nothing, with the nearest ones that would.

    >>> unknown_value("venue", "icmm", ["icml", "uai"]), unknown_value("kind", "talk", ["oral", "poster"], "it is")
    ("no venue 'icmm'; did you mean icml?", "no kind 'talk'; it is oral or poster")
    >>> unknown_value("venue", "x" * 500, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"])[-47:]
    'there are a, b, c, d, e, f, g, h, i, j and more'
    """
    known = list(known)
    shown = _shortened(value)
    if near := did_you_mean(shown.lower(), known, most=1 if shown.lower() in known else 3):
        return f"no {name} {shown!r}{near}"
    conjunction = "and" if verb == "there are" else "or"
    shown_known = ", ".join(known[:10]) + " and more" if len(known) > 10 else listed(known, conjunction)
    return f"no {name} {shown!r}; {verb} {shown_known or 'none'}"


def _shortened(value: str) -> str:
    return value if len(value) <= MAX_SHOWN else f"{value[:MAX_SHOWN]}…"


def _is_date(text: str, *, is_whole: bool) -> bool:
    """Return whether a text is a date, or the start of one.

    >>> _is_date("2022-07", is_whole=False), _is_date("2022-07", is_whole=True), _is_date("2022-13-45", is_whole=True)
    (True, False, False)
    """
    if not _MONTH.fullmatch(text) or (is_whole and len(text) < len("2022-07-21")):
        return False
    try:
        return bool(date.fromisoformat(text + "2022-01-01"[len(text) :]))
    except ValueError:
        return False
