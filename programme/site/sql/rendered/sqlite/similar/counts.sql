SELECT
    words.value AS word,
    (
        SELECT
            COUNT(*)
        FROM (
            SELECT
                1
            FROM papers_fts
            WHERE
                papers_fts MATCH '"' || words.value || '"'
            LIMIT :too_common
        )
    ) AS papers
FROM JSON_EACH(:words) AS words
