"""Documents: a list of all, and each with the facts it states, its problems and its lines."""

from __future__ import annotations

import re

from datasette.utils.asgi import NotFound

from programme.patterns import lazy_pattern
from programme.site.parts.captures import captures_of_document, without_ids
from programme.site.parts.excerpts import Span, excerpts
from programme.site.parts.site import Page, Row, Site
from programme.site.parts.sql import sql_of

PAGE_SIZE = 50
LINES_PER_PAGE = 60
MAX_PROBLEMS = 100
MAX_BLOCKS = 200
MAX_MARKED = 20_000
"""In a document with more mentions, lines are shown without what was read on them: finding that takes too long."""

MAX_CAPTURES = 20

_FORMATS = sql_of("documents/formats")
_HISTORY = "SELECT count(*) AS documents FROM documents WHERE NOT documents.is_current"
_TOTAL = sql_of("documents/total")
_DOCUMENTS = sql_of("documents/documents")
_DOCUMENT = sql_of("documents/document")
_PROBLEMS = sql_of("documents/problems")
_SESSIONS = sql_of("documents/sessions")
_LISTINGS = sql_of("documents/listings")
_EDITIONS = sql_of("documents/editions")
_PAPERS = sql_of("documents/papers")
_FACTS_BY_LINE = sql_of("documents/facts_by_line")
_DIGEST = lazy_pattern(r"[0-9a-f]{4,64}")
_STATED = sql_of("documents/stated")


async def documents(site: Site) -> Page:
    """List current documents, filtered by URI, format or problems; with `history` those too that others replaced."""
    fields = {name: site.arg(name) for name in ("q", "format", "problems", "history")}
    values = {**fields, "q": re.sub(r"([%_\\])", r"\\\1", fields["q"])}
    total = (await site.one(_TOTAL, **values))["documents"]
    page, pages = site.page(total, PAGE_SIZE)
    rows = await site.rows(_DOCUMENTS, **values, most=PAGE_SIZE, after=(page - 1) * PAGE_SIZE)
    shown = {
        "fields": {name: value for name, value in fields.items() if value},
        "total": total,
        "page": page,
        "pages": pages,
        "formats": await site.rows(_FORMATS, history=fields["history"]),
        "replaced": (await site.one(_HISTORY))["documents"],
        "documents": [{name: value for name, value in row.items() if name != "id"} for row in rows],
    }
    return Page("documents", shown)


async def document(site: Site) -> Page:
    """Show a document, named by the first digits of its SHA-256, with its lines from `line` on.

    On a line that holds many records, `path` names the one to show instead.
    """
    found = await document_of(site, site.request.url_vars["sha256"].lower())
    id_ = found.pop("id")
    page, pages = site.page(found["mentions"], PAGE_SIZE)
    shown = {
        "document": found,
        "captures": [without_ids(row) for row in await captures_of_document(site, id_, MAX_CAPTURES)],
        "problems": await site.rows(_PROBLEMS, id=id_, most=MAX_PROBLEMS),
        "sessions": await site.rows(_SESSIONS, id=id_, most=MAX_BLOCKS),
        "listings": await site.rows(_LISTINGS, id=id_, most=MAX_BLOCKS),
        "stated_editions": await site.rows(_EDITIONS, id=id_, most=MAX_BLOCKS),
        "papers": await site.rows(_PAPERS, id=id_, most=PAGE_SIZE, after=(page - 1) * PAGE_SIZE),
        "page": page,
        "pages": pages,
        **(await _record(site, id_) or await _lines(site, id_, found, site.number("line"))),
    }
    return Page("document", shown)


async def document_of(site: Site, digits: str) -> Row:
    """Return the one document whose SHA-256 begins with these digits; raises NotFound."""
    if not _DIGEST.fullmatch(digits):
        raise NotFound("The URL of a document ends with at least four digits of its SHA-256; see all documents.")
    found = await site.rows(_DOCUMENT, sha256=digits)
    if not found:
        raise NotFound("No document in the database has a SHA-256 that begins with these digits; see all documents.")
    if len(found) > 1:
        raise NotFound("Several documents have a SHA-256 that begins with these digits; give more of them.")
    return found[0]


async def _record(site: Site, id_: int) -> Row | None:
    """Return the record at the requested path; None when it has lines of its own."""
    line, path = site.number("line"), site.arg("path")
    if not path or not await site.rows(_STATED, id=id_, line=line, path=path):
        return None
    span = Span(id_, line, line, path or None, most=2 * LINES_PER_PAGE)
    excerpt = (await excerpts(site, [span]))[span]
    if excerpt["remark"] is None or not excerpt["lines"]:
        return None
    lines = [{"number": None, "text": text, "read": []} for _, text in excerpt["lines"]]
    return {"lines": lines, "remark": excerpt["remark"], "first": line, "before": None, "after": None}


async def _lines(site: Site, id_: int, found: Row, first: int) -> Row:
    """Return the lines from `first` on, each with what was read there."""
    span = Span(id_, first, first + LINES_PER_PAGE - 1, most=LINES_PER_PAGE)
    excerpt = (await excerpts(site, [span]))[span]
    read: dict[int, list[Row]] = {}
    if found["mentions"] <= MAX_MARKED:
        for row in await site.rows(_FACTS_BY_LINE, id=id_, first=first, last=span.line_end):
            read.setdefault(row.pop("line"), []).append(row)
    lines = [{"number": number, "text": text, "read": read.get(number, [])[:4]} for number, text in excerpt["lines"]]
    last = lines[-1]["number"] if lines else first
    return {
        "lines": lines,
        "remark": excerpt["remark"],
        "first": first,
        "before": max(1, first - LINES_PER_PAGE) if first > 1 else None,
        "after": last + 1 if last == span.line_end or excerpt["more"] else None,
    }


ROUTES = [("/documents", documents), ("/document/{sha256}", document)]
