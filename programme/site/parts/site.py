"""What a page is given, a `Site`, and what it returns: a `Page`, a `File` or a `Redirect`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.utils import tilde_encode
from datasette.utils.asgi import NotFound, Request

from programme.exceptions import QueryError
from programme.loaders.text.suggestions import did_you_mean, listed
from programme.parameters import CHOICES, MAX_SHOWN, unknown_value
from programme.site.parts.places import hidden_part, place

Row = dict[str, Any]

_OF_LINKS = ("_", "utm_", "fbclid", "gclid")

OPTIONAL_MS = 1_000
"""Time for what a page can do without, such as counts."""


class AskForLessError(Exception):
    """A request that would take too long; the message says what to ask for instead."""


class Page(NamedTuple):
    """A page: the name of its template, and what the template shows, which is also what `.json` returns."""

    template: str
    shown: dict[str, Any]


class File(NamedTuple):
    """A file made from rows, such as a calendar; `name` is what a browser saves it as, empty to show it instead."""

    content: str | bytes
    media_type: str
    name: str = ""


class Redirect(NamedTuple):
    """The path of the page that has taken the place of another."""

    path: str


@dataclass(frozen=True)
class Site:
    """The site over one database of programmes, for one request."""

    datasette: Any
    database: Any
    request: Request = field(repr=False)

    async def rows(self, sql: str, **values: Any) -> list[Row]:
        """Run SQL of SQLite; return every row as a dict, with the `uri` of a document as it is shown."""
        result = await self.database.execute(sql, values)
        rows = [dict(row) for row in result.rows]
        if rows and "uri" in rows[0]:
            hidden = await self.database.execute_fn(hidden_part)
            for row in rows:
                row["uri"] = row["uri"] and place(row["uri"], hidden)
        return rows

    async def rows_in_time(self, sql: str, **values: Any) -> list[Row] | None:
        """Do the same for what a page can do without; None where it takes longer than a second."""
        try:
            result = await self.database.execute(sql, values, custom_time_limit=OPTIONAL_MS)
        except QueryInterrupted:
            return None
        return [dict(row) for row in result.rows]

    async def one(self, sql: str, **values: Any) -> Row:
        """Run SQL that gives one row; raises NotFound when there is none."""
        rows = await self.rows(sql, **values)
        if not rows:
            raise NotFound("Nothing in the database has this key. It may have changed: try the search.")
        return rows[0]

    async def edition(self, sql: str, slug: str) -> Row:
        """Run SQL that gives the row of an edition; raises NotFound with the nearest ones when there is none."""
        rows = await self.rows(sql, slug=slug)
        if not rows:
            known = [row["slug"] for row in await self.rows(CHOICES["edition"])]
            raise NotFound(f"There is {unknown_value('edition', slug, known)}")
        return rows[0]

    def other_databases(self) -> list[Row]:
        """Return the name and URL of every other database on the server."""
        names = sorted(set(self.datasette.databases) - {self.database.name, "_internal", "_memory"})
        return [{"name": name, "url": str(self.datasette.urls.database(name))} for name in names]

    def arg(self, name: str) -> str:
        """Return an argument of the URL without spaces around it; empty when it is missing."""
        return str(self.request.args.get(name) or "").replace("\0", " ").strip()

    def check_arguments(self, names: Collection[str]) -> None:
        """Raise QueryError for an argument that is none of these: it would be ignored, as if it chose everything.

        Those that start with `_` are Datasette's, or say how a file is written; others are added by web sites that
        link here.
        """
        for name in self.request.args:
            if name not in names and not name.startswith(_OF_LINKS):
                known = did_you_mean(name, names) or f"; there are {listed([*names], 'and')}"
                raise QueryError(f"There is no argument {name[:MAX_SHOWN]!r}{known}")

    def number(self, name: str) -> int:
        """Return an argument that counts from 1, such as a page or a line; 1 when it is not a number."""
        text = self.arg(name)
        return max(1, int(text[:9])) if text.isascii() and text.isdigit() else 1

    def page(self, total: int, size: int) -> tuple[int, int]:
        """Return the page that the URL asks for, at most the last one, and the number of pages, at least one."""
        pages = max(1, ceil(total / size))
        return min(self.number("page"), pages), pages

    def path(self, path: str, /, **args: object) -> str:
        """Return a URL within the site, wherever it is mounted; arguments without a value are left out."""
        query = urlencode({name: value for name, value in args.items() if value not in ("", None)})
        return str(self.datasette.urls.path(path)) + (f"?{query}" if query else "")

    def absolute(self, path: str) -> str:
        """Return a URL within the site with its scheme and host, for feeds and calendars."""
        return str(self.datasette.absolute_url(self.request, self.path(path)))

    def absolute_of_query(self, name: str, **args: object) -> str:
        """Return the URL of Datasette's page of a table, view or query of the database."""
        return self.absolute(f"/{tilde_encode(self.database.name)}/{name}") + (f"?{urlencode(args)}" if args else "")


Handler = Callable[[Site], Awaitable[Page | File | Redirect]]
