SELECT
    id,
    sha256,
    size_bytes,
    content,
    (
        SELECT
            COUNT(*)
        FROM document_parts
        WHERE
            document_parts.document_id = documents.id
    ) AS parts
FROM documents
WHERE
    id = :id
