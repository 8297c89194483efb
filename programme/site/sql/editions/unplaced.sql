SELECT
    sessions.key, sessions.title, sessions.kind,
    (SELECT count(*) FROM slots WHERE slots.session_id = sessions.id) AS slots,
    count(*) OVER () AS of_all
FROM sessions
WHERE sessions.edition_id IS NULL
ORDER BY sessions.title, sessions.key
LIMIT :size
