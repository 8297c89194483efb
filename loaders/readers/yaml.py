"""A YAML document as plain values whose scalars are texts, with the lines of each list and mapping.

PyYAML's own constructor loses lines and reads `12:00` as 720, `yes` as true, and dates as dates. So the values are
built here from the events of its parser.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from programme.loaders.documents import Document, MalformedDocument
from programme.patterns import lazy_pattern

MAX_VALUES = 2_000_000
"""A document with more values is malformed; those that aliases repeat count each time."""

MAX_COMMENT_CHARS = 4096
"""The first key must stand within so much of the document."""

_VALUE_STARTS = frozenset({"ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"})
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

_FIRST_LINE = lazy_pattern(r"---|-(?:\s|$)|[\"']?\w[\w .-]*[\"']?\s*:(?:\s|$)")
_KEY = lazy_pattern(r"^[^\S\n]*+(?:-[^\S\n]++)*+[\"']?([A-Za-z]\w*)[\"']?\s*:(?:\s|$)", re.MULTILINE)


def is_yaml(document: Document) -> bool:
    """Return whether the first line that is neither blank nor a comment is an item or a key of YAML."""
    for line in document.head[:MAX_COMMENT_CHARS].lstrip("\ufeff").splitlines()[:200]:
        if line.strip() and not line.lstrip().startswith("#"):
            return _FIRST_LINE.match(line) is not None
    return False


def yaml_keys(document: Document) -> frozenset[str]:
    """Return the keys near the top of a YAML document in lower case, at any depth; none for other documents."""
    return frozenset(key.lower() for key in _KEY.findall(document.head)) if is_yaml(document) else frozenset()


class YamlTree:
    """The `value` of a document: lists, dictionaries, texts and None."""

    def __init__(self, document: Document) -> None:
        """Read the document; raises MalformedDocument with the line."""
        self._document = document
        # By identity: lists and dictionaries are not hashable, and none is freed while the tree lives.
        self._lines: dict[int, tuple[int, int]] = {}
        self._places: dict[int, list[tuple[str, int]]] = {}
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._last_line = 1
        self._size = 0
        self.value: Any = None
        events = self._events()
        has_value = False
        for event in events:
            if type(event).__name__ in _VALUE_STARTS:
                if has_value:
                    raise self._malformed(event, "a second YAML document begins here; give each a file of its own")
                has_value = True
                self.value = self._build_root(event, events)

    def _build_root(self, event: Any, events: Iterator[Any]) -> Any:
        try:
            return self._build(event, events, 0)
        except RecursionError:
            raise self._malformed(event, "nested too deeply to be read") from None

    def lines(self, value: Any) -> tuple[int, int]:
        """Return the first and last line, from 1, of a list or dictionary of this tree."""
        return self._lines.get(id(value), (1, 1))

    def places(self, value: Any) -> list[tuple[str, int]]:
        """Return the keys of a dictionary of this tree, or the indexes of a list, each with the line where it begins.

        Keys are as written: one that is repeated is there as often.
        """
        return self._places.get(id(value), [])

    def _events(self) -> Iterator[Any]:
        """Yield the events of the parser; its errors become MalformedDocument."""
        import yaml

        text = self._document.text
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            yield from yaml.parse(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else None
            raise MalformedDocument(self._document.uri, line, f"not YAML: {error.problem or error.context}") from None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            problem = f"not YAML: {error.reason}"
            raise MalformedDocument(self._document.uri, line, problem) from None
        except (yaml.YAMLError, ValueError) as error:
            raise MalformedDocument(self._document.uri, None, f"not YAML: {error}") from None

    def _build(self, event: Any, events: Iterator[Any], depth: int) -> Any:
        """Return the value that an event begins."""
        self._count(event, 1)
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self._resolve_alias(event)
        before = self._size
        if kind == "ScalarEvent":
            value: Any = None if event.implicit[0] and event.value in _NULLS else str(event.value)
            end = event.end_mark
            # The end of a block scalar is the start of the line below it.
            self._last_line = max(event.start_mark.line + 1, end.line + 1 if end.column else end.line)
        else:
            if depth >= self._document.limits.json_depth:
                raise self._malformed(event, f"nested deeper than {depth} levels; see --max-json-depth")
            value = self._build_container(event, events, depth + 1)
        if event.anchor:
            # With its size: a few nested aliases can stand for billions of values (a "YAML bomb").
            self._anchors[event.anchor] = (value, self._size - before + 1)
        return value

    def _build_container(self, start: Any, events: Iterator[Any], depth: int) -> Any:
        """Return the list or dictionary that an event begins; the last of two values with the same key stays."""
        values: list[Any] = []
        starts: list[int] = []
        end = None
        for event in events:
            if type(event).__name__ in ("SequenceEndEvent", "MappingEndEvent"):
                end = event
                break
            starts.append(event.start_mark.line + 1)
            values.append(self._build(event, events, depth))
        line = start.start_mark.line + 1
        if end is not None and end.start_mark.column != end.end_mark.column:
            self._last_line = end.end_mark.line + 1
        value: Any = values
        names: Iterable[Any] = range(len(values))
        if type(start).__name__ == "MappingStartEvent":
            value = {str(key): inner for key, inner in zip(values[::2], values[1::2], strict=False)}
            names, starts = values[::2], starts[::2]
        self._lines[id(value)] = (line, max(line, self._last_line))
        self._places[id(value)] = [(str(name), at) for name, at in zip(names, starts, strict=True)]
        return value

    def _resolve_alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise self._malformed(event, f"the alias *{event.anchor} stands for no value that is complete here")
        value, size = self._anchors[event.anchor]
        self._count(event, size)
        return value

    def _count(self, event: Any, size: int) -> None:
        self._size += size
        if self._size > MAX_VALUES:
            raise self._malformed(event, f"more than {MAX_VALUES:,} values, counting those that aliases repeat")

    def _malformed(self, event: Any, problem: str) -> MalformedDocument:
        return MalformedDocument(self._document.uri, event.start_mark.line + 1, problem)
