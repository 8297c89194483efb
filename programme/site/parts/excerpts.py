"""The very lines of documents: unpacked when a page shows them, numbered as the loader counted them, and bounded."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import zstandard

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers.json_stream import JsonValues
from programme.site.parts.site import Row, Site

MAX_LINES = 30
MAX_PARTS = 3
"""Parts of a large document that a page unpacks at most; a part has some megabytes."""
"""So many lines of a place are shown unless a page asks for more, and the rest told."""

CHARS_PER_LINE = 200
"""So many characters are shown for each line that may be."""

LONG_LINE = 1_500
"""A line longer than this is shown as the record that its path names, if it is JSON."""

GIANT_LINE = 20_000
"""The beginning of a line longer than this says nothing about what stands in it."""

WAIT_SECONDS = 0.4
"""So long a page waits for the lines of a document in parts to be counted, which is done once."""

_DOCUMENT = """
SELECT id, sha256, size_bytes, content,
    (SELECT count(*) FROM document_parts WHERE document_parts.document_id = documents.id) AS parts
FROM documents
WHERE id = :id
"""
_PART = "SELECT content FROM document_parts WHERE document_id = :id AND position = :position"
_FIRST_PART = "SELECT content FROM documents WHERE id = :id"
_RECORD = re.compile(r"(?P<list>\w*)\[(?P<index>[0-9]{1,9})\]")
_BREAKS: dict[str, asyncio.Task[list[int]]] = {}


class Span(NamedTuple):
    """Lines of a document, both ends included, and the path of the record they hold."""

    document_id: int
    line_start: int
    line_end: int
    path: str | None = None
    needles: tuple[str, ...] = ()
    """What to look for where there are more lines than are shown: those that hold one of these are."""
    most: int = MAX_LINES
    """How many lines to show."""


def unpacked(content: bytes) -> bytes:
    """The bytes of a stored document, or of a part of one."""
    return zstandard.ZstdDecompressor().decompressobj().decompress(content)


async def excerpts(site: Site, spans: Iterable[Span]) -> dict[Span, Row]:
    """What stands in each span: `lines`, pairs of number and text, `more`, how many are left out, and a `remark`.

    Where a remark takes the place of the lines, it says why.
    """
    wanted: dict[int, list[Span]] = {}
    for span in spans:
        wanted.setdefault(span.document_id, []).append(span)
    found: dict[Span, Row] = {}
    for document_id, asked in wanted.items():
        document = await site.one(_DOCUMENT, id=document_id)
        if document["parts"]:
            found |= {span: await _of_parts(site, document, span) for span in asked}
        else:
            found |= await asyncio.to_thread(_of_whole, document["content"], asked)
    return found


def _of_whole(content: bytes, spans: Sequence[Span]) -> dict[Span, Row]:
    document = Document(uri="", content=unpacked(content), sha256="")
    return {span: _record(document, span) or _cut(_lines(document, span), span) for span in spans}


def _lines(document: Document, span: Span) -> list[str]:
    """The lines of a span, as the formats count them: of a page as it reads, of records as they are written."""
    try:
        lines = document.text.split("\n") if span.path else document.lines
    except MalformedDocument:
        lines = document.content.decode("utf-8", "replace").split("\n")
    return lines[span.line_start - 1 : span.line_end]


def _cut(lines: Sequence[str], span: Span) -> Row:
    """A span's lines within bounds."""
    if len(lines) == 1 and len(lines[0]) > GIANT_LINE:
        where = f"{span.path} says where in it" if span.path else "it is not shown, but the records in it are"
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
    """The lines to show with their numbers: all, or else those that hold what was read there, or the first."""
    numbered = list(enumerate(lines, span.line_start))
    if len(lines) > span.most:
        holding = [(number, line) for number, line in numbered if any(needle in line for needle in span.needles)]
        numbered = holding or numbered
    return numbered[: span.most]


def _record(document: Document, span: Span) -> Row | None:
    """The record a path names, written over several lines, where it stands on one long line; else None."""
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
    remark = f"Line {span.line_start:,} holds many records; this is {span.path}, one field to a line."
    return {**cut, "lines": [(None, text) for _, text in cut["lines"]], "remark": remark}


def _value(document: Document, index: int) -> Any:
    try:
        return next((raw.value for raw in JsonValues(document) if raw.index == index), None)
    except MalformedDocument:
        return None


async def _of_parts(site: Site, document: Row, span: Span) -> Row:
    """The lines of a document too large to be held: only the parts that hold them are unpacked."""
    breaks = await _breaks(site, document)
    if breaks is None:
        remark = "The lines of this large document are being counted; load the page again in a few seconds."
        return {"lines": [], "more": 0, "remark": remark}
    before, first_line, held, read = 0, 1, b"", 0
    for position, count in enumerate(breaks, 1):
        if before < span.line_end and before + count >= span.line_start - 1:
            if read == MAX_PARTS:
                return {"lines": [], "more": 0, "remark": "These lines are too long to be shown here."}
            read += 1
            first_line = first_line if held else before + 1
            held += await _part(site, document["id"], position)
        before += count
    return await asyncio.to_thread(_cut_out, held, first_line, span)


def _cut_out(held: bytes, first_line: int, span: Span) -> Row:
    """A span's lines out of bytes that begin on `first_line`."""
    lines = held.split(b"\n")[span.line_start - first_line : span.line_end - first_line + 1]
    return _cut([line.decode("utf-8", "replace") for line in lines], span)


async def _part(site: Site, document_id: int, position: int) -> bytes:
    sql, values = (_FIRST_PART, {}) if position == 1 else (_PART, {"position": position})
    row = await site.one(sql, id=document_id, **values)
    return await asyncio.to_thread(unpacked, row["content"])


async def _breaks(site: Site, document: Row) -> list[int] | None:
    """How many line breaks each part of a document holds; None while that is being counted."""
    task = _BREAKS.get(document["sha256"])
    if task is None or (task.done() and (task.cancelled() or task.exception())):
        task = _BREAKS[document["sha256"]] = asyncio.ensure_future(_count(site, document))
    if not task.done():
        await asyncio.wait([task], timeout=WAIT_SECONDS)
    return task.result() if task.done() else None


async def _count(site: Site, document: Row) -> list[int]:
    return [(await _part(site, document["id"], position)).count(b"\n") for position in range(1, document["parts"] + 2)]
