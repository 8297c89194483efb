WITH counted AS (
    SELECT
        authorships.author_id,
        COUNT(DISTINCT authorships.paper_id) AS papers
    FROM authorships
    WHERE
        (
            TRIM(COALESCE(:edition, '')) = ''
            OR authorships.paper_id IN (
                SELECT
                    paper_editions.paper_id
                FROM editions
                JOIN paper_editions
                    ON paper_editions.edition_id = editions.id
                WHERE
                    editions.slug = TRIM(COALESCE(:edition, ''))
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
    CAST(CASE WHEN everyone.authors > 0 THEN ROUND(100.0 * spread.authors / everyone.authors, 1) END AS REAL) AS percent
FROM spread
CROSS JOIN everyone
ORDER BY
    spread.papers
