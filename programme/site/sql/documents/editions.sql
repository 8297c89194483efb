SELECT editions.slug, editions.name, edition_sources.line_start, edition_sources.line_end, edition_sources.path
FROM edition_sources
JOIN editions ON editions.id = edition_sources.edition_id
WHERE edition_sources.document_id = :id
ORDER BY edition_sources.line_start, editions.slug
LIMIT :most
