SELECT
    words.value AS word,
    (
        SELECT count(*)
        FROM (SELECT 1 FROM papers_fts WHERE papers_fts MATCH '"' || words.value || '"' LIMIT :too_common)
    ) AS papers
FROM items(:words) AS words
