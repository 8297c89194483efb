-- title: Repositories shared by several papers
-- group: Code
-- description: One row per repository that several papers state; those with the most papers first.
-- param host: Host, such as `github.com` (default: all).
-- param at_least: Minimum number of papers that state it (default: 2).
-- column repository: Host and path of the repository.
-- column url: URL of the repository.
-- column papers: Number of papers that state it.
-- column own: How many of these papers state it as their own.
-- column first_year: Year of the first edition that one of them belongs to.
-- column last_year: Year of the latest such edition.
-- column repository_key: Key of the repository.
WITH given AS (
    SELECT trim(coalesce(:host, '')) AS host, trim(coalesce(:at_least, '')) AS at_least
),

counted AS (
    SELECT
        repo_links.repository_id,
        count(DISTINCT repo_links.paper_id) AS papers,
        count(DISTINCT CASE WHEN repo_links.role = 'own' THEN repo_links.paper_id END) AS own
    FROM repo_links
    WHERE repo_links.role <> 'denied'
    GROUP BY repo_links.repository_id
),

shared AS (
    SELECT counted.repository_id, counted.papers, counted.own
    FROM counted
    CROSS JOIN given
    JOIN repositories ON repositories.id = counted.repository_id
    WHERE counted.papers >= coalesce(number(given.at_least), 2)
        AND (given.host = '' OR repositories.host = lower(given.host))
),

stated AS (
    SELECT DISTINCT shared.repository_id, repo_links.paper_id
    FROM shared
    JOIN repo_links ON repo_links.repository_id = shared.repository_id AND repo_links.role <> 'denied'
),

years AS (
    SELECT
        stated.repository_id,
        first_year_of(stated.paper_id) AS first_year,
        last_year_of(stated.paper_id) AS last_year
    FROM stated
),

spans AS (
    SELECT years.repository_id, min(years.first_year) AS first_year, max(years.last_year) AS last_year
    FROM years
    GROUP BY years.repository_id
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
JOIN repositories ON repositories.id = shared.repository_id
JOIN spans ON spans.repository_id = shared.repository_id
ORDER BY
    shared.papers DESC,
    repositories.host COLLATE BINARY,
    repositories.path COLLATE BINARY,
    repositories.key COLLATE BINARY
