-- title: Days of an edition
-- group: When and where
-- description: One row per edition and day of its programme, counting the slots whose time is known.
-- param edition: Edition, such as `icml-2022`, or `unknown` (default: all).
-- example edition: icml-2022
-- column edition: Edition; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column local_day: Local day.
-- column first_start: Local start time of the first slot.
-- column last_start: Local start time of the last slot.
-- column sessions: Number of sessions with a slot on that day.
-- column slots: Number of slots on that day.
-- column papers: Number of papers presented in them.
-- column papers_with_code: How many of these papers have a repository of their own.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
),

days AS (
    SELECT
        sessions.edition_id,
        slots.local_day,
        min(slots.local_start COLLATE BINARY) AS first_start,
        max(slots.local_start COLLATE BINARY) AS last_start,
        count(DISTINCT slots.session_id) AS sessions,
        count(*) AS slots,
        count(DISTINCT slots.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(slots.paper_id) THEN slots.paper_id END) AS papers_with_code
    FROM given
    CROSS JOIN sessions
    JOIN slots ON slots.session_id = sessions.id
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE slots.local_day IS NOT NULL
        AND (given.edition = '' OR given.edition = coalesce(editions.slug, 'unknown'))
    GROUP BY sessions.edition_id, slots.local_day
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
LEFT JOIN editions ON editions.id = days.edition_id
ORDER BY editions.slug COLLATE BINARY NULLS LAST, days.local_day COLLATE BINARY
