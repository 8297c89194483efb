"""Datasette's metadata, generated from the tables and the curated queries."""

import inspect
import json
import re
from pathlib import Path
from typing import Any

from programme.site.metadata import DATABASE_NAME, FILE_NAME, markup, renamed

PATH = Path(__file__).parents[1] / FILE_NAME

TABLES_SHOWN: dict[str, dict[str, Any]] = {
    "venues": {"label_column": "name", "sort": "name"},
    "editions": {"label_column": "name", "sort_desc": "starts_on", "facets": ["venue_id"]},
    "edition_sources": {"facets": ["document_id"]},
    "sources": {"label_column": "uri", "sort": "uri"},
    "captures": {"label_column": "captured_at", "sort_desc": "captured_at"},
    "changes": {"sort_desc": "captured_at", "facets": ["edition"]},
    "documents": {"label_column": "uri", "sort": "uri", "facets": ["format"]},
    "document_problems": {"label_column": "problem", "facets": ["document_id"]},
    "sessions": {"label_column": "title", "sort": "starts_at", "facets": ["edition_id", "kind"]},
    "session_sources": {"facets": ["document_id"]},
    "session_moderators": {"facets": ["author_id"]},
    "slots": {"label_column": "title", "sort": "starts_at", "facets": ["local_day", "kind"]},
    "papers": {"label_column": "title", "fts_table": "papers_fts", "fts_pk": "id"},
    "paper_identifiers": {"facets": ["scheme"]},
    "paper_sources": {"label_column": "title", "facets": ["listing_id"]},
    "authors": {"label_column": "name", "sort": "name"},
    "authorships": {"facets": ["author_id"], "facet_size": 10},
    "repositories": {"label_column": "path", "facets": ["host"]},
    "repo_links": {"label_column": "raw_url", "facets": ["role", "repository_id"], "facet_size": 10},
    "paper_links": {"label_column": "raw_url", "facets": ["kind"]},
    "listings": {"label_column": "title", "facets": ["source"]},
    "listing_entries": {"facets": ["listing_id"]},
}
"""How Datasette shows each table. Every facet is the first column of an index."""

HIDDEN = (
    "alembic_version",
    "papers_fts",
    "papers_fts_config",
    "papers_fts_data",
    "papers_fts_docsize",
    "papers_fts_idx",
    "papers_fts_words",
)
"""Tables without facts."""

_CODE = re.compile(r"`([^`]*)`")


def metadata() -> dict[str, Any]:
    """Return the metadata for a database called `programme`: titles, descriptions, labels, facets, canned queries."""
    from programme.queries import catalogue
    from programme.schema import TABLES

    queries = catalogue().values()
    tables = {str(table.__tablename__): _table(table) for table in TABLES}
    views = {query.name: _view(query) for query in queries if query.is_view}
    hidden = {name: {"hidden": True} for name in HIDDEN}
    database = {
        "title": "Programme",
        "description": "Views and queries combine facts; each table holds one kind of fact.",
        "tables": tables | views | hidden,
        "queries": {query.name: _canned(query) for query in queries if not query.is_view},
    }
    everything = {
        "title": "Programme",
        "description": "The programme of machine-learning conferences: sessions, slots, papers, authors and the code "
        "behind them, each with the document and the line that states it.",
        "databases": {DATABASE_NAME: database},
    }
    return renamed(everything, DATABASE_NAME)


def plain(text: str) -> str:
    """Return text for places where Datasette shows no markup, with quotes instead of backticks.

    >>> plain("Short name: `icml`.")
    'Short name: “icml”.'
    """
    return _CODE.sub(r"“\1”", text)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _table(table: Any) -> dict[str, Any]:
    name = table.__tablename__
    columns = {column: plain(field.description or "") for column, field in table.model_fields.items()}
    description = plain(" ".join((inspect.getdoc(table) or "").split()))
    return {"title": _title(name), "description": description, **TABLES_SHOWN.get(name, {}), "columns": columns}


def _view(query: Any) -> dict[str, Any]:
    columns = {column.name: plain(column.explanation) for column in query.columns}
    column, _, direction = (query.sort or "").partition(" ")
    sort = {"sort_desc" if direction else "sort": column} if column else {}
    shown = {"facets": list(query.facets), **sort}
    return {"title": query.title, "description": plain(query.description), **shown, "columns": columns}


def _canned(query: Any) -> dict[str, Any]:
    from programme.queries import render

    params = "".join(f"<li><strong>{param.name}</strong>: {markup(param.explanation)}</li>" for param in query.params)
    return {
        "title": query.title,
        "description": plain(query.description),
        "description_html": f"<p>{markup(query.description)}</p><ul>{params}</ul>",
        "params": [param.name for param in query.params],
        "hide_sql": True,
        "sql": render(query, "sqlite"),
    }


def text() -> str:
    """Return the text of `datasette_metadata.json`."""
    return json.dumps(metadata(), ensure_ascii=False, indent=1) + "\n"
