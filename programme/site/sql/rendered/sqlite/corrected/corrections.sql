SELECT
    corrections.subject_type,
    corrections.subject,
    corrections.field,
    corrections.value,
    corrections.reason,
    corrections.line_start,
    corrections.line_end,
    corrections.path,
    corrections.target_key,
    documents.sha256,
    documents.uri
FROM corrections
JOIN documents
    ON documents.id = corrections.document_id
WHERE
    corrections.target_key = :key
    OR (
        corrections.subject >= '{' AND corrections.subject < '|' AND corrections.target_key IS NOT NULL
    )
ORDER BY
    (
        SELECT
            MAX(captures.captured_at)
        FROM captures
        WHERE
            captures.document_id = documents.id AND captures.is_current
    ) DESC,
    documents.sha256 DESC,
    corrections.line_start DESC,
    corrections.id DESC
