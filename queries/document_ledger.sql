-- title: Ledger of documents
-- group: Documents and data quality
-- description: One row per document: what it is, how much of it was understood, and what it contributed.
-- column uri: Where the bytes came from.
-- column format: Format that parsed it.
-- column size_bytes: Length of the bytes, uncompressed.
-- column lines: Lines that are not blank.
-- column claimed_lines: Of those, the ones a record or known page boilerplate accounts for.
-- column coverage: Claimed lines per line; 1 when nothing was left over.
-- column problems: Lines or fields that no rule could use.
-- column sessions: Sessions it states.
-- column slots: Slots it states.
-- column papers: Mentions of papers.
-- column listings: Listings it states.
-- column repo_links: Statements of repositories.
-- column other_links: Other links.
-- column media_type: Media type of the bytes.
-- column captured_on: Day the bytes were taken from their origin.
-- column ingested_at: When this database took it in, UTC.
-- column sha256: SHA-256 of the bytes.
-- order: uri COLLATE BINARY, sha256 COLLATE BINARY
-- sort: uri
-- facets: format, coverage, problems
SELECT
    documents.uri,
    documents.format,
    documents.size_bytes,
    documents.line_count AS lines,
    documents.claimed_line_count AS claimed_lines,
    CAST(CASE WHEN documents.line_count > 0
        THEN CAST(documents.claimed_line_count AS double precision) / documents.line_count
    END AS double precision) AS coverage,
    CAST((
        SELECT count(*) FROM document_problems WHERE document_problems.document_id = documents.id
    ) AS integer) AS problems,
    CAST((
        SELECT count(DISTINCT session_sources.session_id)
        FROM session_sources
        WHERE session_sources.document_id = documents.id
    ) AS integer) AS sessions,
    CAST((
        SELECT count(*) FROM slot_sources WHERE slot_sources.document_id = documents.id
    ) AS integer) AS slots,
    CAST((
        SELECT count(*) FROM paper_sources WHERE paper_sources.document_id = documents.id
    ) AS integer) AS papers,
    CAST((
        SELECT count(*) FROM listing_sources WHERE listing_sources.document_id = documents.id
    ) AS integer) AS listings,
    CAST((
        SELECT count(*) FROM repo_links WHERE repo_links.document_id = documents.id
    ) AS integer) AS repo_links,
    CAST((
        SELECT count(*) FROM paper_links WHERE paper_links.document_id = documents.id
    ) AS integer) AS other_links,
    documents.media_type,
    day(documents.captured_on) AS captured_on,
    instant(documents.ingested_at) AS ingested_at,
    documents.sha256
FROM documents
