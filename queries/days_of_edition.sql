-- title: Days of an edition
-- group: When and where
-- description: One row per edition and day of its programme, as far as slots have a time.
-- param edition: Edition, `icml-2022`, or `unknown` (default: every one).
-- example edition: icml-2022
-- column edition: Edition; empty when unknown.
-- column local_day: Day at the place.
-- column first_start: Start of the first slot, at the place.
-- column last_start: Start of the last one.
-- column sessions: Sessions with a slot on that day.
-- column slots: Slots on that day.
-- column papers: Papers presented in them.
-- column papers_with_code: Of those, the ones with a repository of their own.
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
