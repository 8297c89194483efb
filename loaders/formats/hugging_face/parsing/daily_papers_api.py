"""Items of the Daily Papers API, as declared, and the listing or the papers they become."""

import ast
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import msgspec

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.hugging_face.daily_papers import SOURCE
from programme.loaders.readers import (
    Located,
    fields_before_records,
    named_authors,
    one_line,
    read_records,
    text_or_none,
)
from programme.loaders.readers.json_stream import replace_unstorable
from programme.loaders.records import Hints, ListingRecord, PaperRecord, Problem, Record, StatedLink
from programme.loaders.text.identifiers import arxiv
from programme.loaders.text.iso_times import moments

TITLE = "Daily Papers"
MAX_TEXT_CHARS = 1024 * 1024
"""A longer text is not read as an object."""

UNUSED = frozenset(
    """
    thumbnail numComments submittedBy submittedOnDailyBy mediaUrls isAuthorParticipating discussionId
    ai_summary ai_summary_model ai_keywords organization githubStars githubRepoAddedBy linkedModels linkedDatasets
    linkedSpaces numTotalModels numTotalDatasets numTotalSpaces comments withdrawnAt slug doi
    """.split()  # noqa: SIM905
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNTIL_MIDNIGHT = timedelta(hours=2, minutes=30)
"""From 21:30 UTC on, what was sent in went into the listing of the next day."""

Votes = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]


class Author(msgspec.Struct):
    """An author; an account is not declared."""

    name: str | None = None


class Paper(msgspec.Struct):
    """A paper, as an answer for it alone is and as an item of a listing holds it."""

    id: str | None = None
    title: str | None = None
    summary: str | None = None
    authors: list[Author | str] | None = None
    upvotes: Votes | None = None
    githubRepo: str | None = None  # noqa: N815 - the name of the field
    projectPage: str | None = None  # noqa: N815
    submittedOnDailyAt: str | None = None  # noqa: N815
    publishedAt: str | None = None  # noqa: N815


KNOWN = UNUSED.union(Paper.__struct_fields__)


class Item(msgspec.Struct):
    """An item of a listing, which repeats title and summary."""

    paper: Paper
    title: str | None = None
    summary: str | None = None
    publishedAt: str | None = None  # noqa: N815


class _Answer:
    """The items of an answer made alike: objects in place of texts, and papers that stand alone held by an item."""

    def __init__(self) -> None:
        self.has_items = False
        self._is_bare = False
        self._paper: Any = None
        self._unknown: dict[str, Problem] = {}

    def item(self, raw: Any) -> Any:
        """Return an item for what stands in the list; raises ValueError."""
        value = _object(raw)
        self._is_bare = isinstance(value, dict) and "paper" not in value
        self._paper = value if self._is_bare or not isinstance(value, dict) else value["paper"]
        return {"paper": value} if self._is_bare else value

    def placed(self, problem: Problem) -> Problem:
        """Return a problem with the path that the value has in the document."""
        return problem._replace(problem=problem.problem.replace(".paper", "", 1)) if self._is_bare else problem

    def record(self, found: Located[Item]) -> PaperRecord | Problem:
        """Return the paper of the item that was read last, and note its fields that are not known."""
        self.has_items = self.has_items or not self._is_bare
        place = found.path if self._is_bare else f"{found.path}.paper"
        for name in self._paper.keys() - KNOWN - self._unknown.keys():
            problem = f"{place}.{name}: a field this format does not know; it is not loaded"
            self._unknown[name] = Problem(found.line_start, name, problem, found.path)
        title = one_line(found.value.paper.title) or one_line(found.value.title)
        if title:
            return _paper(found, title)
        problem = f"{place}.title: expected the title of a paper, got none; this record is left out"
        return Problem(found.line_start, "", problem, found.path, is_lost=True)

    def problems(self) -> list[Problem]:
        """The fields that are not known, by name, each with the first place that has it."""
        return [self._unknown[name] for name in sorted(self._unknown)]


def records(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield what the answer holds; raises MalformedDocument when that is nothing."""
    answer = _Answer()
    papers: list[PaperRecord] = []
    days: set[str] = set()
    sent: set[str | None] = set()
    is_empty = True
    for found in read_records(document, Item, unused=UNUSED, prepare=answer.item):
        is_empty = False
        record = answer.placed(found) if isinstance(found, Problem) else answer.record(found)
        if isinstance(record, PaperRecord) and isinstance(found, Located):
            papers.append(record)
            days |= _days(found.value.paper.submittedOnDailyAt)
            sent.add(_day_sent_in(found.value))
        else:
            yield record
    if is_empty:
        raise MalformedDocument(document.uri, None, "a listing without a paper; ask for a day that has one")
    yield from answer.problems()
    is_list = len(papers) > 1 or document.head.lstrip("\ufeff \t\r\n").startswith("[")
    if papers and answer.has_items and (is_list or not str(papers[0].path).startswith("[")):
        days = _days(fields_before_records(document).get("date")) or days
        if not days and hints.on is None and len(sent) == 1 and (day := sent.pop()):
            problem = f"no field says the day of this listing; it is {day} by when all its papers were sent in"
            yield Problem(papers[0].line_start, "", problem, "")
            days = {day}
        yield from _listing(tuple(papers), days, hints)
    else:
        yield from papers


def _object(raw: Any) -> Any:
    """Read a text that holds the `repr` of an object; raises ValueError for a text that does not."""
    if not isinstance(raw, str):
        return raw
    if len(raw) > MAX_TEXT_CHARS:
        raise ValueError(f"expected an object, got a text of {len(raw):,} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(raw)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ValueError(f"expected an object, got a text that holds none ({type(error).__name__})") from None
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
    """The day, in UTC, of a date or an instant; none of what is neither.

    >>> _days("2025-03-17T00:38:48.278Z"), _days("2025-03-17"), _days("2025-W12")
    ({'2025-03-17'}, {'2025-03-17'}, set())
    """
    if not isinstance(text, str):
        return set()
    found = moments(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text, None)
    return {found.starts_at[:10]} if found else set()


def _day_sent_in(item: Item) -> str | None:
    """The day whose listing took what was sent in at `publishedAt`; None where that is when it went to arXiv.

    >>> _day_sent_in(Item(Paper(publishedAt="2024-12-02T18:59:59Z"), publishedAt="2024-12-03T22:41:10Z"))
    '2024-12-04'
    """
    found = moments(item.publishedAt, None) if item.publishedAt else None
    if found is None or item.paper.publishedAt in (None, item.publishedAt):
        return None
    return (datetime.fromisoformat(found.starts_at) + _UNTIL_MIDNIGHT).date().isoformat()


def _listing(papers: tuple[PaperRecord, ...], days: set[str], hints: Hints) -> Iterator[Record]:
    """Yield the listing, and what keeps its day from being known."""
    listed_on, problem = _listed_on(days, hints)
    if problem:
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


def _listed_on(days: set[str], hints: Hints) -> tuple[date | None, str | None]:
    """The day of the listing, and what keeps the answer and the curator from stating one.

    >>> _listed_on({"2025-03-17"}, Hints())
    (datetime.date(2025, 3, 17), None)
    >>> _listed_on(set(), Hints(on=date(2025, 3, 17)))
    (datetime.date(2025, 3, 17), None)
    """
    if len(days) == 1:
        day = date.fromisoformat(min(days))
        if day.year != (hints.year or day.year) or day != (hints.on or day):
            return None, f"the answer says {day} and the curator {hints.on or hints.year}; correct --date or --year"
        return day, None
    if hints.on:
        return hints.on, None
    if days:
        return None, f"papers listed on {len(days)} days; give the day of the listing with --date"
    return None, "no field says on which day these papers were listed; give it with --date"
