SELECT papers_fts.rowid AS id
FROM papers_fts
WHERE papers_fts MATCH :match
    AND (NOT :code OR has_code(papers_fts.rowid))
    AND ((:any_edition AND :kind = '') OR is_presented(papers_fts.rowid))
ORDER BY bm25(papers_fts, 6.0, 1.0), papers_fts.rowid DESC
LIMIT :most
