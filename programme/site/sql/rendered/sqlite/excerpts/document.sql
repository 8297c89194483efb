SELECT
    id,
    sha256,
    size_bytes,
    content,
    COALESCE(
        (
            SELECT
                MAX(position) - 1
            FROM document_parts
            WHERE
                document_parts.document_id = documents.id
        ),
        0
    ) AS parts
FROM documents
WHERE
    id = :id
