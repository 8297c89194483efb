WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(format)s AS TEXT), '')) AS format,
        TRIM(COALESCE(CAST(%(document)s AS TEXT), '')) AS document
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
        OR given.document = SUBSTRING(documents.sha256 FROM 1 FOR LENGTH(given.document))
    )
ORDER BY
    documents.uri COLLATE "C" NULLS FIRST,
    documents.sha256 COLLATE "C" NULLS FIRST,
    document_problems.line,
    document_problems.path COLLATE "C" NULLS FIRST,
    document_problems.problem COLLATE "C" NULLS FIRST,
    document_problems.text COLLATE "C" NULLS FIRST
