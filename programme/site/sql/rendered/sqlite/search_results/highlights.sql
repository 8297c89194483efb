SELECT
    papers_fts.rowid AS id,
    HIGHLIGHT(papers_fts, 0, :mark_start, :mark_end) AS title,
    SNIPPET(papers_fts, 1, :mark_start, :mark_end, '…', 48) AS snippet
FROM papers_fts
WHERE
    papers_fts MATCH :match AND papers_fts.rowid IN (
        SELECT
            value
        FROM JSON_EACH(:ids)
    )
