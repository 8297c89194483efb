WITH counted AS (
    SELECT
        authorships.author_id,
        COUNT(DISTINCT authorships.paper_id) AS papers
    FROM authorships
    WHERE
        (
            TRIM(COALESCE(CAST(edition AS TEXT), '')) = ''
            OR authorships.paper_id IN (
                SELECT
                    paper_editions.paper_id
                FROM editions
                JOIN paper_editions
                    ON paper_editions.edition_id = editions.id
                WHERE
                    editions.slug = TRIM(COALESCE(CAST(edition AS TEXT), ''))
            )
        )
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
