"""The pages of the site.

A page is one module in this folder with `ROUTES`: pairs of a path and a function that takes a `Site` and returns a
`Page` or a `File`. The template of a page is in `programme/site/templates`. Every page is HTML at its path and JSON at
the same path with `.json`. What several pages share is in `programme/site/parts`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from programme.site.parts.site import Handler


def routes() -> list[tuple[str, Handler]]:
    """Return every path with the function that answers it, the most specific first within a module."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return [route for module in modules for route in module.ROUTES]


def page_names() -> set[str]:
    """Return the first part of the path of every page; no database of a site can have such a name.

    >>> {"search", "edition", "queries"} <= page_names()
    True
    """
    return {path.split("/")[1] for path, _ in routes()} - {""}
