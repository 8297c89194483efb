-- title: Slots by hour of the day
-- group: When and where
-- description: One row per hour and kind: how many slots start in that hour, local time.
-- param edition: Edition, such as `icml-2022`, or `unknown` (default: all).
-- param kind: Kind of slot: `oral`, `poster`, … (default: all).
-- example edition: icml-2022
-- column hour: Hour, `00` to `23`.
-- column kind: Kind of slot.
-- column slots: Number of slots that start in that hour.
-- column papers: Number of papers presented in them.
-- column papers_with_code: How many of these papers have a repository of their own.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition, trim(coalesce(:kind, '')) AS kind
),

timed AS (
    SELECT substr(slots.local_start, 1, 2) AS hour, slots.kind, slots.id, slots.paper_id
    FROM given
    CROSS JOIN sessions
    JOIN slots ON slots.session_id = sessions.id
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE slots.local_start IS NOT NULL
        AND (given.edition = '' OR given.edition = coalesce(editions.slug, 'unknown'))
        AND (given.kind = '' OR given.kind = slots.kind)
),

counted AS (
    SELECT
        timed.hour,
        timed.kind,
        count(*) AS slots,
        count(DISTINCT timed.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(timed.paper_id) THEN timed.paper_id END) AS papers_with_code
    FROM timed
    GROUP BY timed.hour, timed.kind
)

SELECT counted.hour, counted.kind, counted.slots, counted.papers, counted.papers_with_code
FROM counted
ORDER BY counted.hour COLLATE BINARY, counted.kind COLLATE BINARY
