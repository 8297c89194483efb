WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(edition AS TEXT), '')) AS edition
), selected AS (
    SELECT
        editions.id
    FROM given
    JOIN editions
        ON editions.slug = given.edition
), counted AS (
    SELECT
        authorships.author_id,
        COUNT(DISTINCT authorships.paper_id) AS papers
    FROM authorships
    WHERE
        (
            SELECT
                given.edition
            FROM given
        ) = ''
    GROUP BY
        authorships.author_id
    UNION ALL
    SELECT
        authorships.author_id,
        COUNT(DISTINCT authorships.paper_id)
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
    CROSS JOIN authorships
    WHERE
        authorships.paper_id = found.paper_id
    GROUP BY
        authorships.author_id
), spread AS (
    SELECT
        counted.papers,
        COUNT(*) AS authors
    FROM counted
    GROUP BY
        counted.papers
), everyone AS (
    SELECT
        COUNT(*) AS authors
    FROM counted
)
SELECT
    spread.papers,
    spread.authors,
    CAST(CASE WHEN everyone.authors > 0 THEN ROUND(100.0 * spread.authors / NULLIF(everyone.authors, 0), 1) END AS DOUBLE) AS percent
FROM spread
CROSS JOIN everyone
ORDER BY
    spread.papers NULLS FIRST
