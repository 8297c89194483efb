"""The values of a JSON list, one by one from a document of any size, with their lines; damage costs one value.

The standard decoder reads whole documents only, and streaming parsers (ijson) stop at the first error. So the list is
walked here, and each value decoded by `JSONDecoder.raw_decode`, which is written in C.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import Any

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers.shapes import EXCERPT_CHARS, may_be_unstorable, replace_unstorable
from programme.patterns import lazy_pattern

MAX_VALUE_CHARS = 16 * 1024 * 1024
"""A value that is longer counts as one without an end."""

MAX_DAMAGED = 100
"""After so many damaged values in a row the rest is given up, or a damaged file would yield a problem per byte."""

MAX_DAMAGED_IN_ALL = 10_000
"""After so many damaged values the rest is given up: each costs as much as the text before it is long."""

CONTAINERS = frozenset({"results", "data", "notes", "papers", "items", "records", "entries", "groups"})
"""Fields of an object that may hold the list of records."""

MAX_READ_CHARS = 1024 * 1024
"""Text that was read is dropped once it is longer than this and half of all: dropping it copies the rest."""

_SPACE = lazy_pattern(r"[ \t\r\n\ufeff]*")
_GAP = lazy_pattern(r"[ \t\r\n\ufeff,]*")
_DECODER = JSONDecoder(strict=False, parse_constant=lambda _: None)
"""Accepts line breaks inside strings, and reads NaN, which Python's own `json` writes, as None."""

_TAIL = 512
"""This close to the end of the text, the start of a value may still be incomplete."""

_NUMBER_REST = 3
"""This close to the end of the text, a number may continue: of `1e+16`, cut after the sign, `1` decodes."""

# How a record begins: with an object whose first two names are those of the first record. Only there is reading resumed
# after damage, since any brace may be that of an author inside a record.
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_SCALAR = rf"{_STRING}|[^\s,{{}}\[\]\"]+"
_HEAD = lazy_pattern(rf"\{{\s*({_STRING})\s*:(?:\s*(?:{_SCALAR})\s*,\s*({_STRING})\s*:)?", re.DOTALL)
_OPENING = lazy_pattern(r'\{\s*"$')

# Where else a value may begin: on a line of its own, or, when no record of a list was read yet, at any brace.
_NEXT_LINE = lazy_pattern(r"(?<=[\r\n])[\[{]")
_NEXT_OBJECT = lazy_pattern(r"\{")
_NEXT_QUOTED = lazy_pattern(r'(?<=[\[,\n ])"\{')


@dataclass(slots=True)
class RawValue:
    """A decoded value, its index in the list from 0, its lines from 1, and its first characters as written.

    `problem` says why there is no value. `brackets` counts the opening brackets in it, the most it can be nested.
    """

    index: int
    line_start: int
    line_end: int
    excerpt: str
    value: Any = None
    problem: str | None = None
    brackets: int = 0


class JsonValues:
    """Iterate over the values of a list, of the list in an object, or of a document with a value on each line.

    After the first value, `key` is the field that holds the list (empty when there is none), and `fields_before` are
    the fields above it. Iterating raises MalformedDocument when the document begins with neither list nor object.
    """

    def __init__(self, document: Document) -> None:
        self.key = ""
        self.fields_before: dict[str, Any] = {}
        self._document = document
        self._chunks = document.chunks()
        self._text = ""
        self._at = 0
        self._line = 1
        self._index = 0
        self._is_list = False
        self._is_over = False
        self._damaged_in_a_row = 0
        self._damaged_in_all = 0
        self._record_start: re.Pattern[str] | None = None

    def __iter__(self) -> Iterator[RawValue]:
        self._open()
        while (raw := self._next(self._index)) is not None:
            yield raw
            self._index += 1

    def _open(self) -> None:
        """Advance to the first value."""
        first = self._peek(_SPACE)
        if first not in ("[", "{"):
            raise MalformedDocument(self._document.uri, self._line, "neither a JSON list nor an object begins here")
        start = self._at + 1 if first == "[" else self._find_container()
        if start is not None:
            self._is_list = True
            self._advance(start)

    def _find_container(self) -> int | None:
        """Return where the list in the first object begins; None when the object is itself a record."""
        fields_before: dict[str, Any] = {}
        at = self._at + 1
        try:
            while True:
                at = self._skip(at)
                if self._text[at] != '"':
                    return None
                key, at = self._decode(at)
                at = self._skip(at)
                if self._text[at] != ":":
                    return None
                at = self._skip(at + 1)
                if key in CONTAINERS and self._text[at] == "[":
                    self.key, self.fields_before = key, replace_unstorable(fields_before)
                    return at + 1
                fields_before[key], at = self._decode(at)
                at = self._skip(at)
                if self._text[at] != ",":
                    return None
                at += 1
        except (ValueError, RecursionError, IndexError):
            return None

    def _skip(self, at: int) -> int:
        """Return the index of the next character that is not a space, fetching text as needed."""
        while (at := _SPACE.match(self._text, at).end()) >= len(self._text):  # type: ignore[union-attr]
            if not self._more():
                break
        return at

    def _more(self) -> bool:
        """Append the next piece of text; return False at the end."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._text += chunk.replace("\0", "\ufffd") if "\0" in chunk else chunk
        return True

    def _advance(self, end: int) -> None:
        """Advance to `end`, and drop the text before it once that is long."""
        if self._text.find("\n", self._at, end) >= 0:  # most values are within a line, and to count takes longer
            self._line += self._text.count("\n", self._at, end)
        self._at = end
        if end > MAX_READ_CHARS and 2 * end > len(self._text):
            self._text = self._text[end:]
            self._at = 0

    def _peek(self, gap: re.Pattern[str]) -> str:
        """Skip the gap between values and return the next character; empty at the end."""
        while True:
            self._advance(gap.match(self._text, self._at).end())  # type: ignore[union-attr]  # it matches nothing too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _next(self, index: int) -> RawValue | None:
        """Return the next value or damage; None at the end."""
        if self._is_over:
            return None
        character = self._peek(_GAP)
        if character == "":
            return self._at_end(index)
        if character == "]" and self._is_list and self._is_end():
            return None
        line, start = self._line, self._at
        try:
            value, end = self._decode(start)
            if may_be_unstorable(self._text, start, end):
                value = replace_unstorable(value)
        except (ValueError, RecursionError) as error:
            self._learn_record_start(self._text, start)
            return self._damaged(error, index)
        if self._is_list and not self._record_start:
            self._learn_record_start(self._text, start)
        excerpt = self._text[start : min(end, start + EXCERPT_CHARS)]
        brackets = self._text.count("[", start, end) + self._text.count("{", start, end)
        self._damaged_in_a_row = 0
        self._advance(end)
        return RawValue(index, line, self._line, excerpt, value, brackets=brackets)

    def _is_end(self) -> bool:
        """Return whether the bracket here ends the list: only the rest of the object around the list may follow it."""
        at = self._skip(self._at + 1)
        following = self._text[at : at + 1]
        if not self.key:
            return following == ""
        if following != ",":
            return following in ("", "}")
        at = self._skip(at + 1)
        return self._text[at : at + 1] == '"'

    def _decode(self, at: int) -> tuple[Any, int]:
        """Decode the value at `at`, fetching text until it is complete; raises ValueError and RecursionError."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, at)
            except ValueError as error:
                where = getattr(error, "pos", at)
                # Near the end of the text (16: longer than any literal or escape) it may only be incomplete.
                is_cut = where > len(self._text) - 16 or str(error).startswith("Unterminated")
                if is_cut and len(self._text) - at < MAX_VALUE_CHARS and self._more():
                    continue
                raise
            if end + _NUMBER_REST < len(self._text) or not self._more():
                return value, end

    def _learn_record_start(self, text: str, at: int) -> None:
        """Remember how records begin (the names of their first fields), given where the first record begins."""
        head = None if self._record_start or not self._is_list else _HEAD.match(text, at)
        if head:
            first, second = head.groups()
            pattern = rf"\{{\s*{re.escape(first)}\s*:"
            if second:
                pattern += rf"\s*(?:{_SCALAR})\s*,\s*{re.escape(second)}\s*:"
            self._record_start = re.compile(pattern, re.DOTALL)

    def _at_end(self, index: int) -> RawValue | None:
        return self._cut_off(index, "the list") if self._is_list else None

    def _cut_off(self, index: int, what: str) -> RawValue:
        self._is_over = True
        excerpt = self._text[self._at : self._at + EXCERPT_CHARS]
        return RawValue(index, self._line, self._line, excerpt, problem=f"{what} is cut off here; save it again")

    def _damaged(self, error: Exception, index: int) -> RawValue:
        """Return what is wrong with the value that begins here, and advance to where the next one seems to begin.

        A value without an end may contain the following ones, so the next one is looked for inside it.
        """
        where = getattr(error, "pos", self._at)
        if where > len(self._text) - 2 or str(error).startswith("Unterminated"):
            return self._without_end(index)
        line = self._line + self._text.count("\n", self._at, where)
        excerpt = self._text[where : where + EXCERPT_CHARS]
        # A name where a value was expected may be the first field of the next record: back to its brace.
        opening = _OPENING.search(self._text, max(self._at + 1, where - _TAIL), where)
        self._resume(opening.start() if opening else max(where, self._at + 1))
        unread = "nested too deeply" if isinstance(error, RecursionError) else "a number of thousands of digits"
        reason = error.msg if isinstance(error, JSONDecodeError) else unread
        return RawValue(index, line, line, excerpt, problem=f"not JSON here ({reason}); {self._lost(line)} left out")

    def _without_end(self, index: int) -> RawValue:
        raw = self._cut_off(index, "this record")
        if self._record_start or not self._is_list:
            self._is_over = False
            self._resume(self._at + 1)
        if not self._is_over:
            raw.problem = f"this record has no end; {self._lost(raw.line_start)} left out"
        return raw

    def _lost(self, line: int) -> str:
        """Return what is left out between `line` and here; after too much damage in a row, it is all the rest."""
        self._damaged_in_a_row += 1
        self._damaged_in_all += 1
        if self._damaged_in_a_row == MAX_DAMAGED:
            self._is_over = True
            return f"after {MAX_DAMAGED} such places in a row, everything that follows is"
        if self._damaged_in_all == MAX_DAMAGED_IN_ALL:
            self._is_over = True
            return f"after {MAX_DAMAGED_IN_ALL:,} such places, everything that follows is"
        return f"the text up to line {self._line} is" if self._line > line else "this record is"

    def _resume(self, start: int) -> None:
        """Advance to the next place that looks like the start of a value, or to the end."""
        if not self._is_list:
            pattern = _NEXT_LINE
        elif self._record_start:
            pattern = self._record_start
        else:
            pattern = _NEXT_QUOTED if self._text.startswith('"{', self._at) else _NEXT_OBJECT
        while (found := pattern.search(self._text, start)) is None:
            behind = max(self._at, start, len(self._text) - _TAIL)
            self._advance(behind)
            start = self._at
            if not self._more():
                self._is_over = True
                return
        self._advance(found.start())
