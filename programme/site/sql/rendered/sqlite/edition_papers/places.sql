SELECT
    slots.paper_id,
    sessions.key AS session_key,
    sessions.title AS session,
    slots.kind,
    slots.local_day,
    slots.local_start,
    COALESCE(slots.room, sessions.room) AS room
FROM JSON_EACH(:ids) AS wanted
JOIN slots
    ON slots.paper_id = wanted.value
JOIN sessions
    ON sessions.id = slots.session_id
WHERE
    sessions.edition_id = :edition_id
ORDER BY
    slots.starts_at NULLS LAST,
    sessions.key,
    slots.position
