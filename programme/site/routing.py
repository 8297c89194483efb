"""Which requests are the site's, and how they reach its pages.

A request is the site's when it asks for a database of programmes, for a page over one, or, where every database on
the server is one, for anything. All other requests pass through untouched, so that Datasette answers them as if this
package were not installed; its routes `/` and `/DATABASE` would otherwise be hidden behind our `/` and `/search`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from datasette.database import QueryInterrupted
from datasette.utils import add_cors_headers, sqlite3
from datasette.utils.asgi import NotFound, Request, Response

from programme.exceptions import QueryError
from programme.site.arguments import problem_of, route_of
from programme.site.charts import PLUGIN
from programme.site.database import for_spreadsheet, own_sql, tables_only
from programme.site.pages import routes
from programme.site.parts.site import AskForLessError, File, Handler, Redirect, Site
from programme.site.turnstile import RETRY_AFTER_S, FullError, Turnstile

PREFIX = "/-/programme"
"""Where our pages are registered with Datasette; readers never see it."""

TABLES = {"alembic_version", "editions", "paper_sources", "slots"}
"""A database that has all of these holds programmes."""

MODEL_CONTEXT = "/-/mcp"
"""Where language models connect; as a path of the whole server, ours only where every database is."""

SERVER_WIDE = ("/robots.txt", MODEL_CONTEXT)
"""Pages about the whole server, which are ours only where every database is."""

WRONG = "/-/wrong"
"""Where requests with wrong arguments go, with what is wrong in their scope: only within Datasette can it be shown."""

SPREADSHEET = "_spreadsheet"
"""The argument of a URL, such as that of a `.csv`, with which no text is taken for a formula."""

_IN_SITE: ContextVar[bool] = ContextVar("in_site", default=False)

App = Callable[[Any, Any, Any], Awaitable[None]]


def in_site() -> bool:
    """Return whether the current request is the site's."""
    return _IN_SITE.get()


@cache
def patterns() -> list[tuple[str, Handler]]:
    """Return the regular expression of each page below the prefix, with the function that answers it."""
    return [(_pattern(path), handler) for path, handler in routes()]


def is_page(path: str) -> bool:
    """Return whether a path is the path of a page.

    >>> is_page("/"), is_page("/search.json"), is_page("/edition/icml-2022.ics"), is_page("/programme/papers")
    (True, True, True, False)
    """
    return any(re.match(pattern, PREFIX + path) for pattern, _ in patterns())


async def holds_programmes(database: Any) -> bool:
    """Return whether a database of Datasette holds programmes; not when it cannot be read."""
    try:
        return set(await database.table_names()) >= TABLES
    except (sqlite3.Error, QueryInterrupted):
        return False


async def belongs_to_site(datasette: Any, path: str) -> bool:
    """Return whether a request for a path, without the base URL, is the site's."""
    if path.startswith(("/-/static", PREFIX)):
        return False
    databases = {
        database.route: database
        for name, database in datasette.databases.items()
        if name not in ("_internal", "_memory")
    }
    # A database comes before a page of the same name: ours are never called like a page, other people's may be.
    if named := databases.get(path.split("/")[1].partition(".")[0]):
        return await holds_programmes(named)
    ours = {database.name for database in databases.values() if await holds_programmes(database)}
    if ours and len(ours) == len(databases):
        return True
    if not ours or path in SERVER_WIDE:
        return False
    return is_page(path) or _is_dashboard_of(ours, datasette.plugin_config(PLUGIN) or {}, path)


def is_visitors_sql(scope: Any, path: str) -> bool:
    """Return whether a request brings SQL of its own.

    >>> scope = {"method": "GET", "query_string": b"sql=select+1"}
    >>> is_visitors_sql(scope, "/programme.json"), is_visitors_sql({**scope, "query_string": b"q=sql"}, "/search")
    (True, False)
    """
    if path == MODEL_CONTEXT:
        return str(scope["method"]) == "POST"
    return bool(_arguments(scope) & {"sql", "_where"})


def _arguments(scope: Any) -> set[str]:
    return set(parse_qs(scope["query_string"].decode("latin1"), keep_blank_values=True))


def _base_and_path(datasette: Any, scope: Any) -> tuple[str, str]:
    """Return the path that all of the site is below, and that of a request below it."""
    base = datasette.setting("base_url").rstrip("/")
    # Datasette routes by the path as it was sent, before decoding.
    raw = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0].decode("latin1")
    return base, path.removeprefix(base) if path.startswith(f"{base}/") else path


def middleware(datasette: Any) -> Callable[[App], App]:
    """Return ASGI middleware that marks the site's requests and sends those for pages to where they are registered.

    Pages run on threads of their own; requests with SQL of visitors wait for their turn.
    """
    turnstile = Turnstile()

    def wrap(app: App) -> App:
        async def answer(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            base, path = _base_and_path(datasette, scope)
            with own_sql():
                token = _IN_SITE.set(await belongs_to_site(datasette, path))
            try:
                is_ours = in_site() and (is_page(path) or path == MODEL_CONTEXT)
                sent = _below_prefix(scope, base, path) if is_ours else scope
                if in_site() and is_page(path):
                    with own_sql():
                        await app(sent, receive, send)
                elif in_site() and (problem := await _problem_of_arguments(datasette, scope, path)):
                    ending = ".json" if path.endswith(".json") else ""
                    await app({**_below_prefix(scope, base, WRONG + ending), WRONG: problem}, receive, send)
                elif in_site() and is_visitors_sql(scope, path):
                    async with turnstile.admit((scope.get("client") or ("",))[0]):
                        with for_spreadsheet(SPREADSHEET in _arguments(scope)):
                            await app(sent, receive, send)
                else:
                    with tables_only(), for_spreadsheet(SPREADSHEET in _arguments(scope)):
                        await app(sent, receive, send)
            except FullError:
                await _refuse(datasette, send)
            finally:
                _IN_SITE.reset(token)

        return answer

    return wrap


async def wrong_arguments(datasette: Any, request: Request) -> Response:
    """Say what is wrong with the arguments of a request."""
    if not in_site():
        raise NotFound("There is no such page.")
    return await _problem(datasette, request, 400, request.scope.get(WRONG, "Nothing is wrong here."))


async def model_context(datasette: Any, request: Request, receive: Any, send: Any) -> Response | None:
    """Answer a request of the Model Context Protocol: a POST, as there are no sessions to listen to or to end."""
    if request.method != "POST":
        return Response.text("Language models POST here.\n", status=405, headers={"allow": "POST"})
    database = await _database(datasette)
    await datasette.ensure_permissions(request.actor, [("view-database", database.name), "view-instance"])
    # Imported late: it takes a second, and most servers are never asked.
    from programme.site.model_context import answer

    await answer(Site(datasette, database, request), receive, send)
    return None


def view_of(handler: Handler) -> Callable[[Any, Request], Awaitable[Response]]:
    """Return Datasette's view of a page: HTML from its template, JSON where the path ends so, or a file."""

    async def view(datasette: Any, request: Request) -> Response:
        database = await _database(datasette)
        await datasette.ensure_permissions(request.actor, [("view-database", database.name), "view-instance"])
        site = Site(datasette, database, request)
        headers: dict[str, str] = {}
        if datasette.cors:
            add_cors_headers(headers)
        try:
            page = await handler(site)
        except NotFound as error:
            return await _problem(datasette, request, 404, str(error))
        except (AskForLessError, QueryError) as error:
            return await _problem(datasette, request, 400, str(error))
        except QueryInterrupted:
            return await _problem(datasette, request, 400, "This takes too long to answer. Ask for less.")
        if isinstance(page, Redirect):
            return Response.redirect(site.path(page.path), status=301, headers=headers)
        if isinstance(page, File):
            if page.name:
                headers["content-disposition"] = f'attachment; filename="{page.name}"'
            return Response(page.content, headers=headers, content_type=page.media_type)
        if request.url_vars.get("as_json"):
            return Response.json(page.shown, headers=headers, default=str)
        shown = {**page.shown, "site": site, "database_path": datasette.urls.database(database.name)}
        html = await datasette.render_template(f"{page.template}.html", shown, request=request)
        return Response.html(html, headers=headers)

    return view


def _below_prefix(scope: Any, base: str, path: str) -> Any:
    """Return the scope of a request for a page of ours as Datasette routes it."""
    sent = f"{base}{PREFIX}{path}"
    return {**scope, "path": sent, "raw_path": sent.encode("latin1")}


async def _database(datasette: Any) -> Any:
    """Return the first database of programmes; raises NotFound where none is served."""
    if in_site():
        for database in datasette.databases.values():
            if await holds_programmes(database):
                return database
    raise NotFound("There is no such page.")


async def _problem_of_arguments(datasette: Any, scope: Any, path: str) -> str | None:
    """Return what is wrong with the arguments of a request for a page of Datasette's over a database of ours."""
    named = {database.route: database for database in datasette.databases.values()}.get(route_of(path))
    if not scope["query_string"] or named is None:
        return None
    with own_sql():
        return await problem_of(datasette, named, path, scope["query_string"])


async def _problem(datasette: Any, request: Request, status: int, message: str) -> Response:
    """Answer with an error here: Datasette would redirect some of these requests to the path with our prefix."""
    headers: dict[str, str] = {}
    if datasette.cors:
        add_cors_headers(headers)
    shown = {"error": message, "status": status, "title": None}
    if request.path.endswith(".json"):
        return Response.json({"ok": False, **shown}, status=status, headers=headers)
    html = await datasette.render_template([f"{status}.html", "error.html"], shown, request=request)
    return Response.html(html, status=status, headers=headers)


async def _refuse(datasette: Any, send: Any) -> None:
    """Answer that too much SQL is running."""
    headers = {"retry-after": str(RETRY_AFTER_S)}
    if datasette.cors:
        add_cors_headers(headers)
    problem = f"Too many statements of SQL are running. Try again in {RETRY_AFTER_S} seconds, one after the other.\n"
    await Response.text(problem, status=429, headers=headers).asgi_send(send)


def _is_dashboard_of(databases: set[str], config: dict[str, Any], path: str) -> bool:
    """Return whether a path is that of dashboards whose every chart is over these databases.

    >>> config = {"code": {"charts": {"years": {"db": "programme"}}}, "sales": {"charts": {"months": {"db": "shop"}}}}
    >>> [_is_dashboard_of({"programme"}, config, f"/-/dashboards{slug}") for slug in ("/code", "/sales", "")]
    [True, False, False]
    """
    if not re.match("/-/dashboards(/|$)", path):
        return False
    slug = path.removeprefix("/-/dashboards").strip("/").partition("/")[0]
    dashboards = [config[slug]] if slug in config else [] if slug else list(config.values())
    charts = [chart for dashboard in dashboards for chart in dashboard["charts"].values()]
    return bool(charts) and all(chart.get("db") in databases for chart in charts)


def _pattern(path: str) -> str:
    r"""Return the regular expression of a page below the prefix: `{name}` stands for one part of the path.

    >>> _pattern("/paper/{key}")
    '^/\\-/programme/paper/(?P<key>[^/]+?)(?P<as_json>\\.json)?$'
    >>> _pattern("/paper/{key}.bib"), _pattern("/")
    ('^/\\-/programme/paper/(?P<key>[^/]+?)\\.bib$', '^/\\-/programme/$')
    """
    named = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+?)", re.escape(PREFIX + path))
    ending = "" if path == "/" or "." in path else r"(?P<as_json>\.json)?"
    return f"^{named}{ending}$"
