"""What a format yields: facts as stated, each with its place in the document.

Records hold no database ids and nothing inferred. Texts are as printed, wrapped lines joined; lines are counted from 1
and a range holds both its ends. In structured documents (JSON, XML) `path` names the element too: `results[17]`.
They are named tuples: a frozen dataclass takes more than three times as long to make, and there are dozens to a page.
"""

from datetime import date, time
from typing import NamedTuple


class PrintedTime(NamedTuple):
    """A time line as printed: the parts it states, in its own zone; a missing part is None.

    `zone` is an IANA name. `ends` may be earlier than `starts` on the clock when the slot runs past midnight; `ends_on`
    is the (month, day) of an end on any other day. `doubt` says what of the clock was inferred and not printed.
    """

    weekday: int | None
    day: int | None
    month: int | None
    year: int | None
    starts: time
    ends: time | None
    zone: str | None
    ends_on: tuple[int, int] | None = None
    doubt: str | None = None


class Moments(NamedTuple):
    """Instants that a document states with their offset from UTC, as `2021-07-20T14:00:00Z`, both in UTC.

    `day` is the date as stated, on the document's own clock. `zone` is the IANA name where the document gives one.
    """

    starts_at: str
    ends_at: str | None
    day: date
    zone: str | None = None


class StatedLink(NamedTuple):
    """A text in a field of its own in which links stand, such as `githubRepo`.

    `role` (`own` or `other`) is set where the field itself says whose the repository is; None leaves it to the text.
    """

    field: str
    text: str
    role: str | None = None


class StatedEdition(NamedTuple):
    """The edition a document says a paper belongs to: the slug of the venue, `icml`, and the year."""

    venue: str
    year: int


class PaperRecord(NamedTuple):
    """A mention of a paper. `authors` are the names of the byline, each as printed; empty when no byline is.

    A text format gives `byline` and `authors = split_byline(byline)`; a format whose document lists the authors one by
    one gives `authors` alone, with `affiliations` beside them (None where one is missing) or none at all.
    `identifiers` are (scheme, value) as `programme.loaders.text.identifiers` writes them. `raw_kind` is how it was
    presented, as stated: `Oral`.
    """

    title: str
    line_start: int
    line_end: int
    byline: str | None = None
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    upvotes: int | None = None
    affiliations: tuple[str | None, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    links: tuple[StatedLink, ...] = ()
    edition: StatedEdition | None = None
    raw_kind: str | None = None
    path: str | None = None


class SlotRecord(NamedTuple):
    """A scheduled place. `kind` is of the closed vocabulary, `raw_kind` as printed; `paper` is None for a break."""

    title: str
    kind: str
    line_start: int
    line_end: int
    position: int
    raw_kind: str | None = None
    time: PrintedTime | Moments | None = None
    time_line: int | None = None
    raw_time: str | None = None
    room: str | None = None
    poster_number: str | None = None
    award: str | None = None
    paper: PaperRecord | None = None
    path: str | None = None


class SessionRecord(NamedTuple):
    """A session with its slots in the order printed. The line range is that of its heading.

    `time` is set where the document prints one of the session itself, beside those of its slots.
    """

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
    edition: StatedEdition | None = None
    time: PrintedTime | Moments | None = None
    raw_time: str | None = None
    path: str | None = None


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
    path: str | None = None


class Boilerplate(NamedTuple):
    """Lines that every page of the site carries and that state nothing."""

    line_start: int
    line_end: int


class Problem(NamedTuple):
    """A line or field that no rule could use: its place, its text as written, and what is wrong and what to do.

    In a structured document `path` names the element, and `is_lost` says that its whole record did not go in.
    """

    line: int | None
    text: str
    problem: str
    path: str | None = None
    is_lost: bool = False


Record = SessionRecord | ListingRecord | PaperRecord | Boilerplate | Problem
"""Anything a format may yield. A PaperRecord on its own is a mention outside any session or listing."""


class Hints(NamedTuple):
    """What the curator says about a document that it does not say itself: `--venue`, `--year`, `--date`."""

    venue: str | None = None
    year: int | None = None
    on: date | None = None


NO_HINTS = Hints()
"""The hints of a document about which the curator said nothing."""
