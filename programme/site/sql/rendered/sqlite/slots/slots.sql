WITH ranked AS (
    SELECT
        wanted.session_id,
        wanted.slot_id,
        wanted.day,
        ROW_NUMBER() OVER session AS place,
        MAX(0, COUNT(*) OVER (PARTITION BY wanted.day, wanted.session_id) - :most) AS more
    FROM (
        SELECT
            edition_slots.session_id,
            edition_slots.slot_id,
            edition_slots.position,
            edition_slots.day
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
        WHERE
            (
                :day = '' OR edition_slots.day = :day
            )
            AND (
                :kind = '' OR edition_slots.kind = :kind
            )
            AND (
                :code = '' OR edition_slots.has_code
            )
    ) AS wanted
    WINDOW session AS (PARTITION BY wanted.day, wanted.session_id ORDER BY wanted.position)
), page AS (
    SELECT
        ranked.*,
        COUNT(*) OVER () AS total
    FROM ranked
    JOIN sessions
        ON sessions.id = ranked.session_id
    WHERE
        ranked.place <= :most
    ORDER BY
        day = 'unknown',
        day,
        sessions.starts_at NULLS LAST,
        sessions.title,
        sessions.key,
        ranked.place
    LIMIT :size
    OFFSET :skipped
)
SELECT
    page.day,
    page.more,
    page.total,
    sessions.id AS session_id,
    sessions.key AS session_key,
    sessions.title AS session,
    sessions.kind AS session_kind,
    sessions.track,
    sessions.room AS session_room,
    sessions.starts_at AS session_starts_at,
    sessions.ends_at AS session_ends_at,
    slots.position,
    slots.kind,
    slots.title,
    slots.starts_at,
    slots.ends_at,
    slots.local_start,
    slots.local_end,
    slots.time_zone,
    slots.room,
    slots.poster_number,
    slots.award,
    slots.paper_id,
    papers.key AS paper_key,
    slots.is_cancelled OR sessions.is_cancelled AS is_cancelled,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
    ) AS code_url,
    (
        SELECT
            COUNT(*)
        FROM slots AS earlier
        WHERE
            slots.paper_id IS NULL
            AND earlier.session_id = slots.session_id
            AND earlier.position < slots.position
            AND earlier.paper_id IS NULL
            AND earlier.title = slots.title
    ) AS alike
FROM page
JOIN sessions
    ON sessions.id = page.session_id
LEFT JOIN slots
    ON slots.id = page.slot_id
LEFT JOIN papers
    ON papers.id = slots.paper_id
ORDER BY
    day = 'unknown',
    day,
    sessions.starts_at NULLS LAST,
    sessions.title,
    sessions.key,
    page.place
