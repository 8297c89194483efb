"""The Datasette metadata, generated from `schema` and `queries`.

`python -m loaders.site.metadata` writes `datasette_metadata.json`, with which plain `datasette programme.db -m` works.
"""

import inspect
import json
import re
from html import escape
from pathlib import Path
from typing import Any

from loaders.shipped import shipped
from loaders.site.dashboards import PLUGIN, dashboards

FILE_NAME = "datasette_metadata.json"
DATABASE_NAME = "programme"
"""What Datasette calls a database served from `programme.db`."""

TABLES_SHOWN: dict[str, dict[str, Any]] = {
    "venues": {"label_column": "name", "sort": "name"},
    "editions": {"label_column": "name", "sort_desc": "starts_on", "facets": ["venue_id"]},
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
"""How a table is shown, in Datasette's words. Every facet has an index that starts with it."""

VIEWS_SHOWN: dict[str, dict[str, Any]] = {
    "author_index": {"sort": "name"},
    "code_share": {"sort_desc": "percent"},
    "document_ledger": {"sort": "uri"},
    "papers_with_code": {"facets": ["role"]},
    "programme": {"sort": "starts_at", "facets": ["edition", "kind"]},
    "promised_code": {"facets": []},
    "repository_papers": {"sort_desc": "papers"},
}
"""How a view is sorted where that is fast on a large database. Its facets stand in its .sql file, and here where those
that every row would have to be computed for are left out; the search page counts by them."""

HIDDEN = (
    "alembic_version",
    "papers_fts",
    "papers_fts_config",
    "papers_fts_data",
    "papers_fts_docsize",
    "papers_fts_idx",
)
"""Tables that hold no facts."""

START = (
    "programme",
    "papers_with_code",
    "search_papers",
    "author_index",
    "sessions_of_edition",
    "repository_papers",
    "document_ledger",
)
"""Views and queries that the first page leads to."""

_CODE = re.compile(r"`([^`]*)`")


def metadata() -> dict[str, Any]:
    """Datasette's metadata for a database called `programme`: titles, descriptions, labels, facets, canned queries."""
    from queries import catalogue
    from schema import TABLES

    queries = catalogue().values()
    tables = {str(table.__tablename__): _table(table) for table in TABLES}
    views = {query.name: _view(query) for query in queries if query.is_view}
    hidden = {name: {"hidden": True} for name in HIDDEN}
    database = {
        "title": "Programme",
        "description": "Views and queries show facts together, tables hold them one by one.",
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


def renamed(metadata: dict[str, Any], database_name: str) -> dict[str, Any]:
    """The same metadata for a database of another name, with links to where a reader may start.

    >>> thing = {"description": "Facts.", "tables": {"programme": {"title": "Programme"}}, "queries": {}}
    >>> renamed({"description": "All.", "databases": {"programme": thing}}, "demo")["description_html"]
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
        "plugins": {PLUGIN: dashboards(database_name), "datasette-mcp": {"canned_queries": True}},
    }


def shipped_metadata(database_name: str) -> dict[str, Any]:
    """The metadata that comes with the package, for a database of this name."""
    return renamed(json.loads(shipped(FILE_NAME).read_text(encoding="utf-8")), database_name)


def plain(text: str) -> str:
    """Text for places where Datasette shows no markup.

    >>> plain("Short name: `icml`.")
    'Short name: “icml”.'
    """
    return _CODE.sub(r"“\1”", text)


def markup(text: str) -> str:
    """Text as HTML.

    >>> markup("Day, `2022-07-21` (default: Q&A).")
    'Day, <code>2022-07-21</code> (default: Q&amp;A).'
    """
    return _CODE.sub(r"<code>\1</code>", escape(text, quote=False))


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _table(table: Any) -> dict[str, Any]:
    name = table.__tablename__
    columns = {column: plain(field.description or "") for column, field in table.model_fields.items()}
    description = plain(" ".join((inspect.getdoc(table) or "").split()))
    return {"title": _title(name), "description": description, **TABLES_SHOWN.get(name, {}), "columns": columns}


def _view(query: Any) -> dict[str, Any]:
    columns = {column.name: plain(column.explanation) for column in query.columns}
    shown = {"facets": list(query.facets), **VIEWS_SHOWN.get(query.name, {})}
    return {"title": query.title, "description": plain(query.description), **shown, "columns": columns}


def _canned(query: Any) -> dict[str, Any]:
    from queries import render

    params = "".join(f"<li><strong>{param.name}</strong>: {markup(param.explanation)}</li>" for param in query.params)
    return {
        "title": query.title,
        "description": plain(query.description),
        "description_html": f"<p>{markup(query.description)}</p><ul>{params}</ul>",
        "params": [param.name for param in query.params],
        "hide_sql": True,
        "sql": render(query, "sqlite"),
    }


def as_text(metadata: dict[str, Any]) -> str:
    """The metadata as the text of `datasette_metadata.json`."""
    return json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(FILE_NAME).write_text(as_text(metadata()), encoding="utf-8")
