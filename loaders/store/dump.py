"""All facts as canonical text: one per line, sorted, with keys instead of ids, and no history of the database.

The columns are listed here, and not taken from the schema: the dump is compared between versions, so what it holds is
decided column by column. A test fails for a new column that is neither dumped nor left out on purpose.
"""

import json
from collections.abc import Iterator

from programme.loaders.store.connection import Connection

FACTS: dict[str, str] = {
    "authors": "SELECT a.key, a.name FROM authors a",
    "authorships": """
        SELECT p.key AS paper, s.position, a.key AS author, s.raw_name, s.affiliation
        FROM authorships s JOIN papers p ON p.id = s.paper_id JOIN authors a ON a.id = s.author_id""",
    "changes": """
        SELECT d.sha256 AS document, b.sha256 AS before_document, c.subject, c.change, c.field, c.before, c.after,
          c.edition, c.session_key, c.listing_key, c.title_key, c.title, c.former_key
        FROM changes c JOIN documents d ON d.id = c.document_id JOIN documents b ON b.id = c.before_document_id""",
    "corrections": """
        SELECT d.sha256 AS document, c.line_start, c.line_end, c.path, c.subject_type, c.subject, c.field, c.value,
          c.reason, c.target_key
        FROM corrections c JOIN documents d ON d.id = c.document_id""",
    "document_problems": """
        SELECT d.sha256 AS document, p.line, p.path, p.text, p.problem
        FROM document_problems p JOIN documents d ON d.id = p.document_id""",
    "documents": """
        SELECT d.sha256, d.format, d.size_bytes, d.captured_on, d.given_venue, d.given_year, d.given_on,
          d.given_time_zone, d.given_columns, d.given_format, d.refers_to,
          CASE WHEN d.is_current THEN 1 ELSE 0 END AS is_current,
          d.line_count, d.claimed_line_count
        FROM documents d""",
    "edition_sources": """
        SELECT e.slug AS edition, d.sha256 AS document, s.line_start, s.line_end, s.path, s.venue_name, s.starts_on,
          s.ends_on, s.city, s.url
        FROM edition_sources s JOIN editions e ON e.id = s.edition_id JOIN documents d ON d.id = s.document_id""",
    "editions": """
        SELECT e.slug, v.slug AS venue, e.year, e.name, e.starts_on, e.ends_on, e.time_zone, e.city, e.accepted_papers,
          e.accepted_source
        FROM editions e JOIN venues v ON v.id = e.venue_id""",
    "listing_entries": """
        SELECT l.key AS listing, e.position, p.key AS paper, e.upvotes
        FROM listing_entries e JOIN listings l ON l.id = e.listing_id JOIN papers p ON p.id = e.paper_id""",
    "listing_sources": """
        SELECT l.key AS listing, d.sha256 AS document, s.line_start, s.line_end, s.path
        FROM listing_sources s JOIN listings l ON l.id = s.listing_id JOIN documents d ON d.id = s.document_id""",
    "listings": "SELECT l.key, l.title, l.source, l.listed_on, l.listed_month, l.listed_day FROM listings l",
    "paper_editions": """
        SELECT p.key AS paper, e.slug AS edition, b.kind
        FROM paper_editions b JOIN papers p ON p.id = b.paper_id JOIN editions e ON e.id = b.edition_id""",
    "paper_identifiers": """
        SELECT p.key AS paper, i.scheme, i.value FROM paper_identifiers i JOIN papers p ON p.id = i.paper_id""",
    "paper_links": """
        SELECT p.key AS paper, d.sha256 AS document, s.line_start, s.path, k.kind, k.url, k.raw_url, k.field,
          k.char_start, k.char_end
        FROM paper_links k JOIN papers p ON p.id = k.paper_id JOIN documents d ON d.id = k.document_id
        JOIN paper_sources s ON s.id = k.paper_source_id""",
    "paper_sources": """
        SELECT p.key AS paper, d.sha256 AS document, s.line_start, s.line_end, s.path, s.title, s.byline, s.authors,
          s.identifiers, CASE WHEN s.has_abstract THEN COALESCE(s.abstract, p.abstract) END AS abstract,
          l.key AS listing, s.listing_position, s.upvotes, e.slug AS edition, s.edition_basis, s.raw_kind,
          s.kind, CASE WHEN s.has_more_authors THEN 1 ELSE 0 END AS has_more_authors, s.published_in, s.published_year,
          CASE WHEN s.is_journal THEN 1 ELSE 0 END AS is_journal
        FROM paper_sources s JOIN papers p ON p.id = s.paper_id JOIN documents d ON d.id = s.document_id
        LEFT JOIN listings l ON l.id = s.listing_id LEFT JOIN editions e ON e.id = s.edition_id""",
    "paper_names": "SELECT p.key AS paper, t.name FROM paper_names t JOIN papers p ON p.id = t.paper_id",
    "papers": "SELECT p.key, p.title_key, p.title, p.abstract, p.code_promise FROM papers p",
    "redirects": "SELECT r.kind, r.key, r.target FROM redirects r",
    "repo_links": """
        SELECT p.key AS paper, r.key AS repository, d.sha256 AS document, s.line_start, s.path, k.raw_url, k.path,
          k.role, k.stated_role, k.field, k.char_start, k.char_end, k.rule
        FROM repo_links k JOIN papers p ON p.id = k.paper_id JOIN repositories r ON r.id = k.repository_id
        JOIN documents d ON d.id = k.document_id JOIN paper_sources s ON s.id = k.paper_source_id""",
    "repositories": "SELECT r.key, r.host, r.path, r.url FROM repositories r",
    "session_moderators": """
        SELECT s.key AS session, m.position, a.key AS author, m.raw_name
        FROM session_moderators m JOIN sessions s ON s.id = m.session_id JOIN authors a ON a.id = m.author_id""",
    "session_sources": """
        SELECT s.key AS session, d.sha256 AS document, f.line_start, f.line_end, f.path, f.title, f.kind, f.track,
          f.room, f.raw_time, f.starts_at, f.ends_at, f.moderators, f.abstract, e.slug AS edition,
          f.edition_basis, f.stated_key
        FROM session_sources f JOIN sessions s ON s.id = f.session_id JOIN documents d ON d.id = f.document_id
        LEFT JOIN editions e ON e.id = f.edition_id""",
    "sessions": """
        SELECT s.key, e.slug AS edition, s.title, s.kind, s.track, s.room, s.abstract, s.starts_at, s.ends_at,
          CASE WHEN s.is_cancelled THEN 1 ELSE 0 END AS is_cancelled
        FROM sessions s LEFT JOIN editions e ON e.id = s.edition_id""",
    "slot_sources": """
        SELECT s.key AS session, l.position AS slot, d.sha256 AS document, f.line_start, f.line_end, f.path,
          f.position, f.raw_time, f.raw_kind, f.kind, f.title, f.starts_at, f.ends_at, f.time_zone,
          f.local_day, f.local_start, f.local_end, f.room, f.poster_number, f.award, p.line_start AS paper_line,
          p.path AS paper_path
        FROM slot_sources f JOIN slots l ON l.id = f.slot_id JOIN sessions s ON s.id = l.session_id
        JOIN documents d ON d.id = f.document_id LEFT JOIN paper_sources p ON p.id = f.paper_source_id""",
    "slots": """
        SELECT s.key AS session, l.position, l.kind, l.raw_kind, l.title, l.starts_at, l.ends_at, l.time_zone,
          l.local_day, l.local_start, l.local_end, l.room, l.poster_number, l.award,
          CASE WHEN l.is_cancelled THEN 1 ELSE 0 END AS is_cancelled, p.key AS paper,
          d.sha256 AS document, l.line_start, l.line_end, l.path
        FROM slots l JOIN sessions s ON s.id = l.session_id JOIN documents d ON d.id = l.document_id
        LEFT JOIN papers p ON p.id = l.paper_id""",
    "venues": "SELECT v.slug, v.name, v.url FROM venues v",
}


def dump(connection: Connection) -> Iterator[str]:
    """Yield the lines of the dump: a table's name, a tab, and the fact as a JSON object.

    Left out are where a document lies, what a server said about it and when it was ingested, so that two databases with
    the same documents give the same text.
    """
    for table, sql in FACTS.items():
        columns, rows = connection.query_named(sql)
        # Sorted here, because databases differ in how they order text and null.
        facts = (dict(zip(columns, row, strict=True)) for row in rows)
        yield from sorted(f"{table}\t{json.dumps(fact, ensure_ascii=False)}" for fact in facts)
