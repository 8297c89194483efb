SELECT id, sha256, size_bytes, content,
    -- Parts are numbered from 2; counting them would read all their bytes.
    coalesce((SELECT max(position) - 1 FROM document_parts WHERE document_parts.document_id = documents.id), 0) AS parts
FROM documents
WHERE id = :id
