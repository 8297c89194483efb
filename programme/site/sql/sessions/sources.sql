SELECT
    session_sources.*,
    documents.sha256, documents.uri, documents.format, documents.captured_on,
    editions.slug AS edition, editions.name AS edition_name
FROM session_sources
JOIN documents ON documents.id = session_sources.document_id
LEFT JOIN editions ON editions.id = session_sources.edition_id
WHERE session_sources.session_id = :id
ORDER BY documents.sha256, session_sources.line_start
