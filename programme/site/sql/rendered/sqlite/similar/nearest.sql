SELECT
    papers.id,
    papers.key,
    papers.title
FROM papers_fts
JOIN papers
    ON papers.id = papers_fts.rowid
WHERE
    papers_fts MATCH :expression AND papers_fts.rowid <> :id
ORDER BY
    BM25(papers_fts, 2.0, 1.0),
    papers.key
LIMIT :most
