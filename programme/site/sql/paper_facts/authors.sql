SELECT authors.key, authors.name, authorships.raw_name, authorships.affiliation
FROM authorships
JOIN authors ON authors.id = authorships.author_id
WHERE authorships.paper_id = :id
ORDER BY authorships.position
