SELECT
    papers.key, paper_sources.title, paper_sources.byline, paper_sources.line_start, paper_sources.line_end,
    paper_sources.path,
    (
        SELECT group_concat(stated.raw_url, ' ' ORDER BY stated.raw_url)
        FROM (
            SELECT DISTINCT repo_links.raw_url
            FROM repo_links
            WHERE repo_links.paper_id = paper_sources.paper_id AND repo_links.paper_source_id = paper_sources.id
                AND repo_links.document_id = paper_sources.document_id AND repo_links.role <> 'denied'
            ORDER BY 1
        ) AS stated
    ) AS repositories
FROM paper_sources
JOIN papers ON papers.id = paper_sources.paper_id
WHERE paper_sources.document_id = :id
ORDER BY paper_sources.id
LIMIT :most OFFSET :after
