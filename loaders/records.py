"""What a format yields: facts as stated, each with its place in the document.

Records hold no database ids and nothing inferred. Texts are as printed, wrapped lines joined; lines are counted from 1
and a range holds both its ends. They are named tuples: a frozen dataclass takes more than three times as long to make,
and there are dozens to a page.
"""

from datetime import date, time
from typing import NamedTuple


class PrintedTime(NamedTuple):
    """A time line as printed: the parts it states, in its own zone; a missing part is None.

    `zone` is an IANA name. `ends` may be earlier than `starts` on the clock when the slot runs past midnight.
    """

    weekday: int | None
    day: int | None
    month: int | None
    year: int | None
    starts: time
    ends: time | None
    zone: str | None


class PaperRecord(NamedTuple):
    """A mention of a paper. `authors` are the names of the byline, each as printed; empty when no byline is."""

    title: str
    line_start: int
    line_end: int
    byline: str | None = None
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    upvotes: int | None = None


class SlotRecord(NamedTuple):
    """A scheduled place. `kind` is of the closed vocabulary, `raw_kind` as printed; `paper` is None for a break."""

    title: str
    kind: str
    line_start: int
    line_end: int
    position: int
    raw_kind: str | None = None
    time: PrintedTime | None = None
    time_line: int | None = None
    raw_time: str | None = None
    room: str | None = None
    poster_number: str | None = None
    award: str | None = None
    paper: PaperRecord | None = None


class SessionRecord(NamedTuple):
    """A session with its slots in the order printed. The line range is that of its heading."""

    title: str
    line_start: int
    line_end: int
    kind: str = "other"
    track: str | None = None
    room: str | None = None
    moderators: str | None = None
    moderator_names: tuple[str, ...] = ()
    abstract: str | None = None
    slots: tuple[SlotRecord, ...] = ()


class ListingRecord(NamedTuple):
    """A dated or searched list of papers. The line range is that of its heading.

    `listed_on` is set only when the document prints a whole date or the curator gave one.
    """

    title: str
    source: str
    line_start: int
    line_end: int
    month: int | None = None
    day: int | None = None
    listed_on: date | None = None
    entries: tuple[PaperRecord, ...] = ()


class Furniture(NamedTuple):
    """Lines that every page of the site carries and that state nothing."""

    line_start: int
    line_end: int


class Problem(NamedTuple):
    """A line or field that no rule could use: its place, its text as written, and what is wrong and what to do."""

    line: int | None
    text: str
    problem: str


Record = SessionRecord | ListingRecord | PaperRecord | Furniture | Problem
"""Anything a format may yield. A PaperRecord on its own is a mention outside any session or listing."""


class Hints(NamedTuple):
    """What the curator says about a document that it does not say itself: `--venue`, `--year`, `--date`."""

    venue: str | None = None
    year: int | None = None
    on: date | None = None


NO_HINTS = Hints()
"""The hints of a document about which the curator said nothing."""
