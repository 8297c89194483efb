"""Datasette's metadata from the package, adapted to the name of a database."""

import json
from functools import cache
from html import escape
from typing import Any

from programme.patterns import lazy_pattern
from programme.resources import shipped
from programme.site.charts import PLUGIN, dashboards

FILE_NAME = "datasette_metadata.json"
DATABASE_NAME = "programme"
"""Datasette's name for a database served from `programme.db`."""

START = (
    "programme",
    "papers_with_code",
    "search_papers",
    "author_index",
    "sessions_of_edition",
    "repository_papers",
    "document_ledger",
)
"""Views and queries that the page of the database links to."""

_CODE = lazy_pattern(r"`([^`]*)`")


def renamed(metadata: dict[str, Any], database_name: str) -> dict[str, Any]:
    """Return the same metadata for a database of another name, with links to views and queries to start with.

    >>> database = {"description": "Facts.", "tables": {"programme": {"title": "Programme"}}, "queries": {}}
    >>> renamed({"description": "All.", "databases": {"programme": database}}, "demo")["description_html"]
    '<p>All.</p><p>Start with <a href="demo/programme">Programme</a>.</p>'
    """
    from datasette.utils import tilde_encode

    database = metadata["databases"][DATABASE_NAME]
    entries = database["tables"] | database["queries"]
    route = tilde_encode(database_name)
    links = [f'<a href="{route}/{name}">{entries[name]["title"]}</a>' for name in START if name in entries]
    start = f"<p>Start with {' · '.join(links)}.</p>"
    database = {**database, "description_html": f"<p>{database['description']}</p>{start}"}
    return {
        **metadata,
        "description_html": f"<p>{metadata['description']}</p>{start}",
        "databases": {database_name: database},
        "plugins": {PLUGIN: dashboards(database_name)},
    }


def shipped_metadata(database_name: str) -> dict[str, Any]:
    """Return the metadata from the package, for a database of this name."""
    return renamed(json.loads(shipped(FILE_NAME).read_text(encoding="utf-8")), database_name)


@cache
def described_tables() -> dict[str, dict[str, Any]]:
    """Return each table and view by name, with its `description` and the meaning of its `columns`."""
    tables = shipped_metadata(DATABASE_NAME)["databases"][DATABASE_NAME]["tables"]
    return {name: table for name, table in tables.items() if "description" in table}


def markup(text: str) -> str:
    """Return text as HTML, its `code` as code.

    >>> markup("Day, `2022-07-21` (default: Q&A).")
    'Day, <code>2022-07-21</code> (default: Q&amp;A).'
    """
    return _CODE.sub(r"<code>\1</code>", escape(text, quote=False))
