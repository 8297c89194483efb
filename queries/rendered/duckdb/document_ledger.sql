SELECT
    documents.uri,
    documents.format,
    documents.size_bytes,
    documents.line_count AS lines,
    documents.claimed_line_count AS claimed_lines,
    CAST(CASE
        WHEN documents.line_count > 0
        THEN CAST(documents.claimed_line_count AS DOUBLE) / NULLIF(documents.line_count, 0)
    END AS DOUBLE) AS coverage,
    CAST((
        SELECT
            COUNT(*)
        FROM document_problems
        WHERE
            document_problems.document_id = documents.id
    ) AS INT) AS problems,
    CAST((
        SELECT
            COUNT(DISTINCT session_sources.session_id)
        FROM session_sources
        WHERE
            session_sources.document_id = documents.id
    ) AS INT) AS sessions,
    CAST((
        SELECT
            COUNT(*)
        FROM slot_sources
        WHERE
            slot_sources.document_id = documents.id
    ) AS INT) AS slots,
    CAST((
        SELECT
            COUNT(*)
        FROM paper_sources
        WHERE
            paper_sources.document_id = documents.id
    ) AS INT) AS papers,
    CAST((
        SELECT
            COUNT(*)
        FROM listing_sources
        WHERE
            listing_sources.document_id = documents.id
    ) AS INT) AS listings,
    CAST((
        SELECT
            COUNT(*)
        FROM repo_links
        WHERE
            repo_links.document_id = documents.id AND repo_links.role <> 'denied'
    ) AS INT) AS repo_links,
    CAST((
        SELECT
            COUNT(*)
        FROM paper_links
        WHERE
            paper_links.document_id = documents.id
    ) AS INT) AS other_links,
    documents.media_type,
    CAST(CASE WHEN documents.is_current THEN 1 ELSE 0 END AS INT) AS is_current,
    CAST(documents.captured_on AS TEXT) AS captured_on,
    STRFTIME(MAKE_TIMESTAMP(EPOCH_US(documents.ingested_at)), '%Y-%m-%dT%H:%M:%SZ') AS ingested_at,
    documents.sha256
FROM documents
