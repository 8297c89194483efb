"""The entries of an object of objects, each with its key and lines; damage costs one entry where the text shows it."""

import re
from collections.abc import Collection, Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any, NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.readers import EXCERPT_CHARS
from programme.loaders.readers.shapes import replace_unstorable
from programme.loaders.records import Problem
from programme.patterns import lazy_pattern

MAX_DAMAGED = 100
"""After so many damaged places the rest is given up."""

MAX_KEY_CHARS = 200
"""Longer keys are cut in paths."""

MAX_GAP_CHARS = 100
"""A longer indentation does not tell where entries begin: it would be compared at every place of the text."""

_DECODER = JSONDecoder(strict=False, parse_constant=lambda _: None)
_SPACE = lazy_pattern(r"[ \t\r\n]*")
_GAP = lazy_pattern(r"[ \t\r\n,]*")
_COLON = lazy_pattern(r"\s*:\s*")


class Entry(NamedTuple):
    """An entry of a part of the document: its part, key, value as decoded, path, and first and last line from 1."""

    part: str
    key: str
    value: Any
    path: str
    line_start: int
    line_end: int


class KeyedEntries:
    """Iterate over the entries of all `parts` of a document, and a Problem for whatever else is in it."""

    def __init__(self, document: Document, parts: Collection[str]) -> None:
        self._uri = document.uri
        self._text = document.text.removeprefix("\ufeff")
        self._parts = parts
        self._at = 0
        self._line = 1
        self._damaged = 0
        self._is_given_up = False
        self._seen: set[str] = set()
        # Behind damage, a part begins after the end of another one; the `events` inside a session never do.
        self._next_part = re.compile(r"\}\s*,\s*(?=\"(?:" + "|".join(sorted(parts)) + r')"\s*:\s*\{)')

    def __iter__(self) -> Iterator[Entry | Problem]:
        if self._peek(_SPACE) != "{":
            raise MalformedDocument(self._uri, self._line, "no JSON object begins here")
        self._advance(self._at + 1)
        while (character := self._peek(_GAP)) not in ("", "}"):
            if character != '"':
                yield self._damage("", ValueError("expected the name of a part"))
                continue
            line, start = self._line, self._at
            try:
                part = self._name()
            except ValueError as error:
                yield self._damage("", error)
                continue
            if part in self._parts and self._text.startswith("{", self._at):
                yield from self._entries(part)
            else:
                yield from self._other(part, line, start)
        if character == "}":
            self._advance(self._at + 1)
            if self._peek(_SPACE):
                yield self._damage("", ValueError("expected the end of the file"))
        elif not self._is_given_up:
            yield Problem(self._line, "", "the file is cut off here; save it again", "", is_lost=True)

    def _entries(self, part: str) -> Iterator[Entry | Problem]:
        """Yield the entries of a part, whose brace is here, and advance behind its end."""
        self._advance(self._at + 1)
        gap = _SPACE.match(self._text, self._at)
        next_entry = _entry_pattern(gap[0]) if gap else None
        while (character := self._peek(_GAP)) not in ("", "}"):
            line, start = self._line, self._at
            try:
                if character != '"':
                    raise ValueError("expected the key of an entry")
                key = replace_unstorable(self._name())
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                yield self._damage(part, error, next_entry)
                if self._text.startswith("}", self._at):  # the end of the part, found behind the damage
                    break
                continue
            self._advance(end)
            path = f"{part}.{key[:MAX_KEY_CHARS]}"
            if path in self._seen:
                excerpt = self._text[start : start + EXCERPT_CHARS]
                yield Problem(line, excerpt, f"{path}: this key is repeated; the first is loaded", path, is_lost=True)
                continue
            self._seen.add(path)
            yield Entry(part, key, replace_unstorable(value), path, line, self._line)
        if character == "":
            return
        self._advance(self._at + 1)

    def _other(self, part: str, line: int, start: int) -> Iterator[Problem]:
        """Yield a problem for a part that is not known or not an object, and advance behind it."""
        try:
            value, end = _DECODER.raw_decode(self._text, self._at)
        except (ValueError, RecursionError) as error:
            yield self._damage("", error)
            return
        self._advance(end)
        if value not in (None, "", [], {}):
            what = "expected an object keyed by id" if part in self._parts else "a part this format does not know"
            excerpt = self._text[start : start + EXCERPT_CHARS]
            name = replace_unstorable(part)[:MAX_KEY_CHARS]
            yield Problem(line, excerpt, f"{name}: {what}; it is not loaded", name, is_lost=True)

    def _name(self) -> str:
        """Return the name before a colon, and advance behind the colon; raises ValueError."""
        name, end = _DECODER.raw_decode(self._text, self._at)
        colon = _COLON.match(self._text, end)
        if colon is None:
            raise ValueError("expected a colon")
        self._advance(colon.end())
        return str(name)

    def _damage(self, part: str, error: Exception, next_entry: re.Pattern[str] | None = None) -> Problem:
        """Return the problem of damage here, and advance to the next entry or part that can be told, or to the end."""
        self._damaged += 1
        where = max(getattr(error, "pos", self._at), self._at)
        line = self._line + self._text.count("\n", self._at, where)
        excerpt = self._text[where : where + EXCERPT_CHARS]
        self._resume(next_entry, is_inside=bool(part))
        lost = f"the text up to line {self._line} is" if self._line > line else "what follows is"
        problem = f"not JSON here ({_reason(error)}); {lost} left out"
        return Problem(line, excerpt, f"{part}: {problem}" if part else problem, part, is_lost=True)

    def _resume(self, next_entry: re.Pattern[str] | None, is_inside: bool) -> None:
        """Advance to the next entry of this part, or else to the brace that ends it, or behind that outside a part."""
        ahead = self._at + 1
        is_enough = self._damaged >= MAX_DAMAGED
        ending = None if is_enough else self._next_part.search(self._text, ahead)
        end = ending.start() if ending else len(self._text)
        entry = next_entry.search(self._text, ahead, end) if next_entry and not is_enough else None
        if entry:
            end = entry.start()
        elif ending and not is_inside:
            end += 1
        self._advance(end)
        self._is_given_up = end == len(self._text)

    def _peek(self, gap: re.Pattern[str]) -> str:
        """Skip the gap before the next character and return that; empty at the end."""
        found = gap.match(self._text, self._at)
        if found:
            self._advance(found.end())
        return self._text[self._at : self._at + 1]

    def _advance(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = end


def _entry_pattern(gap: str) -> re.Pattern[str] | None:
    """Return what begins an entry of a part, given the gap before its first one; None where lines do not tell it."""
    if "\n" not in gap or len(gap) > MAX_GAP_CHARS:
        return None
    return re.compile(rf"(?<={re.escape(gap)})\"[^\"\r\n]*\"\s*:\s*\{{")


def _reason(error: Exception) -> str:
    if isinstance(error, JSONDecodeError):
        return error.msg
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
