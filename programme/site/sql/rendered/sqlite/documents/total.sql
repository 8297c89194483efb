SELECT
    COUNT(*) AS documents
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
