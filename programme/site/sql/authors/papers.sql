SELECT papers.id, papers.key, papers.title, min(authorships.position) AS position,
    code_of(papers.id) AS code_url
FROM authorships
JOIN papers ON papers.id = authorships.paper_id
WHERE authorships.author_id = :id
GROUP BY papers.id
ORDER BY papers.title, papers.key
