WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(host AS TEXT), '')) AS host,
        TRIM(COALESCE(CAST(at_least AS TEXT), '')) AS at_least
), counted AS (
    SELECT
        repo_links.repository_id,
        COUNT(DISTINCT repo_links.paper_id) AS papers,
        COUNT(DISTINCT CASE WHEN repo_links.role = 'own' THEN repo_links.paper_id END) AS own
    FROM repo_links
    WHERE
        repo_links.role <> 'denied'
    GROUP BY
        repo_links.repository_id
), shared AS (
    SELECT
        counted.repository_id,
        counted.papers,
        counted.own
    FROM counted
    CROSS JOIN given
    JOIN repositories
        ON repositories.id = counted.repository_id
    WHERE
        counted.papers >= COALESCE(CASE WHEN REGEXP_FULL_MATCH(given.at_least, '[0-9]{1,9}') THEN TRY_CAST(given.at_least AS INT) END, 2)
        AND (
            given.host = ''
            OR repositories.host = TRANSLATE(given.host, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
        )
), stated AS (
    SELECT DISTINCT
        shared.repository_id,
        repo_links.paper_id
    FROM shared
    JOIN repo_links
        ON repo_links.repository_id = shared.repository_id AND repo_links.role <> 'denied'
), years AS (
    SELECT
        stated.repository_id,
        CAST((
            SELECT
                MIN(editions.year)
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = stated.paper_id
        ) AS INT) AS first_year,
        CAST((
            SELECT
                MAX(editions.year)
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = stated.paper_id
        ) AS INT) AS last_year
    FROM stated
), spans AS (
    SELECT
        years.repository_id,
        MIN(years.first_year) AS first_year,
        MAX(years.last_year) AS last_year
    FROM years
    GROUP BY
        years.repository_id
)
SELECT
    repositories.host || '/' || repositories.path AS repository,
    repositories.url,
    shared.papers,
    shared.own,
    spans.first_year,
    spans.last_year,
    repositories.key AS repository_key
FROM shared
JOIN repositories
    ON repositories.id = shared.repository_id
JOIN spans
    ON spans.repository_id = shared.repository_id
ORDER BY
    shared.papers DESC,
    repositories.host NULLS FIRST,
    repositories.path NULLS FIRST,
    repositories.key NULLS FIRST
