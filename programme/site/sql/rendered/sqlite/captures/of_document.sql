SELECT
    *
FROM (
    SELECT
        captures.source_id,
        captures.document_id,
        sources.uri,
        sources.scope,
        captures.captured_at,
        captures.basis,
        captures.is_current,
        documents.sha256,
        documents.format,
        documents.size_bytes,
        earlier.id AS earlier_id,
        earlier.sha256 AS sha256_before,
        replaced.captured_at AS captured_before,
        later.captured_at AS captured_after,
        latest.sha256 AS sha256_after
    FROM captures
    JOIN sources
        ON sources.id = captures.source_id
    JOIN documents
        ON documents.id = captures.document_id
    LEFT JOIN captures AS replaced
        ON replaced.id = captures.replaces_id
    LEFT JOIN documents AS earlier
        ON earlier.id = replaced.document_id
    LEFT JOIN captures AS later
        ON later.source_id = captures.source_id AND later.replaces_id = captures.id
    LEFT JOIN documents AS latest
        ON latest.id = later.document_id
) AS linked_captures
WHERE
    linked_captures.document_id = :id
ORDER BY
    linked_captures.is_current DESC,
    linked_captures.captured_at DESC,
    linked_captures.uri,
    linked_captures.scope
LIMIT :most
