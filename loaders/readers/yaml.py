"""A YAML document as plain values whose scalars are texts, with the lines of each list and mapping."""

import re
from collections.abc import Iterator
from typing import Any

from programme.loaders.documents import Document, MalformedDocument

MAX_VALUES = 2_000_000
"""A document with more values, those repeated by aliases counted each time, is malformed."""

_BEGINNINGS = frozenset({"ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"})
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


REMARKS_CHARS = 4096
"""So much of a document may be remarks before its first key."""

_FIRST_LINE = re.compile(r"---|-(?:\s|$)|[\"']?\w[\w .-]*[\"']?\s*:(?:\s|$)")
_KEY = re.compile(r"^\s*(?:-\s+)*[\"']?([A-Za-z]\w*)[\"']?\s*:(?:\s|$)", re.MULTILINE)


def is_yaml(document: Document) -> bool:
    """Whether the first line that says something is an item or a key of YAML."""
    for line in document.head[:REMARKS_CHARS].lstrip("\ufeff").splitlines()[:200]:
        if line.strip() and not line.lstrip().startswith("#"):
            return _FIRST_LINE.match(line) is not None
    return False


def yaml_keys(document: Document) -> frozenset[str]:
    """The keys near the top of a YAML document, in lower case, whatever they stand in; none for other documents."""
    return frozenset(key.lower() for key in _KEY.findall(document.head)) if is_yaml(document) else frozenset()


class Tree:
    """The value of a document; `lines` tells where a list or mapping of it stands."""

    def __init__(self, document: Document) -> None:
        """Read the document; raises MalformedDocument with the line."""
        self._document = document
        self._lines: dict[int, tuple[int, int]] = {}
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._last_line = 1
        self._size = 0
        self.value: Any = None
        events = self._events()
        has_value = False
        for event in events:
            if type(event).__name__ in _BEGINNINGS:
                if has_value:
                    raise self._malformed(event, "a second YAML document begins here; give each a file of its own")
                has_value = True
                self.value = self._root(event, events)

    def _root(self, event: Any, events: Iterator[Any]) -> Any:
        try:
            return self._built(event, events, 0)
        except RecursionError:
            raise self._malformed(event, "nested too deeply to be read") from None

    def lines(self, value: Any) -> tuple[int, int]:
        """The first and last line of a list or mapping."""
        return self._lines.get(id(value), (1, 1))

    def _events(self) -> Iterator[Any]:
        """What the parser sees, one after the other; its errors become MalformedDocument."""
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

    def _built(self, event: Any, events: Iterator[Any], depth: int) -> Any:
        """The value that an event begins."""
        self._count(event, 1)
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self._aliased(event)
        before = self._size
        if kind == "ScalarEvent":
            value: Any = None if event.implicit[0] and event.value in _NOTHING else str(event.value)
            end = event.end_mark
            self._last_line = max(event.start_mark.line + 1, end.line + 1 if end.column else end.line)
        else:
            if depth >= self._document.limits.json_depth:
                raise self._malformed(event, f"nested deeper than {depth} levels; see --max-json-depth")
            value = self._container(event, events, depth + 1)
        if event.anchor:
            self._anchors[event.anchor] = (value, self._size - before + 1)
        return value

    def _container(self, start: Any, events: Iterator[Any], depth: int) -> Any:
        """The list or mapping that an event begins; of two values of one key the last remains."""
        values: list[Any] = []
        end = None
        for event in events:
            if type(event).__name__ in ("SequenceEndEvent", "MappingEndEvent"):
                end = event
                break
            values.append(self._built(event, events, depth))
        line = start.start_mark.line + 1
        if end is not None and end.start_mark.column != end.end_mark.column:
            self._last_line = end.end_mark.line + 1
        value: Any = values
        if type(start).__name__ == "MappingStartEvent":
            value = {str(key): inner for key, inner in zip(values[::2], values[1::2], strict=False)}
        self._lines[id(value)] = (line, max(line, self._last_line))
        return value

    def _aliased(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise self._malformed(event, f"the alias *{event.anchor} stands for nothing that is complete here")
        value, size = self._anchors[event.anchor]
        self._count(event, size)
        return value

    def _count(self, event: Any, size: int) -> None:
        self._size += size
        if self._size > MAX_VALUES:
            raise self._malformed(event, f"more than {MAX_VALUES:,} values, with all that aliases repeat")

    def _malformed(self, event: Any, problem: str) -> MalformedDocument:
        return MalformedDocument(self._document.uri, event.start_mark.line + 1, problem)
