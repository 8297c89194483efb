"""Full text of papers in SQLite, whose index keeps no text of its own. PostgreSQL maintains an index by itself.

Most writes change the index at their end; a first load builds it at its end, beside other indexes (`full_text_beside`).
"""

from collections.abc import Collection
from typing import Protocol

from programme.loaders.store.buffer import WritePlan
from programme.loaders.store.connection import Row

INDEX = "INSERT INTO papers_fts (rowid, title, abstract) VALUES (?, ?, ?)"
UNINDEX = "INSERT INTO papers_fts (papers_fts, rowid, title, abstract) VALUES ('delete', ?, ?, ?)"
"""Remove a paper: FTS5 has to be given exactly what was indexed."""

TEXTS = ("id", "title", "abstract")
"""The columns of papers that are indexed, after their id."""
Texts = Collection[Row]
"""Their values."""


class Search(Protocol):
    """Where papers are indexed."""

    def change(self, before: Texts, after: Texts, plan: WritePlan) -> None:
        """Index papers as they are `after` a change, and no longer as they were before it."""


class SearchInPlan:
    """Changes the index with the plan of a write; in batches, as a trigger per row makes loading three times slower."""

    def change(self, before: Texts, after: Texts, plan: WritePlan) -> None:
        """Plan the change."""
        plan.change(UNINDEX, before)
        plan.change(INDEX, after)
