"""Which rows belong to an edition: a condition for each table, in SQL that every engine knows.

An edition has its sessions and its papers, from its programme and from lists. With them go
the rows that state or describe them, and every row these refer to, so that no foreign key dangles: among them the
other editions and listings that mentions of these papers name, but not what else those editions and listings hold.
"""

_SESSIONS = "SELECT id FROM sessions WHERE edition_id = {edition}"
_SLOTS = f"SELECT id FROM slots WHERE session_id IN ({_SESSIONS})"
_PAPERS = "SELECT paper_id FROM paper_editions WHERE edition_id = {edition}"
_OF_PAPERS = f"paper_id IN ({_PAPERS})"
_OF_SESSIONS = f"session_id IN ({_SESSIONS})"
_OF_SLOTS = f"slot_id IN ({_SLOTS})"
_LISTINGS = (
    f"SELECT listing_id FROM listing_entries WHERE {_OF_PAPERS} "
    f"UNION SELECT listing_id FROM paper_sources WHERE listing_id IS NOT NULL AND {_OF_PAPERS}"
)
_OF_LISTINGS = f"listing_id IN ({_LISTINGS})"
_EDITIONS = (
    f"SELECT edition_id FROM paper_editions WHERE {_OF_PAPERS} "
    f"UNION SELECT edition_id FROM paper_sources WHERE edition_id IS NOT NULL AND {_OF_PAPERS}"
)
_STATING = " UNION ".join(
    f"SELECT document_id FROM {table} WHERE {condition}"
    for table, condition in (
        ("paper_sources", _OF_PAPERS),
        ("repo_links", _OF_PAPERS),
        ("paper_links", _OF_PAPERS),
        ("session_sources", _OF_SESSIONS),
        ("slots", _OF_SESSIONS),
        ("slot_sources", _OF_SLOTS),
        ("listing_sources", _OF_LISTINGS),
        ("edition_sources", "edition_id = {edition}"),
    )
)
_KEYS = (
    f"SELECT key FROM papers WHERE id IN ({_PAPERS}) UNION SELECT key FROM sessions WHERE edition_id = {{edition}} "
    f"UNION SELECT key FROM listings WHERE id IN ({_LISTINGS})"
)
_CORRECTING = f"SELECT document_id FROM corrections WHERE target_key IN ({_KEYS})"
_SOURCES = f"SELECT source_id FROM captures WHERE document_id IN ({_STATING} UNION {_CORRECTING})"
# With the earlier captures of the same sources, which the history of the edition refers to.
_DOCUMENTS = f"SELECT document_id FROM captures WHERE source_id IN ({_SOURCES})"

CONDITIONS = {
    "venues": f"id IN (SELECT venue_id FROM editions WHERE id = {{edition}} OR id IN ({_EDITIONS}))",
    "editions": f"id = {{edition}} OR id IN ({_EDITIONS})",
    "edition_sources": "edition_id = {edition}",
    "sources": f"id IN ({_SOURCES})",
    "captures": f"source_id IN ({_SOURCES})",
    "changes": f"source_id IN ({_SOURCES})",
    "corrections": f"document_id IN ({_DOCUMENTS})",
    "redirects": f"target IN ({_KEYS})",
    "documents": f"id IN ({_DOCUMENTS})",
    "document_parts": f"document_id IN ({_DOCUMENTS})",
    "document_problems": f"document_id IN ({_DOCUMENTS})",
    "sessions": "edition_id = {edition}",
    "session_sources": _OF_SESSIONS,
    "session_moderators": _OF_SESSIONS,
    "slots": _OF_SESSIONS,
    "slot_sources": _OF_SLOTS,
    "papers": f"id IN ({_PAPERS})",
    "paper_editions": _OF_PAPERS,
    "paper_identifiers": _OF_PAPERS,
    "paper_names": _OF_PAPERS,
    "paper_sources": _OF_PAPERS,
    "authors": (
        f"id IN (SELECT author_id FROM authorships WHERE {_OF_PAPERS} "
        f"UNION SELECT author_id FROM session_moderators WHERE {_OF_SESSIONS})"
    ),
    "authorships": _OF_PAPERS,
    "repositories": f"id IN (SELECT repository_id FROM repo_links WHERE {_OF_PAPERS})",
    "repo_links": _OF_PAPERS,
    "paper_links": _OF_PAPERS,
    "listings": f"id IN ({_LISTINGS})",
    "listing_sources": _OF_LISTINGS,
    "listing_entries": _OF_PAPERS,
}
"""The condition for each table; `{edition}` stands for the id of the edition."""


def condition(table: str, edition_id: int | None) -> str:
    """Return the WHERE clause that limits a table to an edition, or an empty text without one.

    >>> condition("sessions", 7), condition("sessions", None)
    (' WHERE edition_id = 7', '')
    """
    return "" if edition_id is None else " WHERE " + CONDITIONS[table].format(edition=int(edition_id))
