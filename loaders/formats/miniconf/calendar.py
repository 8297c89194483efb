"""The programme of a Mini-Conf site besides its papers: the calendar, speakers, workshops, socials and poster sessions.

Reads:

- `main_calendar.json`, or `overall_calendar` as YAML: `title`, `start`, `end`, and the kind in `type` or `calendarId`,
  or else in the title. Each entry is a session with one slot; entries with the same title and start are one session.
- `speakers.csv`: talks with `speaker`, `institution` and `abstract`, without a time.
- `workshops.yml`, `socials.yml`, `tutorials.yml`, `plenary_sessions.yml`: `name` or `title`, `organizers` as the
  moderators, `description` or `abstract`, and a slot for each of `sessions` with `start_time` and `end_time`.
- `poster_schedule.yml`, `…_paper_sessions.yml`: sessions whose papers are given by number alone, or by title. A slot
  has the paper of its number once the table of papers, which has the titles, is loaded too, before or after.
- The parts of an entry in `sessions` as slots, those with names of their own (`Coffee break`, `Invited talk: …`) with
  kinds of their own; `prerecorded_talks` as papers in slots without a time; `hosts` as moderators. Whoever is named
  beside a business meeting, an award or a panel moderates it.
- Times in every spelling of these sites, `2020-07-06_5:00:00`, `2021-2-8 08:00:00-08:00`, `06-21-2021T11:45:00-04:00`,
  `Tue, 19 Mar 2024 12:00:00 GMT`, columns of day and time. Those without a zone are in UTC, or in `--time-zone`.
- `config.yml`, `committee.yml` and `faq.yml` state nothing about the programme and are read as boilerplate.
- The edition, from links to the virtual site of a venue; without them it is inferred from the days.

Ignores: biographies, pictures, chats, videos, and the numbers of sessions in `session`.
"""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import by_key, column_name, csv_header, first_record, yaml_keys
from programme.loaders.records import Boilerplate, Hints, Record
from programme.patterns import lazy_pattern

NAME = "miniconf-calendar"
DESCRIPTION = "The calendar, speakers, workshops or poster sessions of a Mini-Conf site, as JSON, CSV or YAML."
YIELDS = "sessions with their slots"
EXAMPLE = "miniconf_calendar.json"
VERSION = 3

SETTINGS = frozenset(
    """
    tagline organization analytics citation_date proceedings_title background_image page_title chat_server
    default_poster_pdf default_presentation_id use_auth0 auth0_domain site_title
    """.split()  # noqa: SIM905
)
"""Keys of `config.yml`; a file with three of them is one, or with a name and nothing but these."""

WITHOUT_PROGRAMME = (frozenset({"committee", "role", "name"}), frozenset({"faq", "section", "question", "answer"}))
"""Keys of files that state nothing about the programme."""

SHAPES = (
    frozenset({"title", "start", "end"}),
    frozenset({"title", "speaker"}),
    frozenset({"title", "presenter"}),
    frozenset({"title", "start_time", "end_time"}),
    frozenset({"name", "start_time", "end_time"}),
    frozenset({"title", "organizers"}),
    frozenset({"name", "organizers"}),
    frozenset({"name", "posters"}),
    frozenset({"date", "papers"}),
    frozenset({"title", "papers", "code"}),
    frozenset({"title", "start_at", "end_at"}),
    frozenset({"title", "starttime", "endtime"}),
)
"""Fields by which a file of this format is recognised."""

DEADLINES = frozenset({"deadline", "abstract_deadline", "deadlines", "hindex"})
"""Fields of lists of deadlines, whose entries are conferences and no sessions."""

_TIMED_START = lazy_pattern(r"\bstart(?:_?time|_at)?\b['\"]?\s*[:,].{0,40}?\d:\d\d", re.IGNORECASE)
_WITH_START = frozenset({"start", "start_time"})


def sniff(document: Document) -> Sniff:
    """Look at the names of fields or columns."""
    first = first_record(document)
    names = {column_name(name) for name in next(iter(by_key(first).values()), first)}
    keys = yaml_keys(document)
    if _is_boilerplate(keys):
        return Sniff(0.8, "settings, committee or questions of a Mini-Conf site")
    names = names or set(csv_header(document)) | keys
    shape = next((shape for shape in SHAPES if shape <= names), None)
    if names & DEADLINES:
        return Sniff(0.0, "a list of deadlines, whose entries are conferences and no sessions")
    if shape and shape & _WITH_START and not _TIMED_START.search(document.head) and not csv_header(document):
        return Sniff(0.1, "'start' without a time of day")
    if shape is None:
        return Sniff(0.0, "no fields 'title', 'start' and 'end', and no 'speaker' or 'organizers'")
    # Of a virtual site's export, or a table of papers.
    is_other = "eventtype" in names or ({"uid", "title", "authors"} <= names and "organizers" not in names)
    return Sniff(0.2 if is_other else 0.7, f"fields {', '.join(sorted(shape))}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield each session once, and a problem for each entry, time and number that is not loaded."""
    if _is_boilerplate(yaml_keys(document)):
        yield Boilerplate(1, len(document.lines))
        return
    from programme.loaders.formats.miniconf.parsing.calendar import records

    yield from records(document, hints)


def _is_boilerplate(keys: frozenset[str]) -> bool:
    are_settings = len(SETTINGS & keys) > 2 or (len(keys) > 1 and "name" in keys and keys <= SETTINGS | {"name"})
    return are_settings or any(shape <= keys for shape in WITHOUT_PROGRAMME)
