"""Spans of JSON: a large document is cut where a record seems to begin, so that several processes can read it.

Whether one does begin there shows when the spans are read: one is given up whose records are not as many as it seemed
to have, or damaged so that the next span may be concerned. All from there on is then read in order. So what is read
never depends on where a document is cut.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from programme.loaders.documents import Document, MalformedDocument, Position, Span
from programme.loaders.readers.json_stream import MAX_VALUE_CHARS, JsonValues, RawValue
from programme.loaders.readers.shapes import EXCERPT_CHARS
from programme.patterns import lazy_pattern

SPAN_BYTES = 2 * 1024 * 1024
"""At least so long is each span but the last: few to send and to join, and small enough to hold several."""

MAX_DAMAGED_APART = 2
"""Damaged records in a span that do not matter to the others: in 8 GB fewer than `MAX_DAMAGED_IN_ALL`."""

_OPENING = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*(?:\[(\s*\n\s*))?\{")
"""How a document begins that can be cut: one record to a line, or a list whose first record is on a line of its own."""


def spans_of(document: Document) -> Iterator[Document]:
    """Yield the spans of a document as documents; ends early where it cannot be cut, as where it is not JSON.

    Raises MalformedDocument if the source is gone by now.
    """
    opening = _OPENING.match(document.content)
    if opening is None:
        return
    mark = b"\n{" if opening[1] is None else b"," + opening[1] + b"{"
    rest, position, first = b"", Position(), opening.end() - 1

    def span(content: bytes, *, is_last: bool) -> Document:
        nonlocal position, first
        start, count = position, content.count(mark, first) + 1
        position = Position(start.offset + len(content), start.records + count, start.line + content.count(b"\n"))
        first = 0
        return replace(
            document, content=content, opener=None, span=Span(start, position, opening[1] is not None, is_last)
        )

    for block in document.blocks():
        rest += block
        if len(rest) > MAX_VALUE_CHARS:  # UTF-16, or a record without an end
            return
        while (found := rest.find(mark, SPAN_BYTES)) >= 0:
            end = found + len(mark) - 1
            yield span(rest[:end], is_last=False)
            rest = rest[end:]
    yield span(rest, is_last=True)


def rest_of(document: Document, position: Position) -> Document:
    """Return all that follows the spans which end here."""
    if not position.offset:
        return document

    def opener() -> BinaryIO:
        stream = document.open()
        left = position.offset
        while left and (skipped := stream.read(min(left, SPAN_BYTES))):  # not every stream can seek
            left -= len(skipped)
        return stream

    opening = _OPENING.match(document.content)
    is_list = opening is not None and opening[1] is not None
    return replace(document, opener=opener, span=Span(position, None, is_list, is_last=True))


def given_up(document: Document) -> MalformedDocument:
    """Return the error of a span whose records have to be read in order."""
    return MalformedDocument(document.uri, None, "the records here have to be read in order")


class SpanValues(JsonValues):
    """Iterate over the values of a span; raises MalformedDocument where only reading in order tells what is there."""

    def __init__(self, document: Document, span: Span) -> None:
        super().__init__(document)
        self._span = span
        self._index, self._line = span.start.records, span.start.line

    def __iter__(self) -> Iterator[RawValue]:
        yield from super().__iter__()
        # Damage at the end may reach further, or be the first of a row.
        if self._span.end and (self._index != self._span.end.records or self._damaged_in_a_row):
            raise given_up(self._document)

    def _open(self) -> None:
        if not self._span.start.offset:
            super()._open()
            if self._is_list != self._span.is_list:
                raise given_up(self._document)
        elif self._span.is_list:
            self._is_list = True
            self._learn_record_start(self._document.head, self._document.head.find("{"))

    def _at_end(self, index: int) -> RawValue | None:
        return super()._at_end(index) if self._span.is_last else None

    def _cut_off(self, index: int, what: str) -> RawValue:
        if self._span.end is None:
            return super()._cut_off(index, what)
        raise given_up(self._document)

    def _damaged(self, error: Exception, index: int) -> RawValue:
        if self._span.end is None:
            return super()._damaged(error, index)
        is_near_end = getattr(error, "pos", self._at) > len(self._text) - EXCERPT_CHARS
        if self._span.is_list or is_near_end or self._damaged_in_all == MAX_DAMAGED_APART:
            raise given_up(self._document)
        return super()._damaged(error, index)
