SELECT
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
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
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    (
        SELECT
            authors.name
        FROM authorships
        JOIN authors
            ON authors.id = authorships.author_id
        WHERE
            authorships.paper_id = papers.id AND authorships.position = 1
    ) AS first_author,
    (
        SELECT
            authors.name
        FROM authorships
        JOIN authors
            ON authors.id = authorships.author_id
        WHERE
            authorships.paper_id = papers.id AND authorships.position > 1
        ORDER BY
            authorships.position DESC
        LIMIT 1
    ) AS last_author,
    CAST((
        SELECT
            COUNT(*)
        FROM authorships
        WHERE
            authorships.paper_id = papers.id
    ) AS INT) AS author_count,
    papers.key AS paper_key
FROM papers
