-- title: Code of papers
-- group: Code
-- description: One row per paper: its own repositories and its project page, to build other queries on.
-- column title: Title of the paper.
-- column has_code: 1 when the paper states a repository of its own, else 0.
-- column code_url: URL of that repository; the alphabetically first if there are several.
-- column repositories: URLs of all of them, separated by spaces.
-- column repository_count: Number of them.
-- column project_page: URL of its project page; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
-- order: title COLLATE BINARY, paper_key COLLATE BINARY
-- facets: has_code
SELECT
    papers.title,
    CAST(CASE WHEN has_code(papers.id) THEN 1 ELSE 0 END AS integer) AS has_code,
    code_of(papers.id) AS code_url,
    repositories_of(papers.id) AS repositories,
    CAST((
        SELECT count(DISTINCT repo_links.repository_id)
        FROM repo_links
        WHERE repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS integer) AS repository_count,
    project_page_of(papers.id) AS project_page,
    papers.key AS paper_key
FROM papers
