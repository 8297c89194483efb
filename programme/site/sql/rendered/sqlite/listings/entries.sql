SELECT
    listing_entries.position,
    listing_entries.upvotes,
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
    ) AS code_url
FROM listing_entries
JOIN papers
    ON papers.id = listing_entries.paper_id
WHERE
    listing_entries.listing_id = :id
ORDER BY
    listing_entries.position
