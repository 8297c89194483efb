SELECT
    papers.id,
    papers.key,
    papers.title,
    MIN(authorships.position) AS position,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url
FROM authorships
JOIN papers
    ON papers.id = authorships.paper_id
WHERE
    authorships.author_id = :id
GROUP BY
    papers.id
ORDER BY
    papers.title,
    papers.key
