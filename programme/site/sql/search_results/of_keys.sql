SELECT papers.id, papers.key
FROM items(:keys) AS wanted
JOIN papers ON papers.key = wanted.value
WHERE (NOT :code OR has_code(papers.id))
    AND ((:any_edition AND :kind = '') OR is_presented(papers.id))
