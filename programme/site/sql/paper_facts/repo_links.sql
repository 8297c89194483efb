SELECT
    repositories.key, repositories.host, repositories.path, repositories.url, repo_links.role, repo_links.raw_url,
    repo_links.field, repo_links.char_start, repo_links.char_end, repo_links.rule, repo_links.paper_source_id,
    repo_links.stated_role
FROM repo_links
JOIN repositories ON repositories.id = repo_links.repository_id
WHERE repo_links.paper_id = :id
ORDER BY repo_links.role DESC, repositories.host, repositories.path, repo_links.paper_source_id, repo_links.char_start
