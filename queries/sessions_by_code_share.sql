-- title: Sessions by share of code
-- group: Code
-- description: One row per session, those with the largest share of papers with code first.
-- param edition: Edition, `icml-2022`, or `unknown` (default: every one).
-- param kind: What the session holds: `oral`, `poster`, … (default: everything).
-- param at_least: How many papers a session must have (default: 3).
-- example edition: icml-2022
-- column place: Place among the sessions asked for, from 1; sessions of the same share have the same.
-- column edition: Edition; empty when unknown.
-- column session: Title of the session.
-- column kind: What it holds.
-- column local_day: Day of the first slot, at the place.
-- column papers: Papers presented in it.
-- column papers_with_code: Of those, the ones with a repository of their own.
-- column percent: The same in percent.
-- column session_key: Key of the session.
WITH given AS (
    SELECT
        trim(coalesce(:edition, '')) AS edition,
        trim(coalesce(:kind, '')) AS kind,
        trim(coalesce(:at_least, '')) AS at_least
),

counted AS (
    SELECT
        sessions.id AS session_id,
        min(slots.local_day COLLATE BINARY) AS local_day,
        count(DISTINCT slots.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(slots.paper_id) THEN slots.paper_id END) AS papers_with_code
    FROM given
    CROSS JOIN sessions
    JOIN slots ON slots.session_id = sessions.id
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE (given.edition = '' OR given.edition = coalesce(editions.slug, 'unknown'))
        AND (given.kind = '' OR given.kind = sessions.kind)
    GROUP BY sessions.id
),

shared AS (
    SELECT
        counted.session_id,
        counted.local_day,
        counted.papers,
        counted.papers_with_code,
        percent(counted.papers_with_code, counted.papers) AS percent
    FROM counted
    CROSS JOIN given
    WHERE counted.papers > 0 AND counted.papers >= coalesce(number(given.at_least), 3)
)

SELECT
    rank() OVER (ORDER BY shared.percent DESC) AS place,
    editions.slug AS edition,
    sessions.title AS session,
    sessions.kind,
    shared.local_day,
    shared.papers,
    shared.papers_with_code,
    shared.percent,
    sessions.key AS session_key
FROM shared
JOIN sessions ON sessions.id = shared.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
ORDER BY
    shared.percent DESC,
    shared.papers DESC,
    sessions.title COLLATE BINARY,
    sessions.key COLLATE BINARY
