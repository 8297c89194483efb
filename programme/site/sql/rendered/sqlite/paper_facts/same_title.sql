SELECT
    papers.key,
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ')
        FROM (
            SELECT
                authors.name,
                authorships.position
            FROM authorships
            JOIN authors
                ON authors.id = authorships.author_id
            WHERE
                authorships.paper_id = papers.id
            ORDER BY
                authorships.position
            LIMIT 5
        ) AS byline
    ) AS authors
FROM papers
WHERE
    papers.title_key = :title_key AND papers.id <> :id
ORDER BY
    papers.key
LIMIT 20
