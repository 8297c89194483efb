SELECT
    papers.id,
    papers.key,
    papers.title,
    SUBSTR(papers.abstract, 1, 320) AS snippet,
    LENGTH(papers.abstract) > 320 AS is_cut,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url
FROM JSON_EACH(:ids) AS wanted
JOIN papers
    ON papers.id = wanted.value
