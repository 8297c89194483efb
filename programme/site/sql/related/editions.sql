WITH wanted AS (
    SELECT value AS id FROM items(:ids)
)

SELECT DISTINCT wanted.id, editions.slug, editions.name, editions.year
FROM wanted
JOIN paper_editions ON paper_editions.paper_id = wanted.id
JOIN editions ON editions.id = paper_editions.edition_id
ORDER BY 1, 4, 2
