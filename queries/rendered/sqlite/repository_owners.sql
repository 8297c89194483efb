WITH given AS (
    SELECT
        TRIM(COALESCE(:host, '')) AS host,
        TRIM(COALESCE(:at_least, '')) AS at_least
), owned AS (
    SELECT
        repositories.id,
        repositories.host,
        SUBSTR(repositories.path, 1, INSTR(repositories.path || '/', '/') - 1) AS owner
    FROM given
    CROSS JOIN repositories
    WHERE
        given.host = '' OR repositories.host = LOWER(given.host)
), counted AS (
    SELECT
        LOWER(owned.owner) AS folded,
        owned.host,
        MIN(owned.owner) AS owner,
        COUNT(DISTINCT owned.id) AS repositories,
        COUNT(DISTINCT repo_links.paper_id) AS papers
    FROM owned
    JOIN repo_links
        ON repo_links.repository_id = owned.id
    WHERE
        repo_links.role = 'own'
    GROUP BY
        LOWER(owned.owner),
        owned.host
)
SELECT
    counted.owner,
    counted.host,
    counted.repositories,
    counted.papers
FROM counted
CROSS JOIN given
WHERE
    counted.repositories >= COALESCE(
        CASE
            WHEN NOT given.at_least GLOB '*[^0-9]*' AND LENGTH(given.at_least) BETWEEN 1 AND 9
            THEN CAST(given.at_least AS INTEGER)
        END,
        2
    )
ORDER BY
    counted.repositories DESC,
    counted.papers DESC,
    counted.folded,
    counted.host
