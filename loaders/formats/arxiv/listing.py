"""A list of arXiv (arxiv.org/list/stat.ML/new, …/recent), as text or HTML.

Reads: each section (new submissions, cross-lists, replacements, or a day) as a listing on the day that the page prints;
its entries with title, authors, abstract, identifiers, and the comments that contain links.

Ignores: subjects, report numbers, journal references, and the menus.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import PageLine, first_of_each_scheme, page_lines
from programme.loaders.records import Boilerplate, Hints, ListingRecord, PaperRecord, Problem, Record, StatedLink
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.identifiers import arxiv, doi
from programme.loaders.text.lines import paragraphs
from programme.loaders.text.links import find_links
from programme.patterns import lazy_pattern

NAME = "arxiv-list"
DESCRIPTION = "A list of new or recent submissions to a category of arXiv, as text or HTML."
YIELDS = "a listing for each section or day, with its papers"
EXAMPLE = "arxiv_list.txt"
VERSION = 1
MOVING_WINDOW = True

ENTRY = lazy_pattern(r"\[\d+\]\s+arXiv:(?P<id>[\w./-]+)(?=\s|$)")
SECTION = lazy_pattern(
    r"(?P<title>(?:New|Cross|Replacement) submissions|Cross-lists|Replacements"
    r"|[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4})"
    r"\s*\((?:continued, )?showing\b.*"
)
DAY = lazy_pattern(r"(?:[A-Z][a-z]{2,8}, )?(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEW_LISTINGS = "Showing new listings for "
CATEGORY = lazy_pattern(r".*>\s*(?P<name>[a-z-]{2,12}(?:\.[A-Za-z-]{2,10})?)")
FIELD = lazy_pattern(
    r"(?P<name>Title|Authors?|Comments|Subjects|Journal-ref|Report-no|MSC-class|ACM-class|Related DOI|DOI):"
    r"\s*(?P<text>.*)"
)
LATER = {"Title": frozenset({"Author", "abstract"}), "Author": frozenset({"abstract"})}
"""What is below the title and the authors of an entry."""

FOOTER = lazy_pattern(r"Total of \d+ entries|Showing up to \d+ entries|\(showing \d+|About$|Help$|Links to:")


def sniff(document: Document) -> Sniff:
    """Look for an entry with its number and identifier, and its title below."""
    head = document.head
    if "arXiv:" not in head or "Title:" not in head or document.opener is not None:
        return Sniff(0.0, "no entry with 'arXiv:' and 'Title:'")
    if "Subjects:" in head and any(ENTRY.match(line.text) for line in page_lines(document, "")):
        return Sniff(0.95, "an entry with its number, 'arXiv:' and 'Subjects:'")
    return Sniff(0.2, "'arXiv:' and 'Title:', but no entry like '[1] arXiv:2103.00020' with 'Subjects:'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield a listing for each section that has papers; raises MalformedDocument when none has."""
    page = _Page(hints.on)
    for line in page_lines(document, "https://arxiv.org"):
        yield from page.add(line)
    yield from page.end_section(None)
    if not page.has_papers:
        raise MalformedDocument(document.uri, None, "no entry like '[1] arXiv:2103.00020' with a title below it")


class _Page:
    """The section and the entry that are being read."""

    def __init__(self, given: date | None) -> None:
        self.has_papers = False
        self._given = given
        self._day = given
        self._source = "arxiv.org"
        self._section: PageLine | None = None
        self._papers: list[PaperRecord] = []
        self._entry: list[PageLine] = []

    def add(self, line: PageLine) -> Iterator[Record]:
        """Take the next line; yield what it ends."""
        if ENTRY.match(line.text):
            yield from self._end_entry()
            self._entry = [line]
        elif SECTION.match(line.text):
            yield from self.end_section(line)
        elif FOOTER.match(line.text) or not self._entry:
            yield from self._end_entry()
            yield Boilerplate(line.number, line.number)
            self._note(line.text)
        else:
            self._entry.append(line)

    def _note(self, text: str) -> None:
        """Keep the day and the category that a line around the entries prints."""
        if text.startswith(NEW_LISTINGS):
            self._day = self._given or _day(text.removeprefix(NEW_LISTINGS))
        elif category := CATEGORY.fullmatch(text):
            self._source = f"arxiv.org/list/{category['name']}"

    def _end_entry(self) -> Iterator[Record]:
        for found in _entry(self._entry) if self._entry else ():
            if isinstance(found, PaperRecord):
                self._papers.append(found)
            else:
                yield found
        self._entry = []

    def end_section(self, following: PageLine | None) -> Iterator[Record]:
        """Yield the listing that ends here, and keep the heading of the next."""
        yield from self._end_entry()
        heading = self._section
        found = SECTION.match(heading.text) if heading else None
        if self._papers:
            title = found["title"] if found else "New submissions"
            listed_on = self._given or _day(title) or self._day
            start, end = (heading.number,) * 2 if heading else (self._papers[0].line_start,) * 2
            yield ListingRecord(title, self._source, start, end, listed_on=listed_on, entries=tuple(self._papers))
            self.has_papers = True
        elif heading:
            yield Boilerplate(heading.number, heading.number)
        self._papers = []
        self._section = following


def _day(text: str) -> date | None:
    """Return the day that begins a text.

    >>> _day("Friday, 5 December 2025"), _day("Fri, 5 Dec 2025"), _day("New submissions")
    (datetime.date(2025, 12, 5), datetime.date(2025, 12, 5), None)
    """
    found = DAY.match(text)
    try:
        month = MONTHS.index(found[2]) + 1 if found else 0
        return date(int(found[3]), month, int(found[1])) if found else None
    except ValueError:
        return None


def _entry(lines: list[PageLine]) -> Iterator[PaperRecord | Problem | Boilerplate]:
    """Yield the paper of an entry, or problems without a title; lines of which only a part is kept are boilerplate."""
    parts: dict[str, list[PageLine]] = {}
    name = ""
    for above, line in pairwise(lines):
        field = FIELD.match(line.text)
        if field:
            name = field["name"].rstrip("s")
        else:
            # Without labels are the authors, below the title, and the abstract, below an empty line.
            is_apart = line.number > above.number + 1
            name = "Author" if name == "Title" else "abstract" if is_apart and name != "Author" else name
        if name in LATER and (LATER[name] & parts.keys() or (field and name in parts)):
            yield Problem(line.number, line.text, "a line that is out of place in its entry")
            continue
        parts.setdefault(name, []).append(line._replace(text=field["text"]) if field else line)
        if field or line.links or name not in ("Author", "abstract"):
            yield Boilerplate(line.number, line.number)
    _unwrap_title(parts)
    values = {name: " ".join(line.text for line in found).strip() for name, found in parts.items()}
    start, end = lines[0].number, lines[-1].number
    if not values.get("Title"):
        yield Problem(start, lines[0].text, "an entry without a title; it is left out")
        return
    yield Boilerplate(start, start)
    number = ENTRY.match(lines[0].text)
    byline, comments = values.get("Author", ""), _comments(parts.get("Comment", []))
    abstract = parts.get("abstract")
    yield PaperRecord(
        title=values["Title"],
        line_start=start,
        line_end=end,
        byline=byline or None,
        authors=split_byline(byline),
        abstract=paragraphs([(line.number, line.text) for line in abstract]) if abstract else None,
        identifiers=first_of_each_scheme(
            [arxiv(number["id"]) if number else None, *doi(values.get("Related DOI", values.get("DOI", "")))]
        ),
        links=(StatedLink("comments", comments),) if find_links(comments) else (),
    )


def _comments(lines: list[PageLine]) -> str:
    """Return the comments with the addresses of their links, which the page shows as `this https URL`."""
    return " ".join([line.text for line in lines] + [url for line in lines for _, url in line.links]).strip()


def _unwrap_title(parts: dict[str, list[PageLine]]) -> None:
    """Move lines above the authors to the title, which may wrap; lines of names before the last end with commas."""
    authors = parts.get("Author", [])
    if "Title" not in parts or any(line.links for line in authors):
        return
    start = max(len(authors) - 1, 0)
    while start and authors[start - 1].text.endswith(","):
        start -= 1
    parts["Title"] += authors[:start]
    parts["Author"] = authors[start:]
