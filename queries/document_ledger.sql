-- title: Document ledger
-- group: Documents and data quality
-- description: One row per document: what it is, how much of it was understood, and what it contributed.
-- column uri: Where the document came from.
-- column format: Format it was parsed as.
-- column size_bytes: Size in bytes, uncompressed.
-- column lines: Lines that are not blank.
-- column claimed_lines: How many of these lines belong to a record or to known page boilerplate.
-- column coverage: Claimed lines divided by lines; 1 if nothing was left over.
-- column problems: Number of lines or fields that no rule could use.
-- column sessions: Number of sessions it states.
-- column slots: Number of slots it states.
-- column papers: Number of papers it mentions.
-- column listings: Number of listings it states.
-- column repo_links: Number of links to repositories, without those that a correction denies.
-- column other_links: Number of other links.
-- column media_type: Media type.
-- column is_current: 1 if it states what the database shows, 0 if a newer capture of its source does.
-- column captured_on: Day on which it was taken from its origin.
-- column ingested_at: When it was ingested into this database, in UTC.
-- column sha256: SHA-256 of the document.
-- order: uri COLLATE BINARY, sha256 COLLATE BINARY
-- sort: uri
-- facets: format, is_current, problems
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
        SELECT count(*) FROM repo_links WHERE repo_links.document_id = documents.id AND repo_links.role <> 'denied'
    ) AS integer) AS repo_links,
    CAST((
        SELECT count(*) FROM paper_links WHERE paper_links.document_id = documents.id
    ) AS integer) AS other_links,
    documents.media_type,
    CAST(CASE WHEN documents.is_current THEN 1 ELSE 0 END AS integer) AS is_current,
    day(documents.captured_on) AS captured_on,
    instant(documents.ingested_at) AS ingested_at,
    documents.sha256
FROM documents
