WITH links AS (
    SELECT
        repositories.host,
        repo_links.repository_id,
        repo_links.paper_id,
        repo_links.role
    FROM repo_links
    JOIN repositories
        ON repositories.id = repo_links.repository_id
    WHERE
        repo_links.role <> 'denied'
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
), counted AS (
    SELECT
        links.host,
        COUNT(DISTINCT links.repository_id) AS repositories,
        COUNT(DISTINCT links.paper_id) AS papers,
        COUNT(DISTINCT CASE WHEN links.role = 'own' THEN links.paper_id END) AS papers_with_code
    FROM links
    GROUP BY
        links.host
), all_hosts AS (
    SELECT
        COUNT(DISTINCT links.paper_id) AS papers
    FROM links
    WHERE
        links.role = 'own'
)
SELECT
    counted.host,
    counted.repositories,
    counted.papers,
    counted.papers_with_code,
    CAST(CASE WHEN all_hosts.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / NULLIF(all_hosts.papers, 0), 1) END AS DOUBLE PRECISION) AS percent
FROM counted
CROSS JOIN all_hosts
ORDER BY
    counted.papers_with_code DESC NULLS LAST,
    counted.papers DESC NULLS LAST,
    counted.host COLLATE "C" NULLS FIRST
