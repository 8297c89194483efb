-- title: Repositories and their papers
-- group: Code
-- description: One row per repository and paper that states it.
-- column repository: Host and path of the repository.
-- column url: URL of the repository.
-- column papers: Number of papers that state this repository.
-- column title: Title of the paper.
-- column role: `own`: the paper's own work; `other`: someone else's work, such as a baseline.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column host: Host of the repository.
-- column repository_key: Key of the repository.
-- column paper_key: Key of the paper.
-- order: repository COLLATE BINARY, title COLLATE BINARY, paper_key COLLATE BINARY, repository_key COLLATE BINARY
-- sort: papers DESC
-- facets: host, role
WITH links AS (
    SELECT
        repo_links.repository_id,
        repo_links.paper_id,
        max(repo_links.role COLLATE BINARY) AS role
    FROM repo_links
    WHERE repo_links.role <> 'denied'
    GROUP BY repo_links.repository_id, repo_links.paper_id
)

SELECT
    repositories.host || '/' || repositories.path AS repository,
    repositories.url,
    CAST((
        SELECT count(DISTINCT repo_links.paper_id)
        FROM repo_links
        WHERE repo_links.repository_id = repositories.id AND repo_links.role <> 'denied'
    ) AS integer) AS papers,
    papers.title,
    links.role,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    repositories.host,
    repositories.key AS repository_key,
    papers.key AS paper_key
FROM links
JOIN repositories ON repositories.id = links.repository_id
JOIN papers ON papers.id = links.paper_id
