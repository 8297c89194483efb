SELECT *
FROM linked_captures()
WHERE linked_captures.source_id = :id
ORDER BY linked_captures.captured_at DESC, linked_captures.sha256 DESC
LIMIT :most OFFSET :after
