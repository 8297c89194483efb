-- title: Double-booked rooms
-- group: Documents and data quality
-- description: One row per room, day and pair of sessions of an edition that overlap there, by the times of their
--   slots.
-- param edition: Edition, such as `icml-2022`, or `unknown` (default: the newest one with papers).
-- example edition: icml-2022
-- column room: Room as printed.
-- column local_day: Local day.
-- column session: Title of the session that starts first.
-- column starts_at: Start of its first slot in the room, in UTC.
-- column ends_at: End of its last slot there, in UTC.
-- column other_session: Title of the other session.
-- column other_starts_at: Start of its first slot in the room, in UTC.
-- column other_ends_at: End of its last slot there, in UTC.
-- column session_key: Key of the first session.
-- column other_session_key: Key of the other session.
WITH selected AS (
    SELECT id FROM edition_or_newest(:edition) AS found
),

of_edition AS (
    SELECT sessions.id
    FROM selected
    JOIN sessions ON sessions.edition_id = selected.id
    UNION ALL
    SELECT sessions.id
    FROM sessions
    WHERE sessions.edition_id IS NULL AND trim(coalesce(:edition, '')) = 'unknown'
),

placed AS (
    SELECT
        sessions.key,
        sessions.title,
        slots.local_day,
        coalesce(slots.room, sessions.room) AS room,
        slots.starts_at,
        slots.ends_at
    FROM of_edition
    JOIN sessions ON sessions.id = of_edition.id
    JOIN slots ON slots.session_id = sessions.id
    WHERE slots.starts_at IS NOT NULL AND slots.ends_at IS NOT NULL
),

room_use AS (
    SELECT
        placed.key,
        placed.title,
        placed.local_day,
        placed.room,
        min(placed.starts_at) AS starts_at,
        max(placed.ends_at) AS ends_at
    FROM placed
    WHERE placed.room IS NOT NULL
    GROUP BY placed.key, placed.title, placed.local_day, placed.room
)

SELECT
    one.room,
    one.local_day,
    one.title AS session,
    instant(one.starts_at) AS starts_at,
    instant(one.ends_at) AS ends_at,
    other.title AS other_session,
    instant(other.starts_at) AS other_starts_at,
    instant(other.ends_at) AS other_ends_at,
    one.key AS session_key,
    other.key AS other_session_key
FROM room_use AS one
JOIN room_use AS other ON other.room = one.room AND other.local_day = one.local_day
WHERE one.starts_at < other.ends_at
    AND other.starts_at < one.ends_at
    AND (
        one.starts_at < other.starts_at
        OR (one.starts_at = other.starts_at AND one.key < other.key COLLATE BINARY)
    )
ORDER BY
    one.local_day COLLATE BINARY,
    one.room COLLATE BINARY,
    instant(one.starts_at) COLLATE BINARY,
    one.key COLLATE BINARY,
    other.key COLLATE BINARY
