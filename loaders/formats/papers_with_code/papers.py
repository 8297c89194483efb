"""The dump of Papers with Code that holds its papers with their abstracts, as JSON.

`papers-with-abstracts.json` is a list of records. It is read in pieces of bounded size; a file with one record per line
is read too.

Reads:

- `title`, `authors`, `abstract`, and the identifiers in `arxiv_id`, `openreview_id` and the URLs `url_abs`, `url_pdf`,
  `conference_url_abs` and `conference_url_pdf`.
- The edition that `proceeding` names: `ICML 2020 1` is ICML 2020, while `EMNLP (BlackboxNLP) 2021 11` is a workshop and
  so belongs to no edition. Where `proceeding` is empty, a URL may state the edition.

Ignores: the page on Papers with Code (`paper_url`), `short_abstract`, `tasks`, `methods`, `date` (the day of the
preprint), `nips_id`, `conference`, `reproduces_paper`.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Record

NAME = "pwc-papers"
DESCRIPTION = "The papers of Papers with Code with their abstracts (papers-with-abstracts.json)."
YIELDS = "papers with authors, abstract, identifiers and edition"
EXAMPLE = "pwc_papers.json"
VERSION = 1
BY_RECORD = True


def sniff(document: Document) -> Sniff:
    """Look for the URL of a page of Papers with Code, a title and an abstract in the first record."""
    fields = first_record(document).keys()
    missing = sorted({"paper_url", "title", "abstract", "url_abs"} - fields)
    if not missing:
        return Sniff(1.0, "records with 'paper_url', 'title', 'abstract' and 'url_abs'")
    if {"title", "proceeding", "tasks"} <= fields:
        return Sniff(0.6, f"records with 'title', 'proceeding' and 'tasks', but no {missing[0]!r}")
    return Sniff(0.2 if "paper_url" in fields else 0.0, f"no {' and no '.join(map(repr, missing))} in the first record")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each paper, and a problem for each record without a title."""
    from programme.loaders.formats.papers_with_code.parsing import papers

    return papers(document)
