WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(host)s AS TEXT), '')) AS host,
        TRIM(COALESCE(CAST(%(at_least)s AS TEXT), '')) AS at_least
), owned AS (
    SELECT
        repositories.id,
        repositories.host,
        SUBSTRING(repositories.path FROM 1 FOR POSITION('/' IN repositories.path || '/') - 1) AS owner
    FROM given
    CROSS JOIN repositories
    WHERE
        given.host = '' OR repositories.host = LOWER(given.host COLLATE "C")
), counted AS (
    SELECT
        LOWER(owned.owner COLLATE "C") AS folded,
        owned.host,
        MIN(owned.owner COLLATE "C") AS owner,
        COUNT(DISTINCT owned.id) AS repositories,
        COUNT(DISTINCT repo_links.paper_id) AS papers
    FROM owned
    JOIN repo_links
        ON repo_links.repository_id = owned.id
    WHERE
        repo_links.role = 'own'
    GROUP BY
        LOWER(owned.owner COLLATE "C"),
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
    counted.repositories >= COALESCE(CASE WHEN given.at_least ~ '^[0-9]{1,9}$' THEN CAST(given.at_least AS INT) END, 2)
ORDER BY
    counted.repositories DESC NULLS LAST,
    counted.papers DESC NULLS LAST,
    counted.folded COLLATE "C" NULLS FIRST,
    counted.host COLLATE "C" NULLS FIRST
