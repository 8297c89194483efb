WITH own AS (
    SELECT DISTINCT
        repo_links.paper_id,
        repositories.url,
        repositories.key
    FROM repo_links
    JOIN repositories
        ON repositories.id = repo_links.repository_id
    WHERE
        repo_links.role = 'own'
        AND (
            TRIM(COALESCE(:edition, '')) = ''
            OR repo_links.paper_id IN (
                SELECT
                    paper_editions.paper_id
                FROM editions
                JOIN paper_editions
                    ON paper_editions.edition_id = editions.id
                WHERE
                    editions.slug = TRIM(COALESCE(:edition, ''))
            )
        )
), counted AS (
    SELECT
        own.paper_id,
        COUNT(*) AS repositories
    FROM own
    GROUP BY
        own.paper_id
    HAVING
        COUNT(*) > 1
)
SELECT
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
        ) AS byline
    ) AS authors,
    counted.repositories,
    (
        SELECT
            GROUP_CONCAT(sorted.url, ' · ')
        FROM (
            SELECT
                own.url
            FROM own
            WHERE
                own.paper_id = counted.paper_id
            ORDER BY
                own.url
        ) AS sorted
    ) AS urls,
    (
        SELECT
            GROUP_CONCAT(belongs.slug, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS editions,
    (
        SELECT
            GROUP_CONCAT(belongs.name, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS edition_names,
    papers.key AS paper_key
FROM counted
JOIN papers
    ON papers.id = counted.paper_id
ORDER BY
    counted.repositories DESC,
    papers.title,
    papers.key
