-- The sessions that have these keys now, or had them in an earlier capture.
WITH RECURSIVE called (stated, key) AS (
    SELECT wanted.value, wanted.value FROM items(:keys) AS wanted
    UNION
    SELECT called.stated, changes.former_key
    FROM called
    CROSS JOIN changes ON changes.session_key = called.key
    WHERE changes.subject = 'session' AND changes.former_key IS NOT NULL
),

found AS (
    SELECT called.stated, sessions.id FROM called JOIN sessions ON sessions.key = called.key
    UNION
    SELECT session_sources.stated_key, session_sources.session_id
    FROM session_sources
    WHERE session_sources.stated_key IN (SELECT called.stated FROM called)
    UNION
    SELECT called.stated, sessions.id
    FROM called
    JOIN redirects ON redirects.kind = 'session' AND redirects.key = called.key
    JOIN sessions ON sessions.key = redirects.target
)

SELECT found.stated, sessions.key, sessions.title, (
    SELECT slots.time_zone FROM slots WHERE slots.session_id = sessions.id AND slots.time_zone IS NOT NULL LIMIT 1
) AS time_zone
FROM found
JOIN sessions ON sessions.id = found.id
