SELECT
    papers_fts.rowid AS id
FROM papers_fts
WHERE
    papers_fts MATCH :match
    AND (
        NOT :code
        OR EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = papers_fts.rowid AND repo_links.role = 'own'
        )
    )
    AND (
        (
            :any_edition AND :kind = ''
        )
        OR (
            EXISTS(
                SELECT
                    1
                FROM paper_editions
                WHERE
                    paper_editions.paper_id = papers_fts.rowid
                    AND (
                        :any_edition OR paper_editions.edition_id IN (
                            SELECT
                                value
                            FROM JSON_EACH(:editions)
                        )
                    )
                    AND (
                        :kind = '' OR paper_editions.kind = :kind
                    )
            )
            OR (
                :any_edition
                AND EXISTS(
                    SELECT
                        1
                    FROM slots
                    JOIN sessions
                        ON sessions.id = slots.session_id
                    WHERE
                        slots.paper_id = papers_fts.rowid AND slots.kind = :kind AND sessions.edition_id IS NULL
                )
            )
        )
    )
ORDER BY
    BM25(papers_fts, 6.0, 1.0),
    papers_fts.rowid DESC
LIMIT :most
