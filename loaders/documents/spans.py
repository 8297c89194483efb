"""Spans of a large document: records that are read apart from the others, in another process."""

from typing import NamedTuple


class Position(NamedTuple):
    """A place before a record: how many bytes and records precede it, and its line from 1."""

    offset: int = 0
    records: int = 0
    line: int = 1


class Span(NamedTuple):
    """The records of a document from `start` to `end`, or all that follow; `is_list` says that a list holds them."""

    start: Position
    end: Position | None
    is_list: bool
    is_last: bool
