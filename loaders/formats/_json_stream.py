"""The values of a JSON list, one by one out of a document of any size, with their lines; damage costs one value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any

from loaders.documents import Document, MalformedDocument

MOST_VALUE_CHARS = 16 * 1024 * 1024
"""A longer value is not waited for."""

CONTAINERS = frozenset({"results", "data", "notes", "papers", "items", "records", "entries"})
"""Fields of an object under which a list of records stands."""

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_DECODER = JSONDecoder(strict=False, parse_constant=lambda _: None)
_TAIL = 256
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(slots=True)
class Raw:
    """A decoded value, its place in the list from 0, and its lines; `problem` says why there is no value."""

    index: int
    line_start: int
    line_end: int
    value: Any = None
    problem: str | None = None
    excerpt: str = ""


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
        self._is_doubtful = False
        self._again: re.Pattern[str] | None = None

    def __iter__(self) -> Iterator[Raw]:
        self._open()
        index = 0
        while (raw := self._next(index)) is not None:
            yield raw
            index += 1

    def _open(self) -> None:
        """Find where the values begin."""
        first = self._peek()
        if first not in ("[", "{"):
            raise MalformedDocument(self._document.uri, self._line, "neither a JSON list nor an object begins here")
        if first == "[":
            self._is_list = True
            self._advance(self._at + 1)
        elif (start := self._find_container()) is not None:
            self._is_list = True
            self._advance(start)

    def _find_container(self) -> int | None:
        """Where the values of the list in the first object begin; None when the object is a record itself."""
        at, beside = self._at + 1, {}
        try:
            while True:
                at = self._skip(at)
                if self._text[at : at + 1] != '"':
                    return None
                key, at = self._decode(at)
                at = self._skip(at)
                if self._text[at] != ":":
                    return None
                at = self._skip(at + 1)
                if key in CONTAINERS and self._text[at] == "[":
                    self.key, self.beside = key, beside
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
            if not self._more(keep=True):
                break
        return at

    def _more(self, *, keep: bool = False) -> bool:
        """Append the next piece of text, and drop what is behind unless it is to be kept; False at the end."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        if not keep:
            self._text = self._text[self._at :]
            self._at = 0
        self._text += chunk
        self._is_doubtful = self._is_doubtful or "\\ud" in chunk or "\\uD" in chunk or "\\u0000" in chunk
        return True

    def _advance(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = end

    def _peek(self) -> str:
        """Skip blanks and return the next character; empty at the end."""
        while True:
            self._advance(_SPACE.match(self._text, self._at).end())  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _next(self, index: int) -> Raw | None:
        character = "" if self._is_over else self._peek()
        if character == "," and self._is_list:
            self._advance(self._at + 1)
            character = self._peek()
        if self._is_over or (character == "" and not self._is_list) or (character == "]" and self._is_list):
            return None
        if character == "":
            return self._cut_off(index, "the list")
        try:
            line, start = self._line, self._at
            value, end = self._decode(start)
        except (ValueError, RecursionError) as error:
            return self._damaged(error, index)
        self._advance(end)
        if self._again is None:
            self._again = _resumption(value)
        return Raw(index, line, self._line, storable(value) if self._is_doubtful else value)

    def _decode(self, at: int) -> tuple[Any, int]:
        """Decode the value at `at`, fetching text until it is whole; raises ValueError and RecursionError."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, at)
            except ValueError as error:
                where = getattr(error, "pos", at)
                is_cut = where > len(self._text) - 16 or str(error).startswith("Unterminated")
                if is_cut and len(self._text) - at < MOST_VALUE_CHARS and self._more(keep=True):
                    continue
                raise
            if end < len(self._text) or not self._more(keep=True):
                return value, end

    def _cut_off(self, index: int, what: str) -> Raw:
        self._is_over = True
        excerpt = self._text[self._at : self._at + 80]
        problem = f"{what} is cut off here; save the document again"
        return Raw(index, self._line, self._line, problem=problem, excerpt=excerpt)

    def _damaged(self, error: Exception, index: int) -> Raw:
        """Say what is wrong with the value that begins here, and go to where the next one seems to begin."""
        where = getattr(error, "pos", self._at)
        is_cut = where > len(self._text) - 2 or str(error).startswith("Unterminated")
        if is_cut and not self._more(keep=True):
            return self._cut_off(index, "a record")
        line = self._line + self._text.count("\n", self._at, where)
        reason = getattr(error, "msg", None) or (
            "nested too deeply" if isinstance(error, RecursionError) else str(error)
        )
        problem = f"not JSON here ({reason}); this record is left out"
        raw = Raw(index, line, line, problem=problem, excerpt=self._text[where : where + 80])
        self._resume(max(where, self._at + 1))
        return raw

    def _resume(self, start: int) -> None:
        """Advance to the next place that looks like the start of a value, or to the end."""
        pattern = self._again or re.compile(r"\{")
        while (found := pattern.search(self._text, start)) is None:
            self._advance(max(self._at, start, len(self._text) - _TAIL))
            start = self._at
            if not self._more():
                self._is_over = True
                return
            start = 0
        self._advance(found.start())


def _resumption(value: Any) -> re.Pattern[str]:
    """What later values begin with, given the first one."""
    if isinstance(value, dict) and value:
        return re.compile(r"\{\s*" + re.escape(f'"{next(iter(value))}"') + r"\s*:")
    return re.compile(r'(?<=[,\n ])"\{' if isinstance(value, str) else r"\{")


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
