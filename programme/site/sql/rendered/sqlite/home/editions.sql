WITH edition_papers AS (
    SELECT DISTINCT
        paper_editions.edition_id,
        paper_editions.paper_id
    FROM paper_editions
), counted AS MATERIALIZED (
    SELECT
        edition_papers.edition_id,
        COUNT(*) AS papers,
        SUM(
            EXISTS(
                SELECT
                    1
                FROM repo_links
                WHERE
                    repo_links.paper_id = edition_papers.paper_id AND repo_links.role = 'own'
            )
        ) AS papers_with_code
    FROM edition_papers
    GROUP BY
        edition_papers.edition_id
)
SELECT
    editions.slug,
    editions.name,
    editions.year,
    editions.starts_on,
    editions.ends_on,
    editions.city,
    COALESCE(counted.papers, 0) AS papers,
    COALESCE(counted.papers_with_code, 0) AS papers_with_code,
    (
        SELECT
            COUNT(*)
        FROM sessions
        WHERE
            sessions.edition_id = editions.id
    ) AS sessions
FROM editions
LEFT JOIN counted
    ON counted.edition_id = editions.id
ORDER BY
    editions.year DESC,
    editions.starts_on DESC,
    editions.slug
