SELECT
    COUNT(*) AS papers,
    COALESCE(
        SUM(
            EXISTS(
                SELECT
                    1
                FROM repo_links
                WHERE
                    repo_links.paper_id = edition_papers.paper_id AND repo_links.role = 'own'
            )
        ),
        0
    ) AS papers_with_code
FROM (
    SELECT DISTINCT
        paper_editions.paper_id
    FROM paper_editions
    WHERE
        paper_editions.edition_id = :edition_id
) AS edition_papers
