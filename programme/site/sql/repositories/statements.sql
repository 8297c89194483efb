SELECT
    papers.id, papers.key, papers.title, repo_links.role, repo_links.rule, repo_links.raw_url, repo_links.field,
    documents.sha256, documents.uri, paper_sources.line_start, paper_sources.line_end, paper_sources.path
FROM repo_links
JOIN papers ON papers.id = repo_links.paper_id
JOIN paper_sources ON paper_sources.id = repo_links.paper_source_id
JOIN documents ON documents.id = repo_links.document_id
WHERE repo_links.repository_id = :id AND repo_links.role <> 'denied'
ORDER BY papers.title, papers.key, documents.uri, documents.sha256, paper_sources.line_start, repo_links.char_start
LIMIT :most
