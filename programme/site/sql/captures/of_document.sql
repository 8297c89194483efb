SELECT *
FROM linked_captures()
WHERE linked_captures.document_id = :id
ORDER BY
    linked_captures.is_current DESC, linked_captures.captured_at DESC, linked_captures.uri, linked_captures.scope
LIMIT :most
