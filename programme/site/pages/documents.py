"""Documents: a list of all, and each with the facts it states, its problems and its lines."""

from __future__ import annotations

import re

from datasette.utils.asgi import NotFound

from programme.site.parts.captures import captures_of_document, without_ids
from programme.site.parts.excerpts import Span, excerpts
from programme.site.parts.site import Page, Row, Site

PAGE_SIZE = 50
LINES_PER_PAGE = 60
MAX_PROBLEMS = 100
MAX_BLOCKS = 200
MAX_MARKED = 20_000
"""In a document with more mentions, lines are shown without what was read on them: finding that takes too long."""

MAX_CAPTURES = 20

_FORMATS = """
SELECT format, count(*) AS documents
FROM documents
WHERE :history <> '' OR documents.is_current
GROUP BY format
ORDER BY format
"""
_HISTORY = "SELECT count(*) AS documents FROM documents WHERE NOT documents.is_current"
_WHERE = """
(:q = '' OR documents.uri LIKE '%' || :q || '%' ESCAPE '\\' OR documents.sha256 = :q)
AND (:history <> '' OR documents.is_current)
AND (:format = '' OR documents.format = :format)
AND (:problems = '' OR EXISTS (SELECT 1 FROM document_problems WHERE document_problems.document_id = documents.id))
"""
_TOTAL = f"SELECT count(*) AS documents FROM documents WHERE {_WHERE}"
_COLUMNS = """
documents.id, documents.sha256, documents.uri, documents.format, documents.media_type, documents.size_bytes,
documents.captured_on, documents.ingested_at, documents.is_current,
documents.line_count AS lines, documents.claimed_line_count AS claimed_lines,
(SELECT count(*) FROM document_problems WHERE document_problems.document_id = documents.id) AS problems,
(SELECT count(*) FROM paper_sources WHERE paper_sources.document_id = documents.id) AS mentions
"""
_DOCUMENTS = f"""
SELECT {_COLUMNS}
FROM (
    SELECT documents.id FROM documents WHERE {_WHERE} ORDER BY documents.uri, documents.id LIMIT :most OFFSET :after
) AS wanted
JOIN documents ON documents.id = wanted.id
ORDER BY documents.uri, documents.id
"""
_DOCUMENT = f"""
SELECT {_COLUMNS}, documents.given_venue, documents.given_year, documents.given_on,
    (SELECT count(*) FROM slot_sources WHERE slot_sources.document_id = documents.id) AS slots,
    (
        SELECT count(*) FROM repo_links WHERE repo_links.document_id = documents.id AND repo_links.role <> 'denied'
    ) AS repo_links,
    (SELECT count(*) FROM paper_links WHERE paper_links.document_id = documents.id) AS other_links
FROM documents
WHERE documents.sha256 >= :sha256 AND documents.sha256 < :sha256 || 'g'
LIMIT 2
"""
"""A range instead of LIKE, because it uses the index; 'g' comes after all digits. Two rows mean an ambiguous prefix."""
_PROBLEMS = """
SELECT line, path, text, problem
FROM document_problems
WHERE document_id = :id
ORDER BY line IS NULL, line, id
LIMIT :most
"""
_SESSIONS = """
SELECT sessions.key, session_sources.title, session_sources.line_start, session_sources.line_end, session_sources.path,
    editions.name AS edition_name, editions.slug AS edition, session_sources.edition_basis
FROM session_sources
JOIN sessions ON sessions.id = session_sources.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
WHERE session_sources.document_id = :id
ORDER BY session_sources.line_start, sessions.key
LIMIT :most
"""
_LISTINGS = """
SELECT listings.key, listings.title, listings.source, listings.listed_on, listing_sources.line_start,
    listing_sources.line_end, listing_sources.path
FROM listing_sources
JOIN listings ON listings.id = listing_sources.listing_id
WHERE listing_sources.document_id = :id
ORDER BY listing_sources.line_start, listings.key
LIMIT :most
"""
_EDITIONS = """
SELECT editions.slug, editions.name, edition_sources.line_start, edition_sources.line_end, edition_sources.path
FROM edition_sources
JOIN editions ON editions.id = edition_sources.edition_id
WHERE edition_sources.document_id = :id
ORDER BY edition_sources.line_start, editions.slug
LIMIT :most
"""
_PAPERS = """
SELECT papers.key, paper_sources.title, paper_sources.byline, paper_sources.line_start, paper_sources.line_end,
    paper_sources.path, (
        SELECT group_concat(stated.raw_url, ' ')
        FROM (
            SELECT DISTINCT repo_links.raw_url FROM repo_links
            WHERE repo_links.paper_id = paper_sources.paper_id AND repo_links.paper_source_id = paper_sources.id
                AND repo_links.document_id = paper_sources.document_id AND repo_links.role <> 'denied'
        ) AS stated
    ) AS repositories
FROM paper_sources
JOIN papers ON papers.id = paper_sources.paper_id
WHERE paper_sources.document_id = :id
ORDER BY paper_sources.id
LIMIT :most OFFSET :after
"""
_FACTS_BY_LINE = """
SELECT paper_sources.line_start AS line, 'paper' AS fact, papers.key, papers.title
FROM paper_sources
JOIN papers ON papers.id = paper_sources.paper_id
WHERE paper_sources.document_id = :id AND paper_sources.line_start BETWEEN :first AND :last
UNION
SELECT session_sources.line_start, 'session', sessions.key, sessions.title
FROM session_sources
JOIN sessions ON sessions.id = session_sources.session_id
WHERE session_sources.document_id = :id AND session_sources.line_start BETWEEN :first AND :last
UNION
SELECT listing_sources.line_start, 'listing', listings.key, listings.title
FROM listing_sources
JOIN listings ON listings.id = listing_sources.listing_id
WHERE listing_sources.document_id = :id AND listing_sources.line_start BETWEEN :first AND :last
UNION
SELECT edition_sources.line_start, 'edition', editions.slug, editions.name
FROM edition_sources
JOIN editions ON editions.id = edition_sources.edition_id
WHERE edition_sources.document_id = :id AND edition_sources.line_start BETWEEN :first AND :last
UNION
SELECT document_problems.line, 'problem', NULL, document_problems.problem
FROM document_problems
WHERE document_problems.document_id = :id AND document_problems.line BETWEEN :first AND :last
ORDER BY 1, 2, 4
LIMIT 500
"""
_DIGEST = re.compile(r"[0-9a-f]{4,64}")
_STATED = """
SELECT 1 FROM paper_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM listing_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM session_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM slot_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM edition_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM document_problems WHERE document_id = :id AND line = :line AND path = :path
"""
"""Returns a row if the document states something at this line and path. Any other path, such as one made up by a
reader, is not looked up: that would parse the whole document."""


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
