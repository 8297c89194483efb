"""CSV that a person opens in a spreadsheet, which would take some texts for formulas."""

from collections.abc import Iterable
from typing import Any

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(row: Iterable[Any]) -> tuple[Any, ...]:
    """Return a row in which no text starts a formula: `'` stands before it, which a spreadsheet does not show.

    >>> guarded(["=HYPERLINK(1)", "@ada", "a-b", -1, None])
    ("'=HYPERLINK(1)", "'@ada", 'a-b', -1, None)
    """
    return tuple(f"'{value}" if isinstance(value, str) and value.startswith(_STARTS) else value for value in row)
