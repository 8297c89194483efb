SELECT
    wanted.value AS key,
    MIN(changes.title) AS title
FROM JSON_EACH(:keys) AS wanted
CROSS JOIN changes
    ON changes.session_key = wanted.value
WHERE
    changes.subject = 'session'
GROUP BY
    wanted.value
