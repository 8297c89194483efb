"""The page of one paper on Hugging Face (huggingface.co/papers/2103.00020), as text or HTML.

Reads: title, authors, abstract, the identifier on arXiv, and from the links, where they were saved, the code and the
project page.

Ignores: who submitted it and when, upvotes, the summary that a model wrote, the discussion, and models and data sets
that cite the paper.
"""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import PageLine, page_lines
from programme.loaders.records import Boilerplate, Hints, PaperRecord, Record, StatedLink
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.identifiers import arxiv
from programme.patterns import lazy_pattern

NAME = "hugging-face-paper"
DESCRIPTION = "The page of one paper on Hugging Face, as text or HTML."
YIELDS = "one paper with its identifier, code and project page"
EXAMPLE = "hugging_face_paper.txt"
VERSION = 1

NUMBER = lazy_pattern(r"(?:Papers\s+)?arxiv:\s?(\d{4}\.\d{4,5})(?:v\d+)?")
PUBLISHED = lazy_pattern(r"Published on [A-Z][a-z]{2}")
AUTHORS = lazy_pattern(r"Authors:\s*(.*)")
ABSTRACT = "Abstract"
SUMMARY = "AI-generated summary"
ENDS = lazy_pattern(r"View arXiv page|View PDF|Project page|GitHub\b|Add to collection|Community$|Upvote$")
LINK_LABELS = {"github": ("githubRepo", "own"), "project page": ("projectPage", None)}


def sniff(document: Document) -> Sniff:
    """Look for the number on arXiv, the day of publication and the authors."""
    head = document.head
    is_text = "arxiv:" in head and "Authors:" in head and "Published on" in head
    is_page = document.is_html and "huggingface.co" in head
    if document.opener is not None or not (is_text or is_page):
        return Sniff(0.0, "no 'arxiv:', 'Published on' and 'Authors:'")
    texts = [line.text for line in page_lines(document, "")]
    if any(map(NUMBER.fullmatch, texts)) and any(map(PUBLISHED.match, texts)) and any(map(AUTHORS.match, texts)):
        return Sniff(0.9, "a number on arXiv, 'Published on' and 'Authors:'")
    return Sniff(0.1 if is_text else 0.0, "no line like 'arxiv:2103.00020' above 'Published on' and 'Authors:'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield the paper and what surrounds it; raises MalformedDocument for a page without its number and title."""
    lines = list(page_lines(document, "https://huggingface.co"))
    number = next((index for index, line in enumerate(lines) if NUMBER.fullmatch(line.text)), None)
    day = next((index for index, line in enumerate(lines) if PUBLISHED.match(line.text)), None)
    if number is None or day is None or day < number + 2:
        problem = "no title between 'arxiv:2103.00020' and 'Published on'; save the whole page"
        raise MalformedDocument(document.uri, None, problem)
    title = lines[number + 1 : day]
    people = _people(lines, day)
    abstract = _abstract(lines, lines.index(people[-1]) if people else day)
    byline = AUTHORS.sub(r"\1", " ".join(line.text for line in people), count=1)
    byline = re.sub(r"\s+,", ",", byline).strip(" ,")
    last = [*title, *people, *abstract][-1]
    # The words of these lines, and of no others, are all in the record.
    whole = {line.number for line in (*title, *people[1:], *abstract) if not line.links}
    yield from (Boilerplate(line.number, line.number) for line in lines if line.number not in whole)
    own = NUMBER.fullmatch(lines[number].text)
    identifier = arxiv(own[1]) if own else None
    yield PaperRecord(
        title=" ".join(line.text for line in title),
        line_start=lines[number].number,
        line_end=last.number,
        byline=byline or None,
        authors=split_byline(byline),
        abstract=" ".join(line.text for line in abstract) or None,
        identifiers=(identifier,) if identifier else (),
        links=tuple(_links(lines[day:])),
    )


def _people(lines: list[PageLine], start: int) -> list[PageLine]:
    """Return the line `Authors:` and the names below it."""
    begin = next((index for index in range(start, len(lines)) if AUTHORS.match(lines[index].text)), None)
    if begin is None:
        return []
    end = next((index for index in range(begin, len(lines)) if lines[index].text == ABSTRACT), begin + 1)
    return lines[begin:end]


def _abstract(lines: list[PageLine], start: int) -> list[PageLine]:
    """Return the lines of the abstract, which is below the summary of a model where there is one."""
    begin = next((index for index in range(start, len(lines)) if lines[index].text == ABSTRACT), None)
    if begin is None:
        return []
    end = next((index for index in range(begin, len(lines)) if ENDS.match(lines[index].text)), len(lines))
    text = lines[begin + 1 : end]
    summary = next((index for index, line in enumerate(text) if line.text == SUMMARY), None)
    return text if summary is None else text[summary + 1 :] or text[:summary]


def _links(lines: list[PageLine]) -> Iterator[StatedLink]:
    """Yield the links of the buttons for code and project page, above the discussion."""
    for line in lines:
        if line.text == "Community":
            return
        for text, url in line.links:
            for label, (field, role) in LINK_LABELS.items():
                if text.lower().startswith(label):
                    yield StatedLink(field, url, role)
