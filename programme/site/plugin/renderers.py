"""Papers and slots that rows of Datasette's queries, tables and views name, in the forms to take them along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from datasette.utils.asgi import BadRequest, NotFound, Response

from programme.exceptions import StoreError
from programme.export.chosen import papers_of, places_of, title_of
from programme.queries import catalogue
from programme.site.database import own_sql
from programme.site.parts.calendars import chosen_calendar
from programme.site.parts.site import File, Site
from programme.site.parts.taking import Chosen, taken

FORMS = ("bib", "ris", "atom", "ics")
"""What Datasette does not write itself."""


def renderers(in_site: Callable[[], bool]) -> list[dict[str, Any]]:
    """Return a renderer of Datasette for each form."""
    return [_renderer(form, in_site) for form in FORMS]


def _renderer(form: str, in_site: Callable[[], bool]) -> dict[str, Any]:
    names = {"paper_key", "session_key"} if form == "ics" else {"paper_key"}

    def can_render(columns: Sequence[str]) -> bool:
        return in_site() and bool(names & set(columns))

    async def render(
        datasette: Any, columns: Any, rows: Any, query_name: str, table: str, database: str, request: Any
    ) -> Response:
        if not in_site():
            raise NotFound("Only databases of programmes have this form.")
        site = Site(datasette, datasette.get_database(database), request)
        with own_sql():
            try:
                file = await _file(site, form, query_name or table or "", columns, rows)
            except StoreError as error:
                raise BadRequest(str(error)) from None
        headers = {"content-disposition": f'attachment; filename="{file.name}"'}
        return Response(file.content, headers=headers, content_type=file.media_type)

    return {"extension": form, "render": render, "can_render": can_render}


async def _file(site: Site, form: str, query: str, columns: Sequence[str], rows: Sequence[Any]) -> File:
    args = site.request.args
    values = [value for name in args if not name.startswith("_") and name != "sql" for value in args.getlist(name)]
    title = title_of(catalogue()[query].title if query in catalogue() else query or "Papers", values)
    if form == "ics":
        return await chosen_calendar(site, title, places_of(columns, rows, query))
    path = f"{site.request.path.removesuffix(f'.{form}')}?{site.request.query_string}".rstrip("?")
    return await taken(site, form, Chosen(title, path, papers_of(columns, rows, query)))
