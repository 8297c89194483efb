"""The paper in a row of a table."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from programme.loaders.formats.tables.parsing.cells import (
    People,
    affiliations,
    affiliations_by_name,
    doubt_of,
    identifiers,
    listed,
    people,
    text,
)
from programme.loaders.formats.tables.parsing.columns import Columns
from programme.loaders.formats.tables.parsing.names import PUBLISHED, plain_name
from programme.loaders.formats.tables.parsing.rows import Row
from programme.loaders.readers import (
    EXCERPT_CHARS,
    edition_of_url,
    first_of_each_scheme,
    is_outside_edition,
    one_line,
    text_or_none,
)
from programme.loaders.records import PaperRecord, Problem, StatedEdition, StatedLink
from programme.loaders.text.identifiers import Identifier
from programme.loaders.text.kinds import is_kind
from programme.loaders.text.links import find_links
from programme.loaders.text.titles import title_form
from programme.loaders.text.venues import find_edition_named, find_venue
from programme.patterns import lazy_pattern

MAX_DIGITS = 10
"""A longer number is none of votes."""

MAX_SHARED = 2
"""A repository beside more papers is a collection of them, or a library that they use."""

_BY_NAME = frozenset({"authorswithaffiliations", "addresses", "c1"})
"""Columns that say whose each affiliation is."""

_TYPES = frozenset({"itemtype", "documenttype", "referencetype", "dt"})
_ARTICLES = frozenset({"article", "journalarticle"})
_IDENTIFIER = lazy_pattern(r"\b(arxiv|doi)['\"]?:\s?['\"]?([^\s'\"<>]+)", re.IGNORECASE)
_FALSE = frozenset({"false", "0", "no"})
_AFTER_YEAR = lazy_pattern(r"\b20\d\d\W{1,3}([^()]{3,60}?)\)?$")
_OWNER_AND_NAME = lazy_pattern(r"[\w-]+/[\w.-]+")
_REPOSITORY = lazy_pattern(r"git(?:hub|lab)\.com/", re.IGNORECASE)


class Notes:
    """What is wrong with many rows alike: reported once, at the first of them and with their number."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[Row, str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, problem: str, row: Row, excerpt: str) -> None:
        """Count a row."""
        self._first.setdefault(problem, (row, excerpt))
        self._counts[problem] += 1

    def problems(self) -> Iterator[Problem]:
        """Yield a Problem for each."""
        for problem, (row, excerpt) in self._first.items():
            count = self._counts[problem]
            rows = f" (rows: {count:,})" if count > 1 else ""
            yield Problem(row.line_start, excerpt[:EXCERPT_CHARS], f"{row.path}: {problem}{rows}", row.path)


class Table(NamedTuple):
    """A table in reading: what its columns hold, how many papers share each URL, and what is wrong with its rows.

    `heading` is the text above it.
    """

    columns: Columns
    counts: dict[str, int]
    notes: Notes
    heading: str = ""

    def cell(self, row: Row, role: str) -> Any:
        """Return what a row has in the column of a role; None where there is no such column."""
        name = self.columns.first(role)
        return row.value.get(name) if name is not None else None

    def text(self, row: Row, role: str) -> str:
        """Return the text that a row has in the column of a role."""
        name = self.columns.first(role)
        return text(row.value.get(name)) if name is not None else ""

    def texts(self, row: Row, role: str) -> Iterator[tuple[str, str]]:
        """Yield the columns of a role with each text that a row has in them."""
        for name in self.columns.all(role):
            for one in _each(row.value.get(name)):
                if found := text(one):
                    yield name, found


def _each(cell: Any) -> list[Any]:
    """Return the values of a cell that may hold several."""
    value = listed(cell)
    return value if isinstance(value, list) else [value]


def _is_other(value: Any) -> bool:
    """Return whether a link says of itself that it is not the authors' own."""
    return isinstance(value, dict) and text(value.get("is_official", True)).lower() in _FALSE


def count_papers(columns: Columns, rows: Sequence[Row]) -> dict[str, int]:
    """Return how many papers of different titles have a URL, for each that several rows have."""
    title = columns.first("title") or ""
    seen: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        form = text(row.value.get(title))
        for name in (*columns.all("paper"), *columns.all("code")):
            for one in _each(row.value.get(name)):
                if url := text(one):
                    seen[url].add(form)
    # Titles are compared in their normal form only where it matters: that is slow.
    return {url: len(set(map(title_form, titles))) for url, titles in seen.items() if len(titles) > 1}


def paper_of(table: Table, row: Row) -> PaperRecord | Problem:
    """Return the paper of a row, or a Problem for a row without a title."""
    title = one_line(table.text(row, "title"))
    if not title:
        excerpt = " | ".join(filter(None, map(text, row.value.values())))[:EXCERPT_CHARS]
        return Problem(row.line_start, excerpt, f"{row.path}: no title; this row is left out", row.path, is_lost=True)
    names, stated = _people(table, row)
    upvotes = table.text(row, "upvotes")
    urls = list(table.texts(row, "paper"))
    own = [(name, value) for name, value in urls if table.counts.get(value, 1) == 1]
    venues = list(table.texts(row, "venue"))
    notes = [value for _, value in table.texts(row, "notes")]
    published, year = next((one for one in venues if plain_name(one[0]) in PUBLISHED), None), _year(table, row)
    return PaperRecord(
        title=title,
        line_start=row.line_start,
        line_end=row.line_end,
        authors=names,
        abstract=text_or_none(table.text(row, "abstract")),
        upvotes=int(upvotes) if upvotes.isdecimal() and len(upvotes) < MAX_DIGITS else None,
        affiliations=_affiliations(table, row, names) or stated,
        identifiers=first_of_each_scheme(
            [*(one for name, value in own for one in identifiers(name, value)), *_noted(notes)]
        ),
        links=tuple(_links(table, row, urls)),
        edition=_edition(table, row, venues, urls),
        raw_kind=text_or_none(table.text(row, "kind"))
        or next(filter(None, (_kind_in(one) for _, one in venues)), None),
        path=row.path,
        site_id=text_or_none(table.text(row, "number")),
        published_in=one_line(published[1]) if published else None,
        published_year=year if published else None,
        is_journal=published is not None and _is_journal(published[0], row),
    )


def _people(table: Table, row: Row) -> People:
    """Return the authors of a row with their institutions; none where it is not certain who they are."""
    cell = table.cell(row, "authors")
    found = people(cell)
    if why := doubt_of(cell, found[0]):
        problem = f"{table.columns.first('authors')} {why}; no author is loaded"
        table.notes.add(problem, row, text(cell))
        return (), ()
    return found


def _affiliations(table: Table, row: Row, names: tuple[str, ...]) -> tuple[str | None, ...]:
    by_name = (text(cell) for name, cell in row.value.items() if plain_name(str(name)) in _BY_NAME)
    if stated := next(filter(None, (affiliations_by_name(one, names) for one in by_name if one)), None):
        return stated
    found = affiliations(table.cell(row, "affiliations"), names)
    if found is None:
        problem = f"{table.columns.first('affiliations')} has not one for each author; none is loaded"
        table.notes.add(problem, row, table.text(row, "affiliations"))
    return found or ()


def _links(table: Table, row: Row, urls: Iterable[tuple[str, str]]) -> Iterator[StatedLink]:
    """Yield the links of a row; a repository that many papers share is none's own."""
    is_official = table.text(row, "official").lower() not in _FALSE
    unofficial = {
        text(one) for name in table.columns.all("code") for one in _each(row.value.get(name)) if _is_other(one)
    }
    for name, value in table.texts(row, "code"):
        is_own = is_official and value not in unofficial and table.counts.get(value, 1) <= MAX_SHARED
        if "github" in plain_name(name) and _OWNER_AND_NAME.fullmatch(value):
            yield StatedLink(name, f"https://github.com/{value}", "own" if is_own else "other")
        elif "/" in value:
            yield StatedLink(name, value, "own" if is_own else "other")
    for name, value in table.texts(row, "project"):
        if "/" in value:
            yield StatedLink(name, value)
    for name, value in table.texts(row, "notes"):
        if "git" in value and any(link.kind == "repository" for link in find_links(value)):
            yield StatedLink(name, value)
    for name, value in urls:
        if "git" in value and _REPOSITORY.search(value):
            yield StatedLink(name, value, None if table.counts.get(value, 1) <= MAX_SHARED else "other")


def _noted(notes: Iterable[str]) -> Iterator[Identifier]:
    """Yield the identifiers in notes: `arXiv:2103.00020 [cs]`, `DOI: 10.1234/moss`."""
    for note in notes:
        for scheme, value in _IDENTIFIER.findall(note):
            yield from identifiers(scheme, value.rstrip(".,;)"))


def _year(table: Table, row: Row) -> int | None:
    year = table.text(row, "year")[:4]
    return int(year) if year.isdecimal() and len(year) == 4 else None


def _is_journal(column: str, row: Row) -> bool:
    """Return whether a paper was published in a journal, by the type of its row or else by the name of the column."""
    types = (plain_name(text(cell)) for name, cell in row.value.items() if plain_name(str(name)) in _TYPES)
    return next((one in _ARTICLES for one in types if one), plain_name(column).startswith("journal"))


def _kind_in(venue: str) -> str | None:
    """Return the kind of presentation after the year of a venue: `ICLR 2024 oral`."""
    found = _AFTER_YEAR.search(venue)
    return found[1] if found and is_kind(found[1]) else None


def edition_of_row(table: Table, row: Row) -> StatedEdition | None:
    """Return the edition that a row names, whether it has a paper or not."""
    return _edition(table, row, list(table.texts(row, "venue")), ())


def _edition(
    table: Table, row: Row, venues: Sequence[tuple[str, str]], urls: Iterable[tuple[str, str]]
) -> StatedEdition | None:
    """Return the edition that a row states, unless its decision says that the paper is not in it."""
    if is_outside_edition(f"{table.text(row, 'kind')} {table.text(row, 'track')}"):
        return None
    if not venues:
        by_url = next((found for _, value in urls if "/" in value and (found := edition_of_url(value))), None)
        return by_url or (find_edition_named(table.heading) if table.heading else None)
    year = _year(table, row)
    for _, venue in venues:
        if (found := find_edition_named(venue, year)) or is_outside_edition(venue):
            return found
    name, venue = venues[0]
    if plain_name(name) != "source":
        what = "a conference without a year" if find_venue(venue) else "no conference that is known"
        table.notes.add(f"{name} names {what}; the edition is left open", row, venue)
    return None
