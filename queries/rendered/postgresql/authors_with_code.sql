WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(at_least)s AS TEXT), '')) AS at_least
), own AS (
    SELECT DISTINCT
        repo_links.paper_id,
        repo_links.repository_id
    FROM repo_links
    WHERE
        repo_links.role = 'own'
        AND (
            TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) = ''
            OR repo_links.paper_id IN (
                SELECT
                    paper_editions.paper_id
                FROM editions
                JOIN paper_editions
                    ON paper_editions.edition_id = editions.id
                WHERE
                    editions.slug = TRIM(COALESCE(CAST(%(edition)s AS TEXT), ''))
            )
        )
), coded AS (
    SELECT
        authorships.author_id,
        COUNT(DISTINCT own.paper_id) AS papers_with_code,
        COUNT(DISTINCT own.repository_id) AS repositories
    FROM own
    JOIN authorships
        ON authorships.paper_id = own.paper_id
    GROUP BY
        authorships.author_id
), frequent AS (
    SELECT
        coded.author_id,
        coded.papers_with_code,
        coded.repositories
    FROM coded
    CROSS JOIN given
    WHERE
        coded.papers_with_code >= COALESCE(CASE WHEN given.at_least ~ '^[0-9]{1,9}$' THEN CAST(given.at_least AS INT) END, 2)
), counted AS (
    SELECT
        frequent.author_id,
        frequent.papers_with_code,
        frequent.repositories,
        (
            SELECT
                COUNT(DISTINCT authorships.paper_id)
            FROM authorships
            WHERE
                authorships.author_id = frequent.author_id
                AND (
                    TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) = ''
                    OR authorships.paper_id IN (
                        SELECT
                            paper_editions.paper_id
                        FROM editions
                        JOIN paper_editions
                            ON paper_editions.edition_id = editions.id
                        WHERE
                            editions.slug = TRIM(COALESCE(CAST(%(edition)s AS TEXT), ''))
                    )
                )
        ) AS papers
    FROM frequent
)
SELECT
    authors.name AS author,
    counted.papers_with_code,
    counted.papers,
    CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / NULLIF(counted.papers, 0), 1) END AS DOUBLE PRECISION) AS percent,
    counted.repositories,
    authors.key AS author_key
FROM counted
JOIN authors
    ON authors.id = counted.author_id
ORDER BY
    counted.papers_with_code DESC NULLS LAST,
    counted.papers NULLS FIRST,
    authors.name COLLATE "C" NULLS FIRST,
    authors.key COLLATE "C" NULLS FIRST
