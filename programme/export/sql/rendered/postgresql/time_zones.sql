SELECT DISTINCT
    COALESCE(editions.time_zone, slots.time_zone)
FROM sessions
LEFT JOIN editions
    ON editions.id = sessions.edition_id
LEFT JOIN slots
    ON slots.session_id = sessions.id
WHERE
    CAST(%(edition)s AS TEXT) = '' OR editions.slug = CAST(%(edition)s AS TEXT)
