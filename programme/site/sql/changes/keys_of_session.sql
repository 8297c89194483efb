-- The keys of a session in all captures. CROSS JOIN makes SQLite look them up by the index.
WITH RECURSIVE keys (key) AS (
    SELECT :key
    UNION
    SELECT redirects.key FROM redirects WHERE redirects.kind = 'session' AND redirects.target = :key
    UNION
    SELECT session_sources.stated_key
    FROM sessions
    JOIN session_sources ON session_sources.session_id = sessions.id
    WHERE sessions.key = :key AND session_sources.stated_key IS NOT NULL
    UNION
    SELECT changes.former_key
    FROM keys
    CROSS JOIN changes ON changes.session_key = keys.key
    WHERE changes.subject = 'session' AND changes.former_key IS NOT NULL
)

SELECT keys.key FROM keys
