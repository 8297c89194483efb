SELECT documents.format AS source, count(DISTINCT stated.paper_id) AS papers
FROM (
    SELECT slot_sources.document_id, paper_sources.paper_id
    FROM sessions
    JOIN slots ON slots.session_id = sessions.id
    JOIN slot_sources ON slot_sources.slot_id = slots.id
    JOIN paper_sources ON paper_sources.id = slot_sources.paper_source_id
    WHERE sessions.edition_id = :edition_id
    UNION ALL
    SELECT paper_sources.document_id, paper_sources.paper_id
    FROM paper_sources
    WHERE paper_sources.edition_id = :edition_id
) AS stated
JOIN documents ON documents.id = stated.document_id
GROUP BY documents.format
ORDER BY documents.format
