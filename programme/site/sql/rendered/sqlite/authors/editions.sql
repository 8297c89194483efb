SELECT DISTINCT
    authorships.paper_id AS id,
    editions.slug,
    editions.name,
    editions.year,
    paper_editions.kind
FROM authorships
JOIN paper_editions
    ON paper_editions.paper_id = authorships.paper_id
JOIN editions
    ON editions.id = paper_editions.edition_id
WHERE
    authorships.author_id = :id
ORDER BY
    4,
    2,
    5
