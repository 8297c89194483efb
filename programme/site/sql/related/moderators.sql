SELECT session_moderators.session_id AS id, authors.key, authors.name
FROM items(:ids) AS wanted
JOIN session_moderators ON session_moderators.session_id = wanted.value
JOIN authors ON authors.id = session_moderators.author_id
ORDER BY session_moderators.session_id, session_moderators.position
