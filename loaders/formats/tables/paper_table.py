"""Tables of papers that people keep and sites export, with any names of columns: CSV, TSV, JSON, YAML, HTML.

Reads, by the names of columns if what is in them fits, and else by what is in them:

- A row as a paper: its title; authors with every separator, in CMT's form `A (X)*; B (Y)` with institutions (also
  `A [X]`, `A - X` and `A, University of X`), or a list; affiliations; abstract; addresses and identifiers (pdf, url,
  forum, arXiv, DOI), unless several papers have the same; code, which is a paper's own unless more than two papers
  share it, and project page; venue and year; decision. Authors who cannot be told are a problem.
- Papers nested in their sessions, lists of rows under keys, and links and institutions in objects; programmes in
  levels, such as days with rooms or sessions with talks (pretalx and frab, Indico, sched, Whova, researchr);
  articles in JSON-LD.
- In a table with sessions or times, a row as a slot of a session: date, start and end, duration or time, zone, room,
  poster number, award, track, chairs. A zone in the name of a column counts: `Start (UTC)`, `start_time_utc`. Rows
  without a session are in one for their track, or else for their kind and day. A break, a meal, or a row without
  authors where others have them is a slot without a paper.
- `loader check` says which column was taken for what; columns that are neither read nor known are a problem.
  `--column title="Paper name"` says it of a column whose name or content does not.

- The tables in a page, as HTML or Markdown: headings and rows across a table may say the day and the session, and the
  title of the page the edition. What stands outside of tables is not read; a table without known names of columns is a
  problem.
- Exports of Zotero, EndNote, Scopus, Web of Science, Google Scholar, Publish or Perish, dblp, OpenReview, CMT and
  EasyChair: also whose each affiliation is, the journal or proceedings and the year as stated, and repositories and
  identifiers in notes. Of Zotero, the items that are papers, in no schedule whatever its columns are called.

Ignores: keywords, contact data, reviews and scores, stars, citations, pages, publishers, pictures and videos. A table
without a title is refused, and so is one of deadlines, books, songs or posts.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.tables.parsing.names import LISTS_OF_PAPERS, ROLES, plain_name
from programme.loaders.readers import Located, first_rows, first_value, header_cells, is_json, is_yaml
from programme.loaders.records import Hints, Record
from programme.patterns import lazy_pattern

if TYPE_CHECKING:
    from programme.loaders.formats.tables.parsing.columns import Columns

NAME = "paper-table"
DESCRIPTION = "A table of papers, with or without a schedule: CSV, TSV, JSON, YAML, HTML or Markdown."
YIELDS = "papers, or sessions with their slots and papers"
EXAMPLE = "paper_table.csv"
VERSION = 4

COLUMNS = tuple(ROLES)
"""What a column may hold, for `--column ROLE=NAME`."""

MAX_NAME_CHARS = 60
"""A header with a longer name is prose with commas."""

SAMPLES = 20
"""Rows that are looked at to recognise a table."""

CONFIDENCE = 0.55
TIMED_CONFIDENCE = 0.75
"""More than that of the calendar of a Mini-Conf site, which has titles and times too, but no authors in CSV."""

_ROW = lazy_pattern(r"^ {0,3}\|.*\|[ \t]*\r?\n[ \t]*\|?[ \t]*:?-{2,}", re.MULTILINE)
_ITEM = lazy_pattern(r"^( {0,40})- +([A-Za-z][\w -]{0,40}):[ \t]*(.*)$", re.MULTILINE)
_FIELD = lazy_pattern(r"^ +([A-Za-z][\w -]{0,40}):[ \t]*(.*)$", re.MULTILINE)


def sniff(document: Document) -> Sniff:
    """Look at the names of the columns, and at the first rows."""
    names, samples = _first_rows(document)
    if len(names) < 2:
        return Sniff(0.0, "no table with names of columns")
    from programme.loaders.formats.tables.parsing.columns import assign, foreign, is_of_papers
    from programme.loaders.formats.tables.parsing.records import without_title

    columns = assign(names, samples)
    title = columns.first("title")
    if title is None:
        return Sniff(0.1, without_title(names))
    if other := foreign(names):
        return Sniff(0.2, f"a table with the column {other}, which lists something other than papers")
    if not is_of_papers(columns, samples):
        return Sniff(0.2, f"a table with {title!r} as the title, but no authors, abstract, address or code of a paper")
    telling = [held for role in ("authors", "abstract", "paper", "code", "venue") if (held := columns.first(role))]
    confidence = TIMED_CONFIDENCE if _is_schedule(document, columns, names) else CONFIDENCE
    return Sniff(confidence, f"a table with the columns {', '.join((title, *telling[:2]))}")


def _is_schedule(document: Document, columns: "Columns", names: list[str]) -> bool:
    """Return whether a table is a schedule with the authors of papers, and no calendar of a Mini-Conf site.

    Such calendars have entries with speakers in JSON and YAML too, but no column for the session that each is in.
    """
    authors, session = columns.first("authors"), columns.first("session")
    if _is_page(document):
        return columns.is_schedule
    plain = set(map(plain_name, names))
    from programme.loaders.formats.tables.parsing.levels import is_in_levels

    if not columns.is_schedule or not authors or "uid" in plain:
        return False
    if not (is_json(document) or is_yaml(document)):
        return True
    # The key of a list may be a session of its rows too, but such lists are those of the workshops of a site.
    is_stated = is_yaml(document) or session in (first_value(document) or ())
    if is_in_levels(first_value(document)):
        return columns.is_schedule
    has_session = session is not None and plain_name(session) != "sessions" and is_stated
    return (has_session or plain_name(authors).startswith("author")) and not plain & {"papers", "posters", "organizers"}


def parse(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield papers, then sessions with their slots; a problem for each row not loaded, and for columns not read."""
    from programme.loaders.formats.tables.parsing.records import records

    return records(document, hints)


def described(document: Document, hints: Hints) -> str:
    """Return which column was taken for what, for `loader check`. Raises MalformedDocument."""
    from programme.loaders.formats.tables.parsing.records import read_columns

    return read_columns(document, hints.columns)[0].described()


def _first_rows(document: Document) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the names of the columns and the first rows, in any notation."""
    if is_json(document):
        from programme.loaders.formats.tables.parsing.nested import flat, nested_rows

        found = (one.value for one in nested_rows(first_value(document), ""))
        rows = [flat(row) for row in islice(found, SAMPLES) if isinstance(row, dict)]
        return list(dict.fromkeys(str(name) for row in rows for name in row)), rows
    if _is_page(document):
        from programme.loaders.formats.tables.parsing.pages import has_tables, page_rows

        found_rows = (
            (one.value for one in page_rows(document) if isinstance(one, Located)) if has_tables(document) else ()
        )
        rows = list(islice(found_rows, SAMPLES))
        return list(dict.fromkeys(str(name) for row in rows for name in row)), rows
    if is_yaml(document):
        return _yaml_rows(document.head)
    names = header_cells(document)
    if not names or any(len(name) > MAX_NAME_CHARS for name in names):
        return [], []
    rows = [dict(zip(names, cells, strict=False)) for cells in first_rows(document, SAMPLES)]
    if any(plain_name(name) == "sessiontitle" for name in names):
        from programme.loaders.formats.tables.parsing.agendas import TITLE, agenda, with_titles

        if columns := agenda(names):
            return [*names, TITLE], [with_titles(row, columns) for row in rows]
    return list(names), rows


def _is_page(document: Document) -> bool:
    """Return whether a document may be a page with tables, HTML or Markdown."""
    return document.is_html or _ROW.search(document.head) is not None


def _yaml_rows(head: str) -> tuple[list[str], list[dict[str, Any]]]:
    r"""Return the keys and values of the first items of a YAML list, near enough to recognise it by.

    >>> _yaml_rows("- name: Oral 1\n  room: Hall\n  papers:\n  - title: Moss\n    authors: Ada Quill\n")
    (['session', 'title', 'authors'], [{'session': 'Oral 1', 'title': 'Moss', 'authors': 'Ada Quill'}])
    """
    found = list(_ITEM.finditer(head))
    items = [item for item in found if item[1] == found[0][1]][: SAMPLES + 1]
    rows: list[dict[str, Any]] = []
    for item, following in zip(items[:SAMPLES], [*items[1:], None], strict=False):
        end = following.start() if following else len(head)
        row = _fields(head, item, end)
        papers = list(_nested_papers(head, [one for one in found if item.end() <= one.start() < end], end))
        is_session = any(plain_name(name) in LISTS_OF_PAPERS and not value for name, value in row.items())
        rows += [{"session": item[3], **paper} for paper in papers] if is_session and papers else [row]
    return list(dict.fromkeys(name for row in rows for name in row)), rows


def _nested_papers(head: str, items: list[re.Match[str]], end: int) -> Iterator[dict[str, Any]]:
    """Yield those of the items inside another that have titles, such as the papers of a session."""
    outer = [item for item in items if item[1] == items[0][1]]
    for item, following in zip(outer, [*outer[1:], None], strict=False):
        row = _fields(head, item, following.start() if following else end)
        if any(plain_name(name) in ROLES["title"] for name in row):
            yield row


def _fields(head: str, item: re.Match[str], end: int) -> dict[str, Any]:
    fields = _FIELD.findall(head, item.end(), end)
    return {name: value.strip("'\" \r") for name, value in ((item[2], item[3]), *fields)}
