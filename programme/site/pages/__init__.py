"""The pages of the site: a Datasette plugin with its templates and static files.

A page is one module in this folder with `ROUTES`, pairs of an address and a function that takes a `Site` and a request
and gives a `Page`; its template has the module's name. Every page is HTML at its address and JSON at the same address
with `.json`.
"""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from datasette import hookimpl

from programme.site.pages._cells import cell
from programme.site.pages._site import Handler, served
from programme.site.pages._words import FILTERS
from programme.site.pages.questions import fields_of

STYLE = "/-/static-plugins/programme/site.css"
SCRIPT = "/-/static-plugins/programme/site.js"


def routes() -> list[tuple[str, Handler]]:
    """Every address with the function that answers it, the most particular first within a module."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__) if found.name[0] != "_")
    return [route for module in modules for route in module.ROUTES]


def page_names() -> set[str]:
    """The first parts of the addresses of pages, which no database can be called."""
    return {address.split("/")[1] for address, _ in routes()} - {""}


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Give every page its address; one that ends in a name also answers the name with `.json`."""
    return [(_pattern(address), served(handler)) for address, handler in routes()]


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Add the words that templates need to show days, times and counts, and the fields of the curated queries."""
    env.filters.update(FILTERS)

    async def fields_of_query(database: str, query: str) -> list[dict[str, Any]]:
        return await fields_of(datasette.get_database(database), query)

    env.globals["fields_of_query"] = fields_of_query


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Any) -> Any:
    """Lead from Datasette's tables, views and queries to our pages."""
    return cell(datasette, table, column, value, row)


@hookimpl
def extra_css_urls(datasette: Any) -> list[str]:
    """Put our style sheet on every page, Datasette's own too."""
    return [datasette.urls.path(STYLE)]


@hookimpl
def extra_js_urls(datasette: Any) -> list[dict[str, Any]]:
    """Put our script on every page."""
    return [{"url": datasette.urls.path(SCRIPT), "module": True}]


def _pattern(address: str) -> str:
    r"""The regular expression of an address: `{name}` stands for one part of it.

    >>> _pattern("/paper/{key}")
    '^/paper/(?P<key>[^/]+?)(?P<as_json>\\.json)?$'
    >>> _pattern("/paper/{key}.bib"), _pattern("/")
    ('^/paper/(?P<key>[^/]+?)\\.bib$', '^/$')
    """
    named = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+?)", re.escape(address))
    ending = "" if address == "/" or "." in address else r"(?P<as_json>\.json)?"
    return f"^{named}{ending}$"
