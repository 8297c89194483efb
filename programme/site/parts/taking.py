"""Papers to take along: as references, a feed, a table or a calendar, at the path of the page that lists them."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, NamedTuple

from datasette.utils.asgi import BadRequest

from programme.export.bibtex import Citation, bibliography
from programme.export.chosen import Places
from programme.export.feeds import feed
from programme.export.references import ris
from programme.export.rows import as_list, batched, citation, entry, statement
from programme.queries import catalogue
from programme.site.parts.calendars import chosen_calendar, file_name
from programme.site.parts.permalinks import redirecting
from programme.site.parts.site import File, Handler, Site

MAX_PAPERS = 10_000
"""Papers in one file."""

FORMS = ("bib", "ris", "csv", "atom", "ics")
"""Endings of paths, one for each form."""

_TABLE = "SELECT * FROM papers_overview WHERE paper_key IN (SELECT value FROM json_each(:keys))"


class Chosen(NamedTuple):
    """Papers by their keys, in order, with the title and the path of the page that lists them."""

    title: str
    path: str
    keys: Sequence[str]


def taking(
    path: str, choose: Callable[[Site], Awaitable[Chosen]], forms: Sequence[str] = FORMS, *, kind: str = ""
) -> list[tuple[str, Handler]]:
    """Return the routes of a page for each form in which its papers can be taken along.

    Where its key may have gone, `kind` is the kind of what the key names.
    """

    def handler(form: str) -> Handler:
        async def answer(site: Site) -> File:
            return await taken(site, form, await choose(site))

        return redirecting(kind, answer, f".{form}") if kind else answer

    return [(f"{path}.{form}", handler(form)) for form in forms]


async def taken(site: Site, form: str, chosen: Chosen) -> File:
    """Return papers in a form; raises BadRequest when there are too many."""
    if len(chosen.keys) > MAX_PAPERS:
        raise BadRequest(f"A file holds at most {MAX_PAPERS:,} papers; choose fewer.")
    if form == "ics":
        return await chosen_calendar(site, chosen.title, Places(papers=frozenset(chosen.keys)))
    name = file_name(chosen.title, form)
    if form == "atom":
        return File(await _feed(site, chosen), "application/atom+xml; charset=utf-8", name)
    if form == "csv":
        return File(await _table(site, chosen.keys), "text/csv; charset=utf-8", name)
    written, media_type = (
        (bibliography, "application/x-bibtex") if form == "bib" else (ris, "application/x-research-info-systems")
    )
    return File("".join(written(await citations_of(site, chosen.keys))), f"{media_type}; charset=utf-8", name)


async def citations_of(site: Site, keys: Sequence[str]) -> list[Citation]:
    """Return papers as citations, in this order."""
    return [
        citation(list(row.values())) for row in await _rows(site, statement("citations", "sqlite"), keys, edition="")
    ]


async def _feed(site: Site, chosen: Chosen) -> str:
    home = site.absolute("/").rstrip("/")
    rows = await _rows(site, statement("chosen_papers", "sqlite"), chosen.keys)
    entries = [entry(list(row.values()), home) for row in rows]
    # The path with its arguments is what the feed is of.
    return feed(chosen.title, chosen.path, entries, home=f"{home}{chosen.path}")


async def _table(site: Site, keys: Sequence[str]) -> str:
    names = [column.name for column in catalogue()["papers_overview"].columns]
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([*names, "page"])
    for row in await _rows(site, _TABLE, keys):
        table.writerow([*(row[name] for name in names), site.absolute(f"/paper/{row['paper_key']}")])
    return out.getvalue()


async def _rows(site: Site, sql: str, keys: Sequence[str], **values: str) -> list[dict[str, Any]]:
    """Return a row for each paper in the order of the keys; some hundred at a time, so that each answers in time."""
    found: list[dict[str, Any]] = []
    for batch in batched(keys):
        rows = await site.rows(sql, keys=as_list(batch), **values)
        by_key = {row.get("key") or row.get("paper_key"): row for row in rows}
        found += _in_order(by_key, batch)
    return found


def _in_order(rows: dict[Any, dict[str, Any]], keys: Sequence[str]) -> Iterator[dict[str, Any]]:
    return (rows[key] for key in keys if key in rows)
