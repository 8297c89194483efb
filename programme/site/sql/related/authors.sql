SELECT authorships.paper_id AS id, authors.key, authors.name
FROM items(:ids) AS wanted
JOIN authorships ON authorships.paper_id = wanted.value
JOIN authors ON authors.id = authorships.author_id
ORDER BY authorships.paper_id, authorships.position
