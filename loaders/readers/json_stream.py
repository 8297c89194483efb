"""The values of a JSON list, one by one out of a document of any size, with their lines; damage costs one value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import Any

from programme.loaders.documents import Document, MalformedDocument

MAX_VALUE_CHARS = 16 * 1024 * 1024
"""A longer value is not waited for."""

MAX_DAMAGED = 100
"""After so many damaged values in a row the rest is given up: there is no end to what can be wrong in it."""

CONTAINERS = frozenset({"results", "data", "notes", "papers", "items", "records", "entries"})
"""Fields of an object under which a list of records stands."""

MAX_BEHIND = 1024 * 1024
"""So many characters that are done with are held, or half of all: dropping them copies the others."""

EXCERPT_CHARS = 80

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_GAP = re.compile(r"[ \t\r\n\ufeff,]*")
_DECODER = JSONDecoder(strict=False, parse_constant=lambda _: None)
_TAIL = 512
_NUMBER_REST = 3  # of `1e+16` cut behind the sign, `1` decodes
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_SCALAR = rf"{_STRING}|[^\s,{{}}\[\]\"]+"
_HEAD = re.compile(rf"\{{\s*({_STRING})\s*:(?:\s*(?:{_SCALAR})\s*,\s*({_STRING})\s*:)?", re.DOTALL)
_OPENING = re.compile(r'\{\s*"$')
_NEXT_LINE = re.compile(r"(?<=[\r\n])[\[{]")
_NEXT_OBJECT = re.compile(r"\{")
_NEXT_QUOTED = re.compile(r'(?<=[\[,\n ])"\{')


@dataclass(slots=True)
class Raw:
    """A decoded value, its place in the list from 0, its lines, and its first characters as written.

    `problem` says why there is no value. It is nested no deeper than there are `brackets` that open.
    """

    index: int
    line_start: int
    line_end: int
    excerpt: str
    value: Any = None
    problem: str | None = None
    brackets: int = 0


class Values:
    """Iterate for the values of a list, of the list in an object, or of lines that hold a value each.

    `key` is the field under which the list stands, and `beside` what stands before it in the object. Raises
    MalformedDocument when the document begins with neither list nor object.
    """

    def __init__(self, document: Document) -> None:
        self.key = ""
        self.beside: dict[str, Any] = {}
        self._document = document
        self._chunks = document.chunks()
        self._text = ""
        self._at = 0
        self._line = 1
        self._is_list = False
        self._is_over = False
        self._damaged_in_a_row = 0
        self._again: re.Pattern[str] | None = None

    def __iter__(self) -> Iterator[Raw]:
        self._open()
        index = 0
        while (raw := self._next(index)) is not None:
            yield raw
            index += 1

    def _open(self) -> None:
        """Find where the values begin."""
        first = self._peek(_SPACE)
        if first not in ("[", "{"):
            raise MalformedDocument(self._document.uri, self._line, "neither a JSON list nor an object begins here")
        start = self._at + 1 if first == "[" else self._find_container()
        if start is not None:
            self._is_list = True
            self._advance(start)

    def _find_container(self) -> int | None:
        """Where the values of the list in the first object begin; None when the object is a record itself."""
        beside: dict[str, Any] = {}
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
                    self.key, self.beside = key, storable(beside)
                    return at + 1
                beside[key], at = self._decode(at)
                at = self._skip(at)
                if self._text[at] != ",":
                    return None
                at += 1
        except (ValueError, RecursionError, IndexError):
            return None

    def _skip(self, at: int) -> int:
        """The place of the next character that is not blank, fetching text as needed."""
        while (at := _SPACE.match(self._text, at).end()) >= len(self._text):  # type: ignore[union-attr]
            if not self._more():
                break
        return at

    def _more(self) -> bool:
        """Append the next piece of text; False at the end."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._text += chunk.replace("\0", "\ufffd") if "\0" in chunk else chunk
        return True

    def _advance(self, end: int) -> None:
        """Go on to `end`, and drop what lies behind once it is long."""
        self._line += self._text.count("\n", self._at, end)
        self._at = end
        if end > MAX_BEHIND and 2 * end > len(self._text):
            self._text = self._text[end:]
            self._at = 0

    def _peek(self, gap: re.Pattern[str]) -> str:
        """Skip what stands between values and return the next character; empty at the end."""
        while True:
            self._advance(gap.match(self._text, self._at).end())  # type: ignore[union-attr]  # it matches nothing too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _next(self, index: int) -> Raw | None:
        """The next value or damage; None at the end."""
        if self._is_over:
            return None
        character = self._peek(_GAP)
        if character == "":
            return self._cut_off(index, "the list") if self._is_list else None
        if character == "]" and self._is_list and self._is_end():
            return None
        line, start = self._line, self._at
        try:
            value, end = self._decode(start)
            if _is_doubtful(self._text, start, end):
                value = storable(value)
        except (ValueError, RecursionError) as error:
            self._learn()
            return self._damaged(error, index)
        self._learn()
        excerpt = self._text[start : min(end, start + EXCERPT_CHARS)]
        brackets = self._text.count("[", start, end) + self._text.count("{", start, end)
        self._damaged_in_a_row = 0
        self._advance(end)
        return Raw(index, line, self._line, excerpt, value, brackets=brackets)

    def _is_end(self) -> bool:
        """Whether the bracket here ends the list: nothing follows it but the rest of the object that holds the list."""
        at = self._skip(self._at + 1)
        following = self._text[at : at + 1]
        if not self.key:
            return following == ""
        if following != ",":
            return following in ("", "}")
        at = self._skip(at + 1)
        return self._text[at : at + 1] == '"'

    def _decode(self, at: int) -> tuple[Any, int]:
        """Decode the value at `at`, fetching text until it is whole; raises ValueError and RecursionError."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, at)
            except ValueError as error:
                where = getattr(error, "pos", at)
                is_cut = where > len(self._text) - 16 or str(error).startswith("Unterminated")
                if is_cut and len(self._text) - at < MAX_VALUE_CHARS and self._more():
                    continue
                raise
            if end + _NUMBER_REST < len(self._text) or not self._more():
                return value, end

    def _learn(self) -> None:
        """Remember what records begin with, given the first one, which begins here: the same first fields."""
        head = None if self._again or not self._is_list else _HEAD.match(self._text, self._at)
        if head:
            first, second = head.groups()
            pattern = rf"\{{\s*{re.escape(first)}\s*:"
            if second:
                pattern += rf"\s*(?:{_SCALAR})\s*,\s*{re.escape(second)}\s*:"
            self._again = re.compile(pattern, re.DOTALL)

    def _cut_off(self, index: int, what: str) -> Raw:
        self._is_over = True
        excerpt = self._text[self._at : self._at + EXCERPT_CHARS]
        return Raw(index, self._line, self._line, excerpt, problem=f"{what} is cut off here; save it again")

    def _damaged(self, error: Exception, index: int) -> Raw:
        """Say what is wrong with the value that begins here, and go to where the next one seems to begin.

        Of a value without an end, which may hold the next ones, that is looked for inside it.
        """
        where = getattr(error, "pos", self._at)
        if where > len(self._text) - 2 or str(error).startswith("Unterminated"):
            return self._endless(index)
        line = self._line + self._text.count("\n", self._at, where)
        excerpt = self._text[where : where + EXCERPT_CHARS]
        opening = _OPENING.search(self._text, max(self._at + 1, where - _TAIL), where)
        self._resume(opening.start() if opening else max(where, self._at + 1))
        unread = "nested too deeply" if isinstance(error, RecursionError) else "a number of thousands of digits"
        reason = error.msg if isinstance(error, JSONDecodeError) else unread
        return Raw(index, line, line, excerpt, problem=f"not JSON here ({reason}); {self._lost(line)} left out")

    def _endless(self, index: int) -> Raw:
        raw = self._cut_off(index, "this record")
        if self._again or not self._is_list:
            self._is_over = False
            self._resume(self._at + 1)
        if not self._is_over:
            raw.problem = f"this record has no end; {self._lost(raw.line_start)} left out"
        return raw

    def _lost(self, line: int) -> str:
        """Say what is left out by going on from `line` to here; after too much of that, it is all the rest."""
        self._damaged_in_a_row += 1
        if self._damaged_in_a_row == MAX_DAMAGED:
            self._is_over = True
            return f"after {MAX_DAMAGED} such places in a row, all that follows is"
        return f"the text up to line {self._line} is" if self._line > line else "this record is"

    def _resume(self, start: int) -> None:
        """Advance to the next place that looks like the start of a value, or to the end."""
        begins_with_text = self._text.startswith('"{', self._at)
        pattern = self._again or (_NEXT_QUOTED if begins_with_text else _NEXT_OBJECT) if self._is_list else _NEXT_LINE
        while (found := pattern.search(self._text, start)) is None:
            behind = max(self._at, start, len(self._text) - _TAIL)
            self._advance(behind)
            start = self._at
            if not self._more():
                self._is_over = True
                return
        self._advance(found.start())


def _is_doubtful(text: str, start: int, end: int) -> bool:
    """Whether an escape may stand for a character that no database takes."""
    if text.find("\\u", start, end) < 0:
        return False
    return any(text.find(escape, start, end) >= 0 for escape in ("\\ud", "\\uD", "\\u0000"))


def storable(value: Any) -> Any:
    r"""The value with characters that no database takes (NUL, half a surrogate pair) replaced.

    >>> storable({"a": ["x\0"]})
    {'a': ['x\ufffd']}
    """
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [storable(inner) for inner in value]
    if isinstance(value, dict):
        return {storable(key): storable(inner) for key, inner in value.items()}
    return value
