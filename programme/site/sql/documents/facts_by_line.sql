SELECT paper_sources.line_start AS line, 'paper' AS fact, papers.key, papers.title
FROM paper_sources
JOIN papers ON papers.id = paper_sources.paper_id
WHERE paper_sources.document_id = :id AND paper_sources.line_start BETWEEN :first AND :last
UNION
SELECT session_sources.line_start, 'session', sessions.key, sessions.title
FROM session_sources
JOIN sessions ON sessions.id = session_sources.session_id
WHERE session_sources.document_id = :id AND session_sources.line_start BETWEEN :first AND :last
UNION
SELECT listing_sources.line_start, 'listing', listings.key, listings.title
FROM listing_sources
JOIN listings ON listings.id = listing_sources.listing_id
WHERE listing_sources.document_id = :id AND listing_sources.line_start BETWEEN :first AND :last
UNION
SELECT edition_sources.line_start, 'edition', editions.slug, editions.name
FROM edition_sources
JOIN editions ON editions.id = edition_sources.edition_id
WHERE edition_sources.document_id = :id AND edition_sources.line_start BETWEEN :first AND :last
UNION
SELECT document_problems.line, 'problem', NULL, document_problems.problem
FROM document_problems
WHERE document_problems.document_id = :id AND document_problems.line BETWEEN :first AND :last
ORDER BY 1, 2, 4
LIMIT 500
