"""Entries of a BibTeX file, one after the other; damage costs one entry, since the next starts on a line with `@`.

Written by hand so that a file of any size is read in pieces (that of the ACL Anthology has a hundred thousand entries),
every entry has its lines, and every damaged one is reported.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.documents.document import MAX_LINE_CHARS
from programme.loaders.formats.bibliography.parsing import TYPES
from programme.loaders.records import Problem
from programme.patterns import lazy_pattern

_LETTER = r"\{\\[^{}=,\n]{1,12}\}"
_BLOCK = lazy_pattern(
    rf"\s*@(?:(?:comment|preamble|string)\s*[{{(]|(?:{TYPES})\s*\{{"
    rf"|[a-z]+\s*[{{(]\s*(?:[^\s{{}}(),=\"]|{_LETTER})*\s*(?:[,}}]|$))",
    re.IGNORECASE,
)
"""A line that begins an entry; no line inside a value looks like this."""

_ENTRY = lazy_pattern(r"^[ \t]*%[^\n]*|(?<!\w)@([A-Za-z]+)\s*([{(])", re.MULTILINE)
_FIELD = r"[\w.:+-]{1,40}\s{0,9}=\s{0,9}"
_KEY = lazy_pattern(
    # `key with space`, `a=b`, `mendez, 2024`, `b\"{u}ler`: up to a comma before a field or the end of a line.
    rf"\s*+(?!{_FIELD}[\"{{]|(?:year|month|volume|number|pages)\s{{0,9}}=)"
    rf"((?:[^,{{}}\n]|\{{[^{{}}\n]{{0,12}}\}}|,(?![ \t]*(?:[\n\r%}})]|$|{_FIELD}))){{0,300}}),"
    # `@misc{key}`, and a key whose comma is missing
    r"|\s*+([^\s,={}()\"]++(?:[ \t]++[^\s,={}()\"]++){0,9})[ \t]*(?=[})\n])"
)
_BETWEEN = lazy_pattern(r"(?:[\s,]+|(?<=[\s,])[%#][^\n]*)+")
_NAME = lazy_pattern(r"([^\s=,{}()\"#%]+)\s*=\s*")
_BRACE = lazy_pattern(r"[{}]")
_QUOTE = lazy_pattern(r"[{}\"]")
_WORD = lazy_pattern(r"[^\s,{}()\"#=%]+")
_JOIN = lazy_pattern(r"\s*#\s*")
_REST_OF_ENTRY = lazy_pattern(r"^[ \t,]*(?=\S)([\w-]+\s*=\s*[{\"]|[}\"])", re.MULTILINE)
"""A field or closing brace below an entry, which shows that its braces closed too early."""

MAX_MACRO_CHARS = 10_000
"""A longer abbreviation is not kept: those that are made of others would double in every line."""

_FREE_CHARS = 1_000_000
_MAX_EXPANSION = 20
"""Abbreviations may expand to this many times the characters read so far, and to a million beyond that."""

# BibTeX defines the months as abbreviations: `month = jan`.
MONTHS = ("January February March April May June July August September October November December").split()  # noqa: SIM905


class Entry(NamedTuple):
    """An entry: its type and the names of its fields in lower case, the values as written, its lines from 1."""

    type: str
    key: str
    fields: dict[str, str]
    line_start: int
    line_end: int


class _BrokenError(Exception):
    """Says what is wrong with an entry, and at which character of the block."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at


class _Macros:
    """The abbreviations of a file, and how many characters they may still expand to."""

    def __init__(self) -> None:
        self._values = {month[:3].lower(): month for month in MONTHS}
        self._left = _FREE_CHARS

    def note_read(self, count: int) -> None:
        """Allow more expansion for the characters of another block."""
        self._left += count * _MAX_EXPANSION

    def define(self, fields: dict[str, str]) -> list[str]:
        """Keep abbreviations; return the names of those that are too long."""
        self._values.update((name, value) for name, value in fields.items() if len(value) <= MAX_MACRO_CHARS)
        return [name for name, value in fields.items() if len(value) > MAX_MACRO_CHARS]

    def expand(self, word: str) -> str | None:
        """Return what a word stands for: itself where it is no abbreviation, None where all together are too long."""
        value = self._values.get(word.lower(), word)
        self._left -= len(value)
        return value if self._left >= 0 else None


def read_entries(document: Document) -> Iterator[Entry | Problem]:
    """Yield the entries, and a problem for each that is damaged; other text is a comment, as in BibTeX."""
    macros = _Macros()
    for line, text in _blocks(_lines(document)):
        macros.note_read(len(text))
        yield from _Block(text, line, macros).read()


def _lines(document: Document) -> Iterable[str]:
    """Yield the lines of a document of any size."""
    if document.opener is None:
        yield from document.lines
        return
    rest = ""
    for chunk in document.chunks():
        *lines, rest = (rest + chunk).split("\n")
        if len(rest) > MAX_LINE_CHARS:
            raise MalformedDocument(document.uri, None, f"a line of more than {MAX_LINE_CHARS:,} characters")
        yield from (line.rstrip("\r").replace("\0", "\ufffd") for line in lines)
    yield rest


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield blocks of lines, each with the number of its first line; all but the first begin with an entry."""
    block: list[str] = []
    start = 1
    for number, line in enumerate(lines, 1):
        if "@" in line and block and _BLOCK.match(line):
            yield start, "\n".join(block)
            block, start = [], number
        block.append(line)
    yield start, "\n".join(block)


class _Block:
    """The text of one entry and of what follows it up to the next line that begins one; a line may hold several."""

    def __init__(self, text: str, line: int, macros: _Macros) -> None:
        self._text = text
        self._counted = (0, line)
        self._macros = macros
        self._at = 0
        self._problems: list[Problem] = []

    def read(self) -> Iterator[Entry | Problem]:
        """Yield the entries of the block, up to the first that is damaged."""
        while found := _ENTRY.search(self._text, self._at):
            if found[1] is None:
                self._at = found.end()
                continue
            try:
                entry = self._entry(found)
            except _BrokenError as error:
                yield self._problem(error.at, str(error), is_lost=True)
                return
            if entry is not None:
                yield entry
            yield from self._problems
            self._problems.clear()
        if rest := _REST_OF_ENTRY.search(self._text, self._at):
            yield self._problem(rest.start(1), "the entry is already closed above; this is not loaded")

    def _problem(self, at: int, problem: str, *, is_lost: bool = False) -> Problem:
        """Return a problem at the line of the character at `at`."""
        line = self._line_at(at)
        text = self._text[at : at + 200].split("\n")[0].strip()
        return Problem(line, text, problem, f"line[{line}]", is_lost=is_lost)

    def _line_at(self, at: int) -> int:
        """Return the line of a character, counted from the last one asked for, which is never far away."""
        counted, line = self._counted
        line += self._text.count("\n", counted, at) if at >= counted else -self._text.count("\n", at, counted)
        self._counted = (at, line)
        return line

    def _entry(self, found: re.Match[str]) -> Entry | None:
        """Read the entry that begins at an `@`; None for a comment, preamble or abbreviations. Raises _BrokenError."""
        start, kind = self._line_at(found.start()), found[1].lower()
        self._at = found.end()
        if kind in ("comment", "preamble"):
            self._skip(kind, found.end() - 1)
            return None
        key, has_comma = "", True
        if kind != "string" and (named := _KEY.match(self._text, self._at)):
            key, has_comma = (named[1] or named[2] or "").strip(), named[2] is None
            self._at = named.end()
        fields: dict[str, str] = {}
        try:
            self._read_fields(fields, found.start(), "}" if found[2] == "{" else ")", has_comma=has_comma)
        except _BrokenError as error:
            if "title" not in fields:
                raise
            # An entry with a title is worth keeping, whatever its rest is.
            self._problems.append(self._problem(error.at, f"{error}; the fields above are loaded"))
            self._at = len(self._text.rstrip())
        if kind == "string":
            for name in self._macros.define(fields):
                problem = f"{name} has more than {MAX_MACRO_CHARS:,} characters and is not loaded as an abbreviation"
                self._problems.append(self._problem(found.start(), problem))
            return None
        return Entry(kind, key, fields, start, self._line_at(self._at - 1))

    def _skip(self, kind: str, start: int) -> None:
        """Advance to the end of a comment or preamble; a comment that is not closed ends with its line."""
        try:
            self._at = self._end_of_braces(start, start)
        except _BrokenError:
            if kind == "preamble":
                raise
            self._at = (self._text + "\n").index("\n", start)

    def _read_fields(self, fields: dict[str, str], start: int, closer: str, *, has_comma: bool) -> None:
        """Add the fields up to the end of the entry that begins at `start`; raises _BrokenError."""
        while True:
            if between := _BETWEEN.match(self._text, self._at):
                has_comma = has_comma or "," in between[0]
                self._at = between.end()
            if self._text.startswith(closer, self._at):
                self._at += 1
                return
            name = _NAME.match(self._text, self._at)
            if name is None:
                raise self._unexpected(start, "expected a field like `year = {2020}`, or the end of the entry")
            if not has_comma:
                problem = "no comma before this field; it is loaded anyway"
                self._problems.append(self._problem(self._at, problem))
            self._at = name.end()
            fields.setdefault(name[1].lower(), self._value(start))
            has_comma = False

    def _unexpected(self, start: int, reason: str) -> _BrokenError:
        """Return the error for the text here, or for the end of the text inside the entry that begins at `start`."""
        if self._at < len(self._text):
            return _BrokenError(self._at, reason)
        return _BrokenError(start, "this entry is not closed; close it and load the file again")

    def _value(self, start: int) -> str:
        """Read a value: texts in braces or quotes, numbers and abbreviations, joined by `#`; raises _BrokenError."""
        parts = [self._part(start)]
        while join := _JOIN.match(self._text, self._at):
            self._at = join.end()
            parts.append(self._part(start))
        return "".join(parts)

    def _part(self, start: int) -> str:
        opener = self._text[self._at : self._at + 1]
        begin = self._at
        if opener == "{":
            self._at = self._end_of_braces(begin, start)
            return self._text[begin + 1 : self._at - 1]
        if opener == '"':
            self._at = self._end_of_quotes(begin, start)
            return self._text[begin + 1 : self._at - 1]
        word = _WORD.match(self._text, begin)
        if word is None:
            if opener in (",", "}"):  # `year = ,`
                return ""
            raise self._unexpected(start, "expected a value in braces or quotes, or a number")
        self._at = word.end()
        value = self._macros.expand(word[0])
        if value is None:
            raise _BrokenError(begin, "the abbreviations of this file expand to too many characters")
        return value

    def _end_of_braces(self, begin: int, start: int) -> int:
        depth = 0
        for found in _BRACE.finditer(self._text, begin):
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                return found.end()
        raise _BrokenError(start, "a brace of this entry is not closed; close it and load the file again")

    def _end_of_quotes(self, begin: int, start: int) -> int:
        depth = 0
        for found in _QUOTE.finditer(self._text, begin + 1):
            if found[0] == '"' and depth == 0:
                return found.end()
            depth += {"{": 1, "}": -1}.get(found[0], 0)
        raise _BrokenError(start, "a quotation mark of this entry is not closed; close it and load the file again")
