WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) AS edition
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    (
        SELECT
            MIN(slots.local_day COLLATE "C")
        FROM slots
        WHERE
            slots.session_id = sessions.id
    ) AS local_day,
    TO_CHAR(sessions.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS starts_at,
    TO_CHAR(sessions.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ends_at,
    sessions.title AS session,
    sessions.kind,
    sessions.track,
    sessions.room,
    (
        SELECT
            STRING_AGG(moderating.name, ' · ' ORDER BY moderating.position NULLS FIRST)
        FROM (
            SELECT
                authors.name,
                session_moderators.position
            FROM session_moderators
            JOIN authors
                ON authors.id = session_moderators.author_id
            WHERE
                session_moderators.session_id = sessions.id
            ORDER BY
                session_moderators.position NULLS FIRST
        ) AS moderating
    ) AS moderators,
    (
        SELECT
            COUNT(*)
        FROM slots
        WHERE
            slots.session_id = sessions.id
    ) AS slots,
    (
        SELECT
            COUNT(DISTINCT slots.paper_id)
        FROM slots
        WHERE
            slots.session_id = sessions.id
    ) AS papers,
    (
        SELECT
            COUNT(DISTINCT slots.paper_id)
        FROM slots
        JOIN repo_links
            ON repo_links.paper_id = slots.paper_id
        WHERE
            slots.session_id = sessions.id AND repo_links.role = 'own'
    ) AS papers_with_code,
    sessions.key AS session_key
FROM sessions
CROSS JOIN given
LEFT JOIN editions
    ON editions.id = sessions.edition_id
WHERE
    given.edition = '' OR given.edition = COALESCE(editions.slug, 'unknown')
ORDER BY
    editions.slug COLLATE "C",
    TO_CHAR(sessions.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') COLLATE "C",
    sessions.title COLLATE "C" NULLS FIRST,
    sessions.key COLLATE "C" NULLS FIRST
