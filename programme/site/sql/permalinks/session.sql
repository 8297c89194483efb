-- `called` is every key of the session in any capture: from later to earlier ones and back.
WITH RECURSIVE called (key) AS (
    SELECT :key
    UNION
    SELECT changes.former_key
    FROM called
    JOIN changes ON changes.session_key = called.key
    WHERE changes.subject = 'session' AND changes.former_key IS NOT NULL
    UNION
    SELECT changes.session_key
    FROM called
    JOIN changes ON changes.former_key = called.key
    WHERE changes.subject = 'session'
)

SELECT found.key
FROM (
    SELECT 1 AS place, sessions.key FROM moved_keys() AS moved JOIN sessions ON sessions.key = moved.key
    UNION ALL
    SELECT 2, sessions.key
    FROM session_sources
    JOIN sessions ON sessions.id = session_sources.session_id
    WHERE session_sources.stated_key = :key
    UNION ALL
    SELECT 3, sessions.key FROM called JOIN sessions ON sessions.key = called.key
) AS found
ORDER BY found.place, found.key
LIMIT 1
