WITH wanted AS (
    SELECT value AS id FROM items(:ids)
)

SELECT papers.id, papers.key AS name FROM wanted JOIN papers ON papers.id = wanted.id
UNION SELECT papers.id, papers.title_key FROM wanted JOIN papers ON papers.id = wanted.id
UNION SELECT wanted.id, paper_names.name FROM wanted JOIN paper_names ON paper_names.paper_id = wanted.id
UNION
SELECT wanted.id, paper_identifiers.scheme || ':' || paper_identifiers.value
FROM wanted
JOIN paper_identifiers ON paper_identifiers.paper_id = wanted.id
UNION
SELECT papers.id, redirects.key
FROM wanted
JOIN papers ON papers.id = wanted.id
JOIN redirects ON redirects.target = papers.key AND redirects.kind = 'paper'
