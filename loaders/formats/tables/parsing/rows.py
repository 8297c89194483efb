"""The rows of a table in every notation, as dictionaries from the names of columns to values."""

from collections.abc import Iterator, Mapping
from typing import Any

from programme.loaders.documents import Document
from programme.loaders.readers import EXCERPT_CHARS, Located, YamlTree, check_depth, is_json, is_yaml, read_rows
from programme.loaders.readers.json_stream import JsonValues
from programme.loaders.records import Boilerplate, Problem

Row = Located[Mapping[str, Any]] | Located[dict[str, str]]

NO_ROW = "expected an object with the values of a row"


def table_rows(document: Document) -> Iterator[Row | Boilerplate | Problem]:
    """Yield the header as Boilerplate, then each row, or a Problem for one that is damaged.

    Raises MalformedDocument for what is no table.
    """
    if is_json(document):
        yield from _json_rows(document)
    elif is_yaml(document):
        yield from _yaml_rows(document)
    else:
        yield from read_rows(document, None, str.strip)


def _json_rows(document: Document) -> Iterator[Row | Problem]:
    values = JsonValues(document)
    for raw in values:
        path = f"{values.key}[{raw.index}]"
        if raw.problem:
            yield Problem(raw.line_start, raw.excerpt, raw.problem, path, is_lost=True)
            continue
        for inner_path, value in _objects(raw.value, path):
            yield _checked(document, value, inner_path, raw.line_start, raw.line_end)


def _yaml_rows(document: Document) -> Iterator[Row | Problem]:
    tree = YamlTree(document)
    value = tree.value
    lists = {"": value} if isinstance(value, list) else value if isinstance(value, dict) else {}
    for key, items in lists.items():
        for index, item in enumerate(items if isinstance(items, list) else [items] if isinstance(items, dict) else ()):
            line_start, line_end = tree.lines(item) if isinstance(item, dict | list) else (1, 1)
            yield _checked(document, item, f"{key}[{index}]" if isinstance(items, list) else key, line_start, line_end)


def _objects(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield a row, or the rows of an object whose keys are the numbers of papers."""
    if isinstance(value, dict) and value and all(isinstance(inner, dict) for inner in value.values()):
        yield from ((key, inner) for key, inner in value.items())
    else:
        yield path, value


def _checked(document: Document, value: Any, path: str, line_start: int, line_end: int) -> Row | Problem:
    if not isinstance(value, dict):
        return Problem(line_start, str(value)[:EXCERPT_CHARS], f"{path}: {NO_ROW}", path, is_lost=True)
    try:
        check_depth(value, document.limits.json_depth)
    except ValueError as error:
        return Problem(line_start, "", f"{path}: {error}", path, is_lost=True)
    return Located(value, path, line_start, line_end)
