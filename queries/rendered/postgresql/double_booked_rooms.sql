WITH selected AS (
    SELECT
        id
    FROM (
        SELECT
            editions.id,
            editions.venue_id,
            editions.slug,
            editions.name,
            editions.year
        FROM editions
        WHERE
            editions.slug = CASE
                WHEN TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) <> ''
                THEN TRIM(COALESCE(CAST(%(edition)s AS TEXT), ''))
                ELSE (
                    SELECT
                        newest.slug
                    FROM editions AS newest
                    WHERE
                        EXISTS(
                            SELECT
                                1
                            FROM paper_editions
                            WHERE
                                paper_editions.edition_id = newest.id
                        )
                    ORDER BY
                        newest.year DESC NULLS LAST,
                        newest.slug COLLATE "C" NULLS FIRST
                    LIMIT 1
                )
            END
    ) AS found
), of_edition AS (
    SELECT
        sessions.id
    FROM selected
    JOIN sessions
        ON sessions.edition_id = selected.id
    UNION ALL
    SELECT
        sessions.id
    FROM sessions
    WHERE
        sessions.edition_id IS NULL AND TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) = 'unknown'
), placed AS (
    SELECT
        sessions.key,
        sessions.title,
        slots.local_day,
        COALESCE(slots.room, sessions.room) AS room,
        slots.starts_at,
        slots.ends_at
    FROM of_edition
    JOIN sessions
        ON sessions.id = of_edition.id
    JOIN slots
        ON slots.session_id = sessions.id
    WHERE
        slots.starts_at IS NOT NULL AND slots.ends_at IS NOT NULL
), room_use AS (
    SELECT
        placed.key,
        placed.title,
        placed.local_day,
        placed.room,
        MIN(placed.starts_at) AS starts_at,
        MAX(placed.ends_at) AS ends_at
    FROM placed
    WHERE
        placed.room IS NOT NULL
    GROUP BY
        placed.key,
        placed.title,
        placed.local_day,
        placed.room
)
SELECT
    one.room,
    one.local_day,
    one.title AS session,
    TO_CHAR(one.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS starts_at,
    TO_CHAR(one.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ends_at,
    other.title AS other_session,
    TO_CHAR(other.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS other_starts_at,
    TO_CHAR(other.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS other_ends_at,
    one.key AS session_key,
    other.key AS other_session_key
FROM room_use AS one
JOIN room_use AS other
    ON other.room = one.room AND other.local_day = one.local_day
WHERE
    one.starts_at < other.ends_at
    AND other.starts_at < one.ends_at
    AND (
        one.starts_at < other.starts_at OR (
            one.starts_at = other.starts_at AND one.key < other.key COLLATE "C"
        )
    )
ORDER BY
    one.local_day COLLATE "C" NULLS FIRST,
    one.room COLLATE "C" NULLS FIRST,
    TO_CHAR(one.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') COLLATE "C" NULLS FIRST,
    one.key COLLATE "C" NULLS FIRST,
    other.key COLLATE "C" NULLS FIRST
