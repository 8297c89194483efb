SELECT sessions.key, session_sources.title, session_sources.line_start, session_sources.line_end, session_sources.path,
    editions.name AS edition_name, editions.slug AS edition, session_sources.edition_basis
FROM session_sources
JOIN sessions ON sessions.id = session_sources.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
WHERE session_sources.document_id = :id
ORDER BY session_sources.line_start, sessions.key
LIMIT :most
