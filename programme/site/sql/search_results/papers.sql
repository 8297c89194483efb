SELECT
    papers.id, papers.key, papers.title,
    substr(papers.abstract, 1, 320) AS snippet, length(papers.abstract) > 320 AS is_cut,
    code_of(papers.id) AS code_url
FROM items(:ids) AS wanted
JOIN papers ON papers.id = wanted.value
