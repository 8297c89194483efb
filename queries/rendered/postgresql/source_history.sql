SELECT
    sources.uri,
    sources.scope,
    TO_CHAR(captures.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS captured_at,
    captures.basis,
    CAST(CASE WHEN captures.is_current THEN 1 ELSE 0 END AS INT) AS is_current,
    documents.format,
    documents.size_bytes,
    CAST((
        SELECT
            COUNT(*)
        FROM changes
        WHERE
            changes.source_id = captures.source_id
            AND changes.document_id = captures.document_id
            AND changes.captured_at = captures.captured_at
            AND changes.change = 'added'
    ) AS INT) AS added,
    CAST((
        SELECT
            COUNT(*)
        FROM changes
        WHERE
            changes.source_id = captures.source_id
            AND changes.document_id = captures.document_id
            AND changes.captured_at = captures.captured_at
            AND changes.change = 'removed'
    ) AS INT) AS removed,
    CAST((
        SELECT
            COUNT(*)
        FROM changes
        WHERE
            changes.source_id = captures.source_id
            AND changes.document_id = captures.document_id
            AND changes.captured_at = captures.captured_at
            AND changes.change = 'changed'
    ) AS INT) AS changed,
    documents.sha256,
    earlier.sha256 AS sha256_before
FROM captures
JOIN sources
    ON sources.id = captures.source_id
JOIN documents
    ON documents.id = captures.document_id
LEFT JOIN captures AS replaced
    ON replaced.id = captures.replaces_id
LEFT JOIN documents AS earlier
    ON earlier.id = replaced.document_id
