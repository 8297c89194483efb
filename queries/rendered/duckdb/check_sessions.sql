WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(rule AS TEXT), '')) AS rule
), slot_places AS (
    SELECT
        slots.session_id,
        COUNT(*) AS number,
        MIN(slots.position) AS first_position,
        MAX(slots.position) AS last_position
    FROM slots
    GROUP BY
        slots.session_id
), moderator_places AS (
    SELECT
        session_moderators.session_id,
        COUNT(*) AS number,
        MIN(session_moderators.position) AS first_position,
        MAX(session_moderators.position) AS last_position
    FROM session_moderators
    GROUP BY
        session_moderators.session_id
), dated AS (
    SELECT
        sessions.id AS session_id,
        editions.slug,
        CAST(editions.starts_on AS TEXT) AS starts_on,
        CAST(editions.ends_on AS TEXT) AS ends_on,
        MIN(slots.local_day) AS first_day,
        MAX(slots.local_day) AS last_day
    FROM sessions
    JOIN editions
        ON editions.id = sessions.edition_id
    JOIN slots
        ON slots.session_id = sessions.id
    WHERE
        slots.local_day IS NOT NULL
    GROUP BY
        sessions.id,
        editions.slug,
        editions.starts_on,
        editions.ends_on
), found(session_id, rule, detail) AS (
    SELECT
        sessions.id,
        'a document states it',
        'none does'
    FROM sessions
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM session_sources
            WHERE
                session_sources.session_id = sessions.id
        )
    UNION ALL
    SELECT
        sessions.id,
        'it ends after it starts',
        STRFTIME(MAKE_TIMESTAMP(EPOCH_US(sessions.starts_at)), '%Y-%m-%dT%H:%M:%SZ') || ' to ' || STRFTIME(MAKE_TIMESTAMP(EPOCH_US(sessions.ends_at)), '%Y-%m-%dT%H:%M:%SZ')
    FROM sessions
    WHERE
        sessions.ends_at < sessions.starts_at
    UNION ALL
    SELECT
        dated.session_id,
        'its slots lie within the days of its edition, give or take a day',
        dated.first_day || ' to ' || dated.last_day || ' at ' || dated.slug
    FROM dated
    WHERE
        DATE_DIFF('DAY', CAST(dated.starts_on AS DATE), CAST(dated.first_day AS DATE)) < -1
        OR DATE_DIFF('DAY', CAST(dated.ends_on AS DATE), CAST(dated.last_day AS DATE)) > 1
    UNION ALL
    SELECT
        slot_places.session_id,
        'the positions of its slots have no gaps',
        slot_places.number || ' slots from ' || slot_places.first_position || ' to ' || slot_places.last_position
    FROM slot_places
    WHERE
        slot_places.first_position <> 1 OR slot_places.last_position <> slot_places.number
    UNION ALL
    SELECT
        moderator_places.session_id,
        'the positions of its moderators have no gaps',
        moderator_places.number || ' from ' || moderator_places.first_position || ' to ' || moderator_places.last_position
    FROM moderator_places
    WHERE
        moderator_places.first_position <> 1 OR moderator_places.last_position <> moderator_places.number
)
SELECT
    found.rule,
    sessions.title AS session,
    found.detail,
    sessions.key AS session_key
FROM found
CROSS JOIN given
JOIN sessions
    ON sessions.id = found.session_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule NULLS FIRST,
    sessions.title NULLS FIRST,
    sessions.key NULLS FIRST
