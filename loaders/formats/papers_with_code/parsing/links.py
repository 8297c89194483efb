"""The records of the dump of links, as declared, and the papers they become."""

from collections.abc import Iterator

import msgspec

from programme.loaders.documents import Document
from programme.loaders.readers import Located, one_line, read_records, stated_identifiers, text_or_none
from programme.loaders.records import PaperRecord, Problem, Record, StatedLink

UNUSED = frozenset({"paper_url", "mentioned_in_paper", "mentioned_in_github", "framework"})


class Link(msgspec.Struct):
    """A record of the dump."""

    paper_title: str | None = None
    paper_arxiv_id: str | None = None
    paper_url_abs: str | None = None
    paper_url_pdf: str | None = None
    repo_url: str | None = None
    is_official: bool | None = None


def papers(document: Document) -> Iterator[Record]:
    """Yield a paper with one link for each record, and a problem for each record without a title."""
    for found in read_records(document, Link, unused=UNUSED):
        yield found if isinstance(found, Problem) else _paper(found)


def _paper(found: Located[Link]) -> PaperRecord | Problem:
    link = found.value
    title, repository = one_line(link.paper_title), text_or_none(link.repo_url)
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
