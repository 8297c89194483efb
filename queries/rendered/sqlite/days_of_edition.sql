WITH given AS (
    SELECT
        TRIM(COALESCE(:edition, '')) AS edition
), days AS (
    SELECT
        sessions.edition_id,
        slots.local_day,
        MIN(slots.local_start) AS first_start,
        MAX(slots.local_start) AS last_start,
        COUNT(DISTINCT slots.session_id) AS sessions,
        COUNT(*) AS slots,
        COUNT(DISTINCT slots.paper_id) AS papers,
        COUNT(
            DISTINCT CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
                )
                THEN slots.paper_id
            END
        ) AS papers_with_code
    FROM given
    CROSS JOIN sessions
    JOIN slots
        ON slots.session_id = sessions.id
    LEFT JOIN editions
        ON editions.id = sessions.edition_id
    WHERE
        slots.local_day IS NOT NULL
        AND (
            given.edition = '' OR given.edition = COALESCE(editions.slug, 'unknown')
        )
    GROUP BY
        sessions.edition_id,
        slots.local_day
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    days.local_day,
    days.first_start,
    days.last_start,
    days.sessions,
    days.slots,
    days.papers,
    days.papers_with_code
FROM days
LEFT JOIN editions
    ON editions.id = days.edition_id
ORDER BY
    editions.slug NULLS LAST,
    days.local_day
