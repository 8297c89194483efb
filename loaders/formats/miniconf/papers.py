"""The papers of a Mini-Conf site: `papers.csv`, `papers.yml` or `papers.json`, and tables of tutorials in its shape.

ICLR 2020 wrote Mini-Conf; ACL, EMNLP, AAAI, COLT, CHIL and ISMIR used it with columns of their own.

Reads:

- A row as a paper: `title`, `authors` (separated by bars, or a list), `affiliations` or institutions in parentheses
  after names, `abstract`, `paper_type` or `track` as the kind, identifiers from `pdf_url`, `link`, `doi` and the like,
  links from `code_link`, `github`, `demo_url` and the like. Some sites fill `link` and `code_link` of every paper with
  the same URLs, so a URL that more than two papers share is ignored, and one that two share identifies neither.
- `sessions`, the names of a paper's sessions, without a time: each becomes a session with a slot for each of its
  papers. Their times are in `main_calendar.json`, under other titles; give both files `--venue` and `--year` to bring
  them into one edition.

Ignores: `UID`, which at ICLR is the OpenReview identifier but does not say so; keywords, e-mail addresses, and the
identifiers of videos, chats and pictures.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import column_name, csv_header, first_record, yaml_keys
from programme.loaders.records import Hints, Record

NAME = "miniconf-papers"
DESCRIPTION = "The table of papers of a Mini-Conf site (ICLR 2020, ACL 2020, EMNLP 2020), as CSV, YAML or JSON."
YIELDS = "papers, and the sessions they name with a slot for each paper"
EXAMPLE = "miniconf_papers.csv"
VERSION = 3


def sniff(document: Document) -> Sniff:
    """Look at the names of the columns."""
    names = {column_name(name) for name in first_record(document)} or set(csv_header(document)) | yaml_keys(document)
    if not {"title", "authors"} <= names:
        return Sniff(0.0, "no columns 'title' and 'authors'")
    if {"date1", "time1"} <= names:
        return Sniff(0.4, "columns of days and times, as in a schedule")
    if "uid" in names:
        return Sniff(0.9, "columns 'UID', 'title' and 'authors'")
    return Sniff(0.3, "columns 'title' and 'authors', but no 'UID'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield papers without a session, sessions with their papers, and a problem for each row or field not loaded."""
    from programme.loaders.formats.miniconf.parsing.papers import records

    return records(document)
