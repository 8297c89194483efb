SELECT wanted.value AS stated, papers.key, papers.title
FROM items(:keys) AS wanted
JOIN papers ON papers.id = paper_titled(wanted.value)
