"""The site as a Datasette plugin: it serves our pages and style where a database of programmes is, and nowhere else.

Datasette loads every plugin of its environment, so this one also runs beside databases that have nothing to do with
Programme. It therefore answers every hook with nothing unless `routing` says that the current request is the site's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.renderer import json_renderer
from datasette.utils.asgi import Response
from datasette.views.base import DatasetteError
from jinja2 import ChoiceLoader, FileSystemLoader

from programme.letters import plain_name
from programme.site.database import bound_values, refuse_without_file, with_lengths
from programme.site.headers import guard
from programme.site.inline import AllowInline, allow_script
from programme.site.pages.queries import fields_of
from programme.site.parts.cell_links import cell
from programme.site.parts.formatting import FILTERS
from programme.site.plugin.renderers import renderers
from programme.site.routing import (
    MODEL_CONTEXT,
    PREFIX,
    TABLES,
    WRONG,
    in_site,
    middleware,
    model_context,
    patterns,
    view_of,
    wrong_arguments,
)
from programme.site.watching import cannot_be_shown, damage_of

STYLE = "/-/static-plugins/programme/site.css"
SCRIPTS = ("/-/static-plugins/programme/site.js", "/-/static-plugins/programme/my_programme.js")
TEMPLATES = Path(__file__).parents[1] / "templates"
"""Not `plugin/templates`: Datasette would put such a folder before its own templates for every database."""


@hookimpl
def startup() -> None:
    """Keep Datasette from printing every refused query and every 404 with the variables of all its frames.

    It does so where rich is installed, and rich comes with us; errors of the server still leave a traceback.
    """
    # Imported late: it loads all plugins, and this module would be registered before its hooks are defined.
    from datasette import handle_exception

    handle_exception.rich = None


@hookimpl(tryfirst=True)
def handle_exception(exception: Exception) -> Response | None:
    """Have Datasette answer 400 to arguments that contradict each other, and 503 where the file cannot be read.

    It says 500 to both, as if the server had failed.
    """
    if in_site() and isinstance(exception, DatasetteError) and exception.status == 500:
        exception.status = 400
    if in_site() and (damage := damage_of(exception)):
        return cannot_be_shown(damage)
    return None


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Send the requests that are the site's to its pages, and its responses with headers that protect browsers."""
    route = middleware(datasette)
    # On a Datasette that serves other databases too, the responses of those stay as they are.
    public_url = getattr(datasette, "public_url", None)
    return lambda app: guard(
        refuse_without_file(route(app), datasette), public_url or "", in_site if public_url is None else lambda: True
    )


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Register every page below a prefix, to which the middleware sends the requests."""
    pages = [(pattern, view_of(handler)) for pattern, handler in patterns()]
    return [
        *pages,
        (f"^{PREFIX}{MODEL_CONTEXT}$", model_context),
        (rf"^{PREFIX}{WRONG}(\.json)?$", wrong_arguments),
    ]


@hookimpl
def skip_csrf(scope: Any) -> bool:
    """Let language models POST: they have no cookies, and nothing here writes."""
    return in_site() and str(scope["path"]).endswith(f"{PREFIX}{MODEL_CONTEXT}")


@hookimpl
def prepare_connection(conn: Any) -> None:
    """Bound the values of SQL over a database of programmes, and define what curated queries call."""
    tables = {name for (name,) in map(tuple, conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    if tables >= TABLES:
        bound_values(conn)
        conn.create_function("plain_name", 1, plain_name, deterministic=True)


@hookimpl
def register_output_renderer() -> list[dict[str, Any]]:
    """Write papers and slots to take along; and JSON as Datasette does, but of binary values how long they are.

    Escaped, they are six times as long.
    """

    def render(args: Any, data: dict[str, Any], view_name: str) -> Any:
        if in_site() and "rows" in data:
            data["rows"] = [with_lengths(row) for row in data["rows"]]
        return json_renderer(args, data, view_name)

    return [{"extension": "json", "render": render}, *renderers(in_site)]


@hookimpl(trylast=True)
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Show the site's requests with our templates and filters; last, after other plugins have added theirs.

    Datasette 1.0 has a hook that chooses the environment of a request. 0.65 takes every template from
    `env.select_template`, so this is where ours come in.
    """

    async def fields_of_query(database: str, query: str) -> list[dict[str, Any]]:
        return await fields_of(datasette.get_database(database), query)

    ours = env.overlay(loader=ChoiceLoader([FileSystemLoader(TEMPLATES), env.loader]))
    ours.filters = {**env.filters, **FILTERS}
    ours.add_extension(AllowInline)
    has_sql = datasette.setting("default_allow_sql")
    more = {"fields_of_query": fields_of_query, "has_sql": has_sql, "allow_script": allow_script}
    ours.globals = {**env.globals, **more}
    select = env.select_template

    def select_template(*args: Any, **kwargs: Any) -> Any:
        return (ours.select_template if in_site() else select)(*args, **kwargs)

    env.select_template = select_template


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Any) -> Any:
    """Link cells of Datasette's tables, views and queries to our pages."""
    return cell(datasette, table, column, value, row) if in_site() else None


@hookimpl
def extra_css_urls(datasette: Any) -> list[str]:
    """Add our style sheet to the site's pages, including Datasette's own."""
    return [datasette.urls.path(STYLE)] if in_site() else []


@hookimpl
def extra_js_urls(datasette: Any) -> list[dict[str, Any]]:
    """Add our scripts to the site's pages."""
    return [{"url": datasette.urls.path(script), "module": True} for script in SCRIPTS] if in_site() else []
