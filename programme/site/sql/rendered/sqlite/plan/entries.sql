SELECT
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
    ) AS alike,
    slots.local_day,
    editions.slug AS edition,
    editions.name AS edition_name,
    COALESCE(editions.time_zone, slots.time_zone) AS zone
FROM JSON_EACH(:wanted) AS wanted
CROSS JOIN sessions
    ON sessions.id = JSON_EXTRACT(wanted.value, '$[0]')
LEFT JOIN slots
    ON slots.id = JSON_EXTRACT(wanted.value, '$[1]')
LEFT JOIN papers
    ON papers.id = slots.paper_id
LEFT JOIN editions
    ON editions.id = sessions.edition_id
