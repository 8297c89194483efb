WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(host AS TEXT), '')) AS host,
        TRIM(COALESCE(CAST(at_least AS TEXT), '')) AS at_least
), owned AS (
    SELECT
        repositories.id,
        repositories.host,
        SUBSTRING(repositories.path, 1, STRPOS(repositories.path || '/', '/') - 1) AS owner
    FROM given
    CROSS JOIN repositories
    WHERE
        given.host = ''
        OR repositories.host = TRANSLATE(given.host, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
), counted AS (
    SELECT
        TRANSLATE(owned.owner, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS folded,
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
        TRANSLATE(owned.owner, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'),
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
    counted.repositories >= COALESCE(CASE WHEN REGEXP_FULL_MATCH(given.at_least, '[0-9]{1,9}') THEN TRY_CAST(given.at_least AS INT) END, 2)
ORDER BY
    counted.repositories DESC,
    counted.papers DESC,
    counted.folded NULLS FIRST,
    counted.host NULLS FIRST
