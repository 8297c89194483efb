"""Tables of papers that people keep and sites export: CSV, TSV, JSON, JSON Lines or YAML, with any names of columns.

Reads, by the names of columns and else by what is in them:

- A row as a paper: its title; authors with every separator, in CMT's form `A (X)*; B (Y)` with institutions, or a list;
  abstract; addresses and identifiers (pdf, url, forum, arXiv, DOI); code and project page; venue and year; decision.
- A row with a session, a day or a time as a slot of a session: date, start and end or time, zone, room, poster number.
  Rows without a session are in one for their kind and start. A break or a meal is a slot without a paper.
- `loader check` says which column was taken for what; columns that are neither read nor known are a problem.

Ignores: keywords, contact data, reviews and scores, stars, pictures and videos. A table without a title is refused.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_value, header_cells, is_json, is_yaml, yaml_keys
from programme.loaders.records import Hints, Record

NAME = "paper-table"
DESCRIPTION = "A table of papers, with or without a schedule: CSV, TSV, JSON, JSON Lines or YAML."
YIELDS = "papers, or sessions with their slots and papers"
EXAMPLE = "paper_table.csv"
VERSION = 1

MAX_NAME_CHARS = 60
"""A header with a longer name is prose with commas."""


def sniff(document: Document) -> Sniff:
    """Look at the names of the columns."""
    names = _names(document)
    if len(names) < 2:
        return Sniff(0.0, "no table with names of columns")
    from programme.loaders.formats.tables.parsing.columns import TELLING, columns_by_name
    from programme.loaders.formats.tables.parsing.records import without_title

    columns = columns_by_name(names)
    title = columns.first("title")
    if title is None:
        return Sniff(0.1, without_title(names))
    telling = [name for role in sorted(TELLING) if (name := columns.first(role))]
    if not telling:
        return Sniff(0.2, f"a table with {title!r} as the title, but no authors, abstract, address or code of a paper")
    return Sniff(0.55, f"a table with the columns {', '.join((title, *telling[:2]))}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield papers, then sessions with their slots; a note on the columns, and a problem for each row not loaded."""
    from programme.loaders.formats.tables.parsing.records import records

    return records(document, hints)


def described(document: Document) -> str:
    """Return which column was taken for what, for `loader check`. Raises MalformedDocument."""
    from programme.loaders.formats.tables.parsing.records import described, read_columns

    return described(read_columns(document)[0])


def _names(document: Document) -> tuple[str, ...]:
    """Return the names of the columns, in any notation."""
    if is_json(document):
        value = first_value(document)
        if isinstance(value, dict) and value and all(isinstance(inner, dict) for inner in value.values()):
            value = next(iter(value.values()))
        return tuple(value) if isinstance(value, dict) else ()
    if is_yaml(document):
        return tuple(sorted(yaml_keys(document)))
    names = header_cells(document)
    return names if all(len(name) <= MAX_NAME_CHARS for name in names) else ()
