SELECT
    papers.title,
    CAST(CASE
        WHEN EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = papers.id AND repo_links.role = 'own'
        )
        THEN 1
        ELSE 0
    END AS INT) AS has_code,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url,
    (
        SELECT
            GROUP_CONCAT(own.url, ' ' ORDER BY own.url NULLS FIRST)
        FROM (
            SELECT DISTINCT
                repositories.url
            FROM repo_links
            JOIN repositories
                ON repositories.id = repo_links.repository_id
            WHERE
                repo_links.paper_id = papers.id AND repo_links.role = 'own'
            ORDER BY
                1 NULLS FIRST
        ) AS own
    ) AS repositories,
    CAST((
        SELECT
            COUNT(DISTINCT repo_links.repository_id)
        FROM repo_links
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS INT) AS repository_count,
    (
        SELECT
            MIN(paper_links.url)
        FROM paper_links
        WHERE
            paper_links.paper_id = papers.id AND paper_links.kind = 'project_page'
    ) AS project_page,
    papers.key AS paper_key
FROM papers
