SELECT
    documents.uri,
    documents.format,
    documents.size_bytes,
    documents.line_count AS lines,
    documents.claimed_line_count AS claimed_lines,
    CAST(CASE WHEN documents.line_count > 0 THEN CAST(documents.claimed_line_count AS REAL) / documents.line_count END AS REAL) AS coverage,
    CAST((
        SELECT
            COUNT(*)
        FROM document_problems
        WHERE
            document_problems.document_id = documents.id
    ) AS INTEGER) AS problems,
    CAST((
        SELECT
            COUNT(DISTINCT session_sources.session_id)
        FROM session_sources
        WHERE
            session_sources.document_id = documents.id
    ) AS INTEGER) AS sessions,
    CAST((
        SELECT
            COUNT(*)
        FROM slot_sources
        WHERE
            slot_sources.document_id = documents.id
    ) AS INTEGER) AS slots,
    CAST((
        SELECT
            COUNT(*)
        FROM paper_sources
        WHERE
            paper_sources.document_id = documents.id
    ) AS INTEGER) AS papers,
    CAST((
        SELECT
            COUNT(*)
        FROM listing_sources
        WHERE
            listing_sources.document_id = documents.id
    ) AS INTEGER) AS listings,
    CAST((
        SELECT
            COUNT(*)
        FROM repo_links
        WHERE
            repo_links.document_id = documents.id AND repo_links.role <> 'denied'
    ) AS INTEGER) AS repo_links,
    CAST((
        SELECT
            COUNT(*)
        FROM paper_links
        WHERE
            paper_links.document_id = documents.id
    ) AS INTEGER) AS other_links,
    documents.media_type,
    CAST(CASE WHEN documents.is_current THEN 1 ELSE 0 END AS INTEGER) AS is_current,
    documents.captured_on AS captured_on,
    documents.ingested_at AS ingested_at,
    documents.sha256
FROM documents
