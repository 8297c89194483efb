WITH hits AS MATERIALIZED (
    SELECT value AS id FROM items(:ids)
),
belongs AS MATERIALIZED (
    SELECT hits.id, paper_editions.edition_id, paper_editions.kind
    FROM hits
    CROSS JOIN paper_editions ON paper_editions.paper_id = hits.id
    WHERE (:any_edition OR paper_editions.edition_id IN (SELECT value FROM items(:editions)))
        AND (:kind = '' OR paper_editions.kind = :kind)
    UNION ALL
    SELECT DISTINCT hits.id, sessions.edition_id, slots.kind
    FROM hits
    CROSS JOIN slots ON slots.paper_id = hits.id
    JOIN sessions ON sessions.id = slots.session_id
    WHERE sessions.edition_id IS NULL AND :any_edition AND (:kind = '' OR slots.kind = :kind)
)
SELECT 'venue' AS facet, venues.slug AS value, venues.name AS label, count(DISTINCT belongs.id) AS papers
FROM belongs
JOIN editions ON editions.id = belongs.edition_id
JOIN venues ON venues.id = editions.venue_id
GROUP BY venues.id
UNION ALL
SELECT 'year', CAST(editions.year AS text), CAST(editions.year AS text), count(DISTINCT belongs.id)
FROM belongs
JOIN editions ON editions.id = belongs.edition_id
GROUP BY editions.year
UNION ALL
SELECT 'kind', belongs.kind, belongs.kind, count(DISTINCT belongs.id)
FROM belongs
WHERE belongs.kind IN (SELECT value FROM items(:kinds))
GROUP BY belongs.kind
UNION ALL
SELECT 'code', '1', 'with code', count(*)
FROM hits
WHERE has_code(hits.id)
ORDER BY 1, 4 DESC, 2
