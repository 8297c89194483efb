WITH of_papers AS (
    SELECT slots.id
    FROM items(:papers) AS wanted
    CROSS JOIN papers ON papers.key = wanted.value
    CROSS JOIN slots ON slots.paper_id = papers.id
),
of_sessions AS (
    SELECT sessions.id FROM items(:sessions) AS wanted CROSS JOIN sessions ON sessions.key = wanted.value
)
SELECT
    sessions.id AS session_id, sessions.key AS session_key, slots.id AS slot_id, slots.position, slots.title,
    papers.key AS paper_key, alike(slots) AS alike
FROM sessions
LEFT JOIN slots ON slots.session_id = sessions.id
LEFT JOIN papers ON papers.id = slots.paper_id
WHERE sessions.id IN of_sessions OR slots.id IN of_papers
