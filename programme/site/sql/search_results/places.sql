SELECT paper_editions.paper_id AS id, editions.slug, editions.name, paper_editions.kind
FROM items(:ids) AS wanted
CROSS JOIN paper_editions ON paper_editions.paper_id = wanted.value
JOIN editions ON editions.id = paper_editions.edition_id
ORDER BY editions.year DESC, editions.slug, paper_editions.kind
