"""The rows of a table in every notation, as dictionaries from the names of columns to values."""

from collections.abc import Iterator
from typing import Any

from programme.loaders.documents import Document
from programme.loaders.formats.tables.parsing.agendas import agenda_rows
from programme.loaders.formats.tables.parsing.nested import flat, nested_rows
from programme.loaders.formats.tables.parsing.pages import has_tables, page_rows
from programme.loaders.readers import EXCERPT_CHARS, Located, YamlTree, check_depth, is_json, is_yaml, read_rows
from programme.loaders.readers.json_stream import JsonValues
from programme.loaders.records import Boilerplate, Problem

Row = Located[dict[str, Any]]

NO_ROW = "expected an object with the values of a row"


def table_rows(document: Document) -> Iterator[Row | Boilerplate | Problem]:
    """Yield the header as Boilerplate, then each row, or a Problem for one that is damaged.

    Raises MalformedDocument for what is no table.
    """
    if is_json(document):
        yield from _json_rows(document)
    elif has_tables(document):
        yield from page_rows(document)
    elif is_yaml(document):
        yield from _yaml_rows(document)
    else:
        yield from agenda_rows(read_rows(document, None, str.strip))


def _json_rows(document: Document) -> Iterator[Row | Problem]:
    values = JsonValues(document)
    for raw in values:
        path = f"{values.key}[{raw.index}]"
        if raw.problem:
            yield Problem(raw.line_start, raw.excerpt, raw.problem, path, is_lost=True)
            continue
        is_deep = raw.brackets > document.limits.json_depth
        for row in nested_rows(raw.value, path):
            yield _checked(document, row.value, row.path, (raw.line_start, raw.line_end), is_deep=is_deep)


def _yaml_rows(document: Document) -> Iterator[Row | Problem]:
    """Yield the items of a list, of lists under keys, or of an object from names to objects."""
    tree = YamlTree(document)
    value = tree.value
    lists = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    for index, item in enumerate(lists):
        for row in nested_rows(item, f"[{index}]" if isinstance(value, list) else ""):
            lines = tree.lines(row.source) if isinstance(row.source, dict | list) else (1, 1)
            yield _checked(document, row.value, row.path, lines, is_deep=False)


def _checked(document: Document, value: Any, path: str, lines: tuple[int, int], *, is_deep: bool) -> Row | Problem:
    """Return a row, or a Problem for what is none; the depth is checked where it may be too much."""
    if not isinstance(value, dict):
        return Problem(lines[0], str(value)[:EXCERPT_CHARS], f"{path}: {NO_ROW}", path, is_lost=True)
    if is_deep:
        try:
            check_depth(value, document.limits.json_depth)
        except (ValueError, RecursionError) as error:
            return Problem(lines[0], "", f"{path}: {error}", path, is_lost=True)
    return Located(flat(value), path, *lines)
