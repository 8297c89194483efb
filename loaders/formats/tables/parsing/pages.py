"""The tables in a page, HTML or Markdown, as rows; the headings above a table may say its day and session."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from programme.loaders.documents import Document
from programme.loaders.formats.tables.parsing.names import ROLES, plain_name
from programme.loaders.formats.tables.parsing.researchr import MARK, talks
from programme.loaders.readers import EXCERPT_CHARS, Located, one_line
from programme.loaders.records import Problem
from programme.loaders.text.times import parse_day
from programme.patterns import lazy_pattern

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_SPAN = 1_000
"""The most columns or rows that a cell spans."""

MAX_COLUMNS = 200
"""Further columns of a table are not read."""

MAX_HEADING_CHARS = 200

_SESSION = lazy_pattern(r"\bsessions?\b|^(?:oral|poster|spotlight|keynote|track|block)s?\b", re.IGNORECASE)
_LINKS = frozenset(name for role in ("code", "paper", "project") for name in ROLES[role])
_TITLES = frozenset(ROLES["title"])
_PEOPLE = frozenset(ROLES["authors"])
_KNOWN = frozenset(name for names in ROLES.values() for name in names)

_TITLE = lazy_pattern(r"<title[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_DIVIDER = lazy_pattern(r"\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?")
_BAR = lazy_pattern(r"(?<!\\)\|")
_LINK = lazy_pattern(r"!?\[([^\[\]]{0,500})\]\((https?://[^()\s]{1,1000}(?:\([^()\s]{0,100}\)[^()\s]{0,100})?)\)")
_MARKS = lazy_pattern(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\(?=[|*_\[\]])|<br\s*/?>", re.IGNORECASE)


class Cell(NamedTuple):
    """A cell: its lines, the links in it, how many rows it spans, and how many columns."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    is_header: bool = False
    rows: int = 1
    columns: int = 1


class Heading(NamedTuple):
    """A heading of the page, or what a row of a table says of the rows below it."""

    text: str
    line: int


class Rows(NamedTuple):
    """The rows of one table, each with its line in the document, from 1."""

    cells: list[tuple[int, list[Cell]]]


def has_tables(document: Document) -> bool:
    """Return whether a document is a page that may have tables with names of columns."""
    if document.opener is not None:
        return False
    if document.is_html:
        return re.search(r"<table\b", document.text, re.IGNORECASE) is not None
    return "|" in document.head and any(_DIVIDER.fullmatch(line.strip()) for line in document.head.splitlines())


def page_heading(document: Document) -> str:
    """Return what a page is called: its title and its first heading."""
    first = next((one.text for one in _blocks(document) if isinstance(one, Heading)), "")
    if not document.is_html:
        return first
    title = _TITLE.search(document.text)
    return " ".join(dict.fromkeys(filter(None, (one_line(title[1]) if title else "", first))))


def page_rows(document: Document) -> Iterator[Located[dict[str, Any]] | Problem]:
    """Yield the rows of each table that has names of columns, and a problem for each that has not."""
    if document.is_html and MARK in document.text:
        yield from _talks(document)
        return
    count = 0
    day = session = ""
    for block in _blocks(document):
        if isinstance(block, Heading):
            if parse_day(block.text):
                day, session = block.text, ""
            else:
                session = block.text if _SESSION.search(block.text) else ""
            continue
        names, rest = _named(block)
        if not names:
            text = " | ".join(cell.text for cell in block.cells[0][1])[:EXCERPT_CHARS]
            yield Problem(
                block.cells[0][0], text, "a table without names of columns that are known; it is not read", ""
            )
            continue
        for line, cells in _spanned(rest, len(names)):
            full = [cell for cell in cells if cell.text]
            if len(full) == 1 and full[0] is cells[0] and len(names) > 1 and full[0].columns > 1:
                day, session = (full[0].text, "") if parse_day(full[0].text) else (day, full[0].text)
            elif full and [cell.text for cell in cells] != list(names):
                yield Located(_row(names, cells, day, session), f"[{count}]", line, line)
                count += 1


def _talks(document: Document) -> Iterator[Located[dict[str, Any]]]:
    """Yield the talks of a programme at researchr."""
    from programme.loaders.text.html import parse_html

    root = parse_html(document.text).root
    lines = _LineOf(document.lines)
    for count, (title, row) in enumerate(talks(root) if root is not None else ()):
        line = lines.of(title)
        yield Located(row, f"[{count}]", line, line)


def _row(names: Sequence[str], cells: Sequence[Cell], day: str, session: str) -> dict[str, Any]:
    """Return a row with the addresses in it, and with the day and the session of the table where it has no column."""
    plain = set(map(plain_name, names))
    row: dict[str, Any] = {}
    if day and not plain.intersection(ROLES["date"]):
        row["Date"] = day
    if session and not plain.intersection(ROLES["session"]):
        row["Session"] = session
    addresses: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        text = "" if _has_labels_alone(cell) else cell.text
        for label, url in cell.links:
            if plain_name(label) in _LINKS:
                addresses.setdefault(label, url)
            elif plain_name(name) in _LINKS - _TITLES:
                text = url
            else:
                addresses.setdefault("url", url)
        if name and not row.get(name):
            row[name] = text if plain_name(name) in _PEOPLE else one_line(text)
    return row | {name: url for name, url in addresses.items() if not row.get(name)}


def _has_labels_alone(cell: Cell) -> bool:
    """Return whether a cell holds nothing but labelled links: `[pdf] [code]`."""
    rest = cell.text
    for label, _ in cell.links:
        rest = rest.replace(label, "", 1) if plain_name(label) in _LINKS else rest
    return bool(cell.links) and not any(map(str.isalnum, rest))


def _named(table: Rows) -> tuple[tuple[str, ...], list[tuple[int, list[Cell]]]]:
    """Return the names of the columns of a table and the rows below them; no names where the first row has none."""
    for at, (_, cells) in enumerate(table.cells[:3]):
        spanning = (one_line(cell.text) for cell in cells for _ in range(cell.columns))
        names = list(islice(spanning, MAX_COLUMNS))
        known = sum(plain_name(name) in _KNOWN for name in names)
        if len(cells) > 1 and (known > 1 or (known and all(cell.is_header for cell in cells))):
            return tuple(names), table.cells[at + 1 :]
    return (), []


def _spanned(rows: Iterable[tuple[int, list[Cell]]], width: int) -> Iterator[tuple[int, list[Cell]]]:
    """Yield rows of a width with the cells from above that go on in them, and empty cells where one spans columns."""
    going_on: dict[int, tuple[int, Cell]] = {}
    for line, cells in rows:
        full: list[Cell] = []
        waiting = deque(cells)
        while len(full) < width and (waiting or len(full) in going_on):
            if len(full) in going_on:
                left, cell = going_on.pop(len(full))
                if left > 1:
                    going_on[len(full)] = (left - 1, cell)
                full.append(cell)
                continue
            cell = waiting.popleft()
            if cell.rows > 1:
                going_on[len(full)] = (cell.rows - 1, cell)
            full += [cell, *[Cell("")] * (min(cell.columns, width - len(full)) - 1)]
        yield line, full


def _blocks(document: Document) -> Iterator[Heading | Rows]:
    return _html_blocks(document) if document.is_html else _markdown_blocks(document.lines)


def _markdown_blocks(lines: Sequence[str]) -> Iterator[Heading | Rows]:
    rows: list[tuple[int, list[Cell]]] = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if rows and not text.startswith("|"):
            yield Rows(rows)
            rows = []
        if text.startswith("#"):
            yield Heading(_MARKS.sub("", text.strip("# "))[:MAX_HEADING_CHARS], number)
        elif text.startswith("|") and not _DIVIDER.fullmatch(text):
            rows.append((number, [_markdown_cell(cell) for cell in _BAR.split(text[1:].removesuffix("|"))]))
    if rows:
        yield Rows(rows)


def _markdown_cell(text: str) -> Cell:
    links = tuple((_MARKS.sub("", link[1]).strip(), link[2]) for link in _LINK.finditer(text))
    return Cell(_MARKS.sub("", _LINK.sub(lambda link: link[1], text)).strip(), links)


def _html_blocks(document: Document) -> Iterator[Heading | Rows]:
    """Yield the headings and tables of a page; a table around others is only their frame."""
    from programme.loaders.text.html import parse_html, text_of

    root = parse_html(document.text).root
    lines = _LineOf(document.lines)
    for node in root.traverse() if root is not None else ():
        tag = node.tag or ""
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6", "caption") and (text := one_line(text_of(node, " "))):
            yield Heading(text[:MAX_HEADING_CHARS], lines.of(text))
        elif tag == "table" and node.css_first("table table") is None:
            rows = [[_html_cell(cell) for cell in row.css("th, td")] for row in node.css("tr")]
            found = [(lines.of(max((cell.text for cell in row), key=len)), row) for row in rows if row]
            if found:
                yield Rows(found)


class _LineOf:
    """Finds the lines that a reader sees of texts that come in the order of the page."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._at = 0

    def of(self, text: str) -> int:
        """Return the line with the beginning of a text, from 1; the last one found where there is none near."""
        begin = text.split("\n")[0][:40]
        for at in range(self._at, min(self._at + 200, len(self._lines))):
            if begin and begin in self._lines[at]:
                self._at = at
                break
        return self._at + 1


def _html_cell(node: "LexborNode") -> Cell:
    lines: list[list[str]] = [[]]
    for inner in node.traverse(include_text=True):
        if inner.tag == "-text":
            lines[-1].append(inner.text(deep=False) or "")
        elif inner.tag in ("br", "p", "li", "div"):
            lines.append([])
    links = tuple(
        (one_line(link.text()), url)
        for link in node.css("a")
        if (url := (link.attributes.get("href") or "").strip()).startswith(("http://", "https://"))
    )
    text = "\n".join(filter(None, (one_line("".join(line)) for line in lines)))
    return Cell(text, links, node.tag == "th", _span(node, "rowspan"), _span(node, "colspan"))


def _span(node: "LexborNode", name: str) -> int:
    stated = node.attributes.get(name) or ""
    return max(1, min(int(stated), MAX_SPAN)) if stated.isdecimal() and len(stated) < 6 else 1
