WITH links AS (
    SELECT
        repo_links.repository_id,
        repo_links.paper_id,
        MAX(repo_links.role COLLATE "C") AS role
    FROM repo_links
    WHERE
        repo_links.role <> 'denied'
    GROUP BY
        repo_links.repository_id,
        repo_links.paper_id
)
SELECT
    repositories.host || '/' || repositories.path AS repository,
    repositories.url,
    CAST((
        SELECT
            COUNT(DISTINCT repo_links.paper_id)
        FROM repo_links
        WHERE
            repo_links.repository_id = repositories.id AND repo_links.role <> 'denied'
    ) AS INT) AS papers,
    papers.title,
    links.role,
    (
        SELECT
            STRING_AGG(belongs.slug, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug COLLATE "C" NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
        ) AS belongs
    ) AS editions,
    (
        SELECT
            STRING_AGG(belongs.name, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug COLLATE "C" NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
        ) AS belongs
    ) AS edition_names,
    repositories.host,
    repositories.key AS repository_key,
    papers.key AS paper_key
FROM links
JOIN repositories
    ON repositories.id = links.repository_id
JOIN papers
    ON papers.id = links.paper_id
