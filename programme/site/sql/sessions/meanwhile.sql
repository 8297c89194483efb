SELECT sessions.key, sessions.title, sessions.kind, sessions.room
FROM sessions
WHERE sessions.edition_id = :edition_id AND sessions.id <> :id
    AND sessions.starts_at < :ends_at AND sessions.ends_at > :starts_at
ORDER BY sessions.starts_at, sessions.title, sessions.key
LIMIT 12
