SELECT
    sessions.key AS session_key,
    sessions.title AS session,
    sessions.kind AS session_kind,
    sessions.starts_at AS session_starts_at,
    sessions.ends_at AS session_ends_at,
    editions.name AS edition,
    coalesce(editions.time_zone, slots.time_zone) AS time_zone,
    coalesce(slots.room, sessions.room) AS room,
    documents.captured_on,
    slots.position,
    slots.kind,
    slots.title,
    slots.starts_at,
    slots.ends_at,
    (
        SELECT group_concat(byline.name, ', ' ORDER BY byline.position)
        FROM (
            SELECT authors.name, authorships.position
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = slots.paper_id
            ORDER BY authorships.position
        ) AS byline
    ) AS authors,
    slots.poster_number,
    slots.award,
    papers.key AS paper_key,
    code_of(slots.paper_id) AS code,
    editions.slug AS edition_slug,
    earlier_slots(slots, sessions) AS earlier_slots,
    earlier_posters(slots, sessions) AS earlier_posters,
    slots.is_cancelled OR sessions.is_cancelled AS is_cancelled
FROM wanted_slots() AS wanted
JOIN sessions ON sessions.id = wanted.session_id
LEFT JOIN slots ON slots.id = wanted.slot_id
LEFT JOIN editions ON editions.id = sessions.edition_id
LEFT JOIN documents ON documents.id = slots.document_id
LEFT JOIN papers ON papers.id = slots.paper_id
ORDER BY sessions.starts_at NULLS LAST, sessions.title, sessions.key, slots.position
LIMIT :most
