"""Read pages of proceedings, on which each paper ends with a line of links."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers import PageLine, edition_of_url, first_of_each_scheme, page_lines
from programme.loaders.records import Boilerplate, PaperRecord, Record, StatedEdition, StatedLink
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.identifiers import identifiers_from_url
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

_DETAILS = lazy_pattern(r"(?P<byline>[^;]+);\s*(?P<book>Proceedings of [^;]+|[^;]*\bPMLR\b[^;]*)")
_BOOK_END = lazy_pattern(r",\s*(?:PMLR\b|(?:19|20)\d\d\b|pp\b).*")
_YEAR = lazy_pattern(r"\b(?:19|20)\d\d\b")
_IN_BIBTEX = lazy_pattern(r"\w+\s*=|[}\]]")
_CODE_LABELS = frozenset({"code", "software", "github"})


class Site(NamedTuple):
    """How the pages of one site look.

    `links` matches the line below each paper, `frame` lines above the papers and below, `heading` the one that names
    the edition, and `kept` are the labels of links that are those of the paper and not files of the site.
    """

    url: str
    links: re.Pattern[str]
    frame: re.Pattern[str]
    heading: re.Pattern[str]
    kept: frozenset[str]


CVF = Site(
    "https://openaccess.thecvf.com",
    lazy_pattern(r"\[ ?(?:pdf|supp|arxiv|video|dataset) ?\]", re.IGNORECASE),
    lazy_pattern(
        r"[A-Z]{3,6} ?20\d\d (?:open access|workshops?$)|.*Open Access versions?, provided by|.*\bIEEE Xplore\b"
        r"|Except for th(?:e|is) watermark|This material is presented to|.*\bterms and constraints\b"
        r"|(?:Search|Back|Home|Papers)$|Day \d:",
        re.IGNORECASE,
    ),
    lazy_pattern(r"(?:These )?(?P<name>[A-Z]{3,6} ?20\d\d (?:[Oo]pen [Aa]ccess|[Ww]orkshop|papers\b).*)"),
    _CODE_LABELS | {"pdf", "video", "dataset", "project"},
)

PMLR = Site(
    "https://proceedings.mlr.press",
    lazy_pattern(r"\[ ?(?:abs|Download PDF) ?\]", re.IGNORECASE),
    lazy_pattern(
        r"Proceedings of Machine Learning Research$|Volume \d+:|Editors?:|\[ ?(?:bib|edit|citeproc|RSS)\b"
        r"|This site last "
        r"|Copyright ©|(?:Git[Hh]ub Account|MLResearch(?:Press)?|Subscribe via RSS|Contact)$",
    ),
    lazy_pattern(r"Volume \d+:\s*(?P<name>.*)"),
    _CODE_LABELS,
)


def read_pages(document: Document, site: Site) -> Iterator[Record]:
    """Yield the papers of a page and what surrounds them; raises MalformedDocument when there is none."""
    lines = list(page_lines(document, site.url))
    heading = next((found for line in lines if (found := site.heading.match(line.text))), None)
    name = heading["name"] if heading else ""
    block: list[PageLine] = []
    count = 0
    for line in _without_bibtex(lines):
        if isinstance(line, Boilerplate):
            yield line
        elif site.frame.match(line.text):
            yield Boilerplate(line.number, line.number)
            block.clear()
        elif not site.links.match(line.text):
            block.append(line)
        elif block:
            yield Boilerplate(line.number, line.number)
            yield from _paper(block, line, name, site)
            block.clear()
            count += 1
    if not count:
        raise MalformedDocument(document.uri, None, "no paper with its line of links; save the whole page")


def _without_bibtex(lines: list[PageLine]) -> Iterator[PageLine | Boilerplate]:
    """Yield lines, and as boilerplate those of the BibTeX entries and of the buttons that show them."""
    depth = 0
    for line in lines:
        # An entry that is cut off does not hide the papers below it.
        if (depth > 0 and _IN_BIBTEX.match(line.text)) or line.text.startswith("@"):
            depth += line.text.count("{") - line.text.count("}")
        elif line.text not in ("bibtex", "[bibtex]", "[", "]", "Related Material"):
            depth = 0
            yield line
            continue
        yield Boilerplate(line.number, line.number)


def _paper(block: list[PageLine], links: PageLine, name: str, site: Site) -> Iterator[Record]:
    """Yield the paper of the lines above its links, and as boilerplate what labels its parts."""
    details = next((index for index, line in enumerate(block) if _DETAILS.match(line.text)), None)
    start = max((details or 0) - 1, 0) if details else 0
    label = next((index for index in range(start, len(block)) if block[index].text == "Abstract"), len(block))
    title, people, abstract = block[start], block[start + 1 : label], block[label + 1 :]
    book = _DETAILS.match(" ".join(line.text for line in people))
    byline = book["byline"].strip() if book else " ".join(line.text for line in people).strip(" ,")
    published = _BOOK_END.sub("", book["book"]).strip() if book else None
    year = _YEAR.search(name) or (_YEAR.search(book["book"]) if book else None)
    # What a record holds of these lines is not all that they print: pages, and the URLs of people.
    yield from (
        Boilerplate(line.number, line.number) for line in block[start:] if line.links or (book and line in people)
    )
    if label < len(block):
        yield Boilerplate(block[label].number, block[label].number)
    urls = [url for _, url in (*title.links, *links.links)]
    yield PaperRecord(
        title=title.text,
        line_start=title.number,
        line_end=block[-1].number,
        byline=byline or None,
        authors=split_byline(byline),
        abstract=" ".join(line.text for line in abstract) or None,
        identifiers=first_of_each_scheme(found for url in urls for found in identifiers_from_url(url)),
        links=tuple(_stated(label, url) for label, url in links.links if label.lower() in site.kept),
        edition=_edition(urls, name, published, int(year[0]) if year else None),
        published_in=published,
        published_year=int(year[0]) if year and published else None,
    )


def _stated(label: str, url: str) -> StatedLink:
    return StatedLink(label.lower(), url, "own" if label.lower() in _CODE_LABELS else None)


def _edition(urls: list[str], name: str, published: str | None, year: int | None) -> StatedEdition | None:
    """Return the edition that the links of a paper state, or the page; None for a workshop."""
    if found := next(filter(None, map(edition_of_url, urls)), None):
        return found
    if "workshop" in f"{name} {published}".lower() or any(re.search(r"/content/\w+20\d\dW/", url) for url in urls):
        return None
    return find_edition_named(name, year) or (find_edition_named(published, year) if published else None)
