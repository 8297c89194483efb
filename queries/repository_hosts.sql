-- title: Repository hosts
-- group: Code
-- description: One row per host: how much of the code is there.
-- param edition: Edition, such as `icml-2022` (default: all papers, also those of no edition).
-- column host: Host, such as `github.com`.
-- column repositories: Number of repositories there that papers state.
-- column papers: Number of papers that state one of them.
-- column papers_with_code: How many of these papers state one as their own.
-- column percent: Their share, in percent, of all papers with a repository of their own.
WITH links AS (
    SELECT repositories.host, repo_links.repository_id, repo_links.paper_id, repo_links.role
    FROM repo_links
    JOIN repositories ON repositories.id = repo_links.repository_id
    WHERE repo_links.role <> 'denied' AND at_edition(repo_links.paper_id, :edition)
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

all_hosts AS (
    SELECT count(DISTINCT links.paper_id) AS papers FROM links WHERE links.role = 'own'
)

SELECT
    counted.host,
    counted.repositories,
    counted.papers,
    counted.papers_with_code,
    percentage(counted.papers_with_code, all_hosts.papers) AS percent
FROM counted
CROSS JOIN all_hosts
ORDER BY counted.papers_with_code DESC, counted.papers DESC, counted.host COLLATE BINARY
