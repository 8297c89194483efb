WITH counted AS (
    SELECT
        authorships.affiliation,
        COUNT(DISTINCT authorships.paper_id) AS papers,
        COUNT(
            DISTINCT CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = authorships.paper_id AND repo_links.role = 'own'
                )
                THEN authorships.paper_id
            END
        ) AS papers_with_code,
        COUNT(DISTINCT authorships.author_id) AS authors
    FROM authorships
    WHERE
        authorships.affiliation IS NOT NULL
        AND (
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
        authorships.affiliation
)
SELECT
    counted.affiliation,
    counted.papers,
    counted.papers_with_code,
    CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / counted.papers, 1) END AS REAL) AS percent,
    counted.authors
FROM counted
ORDER BY
    counted.papers DESC,
    counted.affiliation
