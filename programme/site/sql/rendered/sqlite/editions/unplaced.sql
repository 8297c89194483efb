SELECT
    sessions.key,
    sessions.title,
    sessions.kind,
    (
        SELECT
            COUNT(*)
        FROM slots
        WHERE
            slots.session_id = sessions.id
    ) AS slots,
    COUNT(*) OVER () AS of_all
FROM sessions
WHERE
    sessions.edition_id IS NULL
ORDER BY
    sessions.title,
    sessions.key
LIMIT :size
