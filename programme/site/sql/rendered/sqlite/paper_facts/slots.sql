SELECT
    slots.id,
    slots.kind,
    slots.raw_kind,
    slots.starts_at,
    slots.ends_at,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    slots.poster_number,
    slots.award,
    COALESCE(slots.room, sessions.room) AS room,
    slots.is_cancelled OR sessions.is_cancelled AS is_cancelled,
    COALESCE(editions.time_zone, slots.time_zone) AS time_zone,
    sessions.key AS session,
    sessions.title AS session_title,
    editions.slug AS edition,
    editions.name AS edition_name
FROM slots
JOIN sessions
    ON sessions.id = slots.session_id
LEFT JOIN editions
    ON editions.id = sessions.edition_id
WHERE
    slots.paper_id = :id
ORDER BY
    slots.starts_at IS NULL,
    slots.starts_at,
    slots.id
