"""The public contract of formats: the records `parse` yields, each a fact as stated with its place in the document.

A format yields sessions, listings, papers on their own, corrections, boilerplate and problems (`Record`). Together
their line ranges account for every line of a text document that is not blank.

Records hold no database ids and nothing inferred. Texts are as printed, with wrapped lines joined; a value that the
document does not state is None, or empty where there may be several. Lines count from 1 and ranges include both ends.
In structured documents (JSON, XML) `path` also names the element, as `results[17]`.

Records are named tuples: a frozen dataclass takes more than three times as long to create, and a page has dozens.
"""

from datetime import date, time
from typing import NamedTuple


class PrintedTime(NamedTuple):
    """The parts of a time line as printed, on the clock of its own zone. The store works out the instants.

    `weekday` is 0 for Monday. `zone` is an IANA name. `ends` may be earlier than `starts` on the clock when the slot
    runs past midnight; `ends_on` is the (month, day) of an end on any other day. `doubt` says which part of the clock
    time was inferred because the line leaves it out. `has_unknown_zone` says that it prints a zone nobody knows.
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
    has_unknown_zone: bool = False


class Moments(NamedTuple):
    """Instants that a document states with their offset from UTC; as text, in UTC: `2021-07-20T14:00:00Z`.

    `day` is the date as stated, in the document's own zone. `zone` is the IANA name if the document gives one.
    """

    starts_at: str
    ends_at: str | None
    day: date
    zone: str | None = None


class StatedLink(NamedTuple):
    """The text of a field that holds links, such as `githubRepo`; the store finds the links in it.

    `role` is `own` or `other` where the field itself says whose the repository is; None leaves that to the text.
    """

    field: str
    text: str
    role: str | None = None


class StatedEdition(NamedTuple):
    """The edition a document states: the slug of the venue, as `icml`, and the year."""

    venue: str
    year: int


class PaperRecord(NamedTuple):
    """One document's mention of a paper.

    `authors` are the names in the order of the byline, each as printed. A text format gives `byline` and
    `authors = split_byline(byline)`; a format whose document lists authors one by one gives `authors` alone.
    `affiliations` is empty or has one entry per author, None where one is missing. `identifiers` are (scheme, value)
    pairs as `programme.loaders.text.identifiers` writes them. `raw_kind` is the kind of presentation as stated, `Oral`.

    `site_id` is the number or name that a site gives the paper within an edition. Other files of the site refer to it
    by that alone: such a reference has a `site_id` and an empty title, and what it states is the paper's once the file
    that has its title is loaded too.

    `has_more_authors` says that the byline ends with `and others`. `published_in` is the journal or proceedings as
    stated, `is_journal` says which of them it is, and `published_year` the year as stated.
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
    site_id: str | None = None
    has_more_authors: bool = False
    published_in: str | None = None
    published_year: int | None = None
    is_journal: bool = False


class SlotRecord(NamedTuple):
    """One scheduled place in a session.

    `kind` is of the closed vocabulary (`oral`, `poster`, `break`, …), `raw_kind` as printed. `position` counts from 1
    within the session. `paper` is None for a break, a Q&A or anything else that presents no paper.
    """

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
    """A session with its slots in printed order; the line range is that of its heading.

    `time` is set only where the document prints one for the session itself, besides those of its slots.
    `is_of_unknown` says that the document names a conference of which no edition is known, so its days tell none.
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
    is_of_unknown: bool = False


class ListingRecord(NamedTuple):
    """A list of papers for a day or a search; the line range is that of its heading.

    `listed_on` is set only if the document prints a whole date or the curator gave one; a page without a year sets
    `month` and `day`.
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


class EditionRecord(NamedTuple):
    """An edition of which a list states name, days and city; `venue_name` is the series as printed, without the year.

    `edition.venue` is its slug. `url` is the page of this edition.
    """

    edition: StatedEdition
    venue_name: str
    line_start: int
    line_end: int
    starts_on: date | None = None
    ends_on: date | None = None
    city: str | None = None
    url: str | None = None
    path: str | None = None


class CorrectionRecord(NamedTuple):
    """A curator's correction of one field of one subject; it outranks what documents state.

    `subject_type` is `paper`, `session`, `slot`, `entry` (of a listing) or `author`. `subject` says which one: a key,
    an identifier `scheme:value`, or an object such as title and edition, as JSON with sorted keys. `field` is the
    field corrected, or what is stated of the subject, such as `same_paper`; `value` is JSON. `reason` says why.
    """

    subject_type: str
    subject: str
    field: str
    value: str
    reason: str
    line_start: int
    line_end: int
    path: str


class Boilerplate(NamedTuple):
    """Lines that every page of a site carries and that state nothing, such as menus."""

    line_start: int
    line_end: int


class Problem(NamedTuple):
    """A line or field that no rule could use: its text as written, what is wrong, and what to do.

    In a structured document `path` names the element, and `is_lost` says that its whole record was not loaded.
    """

    line: int | None
    text: str
    problem: str
    path: str | None = None
    is_lost: bool = False


Record = SessionRecord | ListingRecord | PaperRecord | EditionRecord | CorrectionRecord | Boilerplate | Problem
"""Anything that `parse` may yield. A PaperRecord on its own is a mention outside any session or listing."""


class NameHints(NamedTuple):
    """What the name of a document's file says: a day, an edition, or both. It counts where nothing else says it."""

    name: str
    on: date | None = None
    edition: StatedEdition | None = None


class Hints(NamedTuple):
    """What the curator adds because the document does not say it: `--venue`, `--year`, `--date`, `--time-zone`.

    `named` is what the name of its file says, which ranks below everything else. `columns` are the roles of columns in
    a table with their names, sorted: `--column title="Paper name"`; None when the curator gives none.
    """

    venue: str | None = None
    year: int | None = None
    on: date | None = None
    time_zone: str | None = None
    named: NameHints | None = None
    columns: tuple[tuple[str, str], ...] | None = None


NO_HINTS = Hints()
"""The hints when the curator gives none."""
