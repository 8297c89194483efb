SELECT
    sessions.id, sessions.key, sessions.title, sessions.kind, sessions.track, sessions.room, sessions.abstract,
    sessions.starts_at, sessions.ends_at, sessions.is_cancelled, sessions.edition_id,
    editions.slug AS edition, editions.name AS edition_name, editions.time_zone, editions.city,
    (SELECT count(*) FROM slots WHERE slots.session_id = sessions.id) AS slots,
    (SELECT min(slots.local_day) FROM slots WHERE slots.session_id = sessions.id) AS local_day
FROM sessions
LEFT JOIN editions ON editions.id = sessions.edition_id
WHERE sessions.key = :key
