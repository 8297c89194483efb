"""The papers of a Mini-Conf site: `papers.csv`, `papers.yml` or `papers.json`, and tables of tutorials in its shape.

ICLR 2020 made Mini-Conf; ACL, EMNLP, AAAI, COLT, CHIL and ISMIR took it over with columns of their own.

- A row is a paper: `title`, `authors` (between bars, or a list), `affiliations` or institutions in brackets behind
  names, `abstract`, `paper_type` or `track` as the kind stated, identifiers from `pdf_url`, `link`, `doi` and the like,
  links from `code_link`, `github`, `demo_url` and the like. The site's program fills `link` and `code_link` of every
  paper with the same addresses, so what several papers share is neither an identifier nor a link of one.
- `sessions` names the sessions of a paper, without a time: each is a session with a slot for each of its papers. When
  they are stands in `main_calendar.json`, under other titles; documents are read one by one, so `--venue` and `--year`
  are what brings both under one edition.
- `UID` names no scheme, so it is no identifier, though at ICLR it is that of OpenReview.

Left alone: keywords, e-mail addresses, and the numbers of videos, chats and pictures.
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


def sniff(document: Document) -> Sniff:
    """Look at the names of the columns."""
    names = {column_name(name) for name in first_record(document)} or set(csv_header(document)) | yaml_keys(document)
    if not {"title", "authors"} <= names:
        return Sniff(0.0, "no columns 'title' and 'authors'")
    if "uid" in names:
        return Sniff(0.9, "columns 'UID', 'title' and 'authors'")
    return Sniff(0.3, "columns 'title' and 'authors', but no 'UID'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield papers without a session, the sessions with their papers, and a problem for each row or field left out."""
    from programme.loaders.formats.miniconf.parsing.papers import records

    return records(document)
