WITH given AS (
    SELECT
        TRIM(COALESCE(:edition, '')) AS edition
), presented AS (
    SELECT
        paper_editions.edition_id,
        paper_editions.kind,
        paper_editions.paper_id
    FROM given
    CROSS JOIN editions
    JOIN paper_editions
        ON paper_editions.edition_id = editions.id
    WHERE
        given.edition IN ('', editions.slug)
    UNION ALL
    SELECT DISTINCT
        CAST(NULL AS INTEGER),
        slots.kind,
        slots.paper_id
    FROM given
    CROSS JOIN sessions
    JOIN slots
        ON slots.session_id = sessions.id
    WHERE
        sessions.edition_id IS NULL AND slots.paper_id IS NOT NULL AND given.edition IN ('', 'unknown')
), counted AS (
    SELECT
        presented.edition_id,
        presented.kind,
        COUNT(*) AS papers,
        COUNT(
            CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = presented.paper_id AND repo_links.role = 'own'
                )
                THEN 1
            END
        ) AS papers_with_code
    FROM presented
    GROUP BY
        presented.edition_id,
        presented.kind
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    counted.kind,
    counted.papers,
    counted.papers_with_code,
    CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / counted.papers, 1) END AS REAL) AS percent
FROM counted
LEFT JOIN editions
    ON editions.id = counted.edition_id
ORDER BY
    editions.slug NULLS LAST,
    counted.papers DESC,
    counted.kind
