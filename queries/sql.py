"""Rendered SQL, which `python -m tools.generate` writes for each engine, and texts in SQL."""

from functools import cache
from pathlib import Path

from programme.exceptions import QueryError

ENGINES = ("sqlite", "duckdb", "postgresql")
"""The engines every query runs on."""


@cache
def rendered(folder: Path, engine: str, name: str) -> str:
    """Return the statement of `folder/NAME.sql` as an engine runs it, with every macro expanded."""
    return (folder / "rendered" / engine / f"{name}.sql").read_text(encoding="utf-8").rstrip("\n")


def literal(text: str) -> str:
    """Return a text as an SQL string literal.

    >>> literal("Moore's law")
    "'Moore''s law'"
    """
    if not text.isascii() and text != text.encode("utf-8", "replace").decode():
        raise QueryError(f"{text}: is not UTF-8, which DuckDB needs; rename the file")
    return "'" + text.replace("'", "''") + "'"
