-- One row per slot, or per session without slots, grouped by session, as `programme.export.calendars` reads it.
-- :edition limits to an edition, :day to a local day (empty: all), :sessions to sessions by their keys and :papers to the
-- sessions in which these papers have a slot, two JSON lists of keys (both []: all).
SELECT
    sessions.key AS session_key,
    sessions.title AS session,
    sessions.kind AS session_kind,
    instant(sessions.starts_at) AS session_starts_at,
    instant(sessions.ends_at) AS session_ends_at,
    editions.name AS edition,
    coalesce(editions.time_zone, slots.time_zone) AS time_zone,
    coalesce(slots.room, sessions.room) AS room,
    day(documents.captured_on) AS captured_on,
    slots.position,
    slots.kind,
    slots.title,
    instant(slots.starts_at) AS starts_at,
    instant(slots.ends_at) AS ends_at,
    byline_of(slots.paper_id) AS authors,
    slots.poster_number,
    slots.award,
    papers.key AS paper_key,
    code_of(slots.paper_id) AS code,
    editions.slug AS edition_slug,
    earlier_slots(slots, sessions) AS earlier_slots,
    earlier_posters(slots, sessions) AS earlier_posters,
    CASE WHEN slots.is_cancelled OR sessions.is_cancelled THEN 1 ELSE 0 END AS is_cancelled
FROM sessions
LEFT JOIN editions ON editions.id = sessions.edition_id
LEFT JOIN slots ON slots.session_id = sessions.id
LEFT JOIN documents ON documents.id = slots.document_id
LEFT JOIN papers ON papers.id = slots.paper_id
WHERE sessions.id IN (
    SELECT named.id
    FROM items(:sessions) AS wanted
    CROSS JOIN sessions AS named
    WHERE named.key = element(wanted)
    UNION ALL
    SELECT presenting.session_id
    FROM items(:papers) AS wanted
    CROSS JOIN papers AS named
    CROSS JOIN slots AS presenting
    WHERE named.key = element(wanted) AND presenting.paper_id = named.id
    UNION ALL
    SELECT sessions.id FROM sessions WHERE :sessions = '[]' AND :papers = '[]'
)
    AND (:edition = '' OR sessions.edition_id = (SELECT editions.id FROM editions WHERE editions.slug = :edition))
    AND (
        :day = ''
        OR slots.local_day = :day
        -- The day at the place is known of slots with a time alone.
        OR (slots.local_day IS NULL AND substr(instant(sessions.starts_at), 1, 10) = :day)
    )
ORDER BY
    instant(sessions.starts_at) COLLATE BINARY NULLS LAST,
    sessions.title COLLATE BINARY,
    sessions.key COLLATE BINARY,
    slots.position
