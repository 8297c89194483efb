SELECT
    sessions.id AS session_id, sessions.key AS session_key, sessions.title AS session, sessions.kind AS session_kind,
    sessions.track, sessions.room AS session_room,
    sessions.starts_at AS session_starts_at, sessions.ends_at AS session_ends_at,
    slots.position, slots.kind, slots.title, slots.starts_at, slots.ends_at, slots.local_start, slots.local_end,
    slots.time_zone, slots.room, slots.poster_number, slots.award, slots.paper_id, papers.key AS paper_key,
    slots.is_cancelled OR sessions.is_cancelled AS is_cancelled,
    code_of(slots.paper_id) AS code_url, alike(slots) AS alike,
    slots.local_day, editions.slug AS edition, editions.name AS edition_name,
    coalesce(editions.time_zone, slots.time_zone) AS zone
FROM items(:wanted) AS wanted
CROSS JOIN sessions ON sessions.id = json_extract(wanted.value, '$[0]')
LEFT JOIN slots ON slots.id = json_extract(wanted.value, '$[1]')
LEFT JOIN papers ON papers.id = slots.paper_id
LEFT JOIN editions ON editions.id = sessions.edition_id
