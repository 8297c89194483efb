"""The dump of Papers with Code that says which repository holds the code of which paper, as JSON.

`links-between-papers-and-code.json` is a list with a record for each paper and repository, read in pieces of bounded
size; a record to each line is read too.

- The paper: `paper_title`, and the identifiers in `paper_arxiv_id`, `paper_url_abs` and `paper_url_pdf`.
- Its code: `repo_url`, the paper's own where `is_official` is true and somebody else's where it is false.
- Each record is a mention of its paper: with three repositories it has three, so every link has a place of its own.
- Left alone: the page on Papers with Code (`paper_url`), `mentioned_in_paper`, `mentioned_in_github`, `framework`.
"""

from collections.abc import Iterator

import msgspec

from loaders.documents import Document
from loaders.formats import Sniff
from loaders.formats._dumps import stated_identifiers
from loaders.formats._fields import one_line, stated
from loaders.formats._json import Found, first_record, read_records
from loaders.records import Hints, PaperRecord, Problem, Record, StatedLink

NAME = "pwc-links"
DESCRIPTION = "The links between papers and code of Papers with Code (links-between-papers-and-code.json)."
YIELDS = "a paper with its repository for each link"
EXAMPLE = "pwc_links.json"

UNUSED = frozenset({"paper_url", "mentioned_in_paper", "mentioned_in_github", "framework"})


class _Link(msgspec.Struct):
    """A record of the dump."""

    paper_title: str | None = None
    paper_arxiv_id: str | None = None
    paper_url_abs: str | None = None
    paper_url_pdf: str | None = None
    repo_url: str | None = None
    is_official: bool | None = None


def sniff(document: Document) -> Sniff:
    """Look for the title of a paper and the address of a repository in the first record."""
    fields = first_record(document).keys()
    missing = sorted({"paper_title", "repo_url"} - fields)
    if not missing:
        return Sniff(1.0, "records with 'paper_title' and 'repo_url'")
    return Sniff(0.2 if len(missing) == 1 else 0.0, f"no {' and no '.join(map(repr, missing))} in the first record")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper with one link for each record, and a problem for each record without a title."""
    for found in read_records(document, _Link, unused=UNUSED):
        yield found if isinstance(found, Problem) else _paper(found)


def _paper(found: Found[_Link]) -> PaperRecord | Problem:
    link = found.value
    title, repository = one_line(link.paper_title), stated(link.repo_url)
    if not title:
        problem = f"{found.path}.paper_title: no title to find the paper by; the link is left out"
        return Problem(found.line_start, repository or "", problem, found.path, is_lost=True)
    role = None if link.is_official is None else "own" if link.is_official else "other"
    return PaperRecord(
        title,
        found.line_start,
        found.line_end,
        identifiers=stated_identifiers(link.paper_arxiv_id, link.paper_url_abs, link.paper_url_pdf),
        links=(StatedLink("repo_url", repository, role),) if repository else (),
        path=found.path,
    )
