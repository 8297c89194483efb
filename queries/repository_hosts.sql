-- title: Hosts of repositories
-- group: Code
-- description: One row per host: how much of the code lies there.
-- param edition: Edition, `icml-2022` (default: every one, and papers of none).
-- column host: Host, `github.com`.
-- column repositories: Repositories there that papers state.
-- column papers: Papers that state one of them.
-- column papers_with_code: Of those, the ones that state one as their own.
-- column percent: The same in percent of all papers with a repository of their own.
WITH links AS (
    SELECT repositories.host, repo_links.repository_id, repo_links.paper_id, repo_links.role
    FROM repo_links
    JOIN repositories ON repositories.id = repo_links.repository_id
    WHERE at_edition(repo_links.paper_id, :edition)
),

counted AS (
    SELECT
        links.host,
        count(DISTINCT links.repository_id) AS repositories,
        count(DISTINCT links.paper_id) AS papers,
        count(DISTINCT CASE WHEN links.role = 'own' THEN links.paper_id END) AS papers_with_code
    FROM links
    GROUP BY links.host
),

everywhere AS (
    SELECT count(DISTINCT links.paper_id) AS papers FROM links WHERE links.role = 'own'
)

SELECT
    counted.host,
    counted.repositories,
    counted.papers,
    counted.papers_with_code,
    percent(counted.papers_with_code, everywhere.papers) AS percent
FROM counted
CROSS JOIN everywhere
ORDER BY counted.papers_with_code DESC, counted.papers DESC, counted.host COLLATE BINARY
