WITH given AS (
    SELECT
        TRIM(COALESCE(:edition, '')) AS edition
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    (
        SELECT
            MIN(slots.local_day)
        FROM slots
        WHERE
            slots.session_id = sessions.id
    ) AS local_day,
    sessions.starts_at AS starts_at,
    sessions.ends_at AS ends_at,
    sessions.title AS session,
    sessions.kind,
    sessions.track,
    sessions.room,
    (
        SELECT
            GROUP_CONCAT(moderating.name, ' · ')
        FROM (
            SELECT
                authors.name,
                session_moderators.position
            FROM session_moderators
            JOIN authors
                ON authors.id = session_moderators.author_id
            WHERE
                session_moderators.session_id = sessions.id
            ORDER BY
                session_moderators.position
        ) AS moderating
    ) AS moderators,
    (
        SELECT
            COUNT(*)
        FROM slots
        WHERE
            slots.session_id = sessions.id
    ) AS slots,
    (
        SELECT
            COUNT(DISTINCT slots.paper_id)
        FROM slots
        WHERE
            slots.session_id = sessions.id
    ) AS papers,
    (
        SELECT
            COUNT(DISTINCT slots.paper_id)
        FROM slots
        JOIN repo_links
            ON repo_links.paper_id = slots.paper_id
        WHERE
            slots.session_id = sessions.id AND repo_links.role = 'own'
    ) AS papers_with_code,
    sessions.key AS session_key
FROM sessions
CROSS JOIN given
LEFT JOIN editions
    ON editions.id = sessions.edition_id
WHERE
    given.edition = '' OR given.edition = COALESCE(editions.slug, 'unknown')
ORDER BY
    editions.slug NULLS LAST,
    sessions.starts_at NULLS LAST,
    sessions.title,
    sessions.key
