"""What every page works with: the database, curated queries by name, and answers as HTML or JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.utils import add_cors_headers
from datasette.utils.asgi import NotFound, Request, Response

from programme.queries import catalogue, render

Row = dict[str, Any]


class Page(NamedTuple):
    """A page: the name of its template and what that shows, which is also what `.json` gives."""

    template: str
    shown: dict[str, Any]


class File(NamedTuple):
    """A file made from rows, such as a calendar; `name` is what a browser saves it as, empty to show it instead."""

    content: str | bytes
    media_type: str
    name: str = ""


@dataclass(frozen=True)
class Site:
    """The site over one database of programmes."""

    datasette: Any
    database: Any
    request: Request = field(repr=False)

    async def rows(self, sql: str, **values: Any) -> list[Row]:
        """Run SQL of SQLite; every row as a dict."""
        result = await self.database.execute(sql, values)
        return [dict(row) for row in result.rows]

    async def one(self, sql: str, **values: Any) -> Row:
        """Run SQL that gives one row; raises NotFound, a page of its own, when there is none."""
        rows = await self.rows(sql, **values)
        if not rows:
            raise NotFound(
                "There is nothing with this key in the database. It may stand under another: try the search."
            )
        return rows[0]

    async def query(self, name: str, **values: str) -> list[Row]:
        """Run a curated query with parameters; those left out are empty."""
        query = catalogue()[name]
        params = {param.name: values.get(param.name, "") for param in query.params}
        return await self.rows(render(query, "sqlite"), **params)

    def asked(self, name: str) -> str:
        """The value of a field of the address, without blanks around it; empty when it is not there."""
        return str(self.request.args.get(name) or "").replace("\0", " ").strip()

    def number(self, name: str) -> int:
        """A field of the address that counts from 1, such as a page or a line; 1 for what is no number."""
        text = self.asked(name)
        return max(1, int(text[:9])) if text.isascii() and text.isdigit() else 1

    def path(self, path: str, /, **fields: object) -> str:
        """An address within the site, wherever it is mounted; fields without a value are left out."""
        asked = urlencode({name: value for name, value in fields.items() if value not in ("", None)})
        return str(self.datasette.urls.path(path)) + (f"?{asked}" if asked else "")

    def absolute(self, path: str) -> str:
        """A whole address within the site, for feeds and calendars."""
        return str(self.datasette.absolute_url(self.request, self.path(path)))


Handler = Callable[[Site], Awaitable[Page | File]]


async def site_of(datasette: Any, request: Request) -> Site:
    """The site over the first database that holds programmes; raises NotFound where none does."""
    for database in datasette.databases.values():
        if await database.table_exists("paper_sources"):
            return Site(datasette, database, request)
    raise NotFound("No database of programmes is served here; `loader ingest` makes one.")


def served(handler: Handler) -> Callable[[Any, Request], Awaitable[Response]]:
    """A page as Datasette's view: HTML from its template, JSON when the address ends so, or a file."""

    async def view(datasette: Any, request: Request) -> Response:
        site = await site_of(datasette, request)
        await datasette.ensure_permissions(request.actor, [("view-database", site.database.name), "view-instance"])
        page = await handler(site)
        headers: dict[str, str] = {}
        if datasette.cors:
            add_cors_headers(headers)
        if isinstance(page, File):
            if page.name:
                headers["content-disposition"] = f'attachment; filename="{page.name}"'
            return Response(page.content, headers=headers, content_type=page.media_type)
        if request.url_vars.get("as_json"):
            return Response.json(page.shown, headers=headers, default=str)
        shown = {**page.shown, "site": site, "database_path": datasette.urls.database(site.database.name)}
        return Response.html(await datasette.render_template(f"{page.template}.html", shown, request=request))

    return view
