WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(format AS TEXT), '')) AS format,
        TRIM(COALESCE(CAST(document AS TEXT), '')) AS document
)
SELECT
    documents.uri AS document,
    document_problems.line,
    document_problems.path,
    document_problems.problem,
    document_problems.text,
    documents.format,
    documents.sha256
FROM given
CROSS JOIN documents
JOIN document_problems
    ON document_problems.document_id = documents.id
WHERE
    (
        given.format = '' OR given.format = documents.format
    )
    AND (
        given.document = ''
        OR given.document = documents.uri
        OR given.document = SUBSTRING(documents.sha256, 1, LENGTH(given.document))
    )
ORDER BY
    documents.uri NULLS FIRST,
    documents.sha256 NULLS FIRST,
    document_problems.line,
    document_problems.path NULLS FIRST,
    document_problems.problem NULLS FIRST,
    document_problems.text NULLS FIRST
