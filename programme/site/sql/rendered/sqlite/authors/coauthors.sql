SELECT
    authors.key,
    authors.name,
    COUNT(DISTINCT own.paper_id) AS papers
FROM authorships AS own
JOIN authorships AS other
    ON other.paper_id = own.paper_id AND other.author_id <> own.author_id
JOIN authors
    ON authors.id = other.author_id
WHERE
    own.author_id = :id
GROUP BY
    authors.id
ORDER BY
    papers DESC,
    authors.name,
    authors.key
