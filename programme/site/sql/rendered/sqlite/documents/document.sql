SELECT
    documents.id,
    documents.sha256,
    documents.uri,
    documents.format,
    documents.media_type,
    documents.size_bytes,
    documents.captured_on,
    documents.ingested_at,
    documents.is_current,
    documents.line_count AS lines,
    documents.claimed_line_count AS claimed_lines,
    (
        SELECT
            COUNT(*)
        FROM document_problems
        WHERE
            document_problems.document_id = documents.id
    ) AS problems,
    (
        SELECT
            COUNT(*)
        FROM paper_sources
        WHERE
            paper_sources.document_id = documents.id
    ) AS mentions,
    documents.given_venue,
    documents.given_year,
    documents.given_on,
    (
        SELECT
            COUNT(*)
        FROM slot_sources
        WHERE
            slot_sources.document_id = documents.id
    ) AS slots,
    (
        SELECT
            COUNT(*)
        FROM repo_links
        WHERE
            repo_links.document_id = documents.id AND repo_links.role <> 'denied'
    ) AS repo_links,
    (
        SELECT
            COUNT(*)
        FROM paper_links
        WHERE
            paper_links.document_id = documents.id
    ) AS other_links
FROM documents
WHERE
    documents.sha256 >= :sha256 AND documents.sha256 < :sha256 || 'g'
LIMIT 2
