"""The dump of Papers with Code that holds its papers with their abstracts, as JSON.

`papers-with-abstracts.json` is a list of records, read in pieces of bounded size; a record to each line is read too.

- Read: `title`, `authors`, `abstract`, and the identifiers in `arxiv_id`, `openreview_id`, and the addresses `url_abs`,
  `url_pdf`, `conference_url_abs` and `conference_url_pdf`.
- The edition is what `proceeding` names: `ICML 2020 1` is ICML 2020, while `EMNLP (BlackboxNLP) 2021 11` is a workshop
  and no edition. Where `proceeding` is empty, an address may state it.
- Left alone: the page on Papers with Code (`paper_url`), `short_abstract`, `tasks`, `methods`, `date` (the day of the
  preprint), `nips_id`, `conference`, `reproduces_paper`.
"""

from collections.abc import Iterator

import msgspec

from loaders.documents import Document
from loaders.formats import Sniff
from loaders.formats._dumps import first_of_each_scheme, stated_identifiers, unwrapped
from loaders.formats._fields import known_names, one_line
from loaders.formats._json import Found, first_record, read_records
from loaders.formats._stated_editions import edition_of_address
from loaders.records import Hints, PaperRecord, Problem, Record, StatedEdition
from loaders.text.identifiers import openreview
from loaders.text.venues import find_edition_named

NAME = "pwc-papers"
DESCRIPTION = "The papers of Papers with Code with their abstracts (papers-with-abstracts.json)."
YIELDS = "papers with authors, abstract, identifiers and edition"
EXAMPLE = "pwc_papers.json"

UNUSED = frozenset(
    {
        "paper_url",
        "short_abstract",
        "tasks",
        "methods",
        "date",
        "nips_id",
        "conference",
        "reproduces_paper",
    }
)


class _Paper(msgspec.Struct):
    """A record of the dump."""

    title: str | None = None
    authors: list[str | None] | None = None
    abstract: str | None = None
    arxiv_id: str | None = None
    openreview_id: str | None = None
    url_abs: str | None = None
    url_pdf: str | None = None
    conference_url_abs: str | None = None
    conference_url_pdf: str | None = None
    proceeding: str | None = None


def sniff(document: Document) -> Sniff:
    """Look for the address of a page of Papers with Code, a title and an abstract in the first record."""
    fields = first_record(document).keys()
    missing = sorted({"paper_url", "title", "abstract", "url_abs"} - fields)
    if not missing:
        return Sniff(1.0, "records with 'paper_url', 'title', 'abstract' and 'url_abs'")
    if {"title", "proceeding", "tasks"} <= fields:
        return Sniff(0.6, f"records with 'title', 'proceeding' and 'tasks', but no {missing[0]!r}")
    return Sniff(0.2 if "paper_url" in fields else 0.0, f"no {' and no '.join(map(repr, missing))} in the first record")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each paper, and a problem for each record without a title."""
    for found in read_records(document, _Paper, unused=UNUSED):
        yield found if isinstance(found, Problem) else _paper(found)


def _paper(found: Found[_Paper]) -> PaperRecord | Problem:
    paper = found.value
    title = one_line(paper.title)
    if not title:
        problem = f"{found.path}.title: no title; the paper is left out"
        return Problem(found.line_start, paper.url_abs or "", problem, found.path, is_lost=True)
    return PaperRecord(
        title,
        found.line_start,
        found.line_end,
        authors=known_names([name for name in paper.authors or () if name]),
        abstract=unwrapped(paper.abstract),
        identifiers=_identifiers(paper),
        edition=_edition(paper),
        path=found.path,
    )


def _identifiers(paper: _Paper) -> tuple[tuple[str, str], ...]:
    forum = openreview(f"https://openreview.net/forum?id={paper.openreview_id}") if paper.openreview_id else None
    addresses = (paper.url_abs, paper.url_pdf, paper.conference_url_abs, paper.conference_url_pdf)
    return first_of_each_scheme(([forum] if forum else []) + [*stated_identifiers(paper.arxiv_id, *addresses)])


def _edition(paper: _Paper) -> StatedEdition | None:
    """The edition of the proceedings; a name in parentheses behind the venue's is that of a workshop there."""
    if paper.proceeding and paper.proceeding.strip():
        return None if "(" in paper.proceeding else find_edition_named(paper.proceeding)
    addresses = (paper.conference_url_abs, paper.conference_url_pdf, paper.url_abs, paper.url_pdf)
    editions = (edition_of_address(address) for address in addresses if address)
    return next((edition for edition in editions if edition), None)
