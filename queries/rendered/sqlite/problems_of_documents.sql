WITH given AS (
    SELECT
        TRIM(COALESCE(:format, '')) AS format,
        TRIM(COALESCE(:document, '')) AS document
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
        OR given.document = SUBSTR(documents.sha256, 1, LENGTH(given.document))
    )
ORDER BY
    documents.uri,
    documents.sha256,
    document_problems.line NULLS LAST,
    document_problems.path,
    document_problems.problem,
    document_problems.text
