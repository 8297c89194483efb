"""The items of an answer of the Daily Papers API, as declared, and the listing or papers they become."""

import ast
import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.hugging_face.parsing.listing_day import SOURCE, from_name, named_day, resolve_stated_days
from programme.loaders.readers import (
    Located,
    fields_before_records,
    named_authors,
    one_line,
    read_records,
    text_or_none,
)
from programme.loaders.readers.shapes import replace_unstorable
from programme.loaders.records import Hints, ListingRecord, PaperRecord, Problem, Record, StatedLink
from programme.loaders.text.identifiers import arxiv
from programme.loaders.text.iso_times import moments
from programme.patterns import lazy_pattern

TITLE = "Daily Papers"
MAX_TEXT_CHARS = 1024 * 1024
"""A longer text is not parsed as an object, which would take seconds."""

IGNORED_FIELDS = frozenset(
    """
    thumbnail numComments submittedBy submittedOnDailyBy mediaUrls isAuthorParticipating discussionId
    ai_summary ai_summary_model ai_keywords organization githubStars githubRepoAddedBy linkedModels linkedDatasets
    linkedSpaces numTotalModels numTotalDatasets numTotalSpaces comments withdrawnAt slug doi
    """.split()  # noqa: SIM905
)
_DAY = lazy_pattern(r"\d{4}-\d\d-\d\d")
_UNDERSCORE = lazy_pattern(r"(?<!^ai)_([a-z])")
_RENAMED = {"submitted_at": "submittedOnDailyAt", "submitted_by": "submittedOnDailyBy"}
"""Fields of `hf papers`, and what the API calls them; the others differ in how words are joined."""

_UNTIL_MIDNIGHT = timedelta(hours=2, minutes=30)
"""From 21:30 UTC on, submissions went to the listing of the next day."""

Votes = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]


class Author(msgspec.Struct):
    """An author; the account is ignored."""

    name: str | None = None


class Paper(msgspec.Struct):
    """A paper, alone or in an item of a listing."""

    id: str | None = None
    title: str | None = None
    summary: str | None = None
    authors: list[Author | str] | None = None
    upvotes: Votes | None = None
    githubRepo: str | None = None  # noqa: N815 - the name of the field
    projectPage: str | None = None  # noqa: N815
    submittedOnDailyAt: str | None = None  # noqa: N815
    publishedAt: str | None = None  # noqa: N815


KNOWN_FIELDS = IGNORED_FIELDS.union(Paper.__struct_fields__)


class Item(msgspec.Struct):
    """An item of a listing, which repeats the title and summary of its paper."""

    paper: Paper
    title: str | None = None
    summary: str | None = None
    publishedAt: str | None = None  # noqa: N815


class _Answer:
    """The items of an answer in one shape: texts become objects, and a bare paper becomes an item that holds it."""

    def __init__(self) -> None:
        self.has_items = False
        self._is_bare = False
        self._paper: Any = None
        self._unknown: dict[str, Problem] = {}

    def item(self, raw: Any) -> Any:
        """Return the item for a value of the list; raises ValueError for a text that contains no object."""
        value = _object(raw)
        # Papers of `hf papers` are bare, but those of a listing; those of the API are results of a search.
        self.has_items = self.has_items or (isinstance(value, dict) and "submitted_at" in value)
        value = _with_present_names(value)
        self._is_bare = isinstance(value, dict) and "paper" not in value
        self._paper = value if self._is_bare or not isinstance(value, dict) else value["paper"]
        return {"paper": value} if self._is_bare else value

    def locate(self, problem: Problem) -> Problem:
        """Return a problem with the path in the document, where a bare paper has no `.paper` above it."""
        return problem._replace(problem=problem.problem.replace(".paper", "", 1)) if self._is_bare else problem

    def record(self, found: Located[Item]) -> PaperRecord | Problem:
        """Return the paper of the item last read, and note its unknown fields."""
        self.has_items = self.has_items or not self._is_bare
        path = found.path if self._is_bare else f"{found.path}.paper"
        for name in self._paper.keys() - KNOWN_FIELDS - self._unknown.keys():
            problem = f"{path}.{name}: a field this format does not know; it is not loaded"
            self._unknown[name] = Problem(found.line_start, name, problem, found.path)
        title = one_line(found.value.paper.title) or one_line(found.value.title)
        if title:
            return _paper(found, title)
        problem = f"{path}.title: expected the title of a paper, got none; this record is left out"
        return Problem(found.line_start, "", problem, found.path, is_lost=True)

    def problems(self) -> list[Problem]:
        """Return a problem for each unknown field, by name, at the first paper that has it."""
        return [self._unknown[name] for name in sorted(self._unknown)]


def records(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield the listing or papers of the answer; raises MalformedDocument when it is empty."""
    answer = _Answer()
    papers: list[PaperRecord] = []
    own_days: list[set[str]] = []
    submitted: set[str | None] = set()
    is_empty = True
    for found in read_records(document, Item, ignored=IGNORED_FIELDS, prepare=answer.item):
        is_empty = False
        record = answer.locate(found) if isinstance(found, Problem) else answer.record(found)
        if isinstance(record, PaperRecord) and isinstance(found, Located):
            papers.append(record)
            own_days.append(_days(found.value.paper.submittedOnDailyAt))
            submitted.add(_submission_day(found.value))
        else:
            yield record
    if is_empty:
        raise MalformedDocument(document.uri, None, "the listing is empty; ask for a day that has papers")
    yield from answer.problems()
    is_list = len(papers) > 1 or document.head.lstrip("\ufeff \t\r\n").startswith("[")
    if papers and answer.has_items and (is_list or not str(papers[0].path).startswith("[")):
        days = _days(fields_before_records(document).get("date")) or set().union(*own_days)
        if len(days) > 1 and hints.on is None and all(own_days):
            yield from _listings(papers, own_days, hints)
            return
        if not days and hints.on is None and len(submitted) == 1 and (day := submitted.pop()):
            problem = f"no field says the day of this listing; it is {day} by when all its papers were sent in"
            yield Problem(papers[0].line_start, "", problem, "")
            days = {day}
        yield from _listing(tuple(papers), days, hints)
    else:
        yield from papers


def _with_present_names(value: Any) -> Any:
    """Return an item of `hf papers`, which writes `submitted_at` and the like, with the names of the API."""
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("paper"), dict):
        value = value | {"paper": _with_present_names(value["paper"])}
    if not any("_" in name and not name.startswith("ai_") for name in value):
        return value
    return {
        _RENAMED.get(name) or _UNDERSCORE.sub(lambda found: found[1].upper(), name): one for name, one in value.items()
    }


def _listings(papers: list[PaperRecord], own_days: list[set[str]], hints: Hints) -> Iterator[Record]:
    """Yield the listing of each day that the papers of a week's or a month's answer state."""
    by_day: dict[str, list[PaperRecord]] = {}
    for paper, days in zip(papers, own_days, strict=True):
        by_day.setdefault(min(days), []).append(paper)
    for day, listed in sorted(by_day.items()):
        yield from _listing(tuple(listed), {day}, hints)


def _object(raw: Any) -> Any:
    """Return the object whose `repr` a text is; raises ValueError for any other text."""
    if not isinstance(raw, str):
        return raw
    if len(raw) > MAX_TEXT_CHARS:
        raise ValueError(f"expected an object, got a text of {len(raw):,} characters")
    try:
        # literal_eval only builds literals: nothing of the text is run. It warns about escapes like "\d" in abstracts.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(raw)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ValueError(f"expected an object, got a text that contains none ({type(error).__name__})") from None
    return replace_unstorable(value)


def _paper(found: Located[Item], title: str) -> PaperRecord:
    item, paper = found.value, found.value.paper
    names = [author if isinstance(author, str) else author.name or "" for author in paper.authors or ()]
    identifier = arxiv(paper.id or "")
    fields = (
        ("githubRepo", text_or_none(paper.githubRepo), "own"),
        ("projectPage", text_or_none(paper.projectPage), None),
    )
    return PaperRecord(
        title=title,
        line_start=found.line_start,
        line_end=found.line_end,
        authors=named_authors(names),
        abstract=text_or_none(paper.summary) or text_or_none(item.summary),
        upvotes=paper.upvotes,
        identifiers=(identifier,) if identifier else (),
        links=tuple(StatedLink(field, text, role) for field, text, role in fields if text),
        path=found.path,
    )


def _days(text: Any) -> set[str]:
    """Return the day, in UTC, of a date or an instant; empty for any other value.

    >>> _days("2025-03-17T00:38:48.278Z"), _days("2025-03-17"), _days("2025-W12")
    ({'2025-03-17'}, {'2025-03-17'}, set())
    """
    if not isinstance(text, str):
        return set()
    found = moments(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text, None)
    return {found.starts_at[:10]} if found else set()


def _submission_day(item: Item) -> str | None:
    """Return the day of the listing to which an item was submitted; None where `publishedAt` is when it went to arXiv.

    >>> _submission_day(Item(Paper(publishedAt="2024-12-02T18:59:59Z"), publishedAt="2024-12-03T22:41:10Z"))
    '2024-12-04'
    """
    found = moments(item.publishedAt, None) if item.publishedAt else None
    if found is None or item.paper.publishedAt in (None, item.publishedAt):
        return None
    return (datetime.fromisoformat(found.starts_at) + _UNTIL_MIDNIGHT).date().isoformat()


def _listing(papers: tuple[PaperRecord, ...], days: set[str], hints: Hints) -> Iterator[Record]:
    """Yield the listing, and a problem when its day is unknown or inconsistent."""
    listed_on, problem = resolve_stated_days(days, hints)
    named = named_day(None, hints)
    if listed_on is None and named and (not days or named.isoformat() in days):
        listed_on = named
        yield from_name(named)
    elif problem:
        yield Problem(papers[0].line_start, ", ".join(sorted(days)), problem, "")
    yield ListingRecord(
        title=TITLE,
        source=SOURCE,
        line_start=papers[0].line_start,
        line_end=papers[-1].line_end,
        month=listed_on.month if listed_on else None,
        day=listed_on.day if listed_on else None,
        listed_on=listed_on,
        entries=papers,
        path="",
    )
