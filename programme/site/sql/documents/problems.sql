SELECT line, path, text, problem
FROM document_problems
WHERE document_id = :id
ORDER BY line IS NULL, line, id
LIMIT :most
