"""The Model Context Protocol at `/-/mcp`: tools with which a language model searches, looks up and queries.

Every request stands alone: there are no sessions, so none is left open. Answers are text and are sent once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.utils import InvalidSql, sqlite3, validate_sql_select
from datasette.utils.asgi import NotFound, Request
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field

from programme.engines import find_query
from programme.exceptions import QueryError
from programme.filters import argument_of, parameter_text, parameter_values, query_statement
from programme.loaders.text.identifiers import identifiers_from_url
from programme.loaders.text.suggestions import did_you_mean
from programme.queries import Query
from programme.site.arguments import check_values_known
from programme.site.database import own_sql
from programme.site.metadata import described_tables
from programme.site.pages import routes
from programme.site.pages.home import editions_of_site
from programme.site.parts import answers, in_short
from programme.site.parts.answers import MAX_NAMES, MAX_ROWS, Wanted, as_json
from programme.site.parts.site import AskForLessError, Page, Redirect, Row, Site

INSTRUCTIONS = """\
Programmes of machine-learning conferences: sessions, slots, papers, authors and the code behind them, each with the
document that states it. Start with `search`, `paper` or `edition`. For lists and counts, `queries` names the curated
queries that `query` runs; for anything else, `schema` names the tables and views. Editions are called like icml-2022.
Cite the permalink of what you use."""

MAX_LIMIT = 1_000
"""Rows that can be asked for at a time."""

SITE = "programme.site"
"""Where the ASGI scope of a request holds its `Site`."""

Names = Annotated[list[str], Field(max_length=MAX_NAMES)]
Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT)]
Number = Annotated[int, Field(ge=1)]
Values = dict[str, str | int | float | bool | None]

_READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_ANY_HOST = TransportSecuritySettings(enable_dns_rebinding_protection=False)
"""Which names the site answers to is decided for all its pages, in `headers`."""


async def answer(site: Site, receive: Any, send: Any) -> None:
    """Answer one request of the protocol."""
    mcp = _server(has_sql=site.datasette.setting("default_allow_sql"))
    app = mcp.streamable_http_app(
        streamable_http_path="/", json_response=True, stateless_http=True, transport_security=_ANY_HOST
    )
    async with mcp.session_manager.run():
        scope = {**site.request.scope, "path": "/", "raw_path": b"/", "root_path": "", SITE: site}
        await app(scope, receive, send)


@cache
def _server(*, has_sql: bool) -> MCPServer[Any]:
    functions: list[Callable[..., Any]] = [search, paper, edition, changes, queries, query, schema]
    tools = [_tool(function) for function in ([*functions, sql] if has_sql else functions)]
    return MCPServer("programme", instructions=INSTRUCTIONS, log_level="WARNING", tools=tools)


def _tool(function: Callable[..., Any]) -> Tool:
    """Return a tool that refuses arguments it does not have, instead of answering as if they were not there."""
    tool = Tool.from_function(function, annotations=_READ_ONLY, structured_output=False)
    model = tool.fn_metadata.arg_model
    model.model_config["extra"] = "forbid"
    model.model_rebuild(force=True)
    tool.parameters["additionalProperties"] = False
    return tool


async def search(
    ctx: Context[Any, Any],
    words: str = "",
    venue: str = "",
    year: int | None = None,
    kind: str = "",
    with_code: bool = False,
    page: Number = 1,
) -> str:
    """Search papers by the words of title and abstract ("a phrase", prefix*), or people by name; 20 papers a page.

    venue: icml. kind: oral, spotlight, poster, … Without words, the newest papers.
    """
    code = "1" if with_code else ""
    shown = await _shown(ctx, "/search", q=words, venue=venue, year=year, kind=kind, code=code, page=page)
    return as_json(in_short.hits(_site(ctx), shown))


async def paper(ctx: Context[Any, Any], key: str) -> str:
    """Look up a paper by its key or an identifier (2103.00020, a DOI, a URL at arXiv, OpenReview or ACL)."""
    site = _site(ctx)
    if not key.strip():
        raise ToolError("key is empty; `search` finds papers by title")  # papers_by_identifier would list them all
    try:
        shown = await _shown(ctx, "/paper/{key}", key=key)
    except ToolError:
        found = identifiers_from_url(key)
        values = {"identifier": ":".join(found[0]) if found else key, "scheme": ""}
        with own_sql():
            rows = await site.rows(query_statement(find_query("papers_by_identifier"), "sqlite", values), **values)
        if not rows:
            raise ToolError(f"no paper has the key or identifier {key!r}; `search` finds papers by title") from None
        shown = await _shown(ctx, "/paper/{key}", key=rows[0]["paper_key"])
    return as_json(in_short.paper(site, shown))


async def edition(ctx: Context[Any, Any], slug: str = "") -> str:
    """Look up an edition such as icml-2022: dates, place, and papers and slots by day and kind; without slug, list all.

    Its slots: query programme_of_day; its papers: query papers_of_edition.
    """
    site = _site(ctx)
    if not slug:
        with own_sql():
            known = await editions_of_site(site)
        names = ("slug", "starts_on", "city", "papers", "papers_with_code", "sessions")
        return as_json({"columns": names, "rows": [[row[name] for name in names] for row in known]})
    return as_json(in_short.edition(site, await _shown(ctx, "/edition/{slug}", slug=slug)))


async def changes(
    ctx: Context[Any, Any], edition: str = "", paper: str = "", session: str = "", page: Number = 1
) -> str:
    """List what changed between captures of the sources, the latest first: of an edition, a paper or session (key)."""
    shown = await _shown(ctx, "/changes", edition=edition, paper=paper, session=session, page=page)
    return as_json(in_short.changes(_site(ctx), shown))


async def queries(names: Names = []) -> str:  # noqa: B006  pydantic copies it
    """List the curated queries with their parameters; with names, describe parameters and columns of those."""
    with _problems():
        return "\n\n".join(answers.described(_query_named(name)) for name in names) or answers.queries()


async def query(
    ctx: Context[Any, Any],
    name: str,
    parameters: Values = {},  # noqa: B006  pydantic copies it
    limit: Limit = MAX_ROWS,
    offset: Annotated[int, Field(ge=0)] = 0,
    whole_texts: bool = False,
) -> str:
    """Run a curated query or read a view, whose parameters are its columns. whole_texts: do not cut long texts.

    A parameter left out has its default.
    """
    with _problems(), own_sql():
        found = _query_named(name)
        values = parameter_values(found, {key: parameter_text(value, found) for key, value in parameters.items()})
        await check_values_known(_site(ctx).database, found, values)
    statement = query_statement(found, "sqlite", values)
    page = f"SELECT * FROM ({statement}) LIMIT {limit + 1} OFFSET {offset}"
    source = f"FROM {name}" if found.is_view else ""
    rows = await _rows(_site(ctx), page, values, Wanted(limit, whole_texts), source)
    if rows["is_cut"]:
        rows["more"] = f"offset={offset + len(rows['rows'])}"
    given = {argument_of(found, key): value for key, value in values.items() if value}
    return as_json({**rows, "permalink": _site(ctx).absolute_of_query(name, **given)})


async def schema(ctx: Context[Any, Any], tables: Names = []) -> str:  # noqa: B006  pydantic copies it
    """List the tables and views for `sql`; with tables, describe the columns of those."""
    known = described_tables()
    for table in tables:
        if table not in known:
            raise ToolError(f"no table or view {table!r}{did_you_mean(table, known)}")
    with own_sql():
        return "\n\n".join([await answers.columns(_site(ctx), table) for table in tables]) or answers.schema()


async def sql(ctx: Context[Any, Any], statement: str, limit: Limit = MAX_ROWS, whole_texts: bool = False) -> str:
    """Run one SELECT in SQLite's SQL, read-only, for two seconds at most. whole_texts: do not cut long texts."""
    with _problems():
        validate_sql_select(statement)
    rows = await _rows(_site(ctx), statement, {}, Wanted(limit, whole_texts), statement)
    if rows["is_cut"]:
        rows["more"] = "there are more rows: count them, or select fewer rows or columns"
    return as_json(rows)


def _query_named(name: str) -> Query:
    try:
        return find_query(name)
    except QueryError as error:  # which names the command that lists them
        raise QueryError(str(error).replace("`loader query`", "`queries`")) from None


async def _rows(site: Site, statement: str, values: dict[str, str], wanted: Wanted, source: str) -> Row:
    with _problems():
        result = await site.database.execute(statement, values, truncate=True, log_sql_errors=False)
    return answers.rows_of(site, result.columns, map(tuple, result.rows), wanted, source)


async def _shown(ctx: Context[Any, Any], pattern: str, **args: Any) -> Row:
    """Return what the page of a pattern shows for these arguments."""
    site = _site(ctx)
    given = urlencode({name: value for name, value in args.items() if value is not None})
    scope = {**site.request.scope, "query_string": given.encode(), "url_route": {"kwargs": {**args, "as_json": ""}}}
    with own_sql(), _problems():
        page = await dict(routes())[pattern](Site(site.datasette, site.database, Request(scope, None)))
    if isinstance(page, Redirect):  # a key that is no longer in use
        return await _shown(ctx, pattern, key=page.path.rpartition("/")[2])
    return page.shown if isinstance(page, Page) else {}


@contextmanager
def _problems() -> Iterator[None]:
    """Say what is wrong with a request; anything else is an error of the server."""
    try:
        yield
    except (QueryError, AskForLessError, InvalidSql, NotFound) as error:
        raise ToolError(str(error)) from None
    except QueryInterrupted:
        raise ToolError("this takes more than two seconds; ask for less") from None
    except sqlite3.Error as error:
        raise ToolError(f"SQL: {error}") from None


def _site(ctx: Context[Any, Any]) -> Site:
    request: Any = ctx.request_context.request
    site: Site = request.scope[SITE]
    return site
