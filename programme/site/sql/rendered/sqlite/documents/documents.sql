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
    ) AS mentions
FROM (
    SELECT
        documents.id
    FROM documents
    WHERE
        (
            (
                :q = '' OR documents.uri LIKE '%' || :q || '%' ESCAPE '\' OR documents.sha256 = :q
            )
            AND (
                :history <> '' OR documents.is_current
            )
            AND (
                :format = '' OR documents.format = :format
            )
            AND (
                :problems = ''
                OR EXISTS(
                    SELECT
                        1
                    FROM document_problems
                    WHERE
                        document_problems.document_id = documents.id
                )
            )
        )
    ORDER BY
        documents.uri,
        documents.id
    LIMIT :most
    OFFSET :after
) AS wanted
JOIN documents
    ON documents.id = wanted.id
ORDER BY
    documents.uri,
    documents.id
