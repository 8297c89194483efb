SELECT
    edition_slots.day,
    edition_slots.kind,
    edition_slots.has_code,
    COUNT(*) AS slots
FROM (
    WITH of_edition AS MATERIALIZED (
        SELECT
            sessions.id,
            sessions.kind,
            sessions.title,
            (
                SELECT
                    CASE WHEN MIN(slots.local_day) = MAX(slots.local_day) THEN MIN(slots.local_day) END
                FROM slots
                WHERE
                    slots.session_id = sessions.id
            ) AS only_day
        FROM sessions
        WHERE
            sessions.edition_id = :edition_id
    )
    SELECT
        sessions.id AS session_id,
        slots.id AS slot_id,
        COALESCE(slots.position, 0) AS position,
        COALESCE(slots.local_day, sessions.only_day, 'unknown') AS day,
        COALESCE(slots.kind, sessions.kind) AS kind,
        EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
        ) AS has_code
    FROM of_edition AS sessions
    LEFT JOIN slots
        ON slots.session_id = sessions.id
    WHERE
        :q = ''
        OR slots.paper_id IN (
            SELECT
                id
            FROM (
                SELECT
                    papers_fts.rowid AS id
                FROM papers_fts
                WHERE
                    papers_fts MATCH '"" ' || ESCAPE_FTS(REPLACE(COALESCE(:q, ''), CHAR(10), ' '))
            ) AS matching
        )
        OR (
            slots.paper_id IS NULL AND INSTR(LOWER(COALESCE(slots.title, sessions.title)), LOWER(:q)) > 0
        )
) AS edition_slots
GROUP BY
    edition_slots.day,
    edition_slots.kind,
    edition_slots.has_code
