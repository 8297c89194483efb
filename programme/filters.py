"""What the library makes of the parameters of a curated query: text, and conditions on the columns of a view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from programme.exceptions import QueryError

if TYPE_CHECKING:
    from programme.queries import Query


def filtered(query: Query, statement: str, values: Mapping[str, Any]) -> str:
    """Put a condition for each value into the statement of a view, before its ORDER BY."""
    columns = [column.name for column in query.columns]
    conditions = []
    for name in values:
        if name in columns:
            conditions.append(f'"{name}" IS NOT DISTINCT FROM ${name}')
        elif name == "edition" and "editions" in columns:
            # Views show the slugs of a paper's editions, joined by commas.
            conditions.append("list_contains(string_split(editions, ', '), $edition)")
        else:
            raise QueryError(f"{query.name} has no column {name!r}; it has {', '.join(columns)}")
    select, order_by, order = statement.partition(" ORDER BY ")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"{select}{where}{order_by}{order}"


def parameter_text(value: object) -> str:
    """Return the value of a parameter as the text that queries take: false and None are empty, true is `1`."""
    if value is None or isinstance(value, bool):
        return "1" if value else ""
    return str(value)
