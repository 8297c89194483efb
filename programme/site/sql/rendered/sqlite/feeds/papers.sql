SELECT
    papers.id,
    papers.key,
    papers.title,
    papers.abstract,
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
            GROUP_CONCAT(edition.name, ', ')
        FROM (
            SELECT DISTINCT
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                2,
                1
        ) AS edition
    ) AS editions
FROM JSON_EACH(:ids) AS wanted
JOIN papers
    ON papers.id = wanted.value
