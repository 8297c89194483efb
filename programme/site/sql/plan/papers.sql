SELECT papers.id, papers.key, papers.title
FROM items(:papers) AS wanted
CROSS JOIN papers ON papers.key = wanted.value
ORDER BY papers.title, papers.key
