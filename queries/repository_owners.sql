-- title: Repository owners
-- group: Code
-- description: One row per host and owner, which is the first part of a repository's path: who publishes the most?
-- param host: Host, such as `github.com` (default: all).
-- param at_least: Minimum number of repositories (default: 2).
-- column owner: Owner, in upper or lower case; the alphabetically first of several spellings.
-- column host: Host of the repositories.
-- column repositories: Number of the owner's repositories that papers state as their own.
-- column papers: Number of papers that do.
WITH given AS (
    SELECT trim(coalesce(:host, '')) AS host, trim(coalesce(:at_least, '')) AS at_least
),

owned AS (
    SELECT
        repositories.id,
        repositories.host,
        substr(repositories.path, 1, instr(repositories.path || '/', '/') - 1) AS owner
    FROM given
    CROSS JOIN repositories
    WHERE given.host = '' OR repositories.host = lower(given.host)
),

counted AS (
    SELECT
        lower(owned.owner) AS folded,
        owned.host,
        min(owned.owner COLLATE BINARY) AS owner,
        count(DISTINCT owned.id) AS repositories,
        count(DISTINCT repo_links.paper_id) AS papers
    FROM owned
    JOIN repo_links ON repo_links.repository_id = owned.id
    WHERE repo_links.role = 'own'
    GROUP BY lower(owned.owner), owned.host
)

SELECT counted.owner, counted.host, counted.repositories, counted.papers
FROM counted
CROSS JOIN given
WHERE counted.repositories >= coalesce(number(given.at_least), 2)
ORDER BY
    counted.repositories DESC,
    counted.papers DESC,
    counted.folded COLLATE BINARY,
    counted.host COLLATE BINARY
