SELECT
    sessions.key, sessions.title, editions.slug AS edition, editions.name AS edition_name,
    (SELECT min(slots.local_day) FROM slots WHERE slots.session_id = sessions.id) AS day
FROM session_moderators
JOIN sessions ON sessions.id = session_moderators.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
WHERE session_moderators.author_id = :id
ORDER BY sessions.starts_at DESC, sessions.title, sessions.key
