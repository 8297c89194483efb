WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(venue AS TEXT), '')) AS venue
), selected AS (
    SELECT
        editions.id,
        editions.year
    FROM given
    CROSS JOIN venues
    JOIN editions
        ON editions.venue_id = venues.id
    WHERE
        given.venue = ''
        OR venues.slug = TRANSLATE(given.venue, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
), shown AS (
    SELECT
        edition_id,
        paper_id
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
), counted AS (
    SELECT
        selected.year,
        COUNT(DISTINCT selected.id) AS editions,
        COUNT(DISTINCT shown.paper_id) AS papers,
        COUNT(
            DISTINCT CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = shown.paper_id AND repo_links.role = 'own'
                )
                THEN shown.paper_id
            END
        ) AS papers_with_code
    FROM shown
    JOIN selected
        ON selected.id = shown.edition_id
    GROUP BY
        selected.year
)
SELECT
    counted.year,
    counted.editions,
    counted.papers,
    counted.papers_with_code,
    CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / NULLIF(counted.papers, 0), 1) END AS DOUBLE) AS percent
FROM counted
ORDER BY
    counted.year NULLS FIRST
