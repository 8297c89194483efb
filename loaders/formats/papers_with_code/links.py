"""The dump of Papers with Code that says which repository holds the code of which paper, as JSON.

`links-between-papers-and-code.json` is a list with a record for each pair of paper and repository. It is read in pieces
of bounded size; a file with one record per line is read too.

Reads:

- The paper: `paper_title`, and the identifiers in `paper_arxiv_id`, `paper_url_abs` and `paper_url_pdf`.
- Its code: `repo_url`. It is the paper's own where `is_official` is true, and someone else's where it is false.
- Each record is a mention of its paper: a paper with three repositories has three, so that every link has its source
  lines.

Ignores: the page on Papers with Code (`paper_url`), `mentioned_in_paper`, `mentioned_in_github`, `framework`.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Record

NAME = "pwc-links"
DESCRIPTION = "The links between papers and code of Papers with Code (links-between-papers-and-code.json)."
YIELDS = "a paper with its repository for each link"
EXAMPLE = "pwc_links.json"
VERSION = 2
BY_RECORD = True


def sniff(document: Document) -> Sniff:
    """Look for the title of a paper and the URL of a repository in the first record."""
    fields = first_record(document).keys()
    missing = sorted({"paper_title", "repo_url"} - fields)
    if not missing:
        return Sniff(1.0, "records with 'paper_title' and 'repo_url'")
    return Sniff(0.2 if len(missing) == 1 else 0.0, f"no {' and no '.join(map(repr, missing))} in the first record")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper with one link for each record, and a problem for each record without a title."""
    from programme.loaders.formats.papers_with_code.parsing import linked_papers

    return linked_papers(document)
