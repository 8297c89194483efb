WITH ranked AS (
    SELECT
        wanted.session_id,
        wanted.slot_id,
        wanted.day,
        row_number() OVER session AS place,
        max(0, count(*) OVER (PARTITION BY wanted.day, wanted.session_id) - :most) AS more
    FROM wanted_slots() AS wanted
    WINDOW session AS (PARTITION BY wanted.day, wanted.session_id ORDER BY wanted.position)
),

page AS (
    SELECT ranked.*, count(*) OVER () AS total
    FROM ranked
    JOIN sessions ON sessions.id = ranked.session_id
    WHERE ranked.place <= :most
    ORDER BY day = 'unknown', day, sessions.starts_at NULLS LAST, sessions.title, sessions.key, ranked.place
    LIMIT :size OFFSET :skipped
)

SELECT
    page.day, page.more, page.total,
    sessions.id AS session_id, sessions.key AS session_key, sessions.title AS session, sessions.kind AS session_kind,
    sessions.track, sessions.room AS session_room,
    sessions.starts_at AS session_starts_at, sessions.ends_at AS session_ends_at,
    slots.position, slots.kind, slots.title, slots.starts_at, slots.ends_at, slots.local_start, slots.local_end,
    slots.time_zone, slots.room, slots.poster_number, slots.award, slots.paper_id, papers.key AS paper_key,
    slots.is_cancelled OR sessions.is_cancelled AS is_cancelled,
    code_of(slots.paper_id) AS code_url, alike(slots) AS alike
FROM page
JOIN sessions ON sessions.id = page.session_id
LEFT JOIN slots ON slots.id = page.slot_id
LEFT JOIN papers ON papers.id = slots.paper_id
ORDER BY day = 'unknown', day, sessions.starts_at NULLS LAST, sessions.title, sessions.key, page.place
