WITH of_papers AS (
    SELECT
        slots.id
    FROM JSON_EACH(:papers) AS wanted
    CROSS JOIN papers
        ON papers.key = wanted.value
    CROSS JOIN slots
        ON slots.paper_id = papers.id
), of_sessions AS (
    SELECT
        sessions.id
    FROM JSON_EACH(:sessions) AS wanted
    CROSS JOIN sessions
        ON sessions.key = wanted.value
)
SELECT
    sessions.id AS session_id,
    sessions.key AS session_key,
    slots.id AS slot_id,
    slots.position,
    slots.title,
    papers.key AS paper_key,
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
    ) AS alike
FROM sessions
LEFT JOIN slots
    ON slots.session_id = sessions.id
LEFT JOIN papers
    ON papers.id = slots.paper_id
WHERE
    sessions.id IN of_sessions OR slots.id IN of_papers
