"""Lines of documents: decompressed when a page shows them, numbered as the loaders count them, and limited in size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import zstandard

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers.json_stream import JsonValues
from programme.patterns import lazy_pattern
from programme.site.parts.site import Row, Site
from programme.site.parts.sql import sql_of

MAX_LINES = 30
"""Number of lines shown of one place, unless a page asks for more; the rest are counted."""

MAX_PARTS = 3
"""Number of parts of a large document that one page decompresses; a part has some megabytes."""

CHARS_PER_LINE = 200
"""Number of characters shown, for each line allowed."""

LONG_LINE = 1_500
"""A longer line of JSON is shown as the one record that the path names, indented."""

GIANT_LINE = 20_000
"""A longer line is not shown at all: its beginning says nothing about the rest."""

MAX_INDENTED = 5_000_000
"""Number of characters of JSON that are indented to compare two documents."""

WAIT_SECONDS = 0.4
"""How long a page waits while the lines of a document in parts are counted, which happens once per process."""

_DOCUMENT = sql_of("excerpts/document")
_PART = "SELECT content FROM document_parts WHERE document_id = :id AND position = :position"
_FIRST_PART = "SELECT content FROM documents WHERE id = :id"
_RECORD = lazy_pattern(r"(?P<list>\w*)\[(?P<index>[0-9]{1,9})\]")
_BREAKS: dict[str, asyncio.Task[list[int]]] = {}
"""The counts of line breaks in the parts of documents, running or done, by SHA-256."""


class Span(NamedTuple):
    """Lines of a document, both ends included, and the path of the record they hold."""

    document_id: int
    line_start: int
    line_end: int
    path: str | None = None
    needles: tuple[str, ...] = ()
    """Where there are more lines than are shown, those that contain one of these are chosen."""
    most: int = MAX_LINES
    """Number of lines to show."""


def decompress(content: bytes) -> bytes:
    """Return the bytes of a stored document, or of a part of one."""
    return zstandard.ZstdDecompressor().decompressobj().decompress(content)


async def excerpts(site: Site, spans: Iterable[Span]) -> dict[Span, Row]:
    """Return the excerpt for each span: `lines`, pairs of number and text, `more`, how many are left out, and `remark`.

    The remark says why there are no lines, or how they differ from those of the document; it is None otherwise.
    """
    wanted: dict[int, list[Span]] = {}
    for span in spans:
        wanted.setdefault(span.document_id, []).append(span)
    found: dict[Span, Row] = {}
    for document_id, of_document in wanted.items():
        document = await site.one(_DOCUMENT, id=document_id)
        if document["parts"]:
            found |= {span: await _of_parts(site, document, span) for span in of_document}
        else:
            found |= await asyncio.to_thread(_of_whole, document["content"], of_document)
    return found


async def texts_of(site: Site, document_ids: Sequence[int]) -> tuple[list[list[str]], str | None]:
    """Return the lines of documents to compare, and a remark where they are not those of the documents; None else.

    Of a large document, which is stored in parts, the lines are those of the first part.
    """
    rows = [await site.one(_DOCUMENT, id=document_id) for document_id in document_ids]
    texts = await asyncio.to_thread(lambda: [_comparable(row) for row in rows])
    remark = "Only the beginnings of these large documents are compared." if any(row["parts"] for row in rows) else None
    if any(len(line) > LONG_LINE for lines in texts for line in lines):
        indented = await asyncio.to_thread(lambda: [_indented(lines) for lines in texts])
        whole = [lines for lines in indented if lines is not None]
        if len(whole) == len(texts):
            return whole, "The lines of these documents hold many values each; they are shown indented."
    return texts, remark


def _comparable(row: Row) -> list[str]:
    """Return the lines of a document, those of the first part without the last, which may go on in the next part."""
    content = decompress(row["content"])
    if row["parts"]:
        return content.decode("utf-8", "replace").split("\n")[:-1]
    return _lines(Document(uri="", content=content, sha256=""), Span(row["id"], 1, MAX_INDENTED))


def _indented(lines: list[str]) -> list[str] | None:
    """Return the lines of a JSON value indented; None for what is none, or too large to indent while a reader waits."""
    text = "\n".join(lines)
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("[", "{") or len(text) > MAX_INDENTED:
        return None
    try:
        return json.dumps(json.loads(text.lstrip("\ufeff")), ensure_ascii=False, indent=1).split("\n")
    except (ValueError, RecursionError):
        return None


def _of_whole(content: bytes, spans: Sequence[Span]) -> dict[Span, Row]:
    """Return the excerpts of a document stored in one piece."""
    document = Document(uri="", content=decompress(content), sha256="")
    return {span: _record(document, span) or _cut(_lines(document, span), span) for span in spans}


def _lines(document: Document, span: Span) -> list[str]:
    """Return the lines of a span as formats count them: for records those of the file, else those of the text."""
    try:
        lines = document.text.split("\n") if span.path else document.lines
    except MalformedDocument:
        lines = document.content.decode("utf-8", "replace").split("\n")
    return lines[span.line_start - 1 : span.line_end]


def _cut(lines: Sequence[str], span: Span) -> Row:
    """Return the excerpt of a span, limited in lines and characters."""
    if len(lines) == 1 and len(lines[0]) > GIANT_LINE:
        where = f"the record is {span.path}" if span.path else "open one of its records instead"
        remark = f"Line {span.line_start:,} has {len(lines[0]):,} characters; {where}."
        return {"lines": [], "more": 0, "remark": remark}
    shown: list[tuple[int, str]] = []
    chars = 0
    for number, line in _chosen(lines, span):
        text = line.rstrip("\r")
        left = span.most * CHARS_PER_LINE - chars
        shown.append((number, text if len(text) <= left else f"{text[:left]} …"))
        chars += len(text)
        if chars >= span.most * CHARS_PER_LINE:
            break
    return {"lines": shown, "more": len(lines) - len(shown), "remark": None}


def _chosen(lines: Sequence[str], span: Span) -> list[tuple[int, str]]:
    """Return the lines to show with their numbers: all, or those with the needles, or else the first."""
    numbered = list(enumerate(lines, span.line_start))
    if len(lines) > span.most:
        holding = [(number, line) for number, line in numbered if any(needle in line for needle in span.needles)]
        numbered = holding or numbered
    return numbered[: span.most]


def _record(document: Document, span: Span) -> Row | None:
    """Return the record that a path names, indented, if it is on a long line of JSON; None otherwise."""
    place = _RECORD.fullmatch(span.path or "")
    if place is None or span.line_start != span.line_end or document.head.lstrip("\ufeff \t\r\n")[:1] not in ("[", "{"):
        return None
    line = next(iter(_lines(document, span)), "")
    if len(line) <= LONG_LINE:
        return None
    value = _value(document, int(place["index"]))
    if value is None:
        return None
    lines = json.dumps(value, ensure_ascii=False, indent=1).split("\n")
    cut = _cut(lines, span._replace(line_start=1))
    remark = f"Line {span.line_start:,} has many records; this is {span.path}, indented."
    return {**cut, "lines": [(None, text) for _, text in cut["lines"]], "remark": remark}


def _value(document: Document, index: int) -> Any:
    try:
        return next((raw.value for raw in JsonValues(document) if raw.index == index), None)
    except MalformedDocument:
        return None


async def _of_parts(site: Site, document: Row, span: Span) -> Row:
    """Return the excerpt of a document stored in parts, decompressing only the parts with the lines of the span."""
    breaks = await _breaks(site, document)
    if breaks is None:
        remark = "The lines of this large document are being counted; reload the page in a few seconds."
        return {"lines": [], "more": 0, "remark": remark}
    before, first_line, content, read = 0, 1, b"", 0
    for position, count in enumerate(breaks, 1):
        # A line may begin at the end of one part and continue in the next, so both are needed.
        if before < span.line_end and before + count >= span.line_start - 1:
            if read == MAX_PARTS:
                return {"lines": [], "more": 0, "remark": "These lines are too long to show."}
            read += 1
            first_line = first_line if content else before + 1
            content += await _part(site, document["id"], position)
        before += count
    return await asyncio.to_thread(_cut_out, content, first_line, span)


def _cut_out(content: bytes, first_line: int, span: Span) -> Row:
    """Return the excerpt from bytes that begin on `first_line`."""
    lines = content.split(b"\n")[span.line_start - first_line : span.line_end - first_line + 1]
    return _cut([line.decode("utf-8", "replace") for line in lines], span)


async def _part(site: Site, document_id: int, position: int) -> bytes:
    sql, values = (_FIRST_PART, {}) if position == 1 else (_PART, {"position": position})
    row = await site.one(sql, id=document_id, **values)
    return await asyncio.to_thread(decompress, row["content"])


async def _breaks(site: Site, document: Row) -> list[int] | None:
    """Return the number of line breaks in each part of a document; None while they are being counted."""
    task = _BREAKS.get(document["sha256"])
    if task is None or (task.done() and (task.cancelled() or task.exception())):
        task = _BREAKS[document["sha256"]] = asyncio.ensure_future(_count(site, document))
    if not task.done():
        await asyncio.wait([task], timeout=WAIT_SECONDS)
    return task.result() if task.done() else None


async def _count(site: Site, document: Row) -> list[int]:
    return [(await _part(site, document["id"], position)).count(b"\n") for position in range(1, document["parts"] + 2)]
