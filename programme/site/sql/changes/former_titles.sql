-- What sessions were called that no document states any more.
SELECT wanted.value AS key, min(changes.title) AS title
FROM items(:keys) AS wanted
CROSS JOIN changes ON changes.session_key = wanted.value
WHERE changes.subject = 'session'
GROUP BY wanted.value
