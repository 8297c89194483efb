SELECT count(*) AS documents
FROM documents
WHERE document_matches()
