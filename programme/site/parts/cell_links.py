"""Links from the cells of Datasette's tables, views and queries to our pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from programme.patterns import lazy_pattern

TABLES = {
    "papers": ("paper", "key", ("key", "title")),
    "authors": ("author", "key", ("key", "name")),
    "sessions": ("session", "key", ("key", "title")),
    "repositories": ("repository", "key", ("key", "path")),
    "listings": ("listing", "key", ("key", "title")),
    "editions": ("edition", "slug", ("slug", "name")),
    "documents": ("document", "sha256", ("sha256", "uri")),
    "document_ledger": ("document", "sha256", ("sha256", "uri")),
}
"""For each table or view: the kind of page, the column with its key, and the columns that link to it."""

_KINDS = {
    "paper": "paper",
    "title": "paper",
    "author": "author",
    "name": "author",
    "coauthor": "author",
    "session": "session",
    "repository": "repository",
    "listing": "listing",
}
_KEY = lazy_pattern(r"(?:\w+_)?(paper|author|coauthor|session|repository|listing)_key")
_NAME = lazy_pattern(rf"(?P<prefix>(?:\w+_)?)(?P<kind>{'|'.join(_KINDS)})")
_EDITION = lazy_pattern(r"[a-z0-9]+-\d{4}")
_FACTS = {"slot": "session", "link": "paper", "entry": "listing"}


def page_of(table: str | None, column: str, row: Mapping[str, Any]) -> str | None:
    """Return the path of the page that a cell links to; None for no link.

    >>> page_of("papers", "title", {"id": 1, "key": "9f31", "title": "Nets"})
    '/paper/9f31'
    >>> page_of(None, "coauthor", {"author_key": "a1", "coauthor": "Bo Wu", "coauthor_key": "b2"})
    '/author/b2'
    >>> page_of("corrections", "target_key", {"subject_type": "slot", "target_key": "5f02"})
    '/session/5f02'
    >>> page_of("sources", "uri", {"uri": "file:///a.txt", "scope": ""})
    '/source?uri=file%3A%2F%2F%2Fa.txt'
    >>> page_of("programme", "edition", {"edition": "icml-2022"}), page_of(None, "title", {"title": "Nets"})
    ('/edition/icml-2022', None)
    """
    names = row.keys()
    if table in TABLES:
        kind, key, columns = TABLES[table]
        return f"/{kind}/{row[key]}" if column in columns and key in names and row[key] else None
    if column in ("document", "uri", "sha256", "sha256_before"):
        return _document(table, column, row)
    if column == "edition":
        return f"/edition/{row[column]}" if _EDITION.fullmatch(str(row[column])) else None
    if column == "key" and "fact" in names:
        fact = str(row["fact"])
        return f"/{_FACTS.get(fact, fact)}/{row[column]}"
    if column == "target_key" and "subject_type" in names:
        subject = str(row["subject_type"])
        return f"/{_FACTS.get(subject, subject)}/{row[column]}"
    if found := _KEY.fullmatch(column):
        return f"/{_KINDS[found[1]]}/{row[column]}"
    if found := _NAME.fullmatch(column):
        kind = _KINDS[found["kind"]]
        for key in (f"{column}_key", f"{found['prefix']}{kind}_key"):
            if key in names and row[key]:
                return f"/{kind}/{row[key]}"
    return None


def _document(table: str | None, column: str, row: Mapping[str, Any]) -> str | None:
    """Return the path of a document, or that of a search for its URI when the row has no SHA-256, or of a source."""
    names = row.keys()
    if table in ("sources", "source_history") and column == "uri":
        return f"/source?{urlencode({name: row[name] for name in ('uri', 'scope') if row[name]})}"
    if column == "sha256_before":
        return f"/document/{row[column]}" if row[column] else None
    if "sha256" in names and row["sha256"]:
        return f"/document/{row['sha256']}"
    uri = next((row[name] for name in ("document", "uri") if name in names), None)
    return f"/documents?{urlencode({'q': uri})}" if uri else None


def cell(datasette: Any, table: str | None, column: str, value: Any, row: Mapping[str, Any]) -> Markup | None:
    """Return a cell as a link to our page; None to let Datasette show it."""
    if not isinstance(value, str) or not value:
        return None
    page = page_of(table, column, row)
    if page is None:
        return None
    url = escape(datasette.urls.path(quote(page, safe="/?=&%+")))
    return Markup(f'<a href="{url}">{escape(value)}</a>')  # noqa: S704  both are escaped
