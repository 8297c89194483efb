"""A list in Markdown as listings, one for each of its sections, with their papers."""

from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.lists.parsing.definitions import definitions
from programme.loaders.formats.lists.parsing.entries import Entry, entries, paper
from programme.loaders.formats.lists.parsing.lines import ListLine, list_lines
from programme.loaders.formats.lists.parsing.tables import table_entries
from programme.loaders.records import ListingRecord, PaperRecord, Problem
from programme.loaders.text.identifiers import identifiers_from_url
from programme.loaders.text.venues import find_edition_named

MISSED = "no list of papers: titles, each with a link to the paper or with authors and code"
UNREAD = "this item has a link to a paper, but its title cannot be told for certain; write it in bold, or link it"
MAX_NAME_CHARS = 200


def papers_in(
    document: Document, max_lines: int | None = None
) -> Iterator[tuple[PaperRecord | None, Entry | ListLine]]:
    """Yield each entry with its paper, if it is one, and the other lines; of the first `max_lines` only."""
    lines = list(table_entries(list_lines(document.lines[:max_lines], definitions(document.lines))))
    title = next((line.text for line in lines if line.heading), "")
    edition = find_edition_named(title[:MAX_NAME_CHARS])
    for part in entries(lines):
        yield (paper(part, edition) if isinstance(part, Entry) else None), part


def records(document: Document) -> Iterator[ListingRecord | Problem]:
    """Yield a listing for each section with papers, and a problem for each item that links to a paper and is none.

    Raises MalformedDocument where no entry is a paper.

    Entries count by their paths, as in a structured document: what is between them is prose.
    """
    source = heading = ""
    place = (1, 1)
    papers: list[PaperRecord] = []
    problems: list[Problem] = []
    count = 0
    for found, part in papers_in(document):
        if found is not None:
            papers.append(found._replace(path=f"[{count}]"))
            count += 1
            continue
        line = part.lines[0] if isinstance(part, Entry) else part
        if line.heading:
            if papers:
                yield _listing(source, heading, place, papers)
                papers = []
            source = source or line.text[:MAX_NAME_CHARS]
            heading, place = line.text[:MAX_NAME_CHARS], (line.number, line.number)
        elif line.is_item and any(identifiers_from_url(link.url) for link in line.links):
            problems.append(Problem(line.number, line.text, UNREAD))
    if papers:
        yield _listing(source, heading, place, papers)
    if not count:
        raise MalformedDocument(document.uri, None, MISSED)
    yield from problems


def _listing(source: str, heading: str, place: tuple[int, int], papers: list[PaperRecord]) -> ListingRecord:
    return ListingRecord(heading or "Papers", source or "Papers", *place, entries=tuple(papers), path="")
